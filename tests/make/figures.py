"""What figures are made of, for tests: requests that stand in their rows, counters as they are kept."""

from collections import Counter
from datetime import timedelta
from typing import Any

from chalicelib.figures.model import Cell, Kind, Slot, Sums
from chalicelib.figures.repository import FigureRow
from chalicelib.kit import clock
from chalicelib.requests.model.request import Clock, Person, Place, Rating, Request
from chalicelib.requests.model.status import Status, Verdict
from chalicelib.requests.repository.rows import RequestRow, pk_of
from tests.conftest import NOON
from tests.make import requests as make_requests

DAY = timedelta(days=1)


def stands(request: Request) -> Request:
    """The request is in its row as given, and no event tells of it."""
    row = RequestRow(
        pk=pk_of(request.organisation, request.number),
        sk='request',
        version=request.version,
        body=request.model_dump_json(),
    )
    row.save()
    numbers = RequestRow(pk=f'{request.organisation}#numbers', sk='last')
    numbers.update([RequestRow.tally.set(max(request.number, _last(request.organisation)))])
    return request


def _last(organisation: str) -> int:
    return sum(int(row.tally) for row in RequestRow.query(f'{organisation}#numbers'))


def lived(number: int = 17, *, name: str = 'a', executors: int = 4, **changes: Any) -> Request:
    """A request done and rated too late in every respect: each of its six deeds is in a month of its own.

    Requests of another `name` have nothing in common but their days.
    """
    made: dict[str, Any] = {
        'number': number,
        'terms': make_requests.terms().model_copy(update={'offering_id': f'offering-{name}'}),
        'place': Place(building_id=f'building-{name}', address=f'ул. {name}'),
        'assignees': tuple(Person(id=f'{name}-{n}', name=f'{name} {n}') for n in range(executors)),
        'created_at': NOON,
        'reaction': Clock(until=NOON + 31 * DAY, verdict=Verdict.BREACHED),
        'first_started_at': NOON + 62 * DAY,
        'execution': Clock(until=NOON + 93 * DAY, verdict=Verdict.BREACHED),
        'done_at': NOON + 124 * DAY,
        'rating': Rating(points=4, at=NOON + 155 * DAY),
        **changes,
    }
    return make_requests.request(made.pop('status', Status.DONE), **made)


def kept(organisation: str = 'demo', generation: int = 1) -> Sums:
    """Every number among the counters of the generation that is not nothing, as the table has it."""
    sums: Sums = Counter()
    for row in FigureRow.scan():
        owner, *rest = row.pk.split('#')
        if owner != organisation or row.sk in ('generations', 'ledger') or rest[0] != str(generation):
            continue
        _, place, kind = rest
        *_, period, value = row.sk.split('#')
        for name, typed in row.serialize().items():
            if 'N' in typed:
                sums[Cell(Slot(place, Kind(kind), value, period), name)] = int(typed['N'])
    return Counter({cell: amount for cell, amount in sums.items() if amount})


def damaged(organisation: str = 'demo', generation: int = 1, **amounts: int) -> None:
    """Somebody has changed what is counted of all requests of the present month."""
    row = FigureRow(pk=f'{organisation}#{generation}#*#total', sk=f'month#{clock.text(clock.now())[:7]}#*')
    row.update([getattr(FigureRow, name).add(amount) for name, amount in amounts.items()])
