"""The sandbox «ЮKassa» by a clock that the test winds, and a merchant who has a shop there."""

from collections.abc import Iterator

import pytest

from infra.local.yookassa import YooKassa
from tests.local.paying import Merchant, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def yookassa(watch: Watch) -> Iterator[YooKassa]:
    with YooKassa(now=watch, sends=False) as running:
        yield running


@pytest.fixture
def merchant(yookassa: YooKassa) -> Iterator[Merchant]:
    with Merchant(yookassa) as one:
        yield one
