"""A house with a request in it, and the doors of the request and of its comments."""

import pytest

from chalicelib.conversations import routes
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest
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
    """A request of the resident."""
    new = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    return requests.order_own(new, by=house.resident).number


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on these doors."""
    return opening([*routes.doors, *requests_routes.doors], monkeypatch)
