"""A house with an incident in it, and the doors of incidents and requests."""

import pytest

from chalicelib.incidents import routes, service
from chalicelib.incidents.events import JobEvent
from chalicelib.incidents.repository.rows import IncidentRow
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.repository import attached_after
from tests.doors import opening
from tests.make import incidents as make
from tests.pictures import once
from tests.requests.conftest import House, acting, inhabited

INCIDENTS, REQUESTS = '/v1/staff/incidents', '/v1/staff/requests'
SETTINGS = '/v1/staff/settings/incidents'


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon."""
    return once(inhabited)


@pytest.fixture
def dispatcher(house):
    """An employee who may do everything everywhere."""
    return house.dispatcher


@pytest.fixture
def elsewhere(house):
    """An employee who sees the other building only."""
    return acting(house.cleaner, scope=Scope(frozenset({house.other_building})))


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on these doors."""
    return opening([*routes.doors, *requests_routes.doors], monkeypatch)


@pytest.fixture
def ordered(house, call, dispatcher):
    """A request entered by the dispatcher; its number."""

    def order(offering='plumbing', **changes):
        answer = call('POST', REQUESTS, house.order(offering, **changes), by=dispatcher)
        assert answer.status_code == 201, answer.json_body
        return answer.json_body['number']

    return order


@pytest.fixture
def water(house, dispatcher):
    """An incident in the building: there is no water."""
    return make.incident(dispatcher, building_ids=[house.building]).id


@pytest.fixture
def do(call, dispatcher, water):
    """Does something to the incident, or to another; the answer."""

    def act(action, body=None, incident=None, by=None, method='POST', **headers):
        path = f'{INCIDENTS}/{incident or water}' + (f'/{action}' if action else '')
        return call(method, path, body or {}, by=by or dispatcher, **headers)

    return act


@pytest.fixture
def attach(do):
    """Attaches the requests; what became of each."""

    def act(*numbers, action='attach', **more):
        answer = do(f'requests/{action}', {'numbers': list(numbers)}, **more)
        assert answer.status_code == 200, answer.json_body
        return {line['number']: line['code'] for line in answer.json_body['items']}

    return act


@pytest.fixture
def followed(call, dispatcher):
    """Requests follow these changes of incidents too."""

    def act(**course):
        answer = call('PATCH', SETTINGS, course, by=dispatcher)
        assert answer.status_code == 200, answer.json_body

    return act


def card(do, incident=None):
    return do('', incident=incident, method='GET').json_body


def request_of(number):
    """The request as it is."""
    return dynamo.get(requests.reading('demo', number))


def standing_of(incident_id):
    """The incident as requests know it, and the numbers that are attached to it."""
    kept = dynamo.get(requests.reading_incident('demo', incident_id))
    numbers = attached_after('demo', incident_id, 0, 1000)
    assert len(numbers) == kept.attached
    return kept, numbers


def happened(call, dispatcher, number, *kinds):
    """The history of the request, oldest first, of these kinds if any are named."""
    entries = call('GET', f'{REQUESTS}/{number}/history?limit=100', by=dispatcher).json_body['items']
    return [entry for entry in entries[::-1] if not kinds or entry['type'] in kinds]


@pytest.fixture
def deliver(world):
    """The queue brings what is told of jobs, each once, until nothing more is told; how many there were."""
    brought = set()

    def act(most=1000):
        runs = 0
        while runs < most:
            waiting = [one for one in announced('JobBegun', 'JobWentOn') if one.id not in brought]
            if not waiting:
                break
            brought.add(waiting[0].id)
            service.work(JobEvent.model_validate(waiting[0].event))
            runs += 1
        return runs

    return act


def announced(*kinds):
    """The events of incidents in their order, of these kinds if any are named."""
    rows = [row for row in IncidentRow.scan() if row.sk.startswith('event#')]
    found = [
        Delivered.model_validate_json(row.body) for row in sorted(rows, key=lambda row: (row.pk, row.sk))
    ]
    return [one for one in found if not kinds or one.type in kinds]
