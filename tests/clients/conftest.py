"""The doors of the house of clients, called by an employee who may do everything unless said otherwise."""

import pytest

from chalicelib.clients import routes
from tests.doors import opening
from tests.make import clients as make


@pytest.fixture
def call(world, monkeypatch):
    """`call(method, path, body, by=caller)`."""
    return opening(routes.doors, monkeypatch, usual=make.caller)
