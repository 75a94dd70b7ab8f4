"""The doors of the house of premises, called by an employee who may do everything unless said otherwise."""

import pytest

from chalicelib.premises import routes
from tests.doors import opening
from tests.make import premises as make


@pytest.fixture
def call(world, monkeypatch):
    """`call(method, path, body, by=caller)`."""
    opened = opening(routes.doors, monkeypatch)

    def send(method, path, body=None, *, by=None, **headers):
        return opened(method, path, body, by=by or make.caller(), **headers)

    return send
