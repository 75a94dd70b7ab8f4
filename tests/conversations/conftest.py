"""A house with a request in it, and the doors of the request and of its comments."""

import pytest

from chalicelib.conversations import routes
from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest
from tests.doors import opening
from tests.pictures import once
from tests.requests.conftest import House, inhabited

REQUESTS, OWN = '/v1/staff/requests', '/v1/resident/requests'


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


def path(number, tail=''):
    """Where staff find the chat of the request."""
    return f'{REQUESTS}/{number}/messages{tail}'


def own_path(number, tail=''):
    """Where its client finds it."""
    return f'{OWN}/{number}/messages{tail}'


def announced(*kinds):
    """The events of these kinds, in their order within a conversation."""
    found = [row for row in ConversationRow.scan() if row.sk.startswith('event#')]
    said = [Delivered.model_validate_json(row.body) for row in sorted(found, key=lambda row: row.sk)]
    return [one.event for one in said if one.type in kinds]


@pytest.fixture
def chat(house, call, number):
    """`chat(by)`: the newest page as the employee reads it; as the client for the resident."""

    def read(by=house.dispatcher, query=''):
        place = own_path(number, query) if by == house.resident else path(number, query)
        answer = call('GET', place, by=by)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    return read
