"""The doors of the catalogue, and callers to open them with."""

import pytest

from chalicelib.catalogue import routes
from chalicelib.kit.caller import Audience, Caller, Scope
from chalicelib.staff.model import Permission
from tests.doors import opening


def staff(organisation='demo', *, permissions=frozenset(Permission), places=None) -> Caller:
    scope = Scope(None if places is None else frozenset(places))
    return Caller(organisation, Audience.STAFF, 'e1', name='Анна', permissions=permissions, scope=scope)


def resident(client_id: str = 'c1', organisation='demo') -> Caller:
    return Caller(organisation, Audience.RESIDENT, client_id)


@pytest.fixture
def call(monkeypatch):
    """`call(method, path, body, by=caller)`, by an employee who may do everything unless said otherwise."""
    return opening(routes.doors, monkeypatch, usual=staff)
