"""What a period is made of: whole months where it has some, and the days at its edges."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

_DAY = timedelta(days=1)


class Grain(StrEnum):
    """How long the periods of counters are."""

    DAY = 'day'
    MONTH = 'month'


class Segment(NamedTuple):
    """Days, or months, one after another; the first and the last one as counters name them."""

    grain: Grain
    first: str
    last: str


def segments(since: date, until: date) -> list[Segment]:
    """The segments that hold each day of the period once: three at most, 60 days and 24 months in two years.

    A period without a whole month is its days.
    """
    first = since if since.day == 1 else _next_month(since)
    after = (until + _DAY).replace(day=1)
    if first >= after:
        return [_days(since, until)]
    found = [Segment(Grain.MONTH, _month(first), _month(after - _DAY))]
    if since < first:
        found.insert(0, _days(since, first - _DAY))
    if after <= until:
        found.append(_days(after, until))
    return found


def days(since: date, until: date) -> Iterator[date]:
    """Every day of the period, in their order."""
    return (since + timedelta(days=number) for number in range((until - since).days + 1))


def _days(first: date, last: date) -> Segment:
    return Segment(Grain.DAY, first.isoformat(), last.isoformat())


def _month(day: date) -> str:
    return day.isoformat()[: len('2026-11')]


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
