"""The doors of the catalogue, and callers to open them with."""

import json

import pytest
from chalice import Chalice
from chalice.test import Client

from chalicelib.catalogue import routes
from chalicelib.kit import http
from chalicelib.kit.caller import Audience, Caller, Scope
from chalicelib.staff.model import Permission


def staff(organisation='demo', *, permissions=frozenset(Permission), places=None) -> Caller:
    scope = Scope(None if places is None else frozenset(places))
    return Caller(organisation, Audience.STAFF, 'e1', name='Анна', permissions=permissions, scope=scope)


def resident(*places: str, organisation='demo') -> Caller:
    return Caller(organisation, Audience.RESIDENT, 'c1', scope=Scope(frozenset(places)))


@pytest.fixture(scope='session')
def _client() -> Client:
    app = Chalice('test')
    for door in routes.doors:
        app.register_blueprint(door)
    return Client(app)


@pytest.fixture
def call(_client, monkeypatch):
    """Calls a door as `by`; the body is JSON."""
    present = {}
    monkeypatch.setattr(http, '_authenticator', [lambda token: present['caller']])

    def send(method, path, body=None, *, by=None, **headers):
        present['caller'] = by or staff()
        named = {name.replace('_', '-'): value for name, value in headers.items()}
        return _client.http.request(
            method,
            path,
            headers={'content-type': 'application/json', 'authorization': 'Bearer t', **named},
            body=b'' if body is None else json.dumps(body).encode(),
        )

    return send
