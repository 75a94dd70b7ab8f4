"""Paying at T-Bank, who knows no id again: it is asked once, and then what became of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.billing import service
from chalicelib.billing.model.payment import CALL_LASTS, PaymentState, RepaymentState
from chalicelib.billing.repository import MoneyRow
from chalicelib.kit import clock
from tests.billing.conftest import refused, told_of
from tests.billing.tbank import GOOD, PASSWORD, TERMINAL
from tests.billing.till import SETTINGS

USUAL = {
    'provider': 'tbank', 'shop_id': TERMINAL, 'secret_key': PASSWORD, 'tax_system': 'income',
    'return_url': 'https://app.example/paid',
}  # fmt: skip


def sweeps(time, **span):
    time.move(clock.now() + timedelta(**span))
    service.sweep()


# -- the terminal of a legal entity --------------------------------------------------------------------


def test_the_password_goes_in_and_never_comes_out(terminal_till, shop):
    read = terminal_till.call('GET', f'{SETTINGS}/{shop.entity}', by=terminal_till.accountant)
    told = [read.json_body[name] for name in ('provider', 'shop_id', 'is_test', 'tax_system')]
    assert told == ['tbank', TERMINAL, True, 'income']
    assert read.json_body['hook_path'].startswith('/v1/hooks/tbank/demo/')
    rows = list(MoneyRow.query('demo#accounts')) + list(MoneyRow.query('demo#keys'))
    assert PASSWORD not in read.body.decode() and not any(PASSWORD in str(row.body) for row in rows)
    checked = terminal_till.call('POST', f'{SETTINGS}/{shop.entity}/check', {}, by=terminal_till.accountant)
    assert (checked.json_body['is_active'], checked.json_body['makes_receipts']) == (True, None)


def test_what_the_bank_does_not_know_is_not_kept(terminal_till, shop):
    def sets(**changes):
        path = f'{SETTINGS}/{shop.entity}'
        return terminal_till.call('PUT', path, USUAL | changes, by=terminal_till.accountant)

    refused(sets(secret_key='another-password'), 422, 'CredentialsWrong')
    refused(sets(shop_id='unknown1', secret_key='pa55-unknown1'), 422, 'CredentialsWrong')
    refused(sets(tax_system=None), 422, 'TaxSystemNeeded', 'body.tax_system')
    terminal_till.sandbox.wish(fail={'how': '502'})
    refused(sets(shop_id='Another', secret_key='pa55-Another'), 503, 'ProviderAway')
    assert sets(tax_system=None, are_receipts_made=False).json_body['version'] == 2


# -- paying --------------------------------------------------------------------------------------------


@pytest.mark.proves('PAY-006', 'PAY-012')
def test_a_client_pays_on_the_page_of_the_bank(terminal_till, number):
    terminal_till.paid(number)
    [payment] = terminal_till.ledger(number).payments
    assert (payment.state, payment.shop_id, payment.is_test) == (PaymentState.PAID, TERMINAL, True)
    assert [kind for kind, _ in told_of(number)].count('InvoicePaid') == 1
    assert terminal_till.held() == payment.amount.minor


def test_who_taps_twice_opens_one_page(terminal_till, number):
    invoice_id = terminal_till.issued(number)
    pages = {terminal_till.begins(invoice_id)['confirmation_url'] for _ in range(2)}
    assert len(pages) == len(terminal_till.seen()) == 1


@pytest.mark.parametrize('how', ['lost', '502', 'hang_up', 'unsure', 'garbage'])
def test_a_page_that_was_lost_is_closed_and_another_opened(terminal_till, number, time, how):
    invoice_id = terminal_till.issued(number)
    terminal_till.sandbox.wish(fail={'how': how, 'path': '/v2/Init'})
    refused(terminal_till.asks(invoice_id), 503, 'PaymentsAway')
    # While the first call may still be under way nobody asks for another.
    refused(terminal_till.asks(invoice_id), 503, 'PaymentsAway')
    time.move(clock.now() + CALL_LASTS)
    second = terminal_till.begins(invoice_id)
    sweeps(time, minutes=11)
    states = [one.state for one in terminal_till.ledger(number).payments]
    assert states == [PaymentState.DECLINED, PaymentState.OPEN]
    assert [one.status for one in terminal_till.seen()][-1:] == ['open']
    assert len([one for one in terminal_till.seen() if one.status == 'open']) == 1
    terminal_till.notices('CONFIRMED', terminal_till.clicks(second['id']))
    assert terminal_till.reads(second['id'])['status'] == 'paid'


def test_a_bank_that_was_not_reached_is_asked_again_at_once(terminal_till, number, monkeypatch):
    invoice_id = terminal_till.issued(number)
    monkeypatch.setenv('SANDBOX_TBANK_URL', 'http://127.0.0.1:9')
    refused(terminal_till.asks(invoice_id), 503, 'PaymentsAway')
    monkeypatch.setenv('SANDBOX_TBANK_URL', terminal_till.sandbox.url)
    terminal_till.begins(invoice_id)
    assert len(terminal_till.ledger(number).payments) == 1


@pytest.mark.proves('PAY-004', 'PAY-013')
def test_a_card_told_of_by_a_notice_is_kept_once_and_pays(terminal_till, number, time):
    payment = terminal_till.begins(terminal_till.issued(number), is_card_kept=True)
    external_id = terminal_till.clicks(payment['id'])
    sweeps(time, minutes=2)  # the clock is first to hear that it is paid, and of no card
    assert terminal_till.reads(payment['id'])['status'] == 'paid'
    cards = '/v1/resident/cards'
    assert terminal_till.call('GET', cards, by=terminal_till.shop.resident).json_body['items'] == []
    assert terminal_till.notices('CONFIRMED', external_id).body == b'OK'
    [card] = terminal_till.call('GET', cards, by=terminal_till.shop.resident).json_body['items']
    assert (card['title'], card['expires']) == ('Bank card *0777', '12/2030')
    second = terminal_till.shop.order()
    done = terminal_till.begins(terminal_till.issued(second), card_id=card['id'])
    assert (done['status'], done['confirmation_url']) == ('paid', None)
    terminal_till.call('DELETE', f'{cards}/{card["id"]}', by=terminal_till.shop.resident)
    terminal_till.notices('CONFIRMED', external_id)  # an old one does not bring it back
    assert terminal_till.call('GET', cards, by=terminal_till.shop.resident).json_body['items'] == []


@pytest.mark.parametrize('how, state', [('lost', PaymentState.PAID), ('502', PaymentState.DECLINED)])
def test_a_saved_card_whose_charge_was_lost_is_never_charged_again(terminal_till, number, time, how, state):
    payment = terminal_till.begins(terminal_till.issued(number), is_card_kept=True)
    terminal_till.notices('CONFIRMED', terminal_till.clicks(payment['id']))
    resident = terminal_till.shop.resident
    [card] = terminal_till.call('GET', '/v1/resident/cards', by=resident).json_body['items']
    second = terminal_till.shop.order()
    invoice_id = terminal_till.issued(second)
    terminal_till.sandbox.wish(fail={'how': how, 'path': '/v2/Charge'})
    refused(terminal_till.asks(invoice_id, card_id=card['id']), 503, 'PaymentsAway')
    time.move(clock.now() + CALL_LASTS)
    told = terminal_till.asks(invoice_id, card_id=card['id']).json_body
    [kept] = terminal_till.ledger(second).payments
    assert (kept.state, told['id']) == (state, kept.id)
    assert terminal_till.held(second) == (kept.amount.minor if how == 'lost' else 0)


# -- going back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize('how', ['lost', '502', 'hang_up', 'unsure', 'busy', 'garbage', '429'])
@pytest.mark.parametrize('is_part', [True, False])
def test_an_answer_that_is_none_refunds_once(terminal_till, number, time, how, is_part):
    invoice_id = terminal_till.paid(number)
    [invoice] = terminal_till.ledger(number).invoices
    line = {'invoice_id': invoice_id, 'position_id': invoice.positions[0].id, 'amount': {'minor': 100}}
    terminal_till.refunds(number, body={'reason': 'Не сделано', **({'lines': [line]} if is_part else {})})
    terminal_till.sandbox.wish(fail={'how': how, 'path': '/v2/Cancel'})
    terminal_till.follows(number, 'RefundApproved')
    for _ in range(3):
        sweeps(time, minutes=12)
    assert [one.minor for one in terminal_till.sent()] == [100 if is_part else invoice.total.minor]
    assert terminal_till.ledger(number).refund.status == 'completed'
    assert [one.state for one in terminal_till.ledger(number).repayments] == [RepaymentState.DONE]


def test_a_refund_under_way_ends_by_a_notice(terminal_till, number):
    terminal_till.refunds_are('pending')
    terminal_till.paid(number)
    terminal_till.refunds(number)
    terminal_till.follows(number, 'RefundApproved')
    assert terminal_till.ledger(number).refund.status == 'approved'
    [sent] = terminal_till.sent()
    terminal_till.settles(sent.id, is_sent=True)
    external_id = terminal_till.seen()[0].id
    assert terminal_till.notices('REFUNDED', external_id).body == b'OK'
    assert terminal_till.ledger(number).refund.status == 'completed'


def test_what_was_returned_by_hand_is_not_returned_again(terminal_till, number, time):
    invoice_id = terminal_till.paid(number)
    [payment] = terminal_till.ledger(number).payments
    wanted = {'payment': payment.external_id, 'amount': 500}
    terminal_till.sandbox.wish(**{'return': wanted})
    line = {
        'invoice_id': invoice_id, 'position_id': payment.positions[0].id, 'amount': {'minor': 100},
    }  # fmt: skip
    terminal_till.refunds(number, body={'reason': 'Не сделано', 'lines': [line]})
    terminal_till.follows(number, 'RefundApproved')
    [repayment] = terminal_till.ledger(number).repayments
    assert (repayment.state, repayment.tries) == (RepaymentState.GOING, 2)
    assert [one.minor for one in terminal_till.sent()] == [500]


# -- another provider ----------------------------------------------------------------------------------


def test_what_was_begun_at_the_bank_ends_there_whoever_is_the_provider_now(
    terminal_till, till, shop, number, time
):
    second = shop.order()
    terminal_till.opens(secret_key=None)
    before = terminal_till.begins(terminal_till.issued(number))
    heard = terminal_till.begins(terminal_till.issued(second))
    till.opens()
    third = shop.order()
    assert till.ledger(third).payments == ()
    till.paid(third)
    external_id = terminal_till.clicks(before['id'])
    sweeps(time, minutes=2)
    assert terminal_till.reads(before['id'])['status'] == 'paid'
    terminal_till.notices('CONFIRMED', terminal_till.clicks(heard['id']))
    assert terminal_till.reads(heard['id'])['status'] == 'paid'
    terminal_till.refunds(number)
    terminal_till.follows(number, 'RefundApproved')
    assert terminal_till.held(number) == 0
    assert {one.provider for one in till.ledger(third).payments} == {'yookassa'}
    assert external_id == terminal_till.seen(number)[0].id


def test_a_notice_of_the_first_provider_is_heard_after_the_change(terminal_till, till, number):
    till.opens(secret_key=None)
    payment = till.begins(till.issued(number))
    external_id, hook = till.clicks(payment['id']), till.hook
    terminal_till.opens(secret_key=None)
    told = {'id': external_id, 'metadata': {'attempt_id': payment['id']}}
    body = {'type': 'notification', 'event': 'payment.succeeded', 'object': told}
    assert till.call('POST', hook, body).status_code == 204
    assert till.reads(payment['id'])['status'] == 'paid'
    forged = {'type': 'notification', 'event': 'payment.succeeded', 'object': {'id': external_id}}
    assert till.call('POST', hook, forged).status_code == 204


def test_a_card_of_the_bank_does_not_pay_elsewhere(terminal_till, till, shop, number):
    terminal_till.opens(secret_key=None)
    payment = terminal_till.begins(terminal_till.issued(number), is_card_kept=True)
    terminal_till.notices('CONFIRMED', terminal_till.clicks(payment['id'], GOOD))
    [card] = terminal_till.call('GET', '/v1/resident/cards', by=shop.resident).json_body['items']
    till.opens()
    refused(till.asks(till.issued(shop.order()), card_id=card['id']), 422, 'CardOfAnotherShop')
    may_not = replace(shop.dispatcher, permissions=frozenset())
    refused(till.call('PUT', f'{SETTINGS}/{shop.entity}', USUAL, by=may_not), 403, 'PermissionMissing')
