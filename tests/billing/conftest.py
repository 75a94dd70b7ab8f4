"""A house with a request that is worth money, and the doors of invoices and requests."""

from dataclasses import dataclass

import pytest

from chalicelib.billing import routes
from chalicelib.billing.gateway import tbank_wire, yookassa_wire
from chalicelib.billing.repository import MoneyRow
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Delivered
from chalicelib.messaging.gateway import secrets, smsc
from chalicelib.prices.model import Price, Vat
from chalicelib.requests import routes as requests_routes
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest, NewRequest, UnregisteredCustomer
from chalicelib.requests.model.status import Channel
from infra.local.sms_centre import SmsCentre
from infra.local.tbank import TBank
from infra.local.yookassa import YooKassa
from tests.billing.street import Street
from tests.billing.tbank_till import TBankTill
from tests.billing.till import Till
from tests.doors import opening
from tests.make import catalogue as make_catalogue
from tests.make import messaging as make_messaging
from tests.make import prices as make_prices
from tests.make import staff as make_staff
from tests.make.sealing import seals_key
from tests.pictures import once
from tests.requests.conftest import House, inhabited

STAFF, INVOICES, OWN = '/v1/staff/requests', '/v1/staff/invoices', '/v1/resident/requests'


@dataclass
class Shop:
    """The house of the tests of requests, and what is sold there."""

    house: House
    entity: str
    offering: str
    tap: Price
    pipe: Price

    @property
    def dispatcher(self) -> Caller:
        return self.house.dispatcher

    @property
    def resident(self) -> Caller:
        return self.house.resident

    def order(self) -> int:
        """The resident's request for what is paid."""
        new = NewOwnRequest(offering_id=self.offering, premises_id=self.house.flat)
        return requests.order_own(new, by=self.resident).number

    def order_for_a_stranger(self, phone: str | None = '+79165550101') -> int:
        """A request for somebody who is not registered."""
        new = NewRequest(
            channel=Channel.INCOMING_CALL,
            offering_id=self.offering,
            building_id=self.house.building,
            unregistered=UnregisteredCustomer(name='Прохожий', phone=phone),
        )
        return requests.order(new, by=self.dispatcher).number


def stocked() -> Shop:
    """A house, and a legal entity with two prices whose offering is paid."""
    house = inhabited()
    entity = make_staff.legal_entity().id
    offering = make_catalogue.offering(name='Замена крана', assignees_max=4, legal_entity_id=entity,
                                       department_id=house.plumbers)  # fmt: skip
    tap = make_prices.price(entity, name='Кран', tariff=Money(minor=125000), vat=Vat.VAT_22)
    pipe = make_prices.price(entity, name='Труба', tariff=Money(minor=33333))
    return Shop(house, entity, offering.id, tap, pipe)


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
    """`call(method, path, body, by=caller)` on these doors."""
    return opening([*routes.doors, *requests_routes.doors], monkeypatch)


@pytest.fixture
def sandbox(monkeypatch, time):
    """The sandbox «ЮKassa» in the place of the provider; its clock is that of the test, its notices wait."""
    with YooKassa(now=lambda: clock.now().timestamp(), sends=False) as running:
        monkeypatch.setenv('SANDBOX_YOOKASSA_URL', running.api)
        yookassa_wire._client.cache_clear()
        yield running


@pytest.fixture
def bank(monkeypatch, time):
    """The sandbox of T-Bank in the place of the bank; its clock is that of the test, its notices wait."""
    with TBank(now=lambda: clock.now().timestamp(), sends=False) as running:
        monkeypatch.setenv('SANDBOX_TBANK_URL', running.url)
        tbank_wire._client.cache_clear()
        yield running


@pytest.fixture
def till(sandbox, shop, call, monkeypatch):
    """The shop is paid online: at the sandbox, and everybody may refund."""
    monkeypatch.setenv('YOOKASSA_ADDRESSES', '127.0.0.1/32')
    seals_key()
    opened = Till(sandbox, shop, call)
    opened.opens()
    return opened


@pytest.fixture
def terminal_till(bank, shop, call):
    """The shop is paid online at T-Bank, and everybody may refund."""
    seals_key()
    opened = TBankTill(bank, shop, call)
    opened.opens()
    return opened


@pytest.fixture
def street(till, monkeypatch):
    """The shop is paid by links too: its organisation has an SMS centre."""
    secrets.unseal.cache_clear()
    make_messaging.sms_key()
    with SmsCentre(now=lambda: clock.now().timestamp()) as centre:
        monkeypatch.setenv('SANDBOX_SMS_URL', centre.url)
        smsc._client.cache_clear()
        make_messaging.sms_account()
        opened = Street(till, centre)
        monkeypatch.setattr('chalicelib.messaging.service.send', opened.given.append)
        yield opened
    smsc._client.cache_clear()


def told_of(number: int) -> list[tuple[str, dict]]:
    """What was announced about the money of the request, oldest first."""
    rows = MoneyRow.query(f'demo#{number}#money')
    told = [Delivered.model_validate_json(row.body) for row in rows]
    return [(one.type, one.event) for one in told]


def labels(number: int, shop: Shop) -> list[str]:
    """What the request's line says."""
    return [str(label) for label in requests.seen(number, by=shop.dispatcher).labels]


def refused(answer, status: int, code: str, path: str | None = None) -> None:
    """The door said no, and named why and which field."""
    assert (answer.status_code, answer.json_body['code']) == (status, code)
    if path is not None:
        assert answer.json_body['errors'][0]['path'] == path
