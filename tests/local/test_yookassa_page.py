"""The page of the sandbox «ЮKassa», where a person pays, cannot pay, or changes his mind."""

import re

import httpx
import pytest

from infra.local.yookassa import YooKassa
from infra.local.yookassa.cards import CARDS
from tests.local.paying import HOUR, SHOP, Merchant, Watch, asked

GOOD, ASKING, POOR = '5555555555554444', '5555555555554477', '5555555555554600'


def test_the_page_shows_what_is_paid_and_every_test_card(merchant: Merchant) -> None:
    made = merchant.post('/payments', asked(description='Заявка <b>№ 7</b>')).json()
    page = httpx.get(made['confirmation']['confirmation_url'])
    assert (page.status_code, page.headers['content-type']) == (200, 'text/html; charset=utf-8')
    assert '1\u00a0250,00\u00a0₽' in page.text
    assert 'Заявка &lt;b&gt;№ 7&lt;/b&gt;' in page.text
    assert 'resident@example.ru' in page.text
    assert [card.number for card in CARDS] == re.findall(r'name="card" value="(\d{16})"', page.text)
    assert 'СБП' in page.text and 'Отменить платёж' in page.text
    assert httpx.get(f'{merchant.url}/checkout/none').status_code == 404


def test_who_paid_is_back_in_the_shop(merchant: Merchant) -> None:
    for choice in ({'card': GOOD}, {'sbp': 'yes'}, {'card': GOOD, 'expires': '12/30', 'code': '123'}):
        made = merchant.post('/payments', asked()).json()
        answer = merchant.choose(made['id'], **choice)
        assert (answer.status_code, answer.headers['location']) == (303, 'https://app.example/paid')
        told = merchant.get(f'/payments/{made["id"]}').json()
        assert (told['status'], told['paid'], told['refundable']) == ('succeeded', True, True)
        assert told['receipt_registration'] == 'succeeded'
        assert 'confirmation' not in told


def test_a_bank_may_ask_who_it_is(merchant: Merchant) -> None:
    for answer, status, reason in (('yes', 'succeeded', None), ('no', 'canceled', '3d_secure_failed')):
        made = merchant.post('/payments', asked()).json()
        asking = merchant.choose(made['id'], card=ASKING)
        assert '3-D Secure' in asking.text and 'name="confirm"' in asking.text
        assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'pending'
        merchant.choose(made['id'], confirm=answer)
        told = merchant.get(f'/payments/{made["id"]}').json()
        assert told['status'] == status
        assert told.get('cancellation_details', {}).get('reason') == reason


@pytest.mark.parametrize(
    'choice, reason, words',
    [
        ({'card': POOR}, 'insufficient_funds', 'не хватает денег'),
        ({'card': '4111 1111 1111 1111'}, 'invalid_card_number', 'такой карты нет'),
        ({'card': GOOD, 'expires': '01/20', 'code': '123'}, 'card_expired', 'срок карты истёк'),
        ({'card': GOOD, 'expires': '12/30', 'code': '12'}, 'invalid_csc', 'неверный код карты'),
    ],
)
def test_who_could_not_pay_reads_why(
    merchant: Merchant, choice: dict[str, str], reason: str, words: str
) -> None:
    made = merchant.post('/payments', asked()).json()
    page = merchant.choose(made['id'], **choice)
    assert (page.status_code, words in page.text, 'https://app.example/paid' in page.text) == (
        200,
        True,
        True,
    )
    assert merchant.get(f'/payments/{made["id"]}').json()['cancellation_details']['reason'] == reason
    assert words in merchant.choose(made['id'], card=GOOD).text  # it is over
    assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'canceled'


def test_a_slip_of_the_pen_is_no_refusal(merchant: Merchant) -> None:
    made = merchant.post('/payments', asked()).json()
    page = merchant.choose(made['id'], card=GOOD, expires='13/30', code='123')
    assert 'role="alert"' in page.text
    assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'pending'


def test_who_cancels_is_back_in_the_shop(merchant: Merchant) -> None:
    made = merchant.post('/payments', asked()).json()
    assert merchant.choose(made['id'], cancel='yes').status_code == 303
    assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'canceled'


def test_a_shop_can_want_one_method(merchant: Merchant) -> None:
    made = merchant.post('/payments', asked(payment_method_data={'type': 'sbp'})).json()
    page = httpx.get(made['confirmation']['confirmation_url']).text
    assert 'name="sbp"' in page and 'name="card"' not in page
    merchant.choose(made['id'], card=GOOD)
    assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'pending'


def test_more_than_a_card_may_pay_is_declined(merchant: Merchant, yookassa: YooKassa) -> None:
    yookassa.wish(shop={'id': SHOP, 'fiscalization': False})
    dear = asked(amount={'value': '350000.01', 'currency': 'RUB'})
    del dear['receipt']
    assert merchant.pay(dear, GOOD)['cancellation_details']['reason'] == 'payment_method_limit_exceeded'


# -- the cabinet of the merchants ----------------------------------------------------------------------


def test_the_cabinet_shows_what_was_paid_paid_back_and_told(merchant: Merchant, yookassa: YooKassa) -> None:
    assert 'Пока никто не обращался' in httpx.get(merchant.url).text
    paid = merchant.pay(asked(description='<i>Кран</i>'), GOOD)
    merchant.choose_in_cabinet(shop=SHOP, notification_url='http://127.0.0.1:9/hook')
    yookassa.wish(shop={'id': SHOP, 'refunds': 'pending'})
    poor = merchant.pay(asked(), POOR)
    refund = merchant.post('/refunds', {'payment_id': paid['id'], 'amount': paid['amount']}).json()
    waits = merchant.post('/payments', asked()).json()
    page = httpx.get(merchant.url).text
    assert page.index(f'/checkout/{waits["id"]}') < page.index('insufficient_funds')
    for shown in (
        'http://127.0.0.1:9/hook',
        '&lt;i&gt;Кран&lt;/i&gt;',
        'payment.canceled',
        poor['id'],
        refund['id'],
    ):
        assert shown in page
    assert merchant.choose_in_cabinet(refund=refund['id'], status='succeeded').status_code == 303
    assert 'возвращено 1\u00a0250,00\u00a0₽' in httpx.get(merchant.url).text


def test_a_client_can_take_back_his_permission_in_the_cabinet(merchant: Merchant) -> None:
    kept = merchant.post('/payments', asked(save_payment_method=True)).json()
    merchant.choose(kept['id'], card=GOOD, keep='on')
    saved = asked(confirmation=None, payment_method_id=kept['id'])
    assert merchant.post('/payments', saved).json()['status'] == 'succeeded'
    assert 'Bank card *4444' in httpx.get(merchant.url).text
    merchant.choose_in_cabinet(revoke=kept['id'])
    told = merchant.post('/payments', saved).json()
    assert told['cancellation_details']['reason'] == 'permission_revoked'


def test_the_cabinet_sends_a_notice_again_and_refuses_strangers(
    merchant: Merchant, yookassa: YooKassa
) -> None:
    merchant.get('/me')
    strange = merchant.choose_in_cabinet(shop=SHOP, notification_url='https://merchant.example/hook')
    assert (strange.status_code, 'role="alert"' in strange.text) == (400, True)
    merchant.choose_in_cabinet(shop=SHOP, notification_url='http://127.0.0.1:9/hook')
    merchant.pay(asked(), GOOD)
    for tries in (1, 2):
        notice = yookassa.wish(deliver=True)['notices'][0]
        assert notice['answers'] == [0] * tries
        merchant.choose_in_cabinet(repeat=notice['id'])


def test_a_page_that_is_too_old_takes_no_money(merchant: Merchant, watch: Watch) -> None:
    made = merchant.post('/payments', asked()).json()
    watch.seconds += HOUR
    assert 'время на оплату вышло' in merchant.choose(made['id'], card=GOOD).text
