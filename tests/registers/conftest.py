"""A shop that clients pay in, the doors of the register, and who looks at it."""

from dataclasses import replace

import pytest

from chalicelib.billing import routes as billing_routes
from chalicelib.kit.caller import Caller
from chalicelib.registers import routes
from chalicelib.requests import routes as requests_routes
from chalicelib.staff.model import Permission
from tests.billing.conftest import Shop, sandbox, stocked, till
from tests.doors import opening
from tests.pictures import once

__all__ = ['sandbox', 'till']

PAYMENTS = '/v1/staff/payments'


@pytest.fixture
def shop(world, time) -> Shop:
    """What is sold, at noon."""
    return once(stocked)


@pytest.fixture
def number(shop) -> int:
    """The resident's request for what is paid."""
    return shop.order()


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on these doors and those of money."""
    doors = [*routes.doors, *billing_routes.doors, *requests_routes.doors]
    return opening(doors, monkeypatch)


def looking(shop: Shop, *permissions: Permission, **changes) -> Caller:
    """An employee who sees payments, and more if said so."""
    may = frozenset({Permission.PAYMENTS_VIEW, *permissions})
    return replace(shop.dispatcher, permissions=may, **changes)
