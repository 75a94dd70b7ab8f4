"""The adapter of T-Bank against the sandbox: refunds, and what its notices are believed of."""

import json

import pytest

from chalicelib.billing.gateway import ProviderRefused, hint_of, is_from, is_sender
from chalicelib.billing.gateway.port import SentElsewhere
from chalicelib.billing.model.provider import Hint, Method, PaymentStatus, ProviderCode, RefundStatus, Thing
from chalicelib.kit.money import Money
from tests.billing.tbank import PASSWORD, TERMINAL, back, paid, receipt, terminal, wanted
from tests.billing.yookassa import line

CODE = ProviderCode.TBANK


def test_all_of_a_payment_goes_back_and_its_receipt_with_it(bank):
    payment = paid(bank)
    made = terminal().refund(back(payment))
    assert (made.status, made.amount, made.external_id) == (
        RefundStatus.SUCCEEDED,
        payment.amount,
        payment.external_id,
    )
    assert terminal().get_refund(payment.external_id).status is RefundStatus.SUCCEEDED
    assert bank.wish()['payments'][0]['status'] == 'REFUNDED'


def test_a_part_goes_back_with_a_receipt_of_its_own(bank):
    payment = paid(bank)
    with pytest.raises(ProviderRefused):
        terminal().refund(back(payment, minor=50000))
    part = receipt(line(minor=50000))
    made = terminal().refund(back(payment, minor=50000, receipt=part))
    assert (made.status, made.amount) == (RefundStatus.SUCCEEDED, Money(minor=50000))
    assert bank.wish()['payments'][0]['refunded'] == 50000
    assert terminal().get_payment(payment.external_id).status is PaymentStatus.SUCCEEDED


def test_what_went_back_already_is_not_sent_again(bank):
    payment = paid(bank)
    part = receipt(line(minor=50000))
    terminal().refund(back(payment, minor=50000, receipt=part))
    again = back(payment, 'ref-2', 50000, receipt=part, is_anew=True)
    assert terminal().refund(again).status is RefundStatus.SUCCEEDED
    with pytest.raises(SentElsewhere) as refused:
        terminal().refund(back(payment, 'ref-3', 50000, receipt=part))
    told = refused.value.told
    assert (told.went_back, told.is_all_back) == (RefundStatus.SUCCEEDED, False)
    assert bank.wish()['payments'][0]['refunded'] == 50000
    whole = paid(bank, attempt='1042-1-b')
    assert terminal().refund(back(whole)).status is RefundStatus.SUCCEEDED
    assert terminal().refund(back(whole, 'ref-5')).status is RefundStatus.SUCCEEDED
    assert len(bank.wish()['refunds']) == 2


def test_what_was_not_paid_does_not_go_back(bank):
    made = terminal().create_payment(wanted())
    bank.wish(expire={'payment': made.external_id})
    for payment in (made, made.model_copy(update={'external_id': '3999999999'})):
        with pytest.raises(ProviderRefused):
            terminal().refund(back(payment))
    assert bank.wish()['refunds'] == []


@pytest.mark.parametrize('ended, told', [
    ('succeeded', RefundStatus.SUCCEEDED), ('refused', RefundStatus.CANCELED),
])  # fmt: skip
def test_a_refund_under_way_ends_either_way_and_is_asked_about(bank, ended, told):
    payment = paid(bank)
    bank.wish(shop={'id': TERMINAL, 'refunds': 'pending'})
    assert terminal().refund(back(payment)).status is RefundStatus.PENDING
    assert terminal().get_refund(payment.external_id).status is RefundStatus.PENDING
    bank.wish(refund={'refund': bank.wish()['refunds'][0]['id'], 'status': ended})
    assert terminal().get_refund(payment.external_id).status is told
    found = terminal().find_refund('ref-1', payment.external_id)
    assert (found is None) == (ended == 'refused')


def test_a_terminal_without_money_refuses(bank):
    payment = paid(bank)
    bank.wish(shop={'id': TERMINAL, 'refunds': 'refused'})
    with pytest.raises(ProviderRefused) as refused:
        terminal().refund(back(payment))
    assert refused.value.details['reason'] == '3002'


# -- notices -------------------------------------------------------------------------------------------


def noticed(bank, **more):
    bank.wish(shop={'id': TERMINAL, 'notification_url': 'http://127.0.0.1:9/hook'})
    payment = paid(bank, **more)
    return payment, [json.dumps(one['body']).encode() for one in bank.wish()['notices']]


def test_what_the_bank_sends_is_signed_and_says_about_what_it_is(bank):
    payment, bodies = noticed(bank)
    terminal().refund(back(payment))
    bodies.append(json.dumps(bank.wish()['notices'][-1]['body']).encode())
    about = {'external_id': payment.external_id, 'attempt_id': '1042-1-a', 'shop_id': TERMINAL}
    about |= {'paid_by': Method.CARD}
    paying = Hint(thing=Thing.PAYMENT, amount=payment.amount, **about)
    assert [hint_of(CODE, body) for body in bodies] == [paying, paying, Hint(thing=Thing.REFUND, **about)]
    assert all(is_from(CODE, body, PASSWORD) for body in bodies)
    assert not any(is_from(CODE, body, 'pa55-another') for body in bodies)
    assert not is_from(CODE, bodies[0].replace(b'125000', b'125001'), PASSWORD)


@pytest.mark.parametrize('body', [
    b'', b'{', b'[]', b'null', b'[' * 100_000, b'{}', b'{"PaymentId": "../x"}',
    b'{"PaymentId": 1' + b' ' * 70_000 + b'}',
])  # fmt: skip
def test_anything_else_is_no_notice(body):
    assert hint_of(CODE, body) is None
    assert not is_from(CODE, body, PASSWORD)


def test_notices_come_from_anywhere_unless_a_deployment_names_networks(monkeypatch):
    assert is_sender(CODE, '203.0.113.7')
    monkeypatch.setenv('TBANK_ADDRESSES', '91.194.226.0/23, 127.0.0.1')
    comes = [is_sender(CODE, one) for one in ('91.194.227.1', '127.0.0.1', '203.0.113.7', 'nobody')]
    assert comes == [True, True, False, False]
