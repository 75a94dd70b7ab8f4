"""Many hands at a provider who knows no id again: each payment and each refund is asked for once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.gateway import tbank_wire
from chalicelib.billing.model.account import AccountInput
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import NewOffering
from chalicelib.kit import clock, sealing
from infra.local.tbank import TBank
from tests.engine.desk import ORGANISATION, Desk, at_once, call
from tests.make import billing as make_billing
from tests.make import prices as make_prices
from tests.make import staff as make_staff

HANDS = 20
TERMINAL = 'DomovoyDEMO'


@pytest.fixture
def bank(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TBank]:
    """A desk with a terminal at the sandbox, which takes an order twice; nothing is sealed, without KMS."""
    monkeypatch.setattr(sealing, 'seal', lambda secret, **_: secret)
    monkeypatch.setattr(sealing, 'unseal', lambda sealed, **_: sealed)
    with TBank(now=lambda: clock.now().timestamp(), sends=False) as sandbox:
        monkeypatch.setenv('SANDBOX_TBANK_URL', sandbox.url)
        tbank_wire._client.cache_clear()
        sandbox.wish(shop={'id': TERMINAL, 'repeats_orders': True})
        entity = make_staff.legal_entity(ORGANISATION).id
        desk.offering = catalogue.create(
            NewOffering(
                name='Окна', assignees_max=4, department_id=desk.department, legal_entity_id=entity
            ),
            by=desk.dispatcher,
        ).id
        wanted = {
            'provider': 'tbank', 'shop_id': TERMINAL, 'secret_key': f'pa55-{TERMINAL}',
            'tax_system': 'income',
            'return_url': 'https://app.example/',
        }  # fmt: skip
        service.configure(entity, AccountInput.model_validate(wanted), by=desk.dispatcher)
        yield sandbox
    tbank_wire._client.cache_clear()


@pytest.fixture
def invoice(desk: Desk, bank: TBank) -> Any:
    """An issued invoice of a new request."""
    entity = catalogue.get(ORGANISATION, desk.offering).legal_entity_id
    price = make_prices.price(str(entity), ORGANISATION)
    return make_billing.issued(desk.create(), desk.dispatcher, price)


def pays(desk: Desk, invoice: Any) -> Any:
    path = f'/v1/resident/invoices/{invoice.id}/pay'
    return call('POST', path, {'email': 'a@b.example'}, token=desk.resident_token)


@pytest.mark.proves('PAY-012')
def test_who_taps_twenty_times_at_once_has_one_page(desk: Desk, bank: TBank, invoice: Any) -> None:
    said = at_once([lambda: pays(desk, invoice)] * HANDS)
    assert {one.status for one in said} <= {201, 409, 503}
    assert len({one.body['id'] for one in said if one.status == 201}) == 1
    assert len(bank.wish()['payments']) == 1


@pytest.mark.proves('REF-009')
def test_of_twenty_hands_that_send_back_one_does(desk: Desk, bank: TBank, invoice: Any) -> None:
    pays(desk, invoice)
    [payment] = repository.ledger(ORGANISATION, invoice.number).payments
    bank.wish(pay={'payment': payment.external_id, 'sbp': True})
    at_once([lambda: service.ask(ORGANISATION, payment.id)] * HANDS)
    position = {'invoice_id': invoice.id, 'position_id': invoice.positions[0].id, 'amount': {'minor': 100}}
    body = {'reason': 'Не сделано', 'lines': [position]}
    path = f'/v1/staff/requests/{invoice.number}/refund'
    said = at_once([lambda: call('POST', path, body, token=desk.token)] * HANDS)
    assert Counter(one.status for one in said) == {201: 1, 409: HANDS - 1}
    at_once([lambda: service.send_back(ORGANISATION, invoice.number)] * HANDS)
    ledger = repository.ledger(ORGANISATION, invoice.number)
    assert [one.state for one in ledger.payments] == [PaymentState.PAID]
    assert [one.state for one in ledger.repayments] == [RepaymentState.DONE]
    # A part of what was paid by СБП the bank would send again: it knows no id of such a refund.
    assert [one['amount'] for one in bank.wish()['refunds']] == [100]
