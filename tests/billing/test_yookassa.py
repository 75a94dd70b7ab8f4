"""The adapter of «ЮKassa» against the sandbox: what is asked, and what becomes of it."""

from datetime import timedelta

import pytest

from chalicelib.billing.gateway import CredentialsWrong, ProviderAway, ProviderRefused
from chalicelib.billing.model.provider import (
    Decline,
    Method,
    PaidAs,
    PaymentStatus,
    SavedMethod,
    Shop,
    TaxSystem,
)
from chalicelib.kit import clock
from chalicelib.kit.money import Money
from chalicelib.prices.model import Unit, Vat
from infra.local.yookassa.cards import CARDS
from tests.billing.yookassa import line, paid, receipt, shop, wanted

# -- the shop ------------------------------------------------------------------------------------------


def test_a_shop_says_who_it_is(sandbox):
    told = shop().check()
    assert told == Shop(
        shop_id='100500',
        is_test=True,
        is_active=True,
        methods=('bank_card', 'sbp', 'yoo_money'),
        makes_receipts=True,
    )
    assert not shop('200', 'live_pa55').check().is_test
    sandbox.wish(shop={'id': '100500', 'status': 'disabled', 'fiscalization': False})
    told = shop().check()
    assert (told.is_active, told.makes_receipts) == (False, False)


def test_a_wrong_key_is_told_from_everything_else(sandbox):
    stranger = shop(secret='test_wrong')
    calls = [
        stranger.check,
        lambda: stranger.create_payment(wanted()),
        lambda: stranger.get_payment('2fb1c9a4-000f-5000-9000-1b2c3d4e5f60'),
        lambda: stranger.find_payment('att-1', clock.now()),
    ]
    for call in calls:
        with pytest.raises(CredentialsWrong) as refused:
            call()
        assert refused.value.details == {'reason': 'invalid_credentials'}
    assert sandbox.wish()['payments'] == []


# -- payments ------------------------------------------------------------------------------------------


def test_a_payment_waits_for_the_client_on_the_page_of_the_provider(sandbox):
    made = shop().create_payment(wanted(metadata={'order': '7'}, client_ref='cli-1', client_ip='203.0.113.7'))
    assert (made.status, made.amount, made.refunded) == (
        PaymentStatus.PENDING,
        Money(minor=125000),
        Money(minor=0),
    )
    assert made.confirmation_url == f'{sandbox.url}/checkout/{made.external_id}'
    assert (made.is_test, made.shop_id, made.attempt_id) == (True, '100500', 'att-1')
    assert (made.created_at, made.saved_method, made.decline) == (clock.now(), None, None)
    there = sandbox.wish()['payments'][0]
    assert there['metadata'] == {'order': '7', 'attempt_id': 'att-1'}
    assert (there['merchant_customer_id'], there['return_url']) == ('cli-1', 'https://app.example/paid')


def test_what_was_paid_is_taken_at_once(sandbox):
    done = paid(sandbox)
    assert (done.status, done.confirmation_url, done.saved_method) == (PaymentStatus.SUCCEEDED, None, None)


@pytest.mark.proves('PAY-003')
def test_the_client_can_be_held_to_one_method(sandbox):
    for number, (method, kind) in enumerate(
        [(Method.SBP, 'sbp'), (Method.CARD, 'bank_card'), (Method.ANY, None)]
    ):
        shop().create_payment(wanted(f'att-{number}', method=method))
        there = sandbox.wish()['payments'][number]
        assert there.get('payment_method', {}).get('type') == kind


@pytest.mark.parametrize(
    'minor, value', [(100, '1.00'), (105, '1.05'), (33333, '333.33'), (12345678901, '123456789.01')]
)
def test_kopecks_survive_the_way_there_and_back(sandbox, minor, value):
    assert shop().create_payment(wanted(minor=minor)).amount == Money(minor=minor)
    assert sandbox.wish()['payments'][0]['amount'] == {'value': value, 'currency': 'RUB'}


def test_asking_again_is_the_same_payment(sandbox, time):
    first = shop().create_payment(wanted())
    time.advance(hours=23)
    assert shop().create_payment(wanted()).external_id == first.external_id
    assert len(sandbox.wish()['payments']) == 1


def test_an_attempt_that_was_asked_in_other_words_is_found_and_not_made_again(sandbox, time):
    first = shop().create_payment(wanted())
    time.advance(hours=2)
    again = shop().create_payment(wanted(description='Заявка № 1042, счёт 2'))
    assert again.external_id == first.external_id
    assert len(sandbox.wish()['payments']) == 1


def test_the_same_words_are_the_same_octets_in_whatever_order_they_came(sandbox):
    first = shop().create_payment(wanted(metadata={'order': '7', 'flat': '12'}))
    sandbox.wish(fail={'how': '500', 'method': 'GET'})  # it is not found by looking for it
    again = shop().create_payment(wanted(metadata={'flat': '12', 'order': '7'}))
    assert again.external_id == first.external_id


def test_words_that_are_too_long_are_cut_and_our_id_is_not_overwritten(sandbox):
    made = shop().create_payment(wanted(description='Заявка ' * 40, metadata={'attempt_id': 'forged'}))
    assert made.attempt_id == 'att-1'
    assert len(sandbox.wish()['payments'][0]['description']) == 128


def test_a_canceled_payment_says_why_in_our_words(sandbox):
    expected = {
        'insufficient_funds': Decline.INSUFFICIENT_FUNDS, 'general_decline': Decline.ASK_YOUR_BANK,
        'card_expired': Decline.CARD_EXPIRED, '3d_secure_failed': Decline.CONFIRMATION_FAILED,
        'fraud_suspected': Decline.FRAUD_SUSPECTED, 'call_issuer': Decline.ASK_YOUR_BANK,
        'issuer_unavailable': Decline.BANK_AWAY, 'payment_method_limit_exceeded': Decline.LIMIT_EXCEEDED,
        'payment_method_restricted': Decline.METHOD_RESTRICTED,
        'country_forbidden': Decline.METHOD_RESTRICTED, 'invalid_csc': Decline.CARD_WRONG,
        'internal_timeout': Decline.BANK_AWAY, 'identification_required': Decline.IDENTIFICATION_REQUIRED,
    }  # fmt: skip
    told = {}
    for card in CARDS:
        done = paid(sandbox, card.number, attempt=f'att-{card.number}')
        assert (done.status is PaymentStatus.CANCELED) == bool(card.reason)
        told |= {card.reason: done.decline} if card.reason else {}
    assert told == expected


def test_what_nobody_pays_within_the_hour_has_expired(sandbox, time):
    made = shop().create_payment(wanted())
    time.advance(minutes=59)
    assert shop().get_payment(made.external_id).status is PaymentStatus.PENDING
    time.advance(minutes=1)
    done = shop().get_payment(made.external_id)
    assert (done.status, done.decline) == (PaymentStatus.CANCELED, Decline.EXPIRED)


@pytest.mark.parametrize('strange', ['2fb1c9a4-000f-5000-9000-1b2c3d4e5f60', '../me', '', 'a/b', 'a' * 65])
def test_what_the_shop_does_not_have_is_none(sandbox, strange):
    assert shop().get_payment(strange) is None
    assert shop().get_refund(strange) is None


def test_a_shop_does_not_see_the_payments_of_another(sandbox):
    made = shop().create_payment(wanted())
    other = shop('200300')
    assert other.get_payment(made.external_id) is None
    assert other.find_payment('att-1', clock.now()) is None


def test_an_attempt_is_looked_for_while_its_key_lives(sandbox, time):
    since = clock.now()
    time.advance(hours=24)
    made = shop().create_payment(wanted())
    assert shop().find_payment('att-1', since).external_id == made.external_id
    assert shop().find_payment('att-1', since - timedelta(minutes=6)) is None


def test_an_attempt_is_found_by_our_id_among_many(sandbox, time, monkeypatch):
    monkeypatch.setattr('chalicelib.billing.gateway.yookassa.PAGE', 2)
    since = clock.now()
    ids = {}
    for number in range(5):
        time.advance(minutes=1)
        ids[number] = shop().create_payment(wanted(f'att-{number}')).external_id
    assert [shop().find_payment(f'att-{n}', since).external_id for n in ids] == list(ids.values())
    assert shop().find_payment('att-9', since) is None
    assert shop().find_payment('att-0', since + timedelta(hours=1)) is None
    monkeypatch.setattr('chalicelib.billing.gateway.yookassa.MOST_PAGES', 2)
    with pytest.raises(ProviderAway):  # not None: it may well be there
        shop().find_payment('att-0', since)


# -- saved cards ---------------------------------------------------------------------------------------


@pytest.mark.proves('PAY-013')
def test_a_card_is_kept_where_we_ask_and_the_client_agrees(sandbox):
    kept = paid(sandbox, is_saved=True)
    assert kept.saved_method == SavedMethod(
        token=kept.external_id, title='Bank card *4444', last4='4444', brand='MasterCard', expires='12/2030'
    )
    assert kept.saved_method.token not in repr(kept.saved_method)
    assert paid(sandbox, keep=False, attempt='att-2', is_saved=True).saved_method is None
    assert paid(sandbox, attempt='att-3').saved_method is None


@pytest.mark.proves('PAY-003')
def test_a_kept_card_pays_without_the_client(sandbox):
    token = paid(sandbox, is_saved=True).saved_method.token
    done = shop().create_payment(wanted('att-2', saved_method=token, return_url=None))
    assert (done.status, done.confirmation_url) == (PaymentStatus.SUCCEEDED, None)
    sandbox.wish(method={'id': token, 'declines': 'permission_revoked'})
    done = shop().create_payment(wanted('att-3', saved_method=token))
    assert (done.status, done.decline) == (PaymentStatus.CANCELED, Decline.PERMISSION_REVOKED)


def test_a_card_nobody_kept_and_a_shop_that_keeps_none_are_refused(sandbox):
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted(saved_method='none'))
    assert refused.value.details == {'reason': 'invalid_request', 'parameter': 'payment_method_id'}
    sandbox.wish(shop={'id': '100500', 'recurring': False})
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted(is_saved=True))
    assert refused.value.details['reason'] == 'forbidden'
    assert shop().create_payment(wanted()).status is PaymentStatus.PENDING  # the refusal took no key


# -- receipts ------------------------------------------------------------------------------------------


def registered(sandbox):
    return [one['told'] for one in sandbox._books.all('receipt')]


@pytest.mark.proves('PAY-005')
def test_the_tax_office_and_the_client_have_the_receipt(sandbox):
    lines = (
        line('Кран', 100000, vat=Vat.VAT_22, unit=Unit.PIECE),
        line('Работа ' * 30, 20000, vat=Vat.VAT_0, unit=Unit.HOUR),
        line('Вода', 5000, vat=Vat.VAT_10, unit=Unit.CUBIC_METER),
        line('Подарок', 0),
    )
    paid(sandbox, receipt=receipt(*lines, phone='+79161234567', tax_system=TaxSystem.PATENT))
    told = registered(sandbox)[0]
    assert told['customer'] == {'email': 'resident@example.ru', 'phone': '79161234567'}
    assert (told['tax_system_code'], told['internet']) == (6, True)
    assert told['items'][0] == {
        'description': 'Кран', 'quantity': '1.000', 'amount': {'value': '1000.00', 'currency': 'RUB'},
        'vat_code': 11, 'payment_subject': 'service', 'payment_mode': 'full_payment', 'measure': 'piece',
    }  # fmt: skip
    rest = [(one['vat_code'], one['measure'], len(one['description'])) for one in told['items'][1:]]
    assert rest == [(2, 'hour', 128), (3, 'cubic_meter', 4)]


def test_the_tax_of_a_prepayment_is_counted_out_of_the_sum(sandbox):
    codes = {}
    for vat in Vat:
        prepaid = receipt(line(vat=vat), paid_as=PaidAs.FULL_PREPAYMENT)
        paid(sandbox, attempt=f'att-{vat}', receipt=prepaid)
        codes[vat] = registered(sandbox)[-1]['items'][0]['vat_code']
    assert codes == {
        Vat.NONE: 1, Vat.VAT_0: 2, Vat.VAT_5: 9, Vat.VAT_7: 10, Vat.VAT_10: 5, Vat.VAT_20: 6, Vat.VAT_22: 12,
    }  # fmt: skip
    assert registered(sandbox)[0]['items'][0]['payment_mode'] == 'full_prepayment'


def test_a_receipt_that_comes_to_another_sum_never_leaves_us(sandbox):
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted(receipt=receipt(line(minor=1))))
    assert refused.value.details == {'reason': 'receipt_differs', 'parameter': 'receipt.items'}
    assert sandbox.wish()['payments'] == []


def test_a_shop_with_a_till_wants_a_receipt(sandbox):
    with pytest.raises(ProviderRefused) as refused:
        shop().create_payment(wanted(receipt=None))
    assert refused.value.details == {'reason': 'invalid_request', 'parameter': 'receipt'}
    sandbox.wish(shop={'id': '100500', 'fiscalization': False})
    assert shop().create_payment(wanted(receipt=None)).status is PaymentStatus.PENDING
