"""Whoever has the link sees the invoice and pays it; the link dies with the invoice and tells of nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.billing.repository import MoneyRow
from chalicelib.billing.rules import linking
from chalicelib.kit import clock
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Step
from tests.billing.conftest import labels, refused, told_of
from tests.billing.street import OTHER, PEOPLE, PHONE, PROGRAMS
from tests.billing.till import EMAIL, POOR

UNKNOWN = 'a' * 26


def later(time, **span):
    time.move(clock.now() + timedelta(**span))


def kinds(number):
    return [kind for kind, _ in told_of(number)]


@pytest.mark.proves('SMS-009', 'PAY-006', 'I7')
def test_who_has_the_link_pays_without_registration_and_the_invoice_is_paid(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    seen = street.sees(link).json_body
    assert (seen['status'], seen['total']['minor'], seen['may_pay']) == ('awaiting_payment', 125000, True)
    assert [one['name'] for one in seen['positions']] == ['Кран']
    answer = street.pays(link, method='sbp', email=EMAIL)
    assert (answer.status_code, answer.json_body['status']) == (201, 'open')
    assert answer.json_body['confirmation_url'].startswith('http')
    assert street.sees(link).json_body['is_being_paid'] is True
    street.noticed(invoice_id)
    seen = street.sees(link).json_body
    assert (seen['status'], seen['may_pay'], seen['is_being_paid']) == ('paid', False, False)
    card = street.card(invoice_id)
    assert (card['status'], card['payments'][0]['method']) == ('paid_online', 'sbp')
    assert labels(1, street.shop) == ['invoice_paid']
    told = dict(told_of(1))['InvoicePaid']
    assert (told['client_id'], told['email'], told['amount']['minor']) == (None, EMAIL, 125000)
    refused(street.pays(link), 409, 'InvoiceMoveNotAllowed')


def test_the_confirmation_tells_who_paid_by_a_link_no_address_and_the_client_his(street, monkeypatch):
    invoice_id, own = street.issued(), street.till.shop.order()
    link = street.link(invoice_id)
    assert street.pays(link, email=EMAIL).status_code == 201
    street.noticed(invoice_id)
    street.till.paid(own)
    sent = []
    monkeypatch.setattr('chalicelib.messaging.service.send', sent.append)
    for number in (1, own):
        street.till.follows(number, 'InvoicePaid')
    told = [('№ ' in letter.text, 'ул. Мира' in letter.text) for letter in sent]
    assert told == [(True, False), (True, True)]


@pytest.mark.proves('I11', 'AMB-55')
def test_of_a_cancelled_request_nobody_begins_to_pay_before_its_invoices_have_followed(street):
    link, own = street.link(street.issued()), street.till.shop.order()
    invoice_id = street.till.issued(own)
    for number in (1, own):
        requests.cancel(number, Step(comment='не нужно'), by=street.shop.dispatcher)
    refused(street.pays(link), 422, 'RequestIsCancelled')
    refused(street.till.asks(invoice_id), 422, 'RequestIsCancelled')
    assert not street.till.seen()


def test_what_a_link_tells_names_neither_the_client_nor_his_address(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.pays(link, email=EMAIL)
    request = requests.seen(1, by=street.shop.dispatcher)
    for answer in (street.sees(link), street.opens(link), street.opens(link, '/back')):
        told = answer.body.decode()
        for secret in (PHONE, PHONE[2:], 'Прохожий', EMAIL, request.place.address, request.place.building_id):
            assert secret not in told
        assert 'Кран' in told


def test_a_link_is_128_bits_that_differ_for_each_organisation_invoice_and_turn(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    assert linking.FORM.fullmatch(link)
    assert linking.BYTES * 8 == 128
    whose = linking.Link(organisation='demo', number=1, invoice_id=invoice_id, turn=1)
    others = [{}, {'organisation': 'other'}, {'invoice_id': '2-1'}, {'turn': 2}]
    made = {linking.words_of('key', whose.model_copy(update=change)) for change in others}
    assert len(made) == 4


@pytest.mark.parametrize('words', [UNKNOWN, 'a', 'A' * 26, 'a' * 27, 'абв', 'x' * 3000, '%2e%2e'])
def test_what_is_no_link_is_not_there_and_nothing_more_is_told(street, words):
    path = f'{PROGRAMS}/{words if words.isascii() else "%D0%B0"}'
    refused(street.till.call('GET', path), 404, 'LinkUnknown')
    refused(street.till.call('POST', f'{path}/pay', {}), 404, 'LinkUnknown')


@pytest.mark.proves('AMB-60', 'I6')
def test_a_link_dies_when_the_invoice_is_taken_back_and_stays_dead_when_it_is_issued_again(street, time):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.moves(invoice_id, 'withdraw')
    for _ in range(2):
        seen = street.sees(link).json_body
        told = (seen['status'], seen['positions'], seen['total'], seen['may_pay'])
        assert told == ('closed', [], None, False)
        assert seen['organisation'] == 'УК «Домовой»'
        refused(street.pays(link), 409, 'LinkDead')
        if not street.card(invoice_id)['issued_at']:
            street.moves(invoice_id, 'issue')
    assert street.till.ledger(1).payments == ()
    later(time, minutes=2)
    fresh = street.link(invoice_id)
    assert fresh != link
    assert street.sees(fresh).json_body['may_pay'] is True
    assert street.card(invoice_id)['texted'][0]['phone'] == PHONE


@pytest.mark.proves('I11', 'AMB-55')
def test_a_link_dies_with_its_request(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    requests.cancel(1, Step(comment='передумал'), by=street.shop.dispatcher)
    street.follows_request(1, 'RequestCancelled')
    assert street.sees(link).json_body['status'] == 'closed'
    refused(street.pays(link), 409, 'LinkDead')


def test_a_link_says_that_it_was_paid_elsewhere(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.moves(invoice_id, 'mark-paid')
    assert street.sees(link).json_body['status'] == 'paid'
    refused(street.pays(link), 409, 'InvoiceMoveNotAllowed')
    street.moves(invoice_id, 'make-unpaid')
    assert street.sees(link).json_body['status'] == 'closed'


def test_what_is_paid_on_an_open_page_after_the_invoice_was_taken_back_goes_back(street):
    invoice_id = street.issued()
    street.pays(street.link(invoice_id))
    street.moves(invoice_id, 'withdraw')
    street.noticed(invoice_id)
    street.till.follows(1, 'MoneyUnwanted')
    assert street.till.held() == 0
    assert kinds(1)[-1] == 'UnwantedMoneyReturned'


def test_who_taps_twice_opens_one_page_and_another_turn_is_another_payment(street, time):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    first, second = street.pays(link).json_body, street.pays(link).json_body
    assert first['confirmation_url'] == second['confirmation_url']
    street.moves(invoice_id, 'withdraw')
    street.moves(invoice_id, 'issue')
    later(time, minutes=2)
    fresh = street.link(invoice_id)
    assert street.pays(fresh).json_body['confirmation_url'] != first['confirmation_url']
    told = street.till.sandbox.wish()['payments']
    assert {one['confirmation']['return_url'].split('/')[-2] for one in told} == {link, fresh}


@pytest.mark.proves('PAY-012')
def test_of_two_ways_that_are_paid_at_once_one_wins_and_the_other_goes_back(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    for method in ('card', 'sbp'):
        assert street.pays(link, method=method).status_code == 201
    street.noticed(invoice_id)
    street.till.follows(1, 'MoneyUnwanted')
    assert street.till.held() == 125000
    assert kinds(1).count('InvoicePaid') == 1
    assert street.sees(link).json_body['status'] == 'paid'


def test_who_was_declined_may_try_again(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.pays(link)
    [payment] = street.till.ledger(1).payments
    street.till.clicks(payment.id, POOR)
    street.till.notices('payment.canceled', street.till.external(payment.id))
    seen = street.sees(link).json_body
    assert (seen['may_pay'], seen['is_being_paid']) == (True, False)
    street.pays(link)
    street.noticed(invoice_id)
    assert street.sees(link).json_body['status'] == 'paid'


def test_a_payment_of_which_no_notice_came_is_found_by_the_sweep(street, time):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.pays(link)
    street.till.clicks(street.till.ledger(1).payments[0].id)
    later(time, minutes=2)
    street.sweeps()
    assert street.sees(link).json_body['status'] == 'paid'


def test_a_provider_that_is_away_is_asked_again_by_the_same_tap(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.till.sandbox.wish(fail={'how': 'lost', 'method': 'POST', 'path': '/payments'})
    refused(street.pays(link), 503, 'PaymentsAway')
    assert street.pays(link).status_code == 201
    assert len(street.till.sandbox.wish()['payments']) == 1


@pytest.mark.proves('SMS-011', 'REF-002')
def test_staff_refund_what_was_paid_by_a_link_and_the_link_says_so(street):
    invoice_id = street.issued()
    link = street.paid(invoice_id)
    assert street.till.refunds(1).status_code == 201
    street.till.follows(1, 'RefundApproved')
    assert street.till.held() == 0
    seen = street.sees(link).json_body
    assert (seen['status'], seen['refunded']['minor']) == ('refunded', 125000)


def test_a_receipt_goes_to_the_telephone_of_the_sms(street):
    invoice_id = street.issued(phone=None)
    street.texts(invoice_id, {'phone': OTHER})
    street.delivers(invoice_id)
    link = street.read()
    assert street.sees(link).json_body['is_email_needed'] is False
    street.pays(link)
    [payment] = street.till.ledger(1).payments
    assert (payment.phone, payment.email, payment.has_receipt) == (OTHER, None, True)


def test_an_address_that_follows_very_many_links_is_held_up_whichever_they_are(street):
    link = street.link(street.issued())
    said = [street.sees(UNKNOWN).status_code for _ in range(121)]
    assert said == [404] * 120 + [429]
    answer = street.sees(link)
    refused(answer, 429, 'LinkTriedTooOften')
    assert 0 < int(answer.headers['Retry-After']) <= 60


def test_one_link_is_followed_and_paid_by_only_so_often(street, time):
    link = street.link(street.issued())
    said = []
    for _ in range(16):
        said.append(street.pays(link).status_code)
        later(time, seconds=30)
    assert said == [201] * 15 + [429]
    later(time, hours=1)
    assert street.pays(link).status_code == 201
    said = []
    for _ in range(601):
        said.append(street.sees(link).status_code)
        later(time, seconds=1)
    assert (said[:600], said[600]) == ([200] * 600, 429)


def test_a_body_that_is_not_decent_is_refused(street):
    link = street.link(street.issued())
    refused(street.pays(link, email='x'), 400, 'NotDecent', 'body.email')
    refused(street.pays(link, method='cash'), 400, 'NotDecent', 'body.method')
    refused(street.pays(link, card_id='mine'), 400, 'NotDecent', 'body.card_id')


def test_without_a_shop_a_link_shows_the_invoice_and_no_way_to_pay(street, till):
    link = street.link(street.issued())
    MoneyRow.get('demo#accounts', till.shop.entity).delete()
    assert street.sees(link).json_body['may_pay'] is False
    refused(street.pays(link), 422, 'PaymentsNotConfigured')


def test_the_organisation_of_a_link_is_the_one_that_sent_it(street):
    """A link names its organisation by itself: no token, no path of another leads elsewhere."""
    invoice_id = street.issued()
    link = street.link(invoice_id)
    elsewhere = linking.words_of(
        'the key of the links of tests, as long as a real one',
        linking.Link(organisation='other', number=1, invoice_id=invoice_id, turn=1),
    )
    refused(street.sees(elsewhere), 404, 'LinkUnknown')
    assert street.sees(link, by=replace(street.shop.resident, organisation='other')).status_code == 200
    assert f'{PEOPLE}/{link}' in street.centre.sent[-1].text
