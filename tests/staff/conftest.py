"""The doors of the house of staff, opened as somebody who may do everything unless told otherwise."""

import pytest

from chalicelib.staff import routes
from tests.doors import opening
from tests.make import staff as make


@pytest.fixture
def call(world, monkeypatch):
    """`call(method, path, body, by=caller)` on the doors of the house."""
    return opening(routes.doors, monkeypatch, usual=make.caller)
