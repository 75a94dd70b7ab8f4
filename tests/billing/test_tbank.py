"""The adapter of T-Bank against the sandbox: what is asked, and what becomes of it."""

import json
from datetime import timedelta

import pytest

from chalicelib.billing.gateway import (
    Ambiguous,
    CredentialsWrong,
    ProviderRefused,
    hint_of,
    tbank_wire,
)
from chalicelib.billing.model.provider import (
    Decline,
    Method,
    PaidAs,
    PaymentStatus,
    ProviderCode,
    SavedMethod,
    Shop,
)
from chalicelib.kit import clock
from chalicelib.kit.money import Money
from chalicelib.prices.model import Vat
from infra.local.tbank.cards import CARDS
from tests.billing.tbank import GOOD, TERMINAL, paid, receipt, terminal, wanted
from tests.billing.yookassa import line

CODE = ProviderCode.TBANK


def test_the_token_is_that_of_the_documents():
    fields = {
        'TerminalKey': 'MerchantTerminalKey', 'Amount': 19200, 'OrderId': '00000',
        'Description': 'Подарочная карта на 1000 рублей',
        'DATA': {'Phone': '+71234567890'}, 'Receipt': {'Items': []}, 'Token': 'whatever', 'IP': None,
    }  # fmt: skip
    token = tbank_wire.token(fields, '11111111111111')
    assert token == '72dd466f8ace0a37a1f740ce5fb78101712bc0665d91a8108c7c8a0ccd426db2'
    assert tbank_wire.is_signed(fields | {'Token': token.upper()}, '11111111111111')
    assert not tbank_wire.is_signed(fields | {'Token': token, 'Amount': 19201}, '11111111111111')
    assert not tbank_wire.is_signed(fields | {'Token': token}, '11111111111112')
    assert not tbank_wire.is_signed({'Amount': 1}, 'x')
    yes = tbank_wire.token({'B': True, 'A': False}, 'p')
    assert yes == tbank_wire.token({'B': 'true', 'A': 'false'}, 'p')


# -- the terminal --------------------------------------------------------------------------------------


def test_a_terminal_says_whether_it_is_ours(bank):
    assert terminal().check() == Shop(
        shop_id=TERMINAL, is_test=True, is_active=True, makes_receipts=None
    )
    assert not terminal('Domovoy').check().is_test
    bank.wish(shop={'id': TERMINAL, 'status': 'disabled'})
    assert not terminal().check().is_active
    assert bank.wish()['payments'] == []


@pytest.mark.parametrize('key, password, code', [
    (TERMINAL, 'another-password', '204'), ('unknown1', 'pa55-unknown1', '501'),
])  # fmt: skip
def test_a_wrong_password_is_told_from_everything_else(bank, key, password, code):
    stranger = terminal(key, password)
    calls = [
        stranger.check, lambda: stranger.create_payment(wanted()), lambda: stranger.get_payment('3000000000'),
        lambda: stranger.find_payment('1042-1-a', clock.now()),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(CredentialsWrong) as refused:
            call()
        assert refused.value.details == {'reason': code}
    assert bank.wish()['payments'] == []


# -- payments ------------------------------------------------------------------------------------------


def test_a_payment_waits_for_the_client_on_the_page_of_the_bank(bank):
    made = terminal().create_payment(wanted(closes_at=clock.now() + timedelta(hours=1)))
    assert (made.status, made.amount) == (PaymentStatus.PENDING, Money(minor=125000))
    assert (made.is_test, made.shop_id, made.attempt_id) == (True, TERMINAL, '1042-1-a')
    assert made.confirmation_url.startswith(f'{bank.url}/pay/')
    [there] = bank.wish()['payments']
    assert (there['order'], there['amount'], there['return_url']) == (
        '1042-1-a',
        125000,
        'https://app.example/paid',
    )
    assert terminal().get_payment(made.external_id).confirmation_url is None
    assert terminal('Another').get_payment(made.external_id) is None


def test_what_was_paid_is_taken_at_once(bank):
    assert paid(bank).status is PaymentStatus.SUCCEEDED


@pytest.mark.proves('PAY-003')
def test_who_pays_by_sbp_gets_its_code_and_at_least_ten_roubles_are_paid_so(bank):
    made = terminal().create_payment(wanted(method=Method.SBP))
    assert made.confirmation_url.startswith(f'{bank.url}/qr/')
    bank.wish(pay={'payment': made.external_id, 'sbp': True})
    assert terminal().get_payment(made.external_id).status is PaymentStatus.SUCCEEDED
    with pytest.raises(ProviderRefused) as refused:
        terminal().create_payment(wanted('1042-1-b', minor=999, method=Method.SBP))
    assert refused.value.details['reason'] == 'too_little_for_sbp'
    assert len(bank.wish()['payments']) == 1


def test_where_there_is_no_code_the_page_will_do(bank):
    bank.wish(fail={'how': '502', 'path': '/v2/GetQr'})
    made = terminal().create_payment(wanted(method=Method.SBP))
    assert made.confirmation_url.startswith(f'{bank.url}/pay/')


def test_a_canceled_payment_says_why_in_our_words(bank):
    expected = {
        '1051': Decline.INSUFFICIENT_FUNDS, '1005': Decline.ASK_YOUR_BANK, '1054': Decline.CARD_EXPIRED,
        '101': Decline.CONFIRMATION_FAILED, '1059': Decline.FRAUD_SUSPECTED, '1091': Decline.BANK_AWAY,
        '1061': Decline.LIMIT_EXCEEDED, '1057': Decline.METHOD_RESTRICTED, '1082': Decline.CARD_WRONG,
    }  # fmt: skip
    told = {}
    for card in CARDS:
        done = paid(bank, card.number, attempt=f'1042-1-{card.number}')
        assert (done.status is PaymentStatus.CANCELED) == bool(card.code)
        told |= {card.code: done.decline} if card.code else {}
    assert told == expected


def test_what_nobody_pays_in_time_has_expired(bank, time):
    made = terminal().create_payment(wanted(closes_at=clock.now() + timedelta(hours=1)))
    time.advance(minutes=59)
    assert terminal().get_payment(made.external_id).status is PaymentStatus.PENDING
    time.advance(minutes=1)
    done = terminal().get_payment(made.external_id)
    assert (done.status, done.decline) == (PaymentStatus.CANCELED, Decline.EXPIRED)


def test_an_order_that_was_asked_for_is_found_by_our_id(bank):
    assert terminal().find_payment('1042-1-a', clock.now()) is None
    made = paid(bank)
    found = terminal().find_payment('1042-1-a', clock.now())
    assert (found.external_id, found.status) == (made.external_id, PaymentStatus.SUCCEEDED)
    assert terminal('Another').find_payment('1042-1-a', clock.now()) is None


def test_a_page_nobody_was_given_is_closed_when_it_is_found(bank):
    terminal().create_payment(wanted())
    found = terminal().find_payment('1042-1-a', clock.now())
    assert (found.status, found.decline) == (PaymentStatus.CANCELED, Decline.CANCELED_BY_US)
    assert bank.wish()['payments'][0]['status'] == 'CANCELED'


def test_of_two_payments_of_an_order_the_one_with_money_is_found(bank):
    bank.wish(shop={'id': TERMINAL, 'repeats_orders': True})
    first, second = (terminal().create_payment(wanted()) for _ in range(2))
    bank.wish(pay={'payment': second.external_id, 'card': GOOD})
    assert terminal().find_payment('1042-1-a', clock.now()).external_id == second.external_id
    assert first.external_id != second.external_id


def test_the_bank_refuses_an_order_twice_and_what_became_of_it_is_open(bank):
    terminal().create_payment(wanted())
    with pytest.raises(Ambiguous):
        terminal().create_payment(wanted())
    assert len(bank.wish()['payments']) == 1


@pytest.mark.parametrize('strange', ['3999999999', '../GetState', '', 'a', '1' * 21])
def test_what_the_terminal_does_not_have_is_none(bank, strange):
    assert terminal().get_payment(strange) is None
    assert terminal().get_refund(strange) is None


# -- saved cards ---------------------------------------------------------------------------------------


@pytest.mark.proves('PAY-003', 'PAY-013')
def test_a_kept_card_pays_without_the_client(bank):
    bank.wish(shop={'id': TERMINAL, 'notification_url': 'http://127.0.0.1:9/hook'})
    paid(bank, is_saved=True, client_ref='cli-1')
    saved = hint_of(CODE, json.dumps(bank.wish()['notices'][-1]['body']).encode()).saved_method
    assert saved == SavedMethod(
        token=saved.token, title='Bank card *0777', last4='0777', brand=None, expires='12/2030'
    )
    done = terminal().create_payment(wanted('1042-2-b', saved_method=saved.token))
    assert (done.status, done.confirmation_url) == (PaymentStatus.SUCCEEDED, None)
    bank.wish(method={'id': saved.token, 'declines': '1051'})
    done = terminal().create_payment(wanted('1042-2-c', saved_method=saved.token))
    assert (done.status, done.decline) == (PaymentStatus.CANCELED, Decline.INSUFFICIENT_FUNDS)
    assert terminal().get_payment(done.external_id).decline == Decline.INSUFFICIENT_FUNDS


def test_a_card_nobody_kept_pays_nothing(bank):
    done = terminal().create_payment(wanted(saved_method='12345'))
    assert done.status is PaymentStatus.CANCELED
    paid(bank, attempt='1042-1-b', client_ref='cli-1')
    assert bank.wish()['methods'] == []


# -- receipts ------------------------------------------------------------------------------------------


@pytest.mark.proves('PAY-005')
def test_the_tax_office_and_the_client_have_the_receipt(bank):
    lines = (
        line('Кран', 100000, vat=Vat.VAT_22), line('Работа ' * 30, 20000, vat=Vat.VAT_0), line('Вода', 5000),
        line('Подарок', 0),
    )  # fmt: skip
    terminal().create_payment(wanted(receipt=receipt(*lines, phone='+79161234567')))
    told = bank.wish()['payments'][0]['receipt']
    assert (told['Email'], told['Phone'], told['Taxation']) == (
        'resident@example.ru',
        '+79161234567',
        'usn_income',
    )
    assert told['Items'][0] == {
        'Name': 'Кран', 'Price': 100000, 'Quantity': 1, 'Amount': 100000, 'Tax': 'vat22',
        'PaymentMethod': 'full_payment', 'PaymentObject': 'service',
    }  # fmt: skip
    assert [(one['Tax'], len(one['Name'])) for one in told['Items'][1:]] == [('vat0', 128), ('none', 4)]


def test_the_tax_of_a_prepayment_is_counted_out_of_the_sum(bank, monkeypatch):
    taxes = {}
    monkeypatch.setenv('TBANK_VAT_22', 'vat22,vat122')
    for vat in Vat:
        prepaid = receipt(line(vat=vat), paid_as=PaidAs.FULL_PREPAYMENT)
        terminal().create_payment(wanted(f'1042-1-{vat}', receipt=prepaid))
        [item] = bank.wish()['payments'][-1]['receipt']['Items']
        taxes[vat] = (item['Tax'], item['PaymentMethod'])
    assert taxes == {
        vat: (name, 'full_prepayment')
        for vat, name in {
            Vat.NONE: 'none', Vat.VAT_0: 'vat0', Vat.VAT_5: 'vat105', Vat.VAT_7: 'vat107',
            Vat.VAT_10: 'vat110', Vat.VAT_20: 'vat120', Vat.VAT_22: 'vat122',
        }.items()
    }  # fmt: skip


@pytest.mark.parametrize('made, reason', [
    (receipt(line(minor=1)), 'receipt_differs'), (receipt(tax_system=None), 'tax_system_missing'),
])  # fmt: skip
def test_a_receipt_that_cannot_be_sent_never_leaves_us(bank, made, reason):
    with pytest.raises(ProviderRefused) as refused:
        terminal().create_payment(wanted(receipt=made))
    assert refused.value.details['reason'] == reason
    assert bank.wish()['payments'] == []
