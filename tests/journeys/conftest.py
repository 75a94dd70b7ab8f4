"""The whole runtime, one for each worker, and on it a company of its own for each journey.

The clock of the runtime moves forward only, and for all companies: journeys reckon from its time, never
from the wall's, and what falls due elsewhere concerns other people.
"""

from collections.abc import Iterator

import pytest

from infra.local.runtime import Runtime
from tests.journeys.company import Company, Founder


@pytest.fixture(scope='session')
def founder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Founder]:
    """A running system and who founds companies on it."""
    with Runtime(tmp_path_factory.mktemp('journeys')) as runtime, Founder(runtime) as operator:
        yield operator


@pytest.fixture
def company(founder: Founder) -> Company:
    """A company nobody else knows."""
    return founder.found()
