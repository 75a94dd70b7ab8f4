"""The sandbox «ЮKassa» keeps the contract, and forgets nothing over a restart."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.yookassa import YooKassa
from tests.local.paying import DAY, SHOP, Merchant, Watch, asked

GOOD = '5555555555554444'


# -- the contract --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'login, password',
    [('100500', 'wrong'), ('100500', 'test_wrong'), ('shop', 'test_pa55'), ('', ''), ('100500', 'live_pa55')],
)
def test_who_is_not_known_is_told_so(merchant: Merchant, login: str, password: str) -> None:
    merchant.get('/me')
    answer = httpx.get(f'{merchant.api}/me', auth=(login, password))
    told = answer.json()
    assert (answer.status_code, told['type'], told['code']) == (401, 'error', 'invalid_credentials')
    assert httpx.get(f'{merchant.api}/me').status_code == 401


@pytest.mark.parametrize(
    'change, parameter',
    [
        ({'amount': {'value': '1250', 'currency': 'RUB'}}, 'amount.value'),
        ({'amount': {'value': 1250.0, 'currency': 'RUB'}}, 'amount.value'),
        ({'amount': {'value': '0.99', 'currency': 'RUB'}}, 'amount.value'),
        ({'amount': {'value': '1250.00', 'currency': 'USD'}}, 'amount.currency'),
        ({'amount': None}, 'amount'),
        ({'capture': 'yes'}, 'capture'),
        ({'confirmation': None}, 'confirmation'),
        (
            {'confirmation': {'type': 'redirect', 'return_url': 'javascript:alert(1)//x'}},
            'confirmation.return_url',
        ),
        ({'payment_method_data': {'type': 'cash'}}, 'payment_method_data.type'),
        ({'payment_method_id': 'x'}, 'payment_method_id'),
        ({'description': 'x' * 129}, 'description'),
        ({'metadata': {f'name{n}': '' for n in range(17)}}, 'metadata'),
        ({'metadata': {'name': 7}}, 'metadata'),
        ({'client_ip': 'home'}, 'client_ip'),
        ({'merchant_customer_id': 'x' * 201}, 'merchant_customer_id'),
        ({'colour': 'red'}, 'colour'),
    ],
)
def test_a_payment_that_is_not_as_it_should_be_is_refused(
    merchant: Merchant, change: dict[str, Any], parameter: str
) -> None:
    answer = merchant.post('/payments', asked(**change), key='k')
    told = answer.json()
    assert (answer.status_code, told['code'], told['parameter']) == (400, 'invalid_request', parameter)
    assert merchant.post('/payments', asked(), key='k').status_code == 200


@pytest.mark.parametrize(
    'change, parameter',
    [
        ({'customer': {}}, 'receipt.customer'),
        ({'customer': {'phone': '+79161234567'}}, 'receipt.customer.phone'),
        ({'customer': {'email': 'nobody'}}, 'receipt.customer.email'),
        ({'tax_system_code': 7}, 'receipt.tax_system_code'),
        ({'items': []}, 'receipt.items'),
    ],
)
def test_a_receipt_that_is_none_is_refused(
    merchant: Merchant, change: dict[str, Any], parameter: str
) -> None:
    body = asked()
    body['receipt'] |= change
    assert merchant.post('/payments', body).json()['parameter'] == parameter


@pytest.mark.parametrize(
    'change, parameter',
    [
        ({'vat_code': 13}, '[0].vat_code'),
        ({'measure': 'bottle'}, '[0].measure'),
        ({'payment_subject': 'thing'}, '[0].payment_subject'),
        ({'payment_mode': 'later'}, '[0].payment_mode'),
        ({'description': ''}, '[0].description'),
        ({'quantity': '0.0001'}, '[0].quantity'),
        ({'quantity': 'two'}, '[0].quantity'),
        ({'quantity': '2'}, ''),
    ],
)
def test_a_line_of_a_receipt_is_looked_at(merchant: Merchant, change: dict[str, Any], parameter: str) -> None:
    body = asked()
    body['receipt']['items'][0] |= change
    assert merchant.post('/payments', body).json()['parameter'] == f'receipt.items{parameter}'


def test_a_key_gives_one_payment_a_day(merchant: Merchant, watch: Watch) -> None:
    first = merchant.post('/payments', asked(), key='k').json()
    assert merchant.post('/payments', asked(), key='k').json() == first
    refusal = merchant.post('/payments', asked(description='иначе'), key='k')
    assert (refusal.status_code, refusal.json()['parameter']) == (400, 'Idempotence-Key')
    assert merchant.post('/payments', asked(), key='other').json()['id'] != first['id']
    watch.seconds += DAY - 1
    assert merchant.post('/payments', asked(), key='k').json()['id'] == first['id']
    watch.seconds += 1
    assert merchant.post('/payments', asked(), key='k').json()['id'] != first['id']


def test_many_at_once_make_one_payment_and_never_pay_back_too_much(merchant: Merchant) -> None:
    with ThreadPoolExecutor(12) as threads:
        made = list(threads.map(lambda _: merchant.post('/payments', asked(), key='k').json(), range(24)))
        assert len({one['id'] for one in made}) == 1
        merchant.choose(made[0]['id'], card=GOOD)
        third = {'value': '400.00', 'currency': 'RUB'}
        body = {'payment_id': made[0]['id'], 'amount': third, 'receipt': asked()['receipt']}
        body['receipt']['items'][0]['amount'] = third
        statuses = list(threads.map(lambda _: merchant.post('/refunds', body).status_code, range(24)))
    assert (statuses.count(200), statuses.count(400)) == (3, 21)
    assert merchant.get(f'/payments/{made[0]["id"]}').json()['refunded_amount']['value'] == '1200.00'


@pytest.mark.parametrize('key', ['', 'with space', 'x' * 65])
def test_a_call_without_a_good_key_is_refused(merchant: Merchant, key: str) -> None:
    assert merchant.post('/payments', asked(), key=key).json()['parameter'] == 'Idempotence-Key'


def test_money_can_be_held_and_taken_or_let_go(merchant: Merchant) -> None:
    held = [merchant.pay(asked(capture=False), GOOD) for _ in range(2)]
    assert [one['status'] for one in held] == ['waiting_for_capture'] * 2
    taken = merchant.post(f'/payments/{held[0]["id"]}/capture', {}).json()
    freed = merchant.post(f'/payments/{held[1]["id"]}/cancel', {}).json()
    assert (taken['status'], taken['refundable']) == ('succeeded', True)
    assert freed['cancellation_details'] == {'party': 'merchant', 'reason': 'canceled_by_merchant'}
    pending = merchant.post('/payments', asked()).json()
    assert merchant.post(f'/payments/{pending["id"]}/cancel', {}).status_code == 400


def test_what_is_held_is_let_go_after_a_week(merchant: Merchant, watch: Watch) -> None:
    held = merchant.pay(asked(capture=False), GOOD)
    watch.seconds += 7 * DAY
    told = merchant.get(f'/payments/{held["id"]}').json()
    assert told['cancellation_details']['reason'] == 'expired_on_capture'


def test_lists_are_filtered_and_come_page_by_page(merchant: Merchant, watch: Watch) -> None:
    ids = []
    for _ in range(5):
        ids.append(merchant.post('/payments', asked()).json()['id'])
        watch.seconds += 60
    merchant.choose(ids[0], sbp='yes')
    first = merchant.get('/payments', limit='2').json()
    second = merchant.get('/payments', limit='2', cursor=first['next_cursor']).json()
    last = merchant.get('/payments', limit='2', cursor=second['next_cursor']).json()
    pages = [[one['id'] for one in page['items']] for page in (first, second, last)]
    assert pages == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]
    assert 'next_cursor' not in last
    assert [one['id'] for one in merchant.get('/payments', status='succeeded').json()['items']] == [ids[0]]
    assert [one['id'] for one in merchant.get('/payments', payment_method='sbp').json()['items']] == [ids[0]]
    edge = merchant.get(f'/payments/{ids[2]}').json()['created_at']
    for comparison, found in (('gte', 3), ('gt', 2), ('lte', 3), ('lt', 2)):
        assert len(merchant.get('/payments', **{f'created_at.{comparison}': edge}).json()['items']) == found
    for name, value in (
        ('limit', '101'),
        ('cursor', 'x'),
        ('metadata.order', '7'),
        ('created_at.gte', 'now'),
    ):
        assert merchant.get('/payments', **{name: value}).json()['parameter'] == name


def test_receipts_are_told_of_payments_and_refunds(merchant: Merchant) -> None:
    payment = merchant.pay(asked(), GOOD)
    refund = merchant.post('/refunds', {'payment_id': payment['id'], 'amount': payment['amount']}).json()
    of_payment = merchant.get('/receipts', payment_id=payment['id']).json()['items']
    of_refund = merchant.get('/receipts', refund_id=refund['id']).json()['items']
    assert [one['type'] for one in of_payment + of_refund] == ['payment', 'refund']
    assert of_payment[0]['items'] == of_refund[0]['items'] == asked()['receipt']['items']


# -- a restart -----------------------------------------------------------------------------------------


def test_nothing_is_forgotten_and_links_stay_good(tmp_path: Path, watch: Watch) -> None:
    file = tmp_path / 'yookassa.jsonl'
    with YooKassa(file, now=watch, sends=False) as before, Merchant(before) as merchant:
        paid = merchant.pay(asked(), GOOD, key='paid')
        made = merchant.post('/payments', asked(), key='made').json()
        before.wish(shop={'id': SHOP, 'notification_url': 'http://127.0.0.1:9/hook'})
    with file.open('a') as cut:
        cut.write('["payment", "half')  # what a kill may leave
    with YooKassa(file, now=watch, sends=False) as after, Merchant(after) as merchant:
        assert after.url == before.url
        assert merchant.get(f'/payments/{paid["id"]}').json()['status'] == 'succeeded'
        assert merchant.post('/payments', asked(), key='made').json() == made
        assert httpx.get(made['confirmation']['confirmation_url']).status_code == 200
        assert after.wish()['shops'][0]['notification_url'] == 'http://127.0.0.1:9/hook'
        merchant.choose(made['id'], card=GOOD)
    with YooKassa(file, now=watch, sends=False) as last, Merchant(last) as merchant:
        assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'succeeded'
