"""What a request adds to the counters: a function of the request as it is now, and of nothing else.

Whatever was added before is kept in its ledger, so a change is the difference of the two and no event need
be understood. What is taken back (a completion by a reopening, a rating by another one) leaves its day.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.figures.model import EVERYWHERE, NOW, Cell, Kind, Measure, Slot, Sums
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status, Verdict

MOST_ROWS = 99
"""Counters that one transaction changes; the hundredth action of it is the ledger."""

Deed = tuple[Measure, datetime | None, int]

_MILLISECOND = timedelta(milliseconds=1)
_MONTH = len('2026-11')


def contributions(request: Request) -> Sums:
    """What the request adds to each counter; days are those of the zone it was ordered in."""
    zone = ZoneInfo(request.terms.zone)
    said = [(NOW, str(request.status), 1)]
    for measure, at, amount in _deeds(request):
        if at is not None and amount:
            day = at.astimezone(zone).date().isoformat()
            said += [(day, measure.value, amount), (day[:_MONTH], measure.value, amount)]
    sums: Sums = Counter()
    for place, kind, value in _counted_under(request):
        for period, name, amount in said:
            sums[Cell(Slot(place, kind, value, period), name)] += amount
    return sums


def steps(counted: Sums, wanted: Sums) -> list[Sums]:
    """The changes that lead from what was counted to what is wanted, each small enough for one transaction.

    Most changes are one step. The longest life whose building, offering and four executors change at once
    touches 312 counters: four steps. Between them the ledger says what has been counted so far, so whoever
    comes next goes on from there.
    """
    change = difference(counted, wanted)
    slots = sorted({cell.slot for cell in change})
    parts = [set(slots[start : start + MOST_ROWS]) for start in range(0, len(slots), MOST_ROWS)]
    return [Counter({cell: change[cell] for cell in change if cell.slot in part}) for part in parts]


def difference(was: Sums, now: Sums) -> Sums:
    """What must be added to `was` to make it `now`; may be negative, never nothing."""
    change = Counter(now)
    change.subtract(was)
    return Counter({cell: amount for cell, amount in change.items() if amount})


def with_step(counted: Sums, step: Sums) -> Sums:
    """What is counted after the step."""
    return Counter({cell: amount for cell in counted | step if (amount := counted[cell] + step[cell])})


def _counted_under(request: Request) -> Iterator[tuple[str, Kind, str]]:
    building_id, executors = request.place.building_id, request.assignee_ids
    yield EVERYWHERE, Kind.BUILDING, building_id
    for place in (EVERYWHERE, building_id):
        yield place, Kind.TOTAL, place
        yield place, Kind.OFFERING, request.terms.offering_id
        for employee_id in executors:
            yield place, Kind.EXECUTOR, employee_id


def _deeds(request: Request) -> Iterator[Deed]:
    yield Measure.CREATED, request.created_at, 1
    if request.status is Status.DONE:
        yield Measure.DONE, request.done_at, 1
    if request.status is Status.CANCELLED:
        yield Measure.CANCELLED, request.cancelled_at, 1
    if request.rating is not None:
        yield Measure.RATINGS, request.rating.at, 1
        yield Measure.POINTS, request.rating.at, request.rating.points
    yield from _reaction(request)
    yield from _execution(request)


def _reaction(request: Request) -> Iterator[Deed]:
    started_at, promised = request.first_started_at, request.reaction
    if started_at is not None:
        yield Measure.REACTIONS, started_at, 1
        yield Measure.REACTION_MS, started_at, (started_at - request.created_at) // _MILLISECOND
    if promised.verdict is Verdict.OBSERVED:
        yield Measure.REACTION_KEPT, started_at, 1
    if promised.verdict is Verdict.BREACHED:
        yield Measure.REACTION_BROKEN, promised.until, 1


def _execution(request: Request) -> Iterator[Deed]:
    started_at, done_at, promised = request.first_started_at, request.done_at, request.execution
    if request.status is Status.DONE and started_at is not None and done_at is not None:
        yield Measure.EXECUTIONS, done_at, 1
        yield Measure.EXECUTION_MS, done_at, (done_at - started_at) // _MILLISECOND
    if promised.verdict is Verdict.OBSERVED:
        yield Measure.EXECUTION_KEPT, done_at, 1
    if promised.verdict is Verdict.BREACHED:
        yield Measure.EXECUTION_BROKEN, promised.until, 1
