"""A notice of T-Bank, if it is signed, is believed of nothing but that something may have happened."""

import pytest

from infra.local.tbank.signing import signed
from tests.billing.conftest import refused, told_of
from tests.billing.tbank import PASSWORD, TERMINAL


@pytest.fixture
def opened(terminal_till, number):
    """A payment the client has paid, of which no notice was heard; its id, and the notice."""
    payment = terminal_till.begins(terminal_till.issued(number))
    external_id = terminal_till.clicks(payment['id'])
    return payment['id'], terminal_till.noticed('CONFIRMED', external_id)


def test_notices_may_come_twice_and_in_any_order(terminal_till, number, opened):
    payment_id, confirmed = opened
    authorized = terminal_till.noticed('AUTHORIZED', str(confirmed['PaymentId']))
    for notice in (confirmed, authorized, confirmed):
        answer = terminal_till.posts(notice)
        assert (answer.status_code, answer.body) == (200, b'OK')
        assert answer.headers['Content-Type'].startswith('text/plain')
        assert 'X-Refused' not in answer.headers
    assert terminal_till.reads(payment_id)['status'] == 'paid'
    assert [kind for kind, _ in told_of(number)].count('InvoicePaid') == 1


def test_a_notice_nobody_signed_is_refused(terminal_till, opened):
    payment_id, notice = opened
    for forged in (
        notice | {'Amount': 1}, notice | {'Token': 'x'}, {**notice, 'Token': None}, {},
        signed(notice, 'another-password'),
    ):  # fmt: skip
        refused(terminal_till.posts(forged), 401, 'NoticeForged')
    assert terminal_till.reads(payment_id)['status'] == 'open'


def test_a_notice_to_another_address_or_from_another_network_is_refused(terminal_till, opened, monkeypatch):
    payment_id, notice = opened
    refused(terminal_till.posts(notice, terminal_till.hook[:-4] + 'xxxx'), 404, 'HookUnknown')
    other = terminal_till.hook.replace('/demo/', '/other/')
    refused(terminal_till.posts(notice, other), 404, 'HookUnknown')
    monkeypatch.setenv('TBANK_ADDRESSES', '91.194.226.0/23')
    refused(terminal_till.posts(notice), 401, 'HookSenderUnknown')
    assert terminal_till.reads(payment_id)['status'] == 'open'


def test_a_terminal_the_legal_entity_never_had_is_refused(terminal_till, opened):
    payment_id, notice = opened
    stranger = signed(notice | {'TerminalKey': 'Another'}, 'pa55-Another')
    refused(terminal_till.posts(stranger), 404, 'NoticeTerminalUnknown')
    assert terminal_till.reads(payment_id)['status'] == 'open'


@pytest.mark.parametrize('changes, code', [
    ({'Amount': 1}, 'NoticeAmountDiffers'), ({'OrderId': '1-1-none'}, 'NoticeOrderUnknown'),
    ({'OrderId': 'none'}, 'NoticeOrderUnknown'), ({'PaymentId': 3999999999}, 'NoticeOrderUnknown'),
])  # fmt: skip
def test_what_the_bank_itself_tells_wrong_is_refused_and_not_told_again(
    terminal_till, number, opened, changes, code
):
    payment_id, notice = opened
    before = told_of(number)
    answer = terminal_till.posts(signed(notice | changes, PASSWORD))
    assert (answer.status_code, answer.body, answer.headers['X-Refused']) == (200, b'OK', code)
    assert terminal_till.reads(payment_id)['status'] == 'open'
    assert told_of(number) == before


def test_an_order_of_another_terminal_is_refused(terminal_till, opened):
    payment_id, notice = opened
    terminal_till.opens(shop_id='Another', secret_key='pa55-Another')
    stranger = signed(notice | {'TerminalKey': 'Another'}, 'pa55-Another')
    assert terminal_till.posts(stranger).headers['X-Refused'] == 'NoticeTerminalDiffers'
    assert terminal_till.reads(payment_id)['status'] == 'open'
    terminal_till.posts(notice)  # the payment lives at its own terminal, whatever there is now
    assert terminal_till.reads(payment_id)['status'] == 'paid'


def test_a_notice_that_lies_changes_nothing(terminal_till, number):
    payment = terminal_till.begins(terminal_till.issued(number))
    external_id = terminal_till.external(payment['id'])
    lie = {
        'TerminalKey': TERMINAL, 'OrderId': payment['id'], 'Success': True, 'Status': 'CONFIRMED',
        'PaymentId': int(external_id), 'ErrorCode': '0', 'Amount': payment['amount']['minor'],
    }  # fmt: skip
    assert terminal_till.posts(signed(lie, PASSWORD)).body == b'OK'
    assert terminal_till.reads(payment['id'])['status'] == 'open'


def test_where_the_bank_cannot_be_asked_it_has_to_come_again(terminal_till, opened):
    payment_id, notice = opened
    terminal_till.sandbox.wish(fail={'how': '502', 'path': '/v2/GetState'})
    refused(terminal_till.posts(notice), 503, 'ProviderAway')
    assert terminal_till.reads(payment_id)['status'] == 'open'
    assert terminal_till.posts(notice).body == b'OK'
    assert terminal_till.reads(payment_id)['status'] == 'paid'
