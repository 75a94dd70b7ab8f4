"""A house whose people order and rate, the bus that tells of it, and the doors of the tab."""

from dataclasses import replace

import pytest

from chalicelib.activity import routes, workers
from chalicelib.activity.repository import ActivityRow
from chalicelib.clients.repository.rows import ClientRow
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest, NewRequest, Opinion, Start, Step
from chalicelib.requests.repository.rows import RequestRow
from tests.doors import opening
from tests.make import activity as make
from tests.pictures import once
from tests.requests.conftest import House, inhabited

REQUESTS, CLIENTS = '/v1/staff/requests', '/v1/staff/clients'


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon; nothing of them was announced yet."""
    return once(inhabited)


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on the doors of this house."""
    return opening(routes.doors, monkeypatch)


@pytest.fixture
def read(call, house):
    """The lines of an activity as the dispatcher, or `by`, reads them."""

    def lines(path, by=None):
        answer = call('GET', path, by=by or house.dispatcher)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body['items']

    return lines


def announced() -> list[Delivered]:
    """All that requests and clients have announced so far, oldest first."""
    rows = [row for table in (ClientRow, RequestRow) for row in table.scan()]
    told = [row for row in rows if row.sk.startswith(EVENT_PREFIX)]
    events = [Delivered.model_validate_json(row.body) for row in told]
    return sorted(events, key=lambda delivered: (delivered.event['at'], delivered.id))


def bus(*events: Delivered) -> None:
    """The worker takes the events, or all that was announced so far, and none comes again."""
    payload = make.payload(*(events or announced()))
    assert workers.note(payload, None) == {'batchItemFailures': []}


def kept() -> dict[tuple[str, str], str]:
    """Every row of the table."""
    return {(row.pk, row.sk): row.body for row in ActivityRow.scan()}


def orders(house: House, offering: str = 'plumbing') -> int:
    """The resident has ordered; the number."""
    new = NewOwnRequest(offering_id=house.offerings[offering], premises_id=house.flat)
    return requests.order_own(new, by=house.resident).number


def enters(house: House, **changes) -> int:
    """The dispatcher has entered a request for the client; the number."""
    return requests.order(NewRequest(**house.order(**changes)), by=house.dispatcher).number


def completes(house: House, number: int) -> None:
    """The work is done."""
    crew = {'department_id': house.plumbers, 'assignee_ids': (house.crew[0].id,)}
    requests.start(number, Start(**crew), by=house.dispatcher)
    requests.complete(number, Step(), by=house.dispatcher)


def rates(house: House, number: int, points: int, comment: str = '') -> None:
    """The resident has said what he thinks."""
    requests.rate(number, Opinion(points=points, comment=comment), by=house.resident)


def within(caller, *buildings, **changes):
    """The employee with a scope of these buildings."""
    return replace(caller, scope=Scope(frozenset(buildings)), **changes)
