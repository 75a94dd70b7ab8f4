"""«ЮKassa» fails, falls silent, or answers what is no answer: nothing is paid twice, nothing is assumed."""

import json
import logging
from datetime import UTC, datetime

import pytest

from chalicelib.billing.gateway import (
    Ambiguous,
    CredentialsWrong,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
    yookassa_forms,
    yookassa_wire,
)
from chalicelib.billing.model.provider import Decline, PaymentStatus, RefundStatus, SavedMethod
from chalicelib.kit import clock, telemetry
from chalicelib.kit.money import Money
from infra.local.gateway import Reply
from infra.local.server import Server
from tests.billing.yookassa import back, paid, shop, wanted

ID = '2fb1c9a4-000f-5000-9000-1b2c3d4e5f60'
PAYMENT = json.loads("""
{"id":"2fb1c9a4-000f-5000-9000-1b2c3d4e5f60","status":"pending","paid":false,
 "amount":{"value":"1250.00","currency":"RUB"},
 "confirmation":{"type":"redirect","confirmation_url":"https://yoomoney.ru/checkout/payments/v2/contract?orderId=2fb1"},
 "created_at":"2026-11-22T08:15:30.129Z","description":"Заявка № 1042","metadata":{"attempt_id":"att-1"},
 "payment_method":{"type":"sbp","id":"2fb1","saved":false,"status":"inactive"},
 "recipient":{"account_id":"100500","gateway_id":"100700"},"refundable":false,"test":true}
""")
CARD = {
    'type': 'bank_card', 'id': '2f0a', 'saved': True, 'status': 'active', 'title': 'Bank card *4477',
    'card': {'first6': '555555', 'last4': '4477', 'expiry_month': '07', 'expiry_year': '2027',
             'card_type': 'Mir'},
}  # fmt: skip
REFUND = {
    'id': ID, 'payment_id': ID, 'status': 'succeeded', 'amount': {'value': '250.00', 'currency': 'RUB'},
    'created_at': '2026-11-22T08:15:30.129Z', 'receipt_registration': 'pending',
    'metadata': {'refund_id': 'ref-1'},
}  # fmt: skip


@pytest.fixture
def impatient(monkeypatch, sandbox, how):
    """Where there is silence we wait a second for an answer; else as long as a busy machine may need."""
    if how in ('silence', 'timeout'):
        monkeypatch.setattr(yookassa_wire, 'READ_SECONDS', 1)
    yookassa_wire._client.cache_clear()
    yield
    yookassa_wire._client.cache_clear()


@pytest.fixture
def answering(monkeypatch):
    """`answering(status, body)`: something answers this to everything; what it was asked is returned."""
    servers = []

    def answer(status, body, **headers):
        asked = []

        def reply(method, path, given, _):
            asked.append((method, path))
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            return Reply(status, headers, raw)

        server = Server(reply).start()
        servers.append(server)
        monkeypatch.setenv('SANDBOX_YOOKASSA_URL', f'{server.url}/v3')
        yookassa_wire._client.cache_clear()
        return asked

    yield answer
    for server in servers:
        server.stop()


# -- the sandbox in trouble ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    'how', ['500', '502', 'hang_up', 'silence', '202', 'broken', 'garbage', 'lost', 'timeout']
)
def test_a_payment_without_an_answer_is_ambiguous_and_asking_again_makes_one(sandbox, impatient, how):
    sandbox.wish(fail={'how': how, 'method': 'POST', 'path': '/payments'})
    with pytest.raises(Ambiguous):
        shop().create_payment(wanted())
    was_made = how in ('202', 'broken', 'garbage', 'lost', 'timeout')
    found = shop().find_payment('att-1', clock.now())
    assert (found is not None) == was_made
    again = shop().create_payment(wanted())
    assert [one['id'] for one in sandbox.wish()['payments']] == [again.external_id]
    assert found is None or found.external_id == again.external_id


@pytest.mark.parametrize('how', ['500', 'lost', 'timeout'])
def test_a_refund_without_an_answer_is_ambiguous_and_asking_again_makes_one(sandbox, impatient, how):
    payment = paid(sandbox)
    sandbox.wish(fail={'how': how, 'method': 'POST', 'path': '/refunds'})
    with pytest.raises(Ambiguous):
        shop().refund(back(payment))
    found = shop().find_refund('ref-1', payment.external_id)
    assert (found is None) == (how == '500')
    assert shop().refund(back(payment)).status is RefundStatus.SUCCEEDED
    assert shop().get_payment(payment.external_id).refunded == payment.amount


@pytest.mark.parametrize('how', ['500', '502', 'hang_up', 'silence', 'garbage', 'lost', '202'])
def test_a_question_without_an_answer_can_be_asked_again(sandbox, impatient, how):
    made = shop().create_payment(wanted())
    questions = [
        shop().check, lambda: shop().get_payment(made.external_id), lambda: shop().get_refund(ID),
        lambda: shop().find_payment('att-1', clock.now()),
        lambda: shop().find_refund('ref-1', made.external_id),
    ]  # fmt: skip
    for question in questions:
        sandbox.wish(fail={'how': how})
        with pytest.raises(ProviderAway):
            question()
    assert shop().get_payment(made.external_id) == made


def test_too_many_at_once_is_told_apart_and_nothing_was_done(sandbox):
    for call in (lambda: shop().create_payment(wanted()), shop().check):
        sandbox.wish(fail={'how': '429'})
        with pytest.raises(ProviderBusy):
            call()
    assert sandbox.wish()['payments'] == []
    assert shop().create_payment(wanted()).status is PaymentStatus.PENDING


def test_a_provider_that_was_not_reached_did_nothing(monkeypatch):
    monkeypatch.setenv('SANDBOX_YOOKASSA_URL', 'http://127.0.0.1:9/v3')
    for call in (lambda: shop().create_payment(wanted()), lambda: shop().get_payment(ID), shop().check):
        with pytest.raises(ProviderAway) as away:
            call()
        assert away.value.details == {'reason': 'ConnectError'}


def test_a_key_that_was_used_for_something_we_cannot_find_stays_ambiguous(sandbox):
    shop().refund(back(paid(sandbox), refund_id='att-2'))
    with pytest.raises(Ambiguous):
        shop().create_payment(wanted('att-2'))


def test_nothing_secret_is_logged_or_told(sandbox, caplog, monkeypatch):
    ours = telemetry.log._logger
    monkeypatch.setattr(ours, 'handlers', [caplog.handler])
    caplog.set_level(logging.DEBUG)
    ours.setLevel(logging.INFO)
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted(saved_method='tok-9081'))
    with pytest.raises(CredentialsWrong) as wrong:
        shop(secret='test_0therwrong').check()
    ours.setLevel(logging.ERROR)
    assert 'the payment provider says no' in caplog.text
    told = caplog.text + repr(refused.value) + repr(wrong.value) + repr(vars(shop()))
    for secret in ('pa55word', '0therwrong', 'tok-9081', 'resident@example.ru', 'Basic '):
        assert secret not in told


# -- answers that are none -----------------------------------------------------------------------------

NOT_ANSWERS = [
    (200, b''), (200, b'<html></html>'), (200, b'[1]'), (200, b'null'), (200, {}), (200, b'\xff'),
    (200, PAYMENT | {'pad': 'x' * 5_000_000}), (200, PAYMENT | {'id': '../me'}),
    (200, PAYMENT | {'id': None}),
    (200, PAYMENT | {'amount': {'value': '1250.00', 'currency': 'USD'}}),
    (200, PAYMENT | {'amount': {'value': 1250.0, 'currency': 'RUB'}}), (200, PAYMENT | {'amount': '1250.00'}),
    (200, PAYMENT | {'created_at': 'yesterday'}), (200, PAYMENT | {'recipient': 'us'}), (201, PAYMENT),
    (302, b''), (403, b'<html>blocked</html>'), (404, b'<html>no such page</html>'),
    (404, {'message': 'no route'}),
    (413, b''), (503, {'code': 'x'}),
]  # fmt: skip


@pytest.mark.parametrize('status, body', NOT_ANSWERS)
def test_what_cannot_be_understood_is_never_taken_for_a_refusal_or_for_nothing(answering, status, body):
    asked = answering(status, body, Location='http://127.0.0.1:9/elsewhere')
    with pytest.raises(Ambiguous):
        shop().create_payment(wanted())
    with pytest.raises(ProviderAway):
        shop().get_payment(ID)
    with pytest.raises(ProviderAway):
        shop().find_payment('att-1', datetime(2026, 11, 22, tzinfo=UTC))
    assert [method for method, _ in asked] == ['POST', 'GET', 'GET']


@pytest.mark.parametrize('status, code', [(400, 'invalid_request'), (403, 'forbidden'), (404, 'not_found')])
def test_a_refusal_says_its_code(answering, status, code):
    answering(status, {'type': 'error', 'id': 'e65a', 'code': code, 'parameter': 'amount.value'})
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted())
    assert refused.value.details == {'reason': code, 'parameter': 'amount.value'}


def test_a_key_without_the_right_to_ask_is_wrong(answering):
    answering(403, {'type': 'error', 'code': 'forbidden'})
    with pytest.raises(CredentialsWrong):
        shop().check()


def test_a_list_that_never_ends_is_left(answering, monkeypatch):
    monkeypatch.setattr('chalicelib.billing.gateway.yookassa.MOST_PAGES', 3)
    asked = answering(200, {'items': [PAYMENT], 'next_cursor': 'again'})
    with pytest.raises(ProviderAway):
        shop().find_payment('att-2', datetime(2026, 11, 22, tzinfo=UTC))
    assert len(asked) == 3


# -- the answers of the documentation ------------------------------------------------------------------


def test_a_payment_of_the_documentation_is_read():
    read = yookassa_forms.payment(PAYMENT)
    assert (read.external_id, read.status, read.amount) == (ID, PaymentStatus.PENDING, Money(minor=125000))
    assert read.confirmation_url == 'https://yoomoney.ru/checkout/payments/v2/contract?orderId=2fb1'
    assert (read.is_test, read.shop_id, read.attempt_id) == (True, '100500', 'att-1')
    assert read.created_at == datetime(2026, 11, 22, 8, 15, 30, 129000, UTC)


def test_a_paid_card_of_the_documentation_is_read():
    done = PAYMENT | {
        'status': 'succeeded', 'paid': True, 'confirmation': None, 'payment_method': CARD,
        'refunded_amount': {'value': '250.05', 'currency': 'RUB'}, 'income_amount': {'value': '1206.25'},
    }  # fmt: skip
    read = yookassa_forms.payment(done)
    assert (read.status, read.refunded, read.confirmation_url) == (
        PaymentStatus.SUCCEEDED,
        Money(minor=25005),
        None,
    )
    assert read.saved_method == SavedMethod(
        token='2f0a', title='Bank card *4477', last4='4477', brand='Mir', expires='07/2027'
    )


@pytest.mark.parametrize('status, read', [
    ('waiting_for_capture', PaymentStatus.AUTHORIZED), ('something_new', PaymentStatus.PENDING),
])  # fmt: skip
def test_a_status_that_is_not_final_is_none(status, read):
    assert yookassa_forms.payment(PAYMENT | {'status': status}).status is read


@pytest.mark.parametrize('details', [None, {}, {'party': 'yoo_money', 'reason': 'something_new'}])
def test_an_unknown_reason_is_another(details):
    told = PAYMENT | {'status': 'canceled', 'cancellation_details': details}
    assert yookassa_forms.payment(told).decline == Decline.OTHER


@pytest.mark.parametrize('told, makes_receipts', [
    ({'fiscalization': {'enabled': True, 'provider': 'avanpost'}}, True),
    ({'fiscalization': {'enabled': False}}, False), ({'fiscalization_enabled': True}, True),
    ({'fiscalization': None}, False), ({}, False),
])  # fmt: skip
def test_a_shop_of_the_documentation_is_read(told, makes_receipts):
    read = yookassa_forms.shop({'account_id': '100500', 'test': False, 'status': 'enabled', **told})
    assert (read.shop_id, read.is_test, read.is_active) == ('100500', False, True)
    assert (read.methods, read.makes_receipts) == ((), makes_receipts)


def test_a_refund_of_the_documentation_is_read():
    read = yookassa_forms.refund(REFUND)
    assert (read.external_id, read.status, read.amount) == (ID, RefundStatus.SUCCEEDED, Money(minor=25000))
    assert yookassa_forms.refund(REFUND | {'status': 'something_new'}).status is RefundStatus.PENDING
