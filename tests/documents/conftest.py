"""A house with a request in it, and the doors of the request and of its documents."""

import pytest

from chalicelib.documents import routes
from chalicelib.documents.repository import DocumentRow
from chalicelib.kit import dynamo
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import repository as requests_repository
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest, Start
from chalicelib.requests.model.request import Request
from tests.doors import opening
from tests.pictures import once
from tests.requests.conftest import House, inhabited

REQUESTS = '/v1/staff/requests'


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon."""
    return once(inhabited)


@pytest.fixture
def number(house) -> int:
    """A request of the resident, for which a document is asked before completion; it is in work."""
    new = NewOwnRequest(offering_id=house.offerings['strict'], premises_id=house.flat)
    made = requests.order_own(new, by=house.resident).number
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    requests.start(made, crew, by=house.dispatcher)
    return made


@pytest.fixture
def call(monkeypatch, house):
    """`call(method, path, body, by=caller)` on these doors; by the dispatcher if left out."""
    doors = [*routes.doors, *requests_routes.doors]
    return opening(doors, monkeypatch, usual=lambda: house.dispatcher)


def path(number: int) -> str:
    """Where the documents of the request are."""
    return f'{REQUESTS}/{number}/documents'


def kept(number: int) -> Request:
    """The request as its row tells it."""
    return dynamo.get(requests_repository.reading('demo', number))


def announced() -> list[Delivered]:
    """What the house has announced, in order."""
    rows = sorted(DocumentRow.scan(), key=lambda row: (row.pk, row.sk))
    return [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith('event#')]
