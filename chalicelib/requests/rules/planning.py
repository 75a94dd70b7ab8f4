"""Which index answers a list: the one from which the fewest entries must be read.

Every condition has an index of its own, a period has those of its months and years, and all requests have
one. What one index does not answer is a filter on its entries. Sizes of lists are figures of experience:
a wrong one makes a page dearer, never wrong.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.requests.rules.listing import Facet, spelled
from chalicelib.requests.rules.narrowing import Condition, Period, Wanted

MOST_LISTS = 12
"""Lists that are merged into one: each is a call."""

CALL = 40
"""Entries that could be read in the time of one more call."""

_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)

Sizes = Mapping[str, int]
"""How many requests stand in a list, by the name of the list."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The lists that are merged, each a value of the facet, and what is filtered besides."""

    facet: Facet
    values: tuple[str, ...]
    rest: tuple[Condition, ...]
    created: Period
    done: Period

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists."""
        return tuple(spelled(self.facet, value) for value in self.values)

    @property
    def since(self) -> datetime | None:
        """What is wanted was changed no earlier: a change never comes before a creation or a completion."""
        return max((at for at in (self.created.since, self.done.since) if at is not None), default=None)


_EVERYTHING = Condition(Facet.ALL, frozenset({''}))


def obvious(what: Wanted) -> Plan | None:
    """The plan where there is no choice to weigh: no condition, or one of one value; else None."""
    if what.created.is_bounded or what.done.is_bounded or len(what.conditions) > 1:
        return None
    [only] = what.conditions or (_EVERYTHING,)
    return _by(only, what) if len(only.values) == 1 else None


def lists_to_weigh(what: Wanted, now: datetime) -> tuple[str, ...]:
    """The names of the lists whose sizes decide."""
    known = (*what.conditions, *_months_and_years(what, now), _EVERYTHING)
    return tuple(dict.fromkeys(spelled(one.facet, value) for one in known for value in sorted(one.values)))


def weighed(what: Wanted, sizes: Sizes, now: datetime, page: int) -> Plan:
    """The plan that reads the fewest entries for a page of `page` requests; a call counts as CALL entries."""
    offered = [*what.conditions, *_months_and_years(what, now)]
    total = max(1, sizes.get(spelled(Facet.ALL, ''), 0))
    size = {one: sum(sizes.get(spelled(one.facet, value), 0) for value in one.values) for one in offered}
    size[_EVERYTHING] = total

    def cost(one: Condition) -> float:
        share = math.prod(min(1.0, size[other] / total) for other in offered if other is not one)
        return CALL * len(one.values) + min(size[one], page / share if share else size[one])

    usable = [one for one in size if len(one.values) <= MOST_LISTS]
    return _by(min(usable, key=cost), what)


def _by(chosen: Condition, what: Wanted) -> Plan:
    return Plan(
        facet=chosen.facet,
        values=tuple(sorted(chosen.values)),
        rest=tuple(condition for condition in what.conditions if condition is not chosen),
        created=what.created,
        done=what.done,
    )


def _months_and_years(what: Wanted, now: datetime) -> list[Condition]:
    """The lists of the months, or for long ones of the years, that cover the periods."""
    found = []
    for period, by_month, by_year in (
        (what.created, Facet.CREATED_MONTH, Facet.CREATED_YEAR),
        (what.done, Facet.DONE_MONTH, Facet.DONE_YEAR),
    ):
        if period.is_bounded:
            months = _months(period.since or _BEFORE_ALL, period.before or now)
            years = frozenset(name[:4] for name in months)
            is_short = len(months) <= MOST_LISTS
            found.append(Condition(by_month, months) if is_short else Condition(by_year, years))
    return found


def _months(since: datetime, until: datetime) -> frozenset[str]:
    first, last = (at.astimezone(UTC).year * 12 + at.astimezone(UTC).month - 1 for at in (since, until))
    return frozenset(f'{month // 12:04d}-{month % 12 + 1:02d}' for month in range(first, last + 1))
