"""A notice of the provider is believed of nothing but that something may have happened."""

import pytest

from tests.billing.conftest import refused, told_of
from tests.billing.till import SETTINGS


@pytest.fixture
def opened(till, number):
    """A payment the client has paid, of which no notice has come; its id, and the provider's."""
    payment = till.begins(till.issued(number))
    return payment['id'], till.clicks(payment['id'])


def test_a_notice_to_another_address_is_heard_by_nobody(till, opened):
    wrong = till.hook[:-4] + 'xxxx'
    refused(till.notices('payment.succeeded', opened[1], wrong), 404, 'HookUnknown')
    other = till.hook.replace('/demo/', '/other/')
    refused(till.notices('payment.succeeded', opened[1], other), 404, 'HookUnknown')
    assert till.reads(opened[0])['status'] == 'open'


def test_a_notice_from_another_network_is_heard_by_nobody(till, opened, monkeypatch):
    monkeypatch.setenv('YOOKASSA_ADDRESSES', '185.71.76.0/27')
    refused(till.notices('payment.succeeded', opened[1]), 401, 'HookSenderUnknown')
    assert till.reads(opened[0])['status'] == 'open'


def test_a_notice_that_lies_changes_nothing(till, number):
    payment = till.begins(till.issued(number))
    assert till.notices('payment.succeeded', till.external(payment['id'])).status_code == 204
    assert till.reads(payment['id'])['status'] == 'open'


@pytest.mark.parametrize(
    'body', [b'', b'[]', b'{"event": 1}', b'{"event":"payout.succeeded","object":{"id":"1"}}']
)
def test_what_is_no_notice_is_final(till, body):
    assert till.call('POST', till.hook, body).status_code == 204


def test_a_notice_about_what_is_not_ours_is_final(till, number, opened):
    before = told_of(number)
    assert till.notices('payment.succeeded', '2fb1c9a4-000f-5000-9000-1b2c3d4e5f60').status_code == 204
    assert till.notices('refund.succeeded', '2fb1c9a4-000f-5000-9000-1b2c3d4e5f60').status_code == 204
    assert told_of(number) == before


def test_where_the_provider_cannot_be_asked_he_has_to_come_again(till, opened):
    till.sandbox.wish(fail={'how': '500', 'method': 'GET', 'path': '/payments'})
    refused(till.notices('payment.succeeded', opened[1]), 503, 'ProviderAway')
    assert till.reads(opened[0])['status'] == 'open'
    assert till.notices('payment.succeeded', opened[1]).status_code == 204
    assert till.reads(opened[0])['status'] == 'paid'


def test_a_payment_of_another_amount_is_not_believed(till, number, opened):
    external_id = opened[1]
    with till.sandbox._books.lock:
        payment = till.sandbox._books.find('payment', external_id)
        payment['told']['amount']['value'] = '1.00'
        till.sandbox._books.write('payment', external_id, payment)
    assert till.notices('payment.succeeded', external_id).status_code == 204
    assert till.reads(opened[0])['status'] == 'open'


def test_another_address_ends_the_first(till, opened, shop):
    old = till.hook
    answer = till.call('PUT', f'{SETTINGS}/{shop.entity}/address', {}, by=till.accountant)
    till.hook = answer.json_body['hook_path']
    assert till.hook != old
    refused(till.notices('payment.succeeded', opened[1], old), 404, 'HookUnknown')
    assert till.notices('payment.succeeded', opened[1]).status_code == 204
    assert till.reads(opened[0])['status'] == 'paid'
