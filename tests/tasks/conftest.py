"""A house with a request in it, and the doors of the request, of tasks and of checklists."""

import pytest

from chalicelib.kit.outbox import Delivered
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest, Start
from chalicelib.tasks import routes
from chalicelib.tasks.repository.rows import TaskRow
from tests.doors import opening
from tests.pictures import once
from tests.requests.conftest import House, inhabited

REQUESTS, TASKS = '/v1/staff/requests', '/v1/staff/tasks'
TOMORROW = '2026-11-24T09:00:00.000Z'


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon."""
    return once(inhabited)


@pytest.fixture
def number(house) -> int:
    """A request of the resident that is in work."""
    new = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    made = requests.order_own(new, by=house.resident).number
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    requests.start(made, crew, by=house.dispatcher)
    return made


@pytest.fixture
def call(monkeypatch, house):
    """`call(method, path, body, by=caller)` on these doors; by the dispatcher if left out."""
    doors = [*routes.doors, *requests_routes.doors]
    return opening(doors, monkeypatch, usual=lambda: house.dispatcher)


def announced(*types: str) -> list[dict]:
    """What the house has announced of these types, in order."""
    rows = sorted(TaskRow.scan(), key=lambda row: (row.pk, row.sk))
    told = [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith('event#')]
    return [one.event | {'type': one.type} for one in told if not types or one.type in types]


def noted(call, number: int, *types: str) -> list[dict]:
    """What the history of the request tells of tasks and checklists, oldest first."""
    told = call('GET', f'{REQUESTS}/{number}/history?limit=100').json_body['items']
    return [one['details'] for one in reversed(told) if one['type'] in types]
