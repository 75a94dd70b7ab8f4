"""Money under many hands: one payment, one refund, one truth; and what it costs."""

from collections import Counter

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from tests.engine.desk import ORGANISATION, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.till import Till
from tests.engine.watching import watched

HANDS = 20


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
