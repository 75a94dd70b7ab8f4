"""The world of the tests: moto's AWS with the tables, queues and topics of our own templates."""

import os

os.environ.update(
    AWS_ACCESS_KEY_ID='test',
    AWS_SECRET_ACCESS_KEY='test',
    AWS_REGION='eu-central-1',
    AWS_DEFAULT_REGION='eu-central-1',
    AWS_ACCOUNT_ID_ENDPOINT_MODE='disabled',
    TZ='UTC',
    DOMOVOY_STACK='test',
    DOMOVOY_STAGE='test',
    CURSOR_KEY='the key of the tests, as long as a real one',
    LINKS_KEY='the key of the links of tests, as long as a real one',
    PUBLIC_URL='https://pay.example',
    METRICS='off',
    LOG_LEVEL='ERROR',
    POWERTOOLS_TRACE_DISABLED='true',
)

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest

from chalicelib.kit import clock
from tests import answers, queries, transactions
from tests.world import deployed, environment

for name, value in environment().items():
    os.environ.setdefault(name, value)
answers.install()
queries.install()
transactions.install()

# How long an example takes says how busy the machine is, and nothing of the rule it tries.
hypothesis.settings.register_profile('house', deadline=None)
hypothesis.settings.load_profile('house')

pytest_plugins = ['tests.proofs']

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Noon in Moscow of a Monday: when tests begin unless they say otherwise."""


@pytest.fixture
def world() -> Iterator[None]:
    """An empty deployment: tables of `infra/`, the bus, topics and queues, on moto."""
    with deployed():
        yield


@dataclass
class StoppedClock:
    """Time that stands still until a test moves it."""

    at: datetime = NOON
    _stack: ExitStack = field(default_factory=ExitStack)

    def move(self, to: datetime) -> None:
        """It is `to` from now on."""
        self._stack.close()
        self.at = to
        self._stack.enter_context(clock.stopped(to))

    def advance(self, **span: float) -> datetime:
        """It is `span` later, given as for timedelta; returns the new instant."""
        self.move(self.at + timedelta(**span))
        return self.at


@pytest.fixture
def time() -> Iterator[StoppedClock]:
    """It is noon in Moscow and stays so until the test says otherwise."""
    stopped = StoppedClock()
    stopped.move(NOON)
    yield stopped
    stopped._stack.close()
