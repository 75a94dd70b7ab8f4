"""The shop of a legal entity: tried before it is kept, its key never told, its payments never forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.billing import service
from chalicelib.billing.repository import MoneyRow
from chalicelib.kit import clock
from tests.billing.conftest import refused
from tests.billing.till import SECRET, SETTINGS
from tests.make import staff as make_staff

USUAL = {'shop_id': '100500', 'secret_key': SECRET, 'return_url': 'https://app.example/paid'}


def test_the_key_goes_in_and_never_comes_out(till, shop):
    read = till.call('GET', f'{SETTINGS}/{shop.entity}', by=till.accountant)
    assert SECRET not in read.body.decode()
    told = [read.json_body[name] for name in ('shop_id', 'is_test', 'version')]
    assert told == ['100500', True, 1]
    rows = list(MoneyRow.query('demo#accounts')) + list(MoneyRow.query('demo#keys'))
    assert len(rows) == 2
    assert not any(SECRET in str(row.body) for row in rows)


def test_what_the_provider_does_not_know_is_not_kept(till, shop):
    path = f'{SETTINGS}/{shop.entity}'

    def sets(path, **changes):
        return till.call('PUT', path, USUAL | changes, by=till.accountant)

    refused(sets(path, secret_key='test_wrong'), 422, 'CredentialsWrong')
    refused(sets(path, shop_id='777', secret_key=None), 422, 'SecretKeyNeeded')
    other = make_staff.legal_entity(name='Другая').id
    till.sandbox.wish(fail={'how': '500', 'path': '/me', 'times': 9})
    refused(sets(f'{SETTINGS}/{other}'), 503, 'ProviderAway')
    refused(till.call('GET', f'{SETTINGS}/{other}', by=till.accountant), 404, 'AccountNotFound')
    refused(sets(f'{SETTINGS}/none'), 404, 'LegalEntityNotFound')
    assert till.call('GET', path, by=till.accountant).json_body['version'] == 1


@pytest.mark.parametrize(
    'url', ['http://app.example/', 'ftp://x', 'https://', 'javascript:alert(1)', 'https://a b']
)
def test_clients_come_back_to_an_encrypted_page(till, shop, url):
    answer = till.call('PUT', f'{SETTINGS}/{shop.entity}', USUAL | {'return_url': url}, by=till.accountant)
    refused(answer, 400, 'NotDecent', 'body.return_url')


def test_the_settings_are_for_who_may_change_settings(till, shop):
    may_not = replace(shop.dispatcher, permissions=frozenset())
    refused(till.call('PUT', f'{SETTINGS}/{shop.entity}', USUAL, by=may_not), 403, 'PermissionMissing')


def test_a_known_shop_is_set_again_without_its_key(till, shop):
    assert till.opens(secret_key=None, are_receipts_made=False)['version'] == 2
    checked = till.call('POST', f'{SETTINGS}/{shop.entity}/check', {}, by=till.accountant).json_body
    assert (checked['shop_id'], checked['is_active']) == ('100500', True)


def test_what_was_begun_in_a_shop_ends_there(till, number, time):
    payment = till.begins(till.issued(number))
    till.opens(shop_id='200600', secret_key='test_other')
    till.clicks(payment['id'])
    time.move(clock.now() + timedelta(minutes=2))
    service.sweep()
    assert till.reads(payment['id'])['status'] == 'paid'
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    assert till.held() == 0


def test_where_no_receipts_are_made_nobody_needs_an_address(till, number):
    till.sandbox.wish(shop={'id': '100500', 'fiscalization': False})
    till.opens(are_receipts_made=False)
    assert till.begins(till.issued(number), email=None)['status'] == 'open'
