"""The one clock of the system: instants are aware, in UTC, to the millisecond."""

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chalicelib.kit import settings

_stopped_at: datetime | None = None


def now() -> datetime:
    """The present instant, cut to the millisecond so that it survives a round trip through a row."""
    at = _stopped_at or datetime.now(UTC) + _shift()
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


@contextlib.contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Inside the block it is `at`, for the whole process: tests stop time, nothing else does."""
    global _stopped_at
    before, _stopped_at = _stopped_at, at
    try:
        yield
    finally:
        _stopped_at = before


def text(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds and `Z`: sorts as text in the order of time."""
    return at.astimezone(UTC).isoformat(timespec='milliseconds').replace('+00:00', 'Z')


def instant(text_: str) -> datetime:
    """The instant that `text` wrote."""
    return datetime.fromisoformat(text_.replace('Z', '+00:00'))


def _shift() -> timedelta:
    # The local runtime lets a person see tomorrow: it names a file with the shift. No deployment sets it.
    path = settings.optional('DOMOVOY_CLOCK_FILE')
    if not path:
        return timedelta()
    try:
        return timedelta(seconds=float(json.loads(Path(path).read_text())['offset_seconds']))
    except (OSError, ValueError, KeyError):
        return timedelta()
