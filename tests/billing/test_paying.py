"""A client pays his invoice: once, with just what it asks for, whatever the provider and the network do."""

from datetime import timedelta

import pytest

from chalicelib.billing import service
from chalicelib.clients.service import people
from chalicelib.kit import clock
from chalicelib.staff.model import OrganisationChanges
from chalicelib.staff.service import organisations
from tests.billing.conftest import INVOICES, OWN, labels, refused, told_of
from tests.billing.till import CARDS, EMAIL, GOOD, OWN_INVOICES, OWN_PAYMENTS, POOR
from tests.make import billing as make


def kinds(number):
    return [kind for kind, _ in told_of(number)]


def later(time, **span):
    time.move(clock.now() + timedelta(**span))


@pytest.mark.proves('I7', 'PAY-002', 'PAY-006', 'PAY-012', 'INV-020', 'REQ-034')
def test_a_client_pays_on_the_page_and_the_invoice_is_paid_once(till, number, shop):
    invoice_id = till.issued(number)
    payment = till.begins(invoice_id)
    assert (payment['status'], payment['amount']['minor']) == ('open', 125000)
    assert payment['confirmation_url'].startswith('http')
    external_id = till.clicks(payment['id'])
    for _ in range(3):
        assert till.notices('payment.succeeded', external_id).status_code == 204
    assert till.reads(payment['id'])['status'] == 'paid'
    card = till.call('GET', f'{INVOICES}/{invoice_id}', by=shop.dispatcher).json_body
    assert (card['status'], card['payments'][0]['state']) == ('paid_online', 'paid')
    assert labels(number, shop) == ['invoice_paid']
    assert kinds(number).count('InvoicePaid') == 1
    told = dict(told_of(number))['InvoicePaid']
    assert (told['email'], told['amount']['minor'], told['client_id']) == (EMAIL, 125000, shop.house.client)
    refused(till.asks(invoice_id), 409, 'InvoiceMoveNotAllowed')


def test_who_taps_twice_opens_one_page(till, number):
    invoice_id = till.issued(number)
    first, second = till.begins(invoice_id), till.begins(invoice_id)
    assert (first['id'], first['confirmation_url']) == (second['id'], second['confirmation_url'])
    assert len(till.sandbox.wish()['payments']) == 1


def test_another_way_to_pay_is_another_payment(till, number):
    invoice_id = till.issued(number)
    assert till.begins(invoice_id)['id'] != till.begins(invoice_id, method='sbp')['id']


@pytest.mark.proves('AMB-50', 'I8')
def test_what_is_being_paid_is_not_marked_paid_by_hand(till, number, shop):
    invoice_id = till.issued(number)
    payment = till.begins(invoice_id)
    mark = f'{INVOICES}/{invoice_id}/mark-paid'
    refused(till.call('POST', mark, {}, by=shop.dispatcher), 409, 'PaymentInProgress')
    till.clicks(payment['id'], POOR)
    till.notices('payment.canceled', till.external(payment['id']))
    assert till.reads(payment['id'])['decline'] == 'insufficient_funds'
    assert till.call('POST', mark, {}, by=shop.dispatcher).status_code == 200


@pytest.mark.proves('PAY-003')
@pytest.mark.parametrize('wish, by', [({'card': GOOD}, 'card'), ({'sbp': True}, 'sbp')])
def test_by_what_was_paid_on_the_page_is_known_afterwards(till, number, shop, wish, by):
    invoice_id = till.issued(number)
    external_id = till.external(till.begins(invoice_id)['id'])
    till.sandbox.wish(pay={'payment': external_id, **wish})
    for _ in range(2):
        till.notices('payment.succeeded', external_id)
    [line] = service.read(invoice_id, by=shop.dispatcher).payments
    assert (line.method, line.paid_by) == ('any', by)


def test_two_payments_at_once_have_one_winner_and_the_other_goes_back(till, number, shop):
    invoice_id = till.issued(number)
    one, two = till.begins(invoice_id), till.begins(invoice_id, method='card')
    for payment in (one, two):
        till.notices('payment.succeeded', till.clicks(payment['id']))
    assert [till.reads(payment['id'])['status'] for payment in (one, two)] == ['paid', 'returning']
    till.follows(number, 'MoneyUnwanted')
    assert till.reads(two['id'])['status'] == 'returned'
    assert till.held() == 125000
    assert kinds(number)[-2:] == ['MoneyUnwanted', 'UnwantedMoneyReturned']
    [invoice] = service.bill(number, by=shop.dispatcher).invoices
    assert (invoice.status, invoice.refunded.minor) == ('paid_online', 0)


@pytest.mark.proves('PAY-012')
def test_who_names_the_version_of_the_invoice_he_saw_pays_that_one_and_no_later(till, number, shop):
    invoice_id = till.issued(number, shop.tap, shop.pipe)
    [seen] = till.call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body['invoices']
    service.withdraw(invoice_id, by=shop.dispatcher)
    service.issue(invoice_id, by=shop.dispatcher)
    [shown] = till.call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body['invoices']

    def pays(version):
        path, body = f'{OWN_INVOICES}/{invoice_id}/pay', {'email': EMAIL}
        return till.call('POST', path, body, by=shop.resident, if_match=f'"{version}"')

    refused(pays(seen['version']), 412, 'StaleVersion')
    assert pays(shown['version']).status_code == 201


def test_the_receipt_goes_to_the_phone_that_the_client_has_now(till, number, shop):
    invoice_id = till.issued(number)
    people.change_phone('demo', shop.house.client, '+79165550909')
    till.clicks(till.begins(invoice_id)['id'])
    [receipt] = till.sandbox.wish()['receipts']
    assert receipt['customer'] == {'email': EMAIL, 'phone': '79165550909'}


def test_what_is_paid_after_the_invoice_was_withdrawn_goes_back(till, number, shop):
    invoice_id = till.issued(number)
    payment = till.begins(invoice_id)
    service.withdraw(invoice_id, by=shop.dispatcher)
    till.notices('payment.succeeded', till.clicks(payment['id']))
    till.follows(number, 'MoneyUnwanted')
    assert (till.reads(payment['id'])['status'], till.held()) == ('returned', 0)
    assert labels(number, shop) == ['invoice_not_issued']


def test_what_was_withdrawn_and_issued_again_unchanged_is_paid_by_the_open_page(till, number, shop):
    invoice_id = till.issued(number)
    payment = till.begins(invoice_id)
    service.withdraw(invoice_id, by=shop.dispatcher)
    service.issue(invoice_id, by=shop.dispatcher)
    till.notices('payment.succeeded', till.clicks(payment['id']))
    assert till.reads(payment['id'])['status'] == 'paid'


def test_a_payment_of_which_no_notice_came_is_found_by_the_sweep(till, number, shop, time):
    payment = till.begins(till.issued(number))
    till.clicks(payment['id'])
    later(time, minutes=2)
    service.sweep()
    assert till.reads(payment['id'])['status'] == 'paid'
    before = told_of(number)
    later(time, hours=7)
    service.sweep()
    assert told_of(number) == before


def test_a_page_that_nobody_paid_on_closes(till, number, shop, time):
    payment = till.begins(till.issued(number))
    till.sandbox.wish(expire={'payment': till.external(payment['id'])})
    later(time, minutes=2)
    service.sweep()
    seen = till.reads(payment['id'])
    assert (seen['status'], seen['decline']) == ('declined', 'expired')


@pytest.mark.parametrize('how', ['lost', '500', 'broken', 'garbage', 'hang_up', '429'])
def test_an_answer_that_is_none_is_asked_for_again_and_pays_once(till, number, how):
    invoice_id = till.issued(number)
    till.sandbox.wish(fail={'how': how, 'method': 'POST', 'path': '/payments'})
    refused(till.asks(invoice_id), 503, 'PaymentsAway')
    payment = till.begins(invoice_id)
    assert len(till.sandbox.wish()['payments']) == 1
    till.notices('payment.succeeded', till.clicks(payment['id']))
    assert till.reads(payment['id'])['status'] == 'paid'


def test_what_was_made_without_our_knowing_is_found_and_what_was_not_is_given_up(till, number, time):
    invoice_id = till.issued(number)
    for how in ('lost', '500'):
        till.sandbox.wish(fail={'how': how, 'method': 'POST', 'path': '/payments'})
        method = 'any' if how == 'lost' else 'sbp'
        refused(till.asks(invoice_id, method=method), 503, 'PaymentsAway')
    later(time, minutes=2)
    service.sweep()
    made, not_made = sorted(till.ledger(number).payments, key=lambda one: one.method)
    assert (made.state, made.external_id is None) == ('open', False)
    assert not_made.state == 'opening'
    later(time, minutes=30)
    service.sweep()
    assert till.ledger(number).payment(not_made.id).state == 'declined'
    assert len(till.sandbox.wish()['payments']) == 1


def test_a_payment_that_is_declined_and_paid_after_all_counts(till, number):
    payment = till.begins(till.issued(number))
    till.clicks(payment['id'], POOR)
    till.notices('payment.canceled', till.external(payment['id']))
    assert till.reads(payment['id'])['status'] == 'declined'
    again = till.begins(f'{number}-1')
    assert again['id'] != payment['id']


@pytest.mark.proves('PAY-004', 'PAY-013')
def test_a_saved_card_pays_the_next_invoice_without_a_page(till, number, shop):
    payment = till.begins(till.issued(number), is_card_kept=True)
    till.notices('payment.succeeded', till.clicks(payment['id']))
    [card] = till.call('GET', CARDS, by=shop.resident).json_body['items']
    assert (card['last4'], 'token' in card) == ('4444', False)
    second = till.issued(number, shop.pipe)
    answer = till.begins(second, card_id=card['id'])
    assert (answer['status'], answer['confirmation_url']) == ('paid', None)
    assert till.call('DELETE', f'{CARDS}/{card["id"]}', by=shop.resident).status_code == 204
    assert till.call('GET', CARDS, by=shop.resident).json_body['items'] == []
    refused(till.call('DELETE', f'{CARDS}/{card["id"]}', by=shop.resident), 404, 'CardNotFound')


def test_a_card_is_kept_only_for_who_wants_it(till, number, shop):
    till.paid(number)
    assert till.call('GET', CARDS, by=shop.resident).json_body['items'] == []


@pytest.mark.proves('PAY-009', 'AMB-58')
def test_what_cannot_be_paid_is_refused_and_nothing_is_asked(till, number, shop):
    draft = make.drawn(number, shop.dispatcher, shop.tap)
    refused(till.asks(draft.id), 404, 'InvoiceNotFound')
    refused(till.asks('999-1'), 404, 'RequestNotFound')
    refused(till.asks('nothing'), 404, 'InvoiceNotFound')
    service.issue(draft.id, by=shop.dispatcher)
    stranger = till.call('POST', f'{OWN_INVOICES}/{draft.id}/pay', {}, by=till.neighbour)
    refused(stranger, 404, 'RequestNotFound')
    refused(till.asks(draft.id, card_id='none'), 404, 'CardNotFound')
    refused(till.asks(draft.id, email='x'), 400, 'NotDecent')
    assert till.sandbox.wish()['payments'] == []
    assert till.ledger(number).payments == ()


def test_an_invoice_that_comes_to_nothing_is_not_paid_online(till, number, shop):
    refused(till.asks(till.issued(number, discount='100')), 422, 'NothingToPay')


def test_a_payment_of_another_is_not_there(till, number, shop):
    payment = till.begins(till.issued(number))
    path = f'{OWN_PAYMENTS}/{payment["id"]}'
    refused(till.call('GET', path, by=till.neighbour), 404, 'PaymentNotFound')
    refused(till.call('GET', f'{OWN_PAYMENTS}/1-1-none', by=shop.resident), 404, 'PaymentNotFound')
    refused(till.call('GET', f'{OWN_PAYMENTS}/none', by=shop.resident), 404, 'PaymentNotFound')


def test_without_a_shop_there_is_nothing_to_pay_with(call, shop, number):
    invoice = make.issued(number, shop.dispatcher, shop.tap)
    answer = call('POST', f'{OWN_INVOICES}/{invoice.id}/pay', {}, by=shop.resident)
    refused(answer, 422, 'PaymentsNotConfigured')
    own = call('GET', f'/v1/resident/requests/{number}/invoices', by=shop.resident).json_body
    assert own['invoices'][0]['may_pay'] is False


@pytest.mark.proves('INV-033')
def test_the_button_is_there_while_there_is_something_to_pay(till, number, shop):
    till.issued(number)
    path = f'/v1/resident/requests/{number}/invoices'
    assert till.call('GET', path, by=shop.resident).json_body['invoices'][0]['may_pay'] is True
    till.notices('payment.succeeded', till.clicks(till.begins(f'{number}-1')['id']))
    assert till.call('GET', path, by=shop.resident).json_body['invoices'][0]['may_pay'] is False


@pytest.mark.proves('PAY-005', 'NTF-026')
def test_the_address_given_with_the_payment_has_its_confirmation_once(till, number, monkeypatch):
    sent = []
    monkeypatch.setattr('chalicelib.messaging.service.send', sent.append)
    till.paid(number)
    for _ in range(2):
        till.follows(number, 'InvoicePaid')
    assert {(letter.id, letter.to, letter.channel) for letter in sent} == {
        (f'demo#{number}#money@{till.ledger(number).version}.0:confirmation', EMAIL, 'email')
    }
    assert '1\xa0250,00' in sent[0].text


@pytest.mark.proves('PAY-005')
def test_the_confirmation_speaks_the_language_of_the_organisation(till, number, shop, monkeypatch):
    sent = []
    monkeypatch.setattr('chalicelib.messaging.service.send', sent.append)
    organisations.change(OrganisationChanges(locale='en'), by=shop.dispatcher)
    till.paid(number)
    till.follows(number, 'InvoicePaid')
    [letter] = sent
    assert letter.locale == 'en'
    assert letter.title == f'Payment of RUB\xa01,250.00 for request No. {number} received'
