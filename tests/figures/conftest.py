"""A house at work, the bus that tells of it, and the doors of the dashboard."""

import pytest

from chalicelib.figures import routes, workers
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered
from chalicelib.requests.repository.rows import RequestRow
from tests.doors import opening
from tests.make import notifications as make_notifications
from tests.pictures import once
from tests.requests.conftest import House, inhabited

DASHBOARD = '/v1/staff/dashboard'
PERIOD = 'since=2026-11-01&until=2026-11-30'


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
    """What the dashboard, or a part of it, tells the dispatcher, or `by`."""

    def told(part='', by=None, period=PERIOD):
        path, _, more = part.partition('?')
        answer = call('GET', f'{DASHBOARD}{path}?{period}&{more}'.rstrip('&'), by=by or house.dispatcher)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    return told


def announced() -> list[Delivered]:
    """All that requests have announced so far, oldest first."""
    told = [row for row in RequestRow.scan() if row.sk.startswith(EVENT_PREFIX)]
    events = [Delivered.model_validate_json(row.body) for row in told]
    return sorted(events, key=lambda delivered: (delivered.event['at'], delivered.id))


def bus(*events: Delivered) -> None:
    """The worker takes the events, or all that was announced so far, and none comes again."""
    payload = make_notifications.payload(*(events or announced()))
    assert workers.count(payload, None) == {'batchItemFailures': []}
