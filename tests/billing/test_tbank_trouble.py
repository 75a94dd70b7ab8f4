"""T-Bank fails, falls silent, or answers what is no answer: nothing is paid twice, nothing is assumed."""

import json
import logging

import pytest

from chalicelib.billing.gateway import (
    Ambiguous,
    CredentialsWrong,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
    tbank_wire,
)
from chalicelib.billing.model.provider import PaymentStatus, RefundStatus
from chalicelib.kit import clock, telemetry
from infra.local.gateway import Reply
from infra.local.server import Server
from tests.billing.tbank import back, paid, receipt, terminal, wanted
from tests.billing.yookassa import line

STATE = {
    'Success': True, 'ErrorCode': '0', 'TerminalKey': 'DomovoyDEMO', 'Status': 'NEW',
    'PaymentId': '3093639567', 'OrderId': '1042-1-a', 'Amount': 125000, 'PaymentURL': 'https://securepay.tinkoff.ru/new/fU1ppgqa',
}  # fmt: skip


@pytest.fixture
def impatient(monkeypatch, bank, how):
    """Where there is silence we wait a second for an answer; else as long as a busy machine may need."""
    if how in ('silence', 'timeout'):
        monkeypatch.setattr(tbank_wire, 'READ_SECONDS', 1)
    tbank_wire._client.cache_clear()
    yield
    tbank_wire._client.cache_clear()


@pytest.fixture
def answering(monkeypatch):
    """`answering(status, body)`: something answers this to everything; what it was asked is returned."""
    servers = []

    def answer(status, body):
        asked = []

        def reply(method, path, given, said):
            asked.append((method, path, json.loads(said)))
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            return Reply(status, {'Location': 'http://127.0.0.1:9/elsewhere'}, raw)

        server = Server(reply).start()
        servers.append(server)
        monkeypatch.setenv('SANDBOX_TBANK_URL', server.url)
        tbank_wire._client.cache_clear()
        return asked

    yield answer
    for server in servers:
        server.stop()


@pytest.mark.parametrize(
    'how', ['500', '502', 'busy', 'hang_up', 'silence', 'broken', 'garbage', 'unsure', 'lost', 'timeout']
)
def test_a_payment_without_an_answer_is_ambiguous_and_found_by_asking(bank, impatient, how):
    bank.wish(fail={'how': how, 'path': '/v2/Init'})
    with pytest.raises(Ambiguous):
        terminal().create_payment(wanted())
    was_made = how in ('broken', 'garbage', 'unsure', 'lost', 'timeout')
    found = terminal().find_payment('1042-1-a', clock.now())
    assert (found is not None) == was_made
    assert [one['status'] for one in bank.wish()['payments']] == ['CANCELED'] * was_made


@pytest.mark.parametrize('how', ['502', 'hang_up', 'lost', 'unsure', 'busy', '429'])
def test_a_charge_without_an_answer_is_never_made_again(bank, impatient, how):
    bank.wish(shop={'id': 'DomovoyDEMO'})
    paid(bank, is_saved=True, client_ref='cli-1')
    [token] = [one['id'] for one in bank.wish()['methods']]
    bank.wish(fail={'how': how, 'path': '/v2/Charge'})
    with pytest.raises(Ambiguous):
        terminal().create_payment(wanted('1042-1-b', saved_method=token))
    found = terminal().find_payment('1042-1-b', clock.now())
    was_charged = how in ('lost', 'unsure')
    assert found.status is (PaymentStatus.SUCCEEDED if was_charged else PaymentStatus.CANCELED)


@pytest.mark.parametrize('how', ['502', 'lost', 'timeout', 'unsure', 'busy'])
@pytest.mark.parametrize('minor', [125000, 50000])
def test_a_refund_without_an_answer_is_ambiguous_and_found_by_asking(bank, impatient, how, minor):
    payment = paid(bank)
    part = None if minor == 125000 else receipt(line(minor=minor))
    bank.wish(fail={'how': how, 'path': '/v2/Cancel'})
    with pytest.raises(Ambiguous):
        terminal().refund(back(payment, minor=minor, receipt=part))
    found = terminal().find_refund('ref-1', payment.external_id)
    was_made = how in ('lost', 'timeout', 'unsure')
    assert (found is not None) == was_made
    assert found is None or found.status is RefundStatus.SUCCEEDED
    assert bank.wish()['payments'][0]['refunded'] == minor * was_made


@pytest.mark.parametrize('how', ['500', '502', 'busy', 'hang_up', 'silence', 'garbage', 'lost'])
def test_a_question_without_an_answer_can_be_asked_again(bank, impatient, how):
    made = paid(bank)
    questions = [
        terminal().check, lambda: terminal().get_payment(made.external_id),
        lambda: terminal().find_payment('1042-1-a', clock.now()),
        lambda: terminal().get_refund(made.external_id),
        lambda: terminal().find_refund('ref-1', made.external_id), lambda: terminal().refund(back(made)),
    ]  # fmt: skip
    for question in questions:
        bank.wish(fail={'how': how})
        with pytest.raises(ProviderAway):
            question()
    assert terminal().get_payment(made.external_id) == made


def test_who_asks_too_often_and_who_did_not_reach_the_bank_did_nothing(bank, monkeypatch):
    calls = (lambda: terminal().create_payment(wanted()), terminal().check)
    for call in calls:
        bank.wish(fail={'how': '429'})
        with pytest.raises(ProviderBusy):
            call()
    assert bank.wish()['payments'] == []
    monkeypatch.setenv('SANDBOX_TBANK_URL', 'http://127.0.0.1:9')
    for call in calls:
        with pytest.raises(ProviderAway) as away:
            call()
        assert away.value.details == {'reason': 'ConnectError'}


@pytest.mark.parametrize('status, body', [
    (200, b''), (200, b'<html></html>'), (200, b'[1]'), (200, b'null'), (200, {}), (200, b'\xff'),
    (200, {'Success': 'true'}), (200, STATE | {'pad': 'x' * 2_000_000}), (201, STATE), (302, b''),
    (403, b'<html>blocked</html>'), (404, {'message': 'no route'}), (503, STATE),
    (200, STATE | {'PaymentId': '../me'}), (200, STATE | {'Amount': '125000'}), (200, STATE | {'Amount': -1}),
    (200, {'Success': False, 'ErrorCode': '9999'}),
])  # fmt: skip
def test_what_cannot_be_understood_is_never_taken_for_a_refusal_or_for_nothing(answering, status, body):
    answering(status, body)
    with pytest.raises(Ambiguous):
        terminal().create_payment(wanted())
    with pytest.raises(ProviderAway):
        terminal().get_payment('3093639567')
    with pytest.raises(ProviderAway):
        terminal().find_payment('1042-1-a', clock.now())


def test_a_payment_of_the_documentation_is_read(answering):
    asked = answering(200, STATE)
    made = terminal().create_payment(wanted())
    assert (made.external_id, made.confirmation_url) == (
        '3093639567',
        'https://securepay.tinkoff.ru/new/fU1ppgqa',
    )
    method, path, said = asked[0]
    assert (method, path, said['TerminalKey'], said['PayType']) == ('POST', '/v2/Init', 'DomovoyDEMO', 'O')
    assert said['Token'] == tbank_wire.token(said, 'pa55-DomovoyDEMO')


@pytest.mark.parametrize('status, read', [
    ('NEW', PaymentStatus.PENDING), ('FORM_SHOWED', PaymentStatus.PENDING),
    ('AUTHORIZING', PaymentStatus.PENDING), ('3DS_CHECKING', PaymentStatus.PENDING),
    ('3DS_CHECKED', PaymentStatus.PENDING), ('CONFIRMING', PaymentStatus.PENDING),
    ('SOMETHING_NEW', PaymentStatus.PENDING), ('AUTHORIZED', PaymentStatus.AUTHORIZED),
    ('CONFIRMED', PaymentStatus.SUCCEEDED), ('REFUNDING', PaymentStatus.SUCCEEDED),
    ('PARTIAL_REFUNDED', PaymentStatus.SUCCEEDED), ('REFUNDED', PaymentStatus.SUCCEEDED),
    ('CANCELED', PaymentStatus.CANCELED), ('REVERSED', PaymentStatus.CANCELED),
    ('REJECTED', PaymentStatus.CANCELED), ('AUTH_FAIL', PaymentStatus.CANCELED),
    ('DEADLINE_EXPIRED', PaymentStatus.CANCELED), ('ATTEMPTS_EXPIRED', PaymentStatus.CANCELED),
])  # fmt: skip
def test_every_status_is_one_of_ours(answering, status, read):
    answering(200, STATE | {'Status': status})
    assert terminal().get_payment('3093639567').status is read


@pytest.mark.parametrize('code', ['9', '308', '1126', '3001'])
def test_a_refusal_says_its_code(answering, code):
    answering(200, {'Success': False, 'ErrorCode': code, 'Message': 'Неверные параметры', 'Details': ''})
    with pytest.raises(ProviderRefused) as refused:
        terminal().create_payment(wanted())
    assert refused.value.details['reason'] == code


def test_nothing_secret_is_logged_or_told(bank, caplog, monkeypatch):
    ours = telemetry.log._logger
    monkeypatch.setattr(ours, 'handlers', [caplog.handler])
    caplog.set_level(logging.DEBUG)
    ours.setLevel(logging.INFO)
    bank.wish(shop={'id': 'DomovoyDEMO', 'fiscalization': True})
    with pytest.raises(ProviderRefused) as refused:
        terminal().create_payment(wanted(receipt=None))
    with pytest.raises(CredentialsWrong) as wrong:
        terminal(password='0therwrong').check()
    ours.setLevel(logging.ERROR)
    assert 'the payment provider says no' in caplog.text
    told = caplog.text + repr(refused.value) + repr(wrong.value) + repr(vars(terminal()))
    for secret in ('pa55', '0therwrong', 'resident@example.ru'):
        assert secret not in told
