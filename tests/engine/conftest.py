"""An engine of its own for each test, in memory, with the tables of the template."""

import json
from collections.abc import Iterator

import pytest

from chalicelib.identity import gateway
from chalicelib.kit import connection
from infra.local.engine import Engine, is_installed
from tests.engine import desk as desks
from tests.engine.till import till as till
from tests.world import build_tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the engine."""
    for item in items:
        if item.path.parent.name == 'engine':
            item.add_marker(pytest.mark.engine)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The clients of the process talk to an empty engine until the test ends."""
    if not is_installed():
        pytest.skip('python -m infra.local install has not been run')
    monkeypatch.setenv('TOKEN_KEYS', json.dumps({'current': 'a secret of the tests of the engine, long'}))
    gateway.forget_keys()
    with Engine() as running:
        monkeypatch.setenv('AWS_ENDPOINT_URL_DYNAMODB', running.url)
        # dynoxide looks through all stream records at each write; nobody listens to them here.
        build_tables(running.client(), with_streams=False)
        connection.forget_connections()
        yield running
    connection.forget_connections()
    gateway.forget_keys()


@pytest.fixture
def desk(engine: Engine) -> Iterator[desks.Desk]:
    """An organisation at work."""
    with desks.doors_open():
        yield desks.settle()
