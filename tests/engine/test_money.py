"""Money under many hands: one payment, one refund, one truth; and what it costs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.gateway import yookassa_wire
from chalicelib.billing.model.account import AccountInput
from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import NewOffering
from chalicelib.kit import clock, sealing
from infra.local.yookassa import YooKassa
from tests.billing.till import kopecks
from tests.engine.desk import ORGANISATION, Desk, Said, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import watched
from tests.make import billing as make_billing
from tests.make import prices as make_prices
from tests.make import staff as make_staff

HANDS = 20


@dataclass
class Till:
    """What is paid online at this desk."""

    desk: Desk
    sandbox: YooKassa
    price: Any

    def invoice(self) -> str:
        """An issued invoice of a new request."""
        number = self.desk.create()
        return make_billing.issued(number, self.desk.dispatcher, self.price).id

    def pays(self, invoice_id: str, method: str = 'any') -> Said:
        """The resident begins to pay."""
        body = {'email': 'a@b.example', 'method': method}
        return call('POST', f'/v1/resident/invoices/{invoice_id}/pay', body, token=self.desk.resident_token)

    def clicks(self, number: int) -> None:
        """The resident pays on every page that is open."""
        for payment in repository.ledger(ORGANISATION, number).payments:
            self.sandbox.wish(pay={'payment': payment.external_id, 'card': '5555555555554444'})

    def held(self) -> int:
        """Kopecks that the provider holds."""
        stands = self.sandbox.wish()
        taken = sum(kopecks(one['amount']) for one in stands['payments'] if one['status'] == 'succeeded')
        return taken - sum(kopecks(one['amount']) for one in stands['refunds'])


@pytest.fixture
def till(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """A desk with a shop at the sandbox; nothing is sealed, since there is no KMS here."""
    monkeypatch.setattr(sealing, 'seal', lambda secret, **_: secret)
    monkeypatch.setattr(sealing, 'unseal', lambda sealed, **_: sealed)
    with YooKassa(now=lambda: clock.now().timestamp(), sends=False) as sandbox:
        monkeypatch.setenv('SANDBOX_YOOKASSA_URL', sandbox.api)
        yookassa_wire._client.cache_clear()
        entity = make_staff.legal_entity(ORGANISATION).id
        price = make_prices.price(entity, ORGANISATION)
        desk.offering = catalogue.create(
            NewOffering(
                name='Окна', assignees_max=4, department_id=desk.department, legal_entity_id=entity
            ),
            by=desk.dispatcher,
        ).id
        wanted = {'shop_id': '100500', 'secret_key': 'test_secret', 'return_url': 'https://app.example/'}
        service.configure(entity, AccountInput.model_validate(wanted), by=desk.dispatcher)
        yield Till(desk, sandbox, price)
    yookassa_wire._client.cache_clear()


def test_who_taps_twenty_times_at_once_has_one_page(till: Till) -> None:
    invoice_id = till.invoice()
    said = at_once([lambda: till.pays(invoice_id)] * HANDS)
    assert {one.status for one in said} <= {201, 409, 503}
    made = {one.body['id'] for one in said if one.status == 201}
    assert len(made) == 1
    assert len(till.sandbox.wish()['payments']) == 1


@pytest.mark.proves('PAY-012', 'AMB-50')
def test_of_many_payments_at_once_one_pays_and_the_others_go_back(till: Till) -> None:
    invoice_id = till.invoice()
    number = int(invoice_id.partition('-')[0])
    for method in ('any', 'card', 'sbp'):
        assert till.pays(invoice_id, method).status == 201
    till.clicks(number)
    payments = [one.id for one in repository.ledger(ORGANISATION, number).payments]
    at_once([lambda one=one: service.ask(ORGANISATION, one) for one in payments * 7])
    at_once([lambda: service.send_back(ORGANISATION, number)] * HANDS)
    ledger = repository.ledger(ORGANISATION, number)
    states = Counter(one.state for one in ledger.payments)
    assert states == {PaymentState.PAID: 1, PaymentState.UNWANTED: 2}
    assert ledger.invoices[0].status is InvoiceStatus.PAID_ONLINE
    assert [one.state for one in ledger.repayments] == [RepaymentState.DONE] * 2
    assert till.held() == ledger.invoices[0].total.minor
    assert len(till.sandbox.wish()['refunds']) == 2


@pytest.mark.proves('REF-009')
def test_of_twenty_refunds_at_once_one_is_made(till: Till) -> None:
    invoice_id = till.invoice()
    number = int(invoice_id.partition('-')[0])
    till.pays(invoice_id)
    till.clicks(number)
    [payment] = repository.ledger(ORGANISATION, number).payments
    service.ask(ORGANISATION, payment.id)
    path, body = f'/v1/staff/requests/{number}/refund', {'reason': 'Не сделано'}
    said = at_once([lambda: call('POST', path, body, token=till.desk.token)] * HANDS)
    assert Counter(one.status for one in said) == {201: 1, 409: HANDS - 1}
    at_once([lambda: service.send_back(ORGANISATION, number)] * HANDS)
    assert till.held() == 0
    assert len(till.sandbox.wish()['refunds']) == 1


def test_what_paying_costs(till: Till) -> None:
    invoice_id = till.invoice()
    number = int(invoice_id.partition('-')[0])
    with watched() as begun:
        assert till.pays(invoice_id).status == 201
    till.clicks(number)
    [payment] = repository.ledger(ORGANISATION, number).payments
    with watched() as heard:
        service.ask(ORGANISATION, payment.id)
    # Request, ledger and shop are read and the payment written; then ledger and keys, request and ledger.
    assert len(begun.calls) - AUTHENTICATION == 9
    assert len(heard.calls) == 5
