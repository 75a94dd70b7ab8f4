"""How large lists are, as it was known lately: the planner asks at every page and needs no exact answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.kit import clock
from chalicelib.requests.repository.index import sizes

KNOWN_FOR = timedelta(minutes=1)
MOST_KNOWN = 20_000
"""Lists whose sizes a process remembers; they take some megabytes."""

_known: dict[tuple[str, str, bool], tuple[int, datetime]] = {}


def sizes_lately(organisation: str, names: Sequence[str], is_attached: bool) -> dict[str, int]:
    """The sizes of the lists, at most a minute old: one call for what this process does not know."""
    now = clock.now()
    asked = [name for name in names if not _is_fresh(_known.get((organisation, name, is_attached)), now)]
    if asked:
        if len(_known) + len(asked) > MOST_KNOWN:
            _known.clear()
            asked = list(names)
        for name, size in sizes(organisation, asked, is_attached).items():
            _known[organisation, name, is_attached] = (size, now + KNOWN_FOR)
    return {name: _known[organisation, name, is_attached][0] for name in names}


def forget_sizes() -> None:
    """The next page asks anew: for tests that start another world."""
    _known.clear()


def _is_fresh(known: tuple[int, datetime] | None, now: datetime) -> bool:
    # A clock that was set back, as the local one can be, makes nothing fresh for long.
    return known is not None and now < known[1] <= now + KNOWN_FOR
