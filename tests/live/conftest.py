"""A house with a request in it, people who are signed in, and the gateway of the sockets as a sandbox."""

import json

import pytest

from chalicelib.identity import gateway as keys
from chalicelib.live import routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest
from tests.doors import opening
from tests.make import live as make
from tests.pictures import once
from tests.requests.conftest import House, inhabited


@pytest.fixture(autouse=True)
def _keys(monkeypatch):
    monkeypatch.setenv(
        'TOKEN_KEYS', json.dumps({'current': 'a secret of the tests, long enough', 'previous': ''})
    )
    keys.forget_keys()


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon."""
    return once(inhabited)


@pytest.fixture
def gateway(monkeypatch):
    """The gateway of the sockets."""
    sandbox = make.Sandbox()
    monkeypatch.setenv('SANDBOX_LIVE_URL', sandbox.url)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def dispatcher(house):
    return make.signed_in(house.dispatcher)


@pytest.fixture
def resident(house):
    return make.signed_in(house.resident)


@pytest.fixture
def number(house) -> int:
    """A request of the resident."""
    new = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    return requests.order_own(new, by=house.resident).number


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on these doors."""
    return opening(routes.doors, monkeypatch)
