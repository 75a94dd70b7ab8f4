"""The doors of the house of staff, opened as somebody who may do everything unless told otherwise."""

import pytest

from chalicelib.staff import routes
from tests import doors
from tests.make import staff as make


@pytest.fixture
def call(world, monkeypatch):
    """`call(method, path, body, by=caller)` on the doors of the house."""
    opened = doors.opening(routes.doors, monkeypatch)

    def send(method, path, body=None, *, by=None, **headers):
        return opened(method, path, body, by=by or make.caller(), **headers)

    return send
