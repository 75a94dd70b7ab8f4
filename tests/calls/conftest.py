"""A house whose exchange is connected, an operator at the telephone 101, and the doors of calls."""

import json

import pytest

from chalicelib.calls import routes, service
from chalicelib.calls.repository.rows import CallRow
from chalicelib.clients import routes as clients_routes
from chalicelib.kit import clock
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import routes as requests_routes
from tests.doors import opening
from tests.make import calls as make
from tests.make import sealing
from tests.pictures import once
from tests.requests.conftest import House, acting, inhabited

CALLS, HOOK, TELEPHONY = '/v1/staff/calls', '/v1/hooks/telephony/demo', '/v1/staff/settings/telephony'
PETROV = '+79161234567'


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon, with an exchange."""
    found = once(inhabited)
    sealing.seals_key()
    make.connected()
    make.seated(found.dispatcher.id)
    return found


@pytest.fixture
def operator(house):
    """Who sits at the telephone 101."""
    return house.dispatcher


@pytest.fixture
def colleague(house):
    """An employee who sits at the telephone 102."""
    make.seated(house.crew[0].id, '102')
    return acting(house.crew[0])


@pytest.fixture
def elsewhere(house):
    """An employee who sees the other building only."""
    return acting(house.cleaner, scope=Scope(frozenset({house.other_building})))


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on these doors."""
    return opening([*routes.doors, *requests_routes.doors, *clients_routes.doors], monkeypatch)


@pytest.fixture
def ring(house, call):
    """The exchange tells the news at its door, signed rightly unless said otherwise; the answer."""

    def told(headers=None, organisation='demo', **changes):
        body = json.dumps(make.news(**changes)).encode()
        signed = service.sign('demo', body, clock.now()) if headers is None else headers
        path = f'/v1/hooks/telephony/{organisation}'
        return call('POST', path, body, **{name.replace('-', '_'): value for name, value in signed.items()})

    return told


def calls_kept():
    """The rows of all calls."""
    return [row for row in CallRow.scan() if row.sk == 'call']


def announced(*kinds):
    """The events of calls in their order, of these kinds if any are named; those of settings are left out."""
    rows = [row for row in CallRow.scan() if row.sk.startswith('event#')]
    found = [
        Delivered.model_validate_json(row.body) for row in sorted(rows, key=lambda row: (row.pk, row.sk))
    ]
    return [one for one in found if 'call_id' in one.event and (not kinds or one.type in kinds)]
