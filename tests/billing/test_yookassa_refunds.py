"""The adapter of «ЮKassa» against the sandbox: refunds, and what the provider's notices are believed of."""

import json

import pytest

from chalicelib.billing.gateway import CredentialsWrong, ProviderRefused, hint_of, is_sender
from chalicelib.billing.model.provider import Decline, Hint, PaymentStatus, ProviderCode, RefundStatus, Thing
from chalicelib.kit.money import Money
from tests.billing.yookassa import back, line, paid, receipt, shop, wanted

CODE = ProviderCode.YOOKASSA
ID = '2fb1c9a4-000f-5000-9000-1b2c3d4e5f60'


def test_all_of_a_payment_is_paid_back_and_its_receipt_with_it(sandbox):
    payment = paid(sandbox)
    made = shop().refund(back(payment))
    assert (made.status, made.amount, made.decline) == (RefundStatus.SUCCEEDED, payment.amount, None)
    assert shop().get_refund(made.external_id) == made
    now = shop().get_payment(payment.external_id)
    assert (now.status, now.refunded) == (PaymentStatus.SUCCEEDED, payment.amount)
    assert sandbox.wish()['refunds'][0]['receipt_registration'] == 'succeeded'


def test_the_receipt_of_a_whole_refund_is_that_of_the_payment(sandbox):
    other = receipt(line('Что-то другое'))
    made = shop().refund(back(paid(sandbox), description='Не оказано ' * 30, receipt=other))
    assert made.status is RefundStatus.SUCCEEDED
    assert len(sandbox.wish()['refunds'][0]['description']) == 250


def test_a_part_carries_its_own_receipt_and_parts_never_come_to_more_than_was_paid(sandbox):
    payment = paid(sandbox)
    part = receipt(line(minor=50000))
    for number in (1, 2):
        made = shop().refund(back(payment, f'ref-{number}', 50000, receipt=part))
        assert (made.status, made.amount) == (RefundStatus.SUCCEEDED, Money(minor=50000))
    assert shop().get_payment(payment.external_id).refunded == Money(minor=100000)
    with pytest.raises(ProviderRefused) as refused:
        shop().refund(back(payment, 'ref-3', 50000, receipt=part))
    assert refused.value.details == {'reason': 'invalid_request', 'parameter': 'amount.value'}
    rest = shop().refund(back(payment, 'ref-4', 25000, receipt=receipt(line(minor=25000))))
    assert rest.status is RefundStatus.SUCCEEDED


@pytest.mark.parametrize(
    'lines, parameter',
    [
        (None, 'receipt'),
        ([line('Другая услуга', 50000)], 'receipt.items'),
        ([line(minor=49999)], 'receipt.items'),
    ],
)
def test_a_part_without_a_receipt_of_what_was_sold_is_refused(sandbox, lines, parameter):
    payment = paid(sandbox)
    with pytest.raises(ProviderRefused) as refused:
        shop().refund(back(payment, minor=50000, receipt=receipt(*lines) if lines else None))
    assert refused.value.details['parameter'] == parameter
    assert shop().get_payment(payment.external_id).refunded == Money(minor=0)


def test_what_was_not_paid_is_not_paid_back(sandbox):
    made = shop().create_payment(wanted())
    with pytest.raises(ProviderRefused) as refused:
        shop().refund(back(made))
    assert refused.value.details == {'reason': 'invalid_request', 'parameter': 'payment_id'}
    payment = paid(sandbox, attempt='att-2')
    with pytest.raises(ProviderRefused) as refused:
        shop('200300').refund(back(payment))
    assert refused.value.details == {'reason': 'not_found', 'parameter': 'payment_id'}


def test_asking_again_is_the_same_refund_also_in_other_words(sandbox, time):
    payment = paid(sandbox)
    first = shop().refund(back(payment))
    time.advance(hours=23)
    assert shop().refund(back(payment)) == first
    assert shop().refund(back(payment, description='Иначе')) == first
    assert len(sandbox.wish()['refunds']) == 1


@pytest.mark.parametrize('reason, decline', [
    ('insufficient_funds', Decline.INSUFFICIENT_FUNDS), ('rejected_by_payee', Decline.REJECTED_BY_PAYEE),
    ('rejected_by_timeout', Decline.EXPIRED), ('yoo_money_account_closed', Decline.ACCOUNT_CLOSED),
    ('something_new', Decline.OTHER),
])  # fmt: skip
def test_a_refund_under_way_ends_either_way_and_is_asked_about(sandbox, reason, decline):
    payment = paid(sandbox)
    sandbox.wish(shop={'id': '100500', 'refunds': 'pending'})
    first = shop().refund(back(payment))
    assert first.status is RefundStatus.PENDING
    sandbox.wish(refund={'refund': first.external_id, 'status': 'canceled', 'reason': reason})
    ended = shop().get_refund(first.external_id)
    assert (ended.status, ended.decline) == (RefundStatus.CANCELED, decline)
    assert shop().get_payment(payment.external_id).refunded == Money(minor=0)
    second = shop().refund(back(payment, 'ref-2'))
    sandbox.wish(refund={'refund': second.external_id, 'status': 'succeeded'})
    assert shop().get_refund(second.external_id).status is RefundStatus.SUCCEEDED
    assert shop().get_payment(payment.external_id).refunded == payment.amount


def test_a_refund_is_found_by_our_id_among_those_of_its_payment(sandbox):
    payment, other = paid(sandbox), paid(sandbox, attempt='att-2')
    part = receipt(line(minor=10000))
    made = [shop().refund(back(payment, f'ref-{n}', 10000, receipt=part)) for n in range(3)]
    assert [shop().find_refund(f'ref-{n}', payment.external_id) for n in range(3)] == made
    assert shop().find_refund('ref-9', payment.external_id) is None
    assert shop().find_refund('ref-0', other.external_id) is None


def test_a_wrong_key_pays_nothing_back(sandbox):
    payment = paid(sandbox)
    stranger = shop(secret='test_wrong')
    for call in (lambda: stranger.refund(back(payment)), lambda: stranger.get_refund(ID)):
        with pytest.raises(CredentialsWrong):
            call()
    assert sandbox.wish()['refunds'] == []


# -- notices -------------------------------------------------------------------------------------------


def notice(event, identity=ID, **more):
    return json.dumps({'type': 'notification', 'event': event, 'object': {'id': identity, **more}}).encode()


@pytest.mark.parametrize('event, thing', [
    ('payment.succeeded', Thing.PAYMENT), ('payment.canceled', Thing.PAYMENT),
    ('payment.waiting_for_capture', Thing.PAYMENT), ('refund.succeeded', Thing.REFUND),
    ('payment.something_new', Thing.PAYMENT),
])  # fmt: skip
def test_a_notice_says_about_what_it_is_and_no_more_is_believed(event, thing):
    forged = notice(event, status='succeeded', amount={'value': '1.00', 'currency': 'RUB'})
    assert hint_of(CODE, forged) == Hint(thing=thing, external_id=ID)


@pytest.mark.parametrize('body', [
    b'', b'{', b'[]', b'null', b'"payment.succeeded"', b'\xff\xfe', b'[' * 100_000,
    b'{"event": "payment.succeeded"}',
    b'{"event": "payment.succeeded", "object": "id"}', b'{"event": ["payment"], "object": {"id": "1"}}',
    notice('payout.succeeded'), notice('payment_method.active'), notice('payment.succeeded', 7),
    notice('payment.succeeded', '../me'), notice('payment.succeeded', ''),
    notice('payment.succeeded', 'a' * 65), notice('payment.succeeded', f'{ID}\n'),
    notice('payment.succeeded', pad='x' * 300_000),
])  # fmt: skip
def test_anything_else_is_about_nothing(body):
    assert hint_of(CODE, body) is None


@pytest.mark.parametrize('address, comes', [
    ('185.71.76.0', True), ('185.71.76.31', True), ('185.71.76.32', False), ('77.75.156.11', True),
    ('77.75.156.12', False), ('77.75.154.128', True), ('77.75.154.127', False), ('2a02:5180::1', True),
    ('2a02:5181::1', False), ('::ffff:185.71.77.5', True), ('::ffff:127.0.0.1', False), ('127.0.0.1', False),
    ('', False), ('185.71.76.1, 10.0.0.1', False), ('nobody', False),
])  # fmt: skip
def test_notices_come_from_the_addresses_of_the_provider(address, comes):
    assert is_sender(CODE, address) == comes


def test_a_deployment_can_name_other_addresses(monkeypatch):
    monkeypatch.setenv('YOOKASSA_ADDRESSES', '127.0.0.1, 10.0.0.0/8')
    assert [is_sender(CODE, one) for one in ('127.0.0.1', '10.2.3.4', '185.71.76.1')] == [True, True, False]


def test_what_the_sandbox_sends_is_such_a_notice(sandbox):
    sandbox.wish(shop={'id': '100500', 'notification_url': 'http://127.0.0.1:9/hook'})
    payment = paid(sandbox)
    made = shop().refund(back(payment))
    hints = [hint_of(CODE, json.dumps(one['body']).encode()) for one in sandbox.wish()['notices']]
    assert hints == [
        Hint(thing=Thing.PAYMENT, external_id=payment.external_id, attempt_id='att-1'),
        Hint(thing=Thing.REFUND, external_id=made.external_id, attempt_id='ref'),
    ]
