"""«Отправить СМС»: who may have a link, what the window shows, and that just this is sent, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.billing.repository import MoneyRow
from chalicelib.kit import clock
from chalicelib.messaging.model import SmsSettingsChange
from chalicelib.messaging.service import configure_sms
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Suspension
from chalicelib.staff.model import OrganisationChanges, Permission
from chalicelib.staff.service import organisations
from tests.billing.conftest import refused, told_of
from tests.billing.street import OTHER, PHONE, UNREACHABLE
from tests.make import billing as make
from tests.make import messaging as make_messaging

BEGINNING = 'УК «Домовой»: счёт по заявке № 1, 1 250,00 ₽. Оплатить: https://pay.example/i/'


def later(time, **span):
    time.move(clock.now() + timedelta(**span))


def kinds(number):
    return [kind for kind, _ in told_of(number)]


@pytest.mark.proves('SMS-001', 'SMS-004', 'SMS-005', 'SMS-007', 'SMS-008', 'NTF-027')
def test_what_the_window_shows_is_what_is_sent_to_the_letter(street):
    invoice_id = street.issued()
    shown = street.previews(invoice_id).json_body
    assert (shown['phone'], shown['total']['minor'], shown['segments']) == (PHONE, 125000, 2)
    assert (shown['cost']['minor'], shown['balance']['minor'], shown['is_enough']) == (980, 100000, True)
    assert shown['text'].startswith(BEGINNING)
    assert street.centre.sent == []
    answer = street.texts(invoice_id)
    assert answer.status_code == 202
    assert (answer.json_body['phone'], answer.json_body['cost']['minor']) == (PHONE, 980)
    street.delivers(invoice_id)
    [sms] = street.centre.sent
    assert (sms.text, f'+{sms.phone}', sms.sender) == (shown['text'], PHONE, 'MYUK')
    [line] = street.previews(invoice_id).json_body['texted']
    assert (line['phone'], line['outcome']) == (PHONE, 'sent')


@pytest.mark.proves('SMS-004')
def test_an_english_text_stays_within_the_alphabet_of_one_sms(street):
    words = OrganisationChanges(name='Domovoy', locale='en')
    organisations.change(words, by=street.shop.dispatcher)
    shown = street.previews(street.issued()).json_body
    beginning = 'Domovoy: invoice for request No. 1, RUB 1,250.00. Pay: https://pay.example/i/'
    assert shown['text'].startswith(beginning)
    assert shown['segments'] == 1


def test_a_preview_writes_nothing_of_the_invoice_and_a_link_that_was_not_sent_leads_nowhere(street):
    invoice_id = street.issued()
    before = told_of(1)
    link = street.previews(invoice_id).json_body['text'].rpartition('/i/')[2]
    assert told_of(1) == before
    refused(street.sees(link), 404, 'LinkUnknown')
    assert street.texts(invoice_id).status_code == 202
    assert street.sees(link).status_code == 200


@pytest.mark.proves('SMS-006', 'AMB-79', 'AMB-17')
def test_a_telephone_is_added_in_the_window_and_kept_with_the_request(street):
    invoice_id = street.issued(phone=None)
    shown = street.previews(invoice_id).json_body
    assert (shown['phone'], shown['cost'], shown['segments'], shown['is_enough']) == (None, None, None, None)
    assert (shown['balance']['minor'], shown['total']['minor']) == (100000, 125000)
    refused(street.texts(invoice_id), 422, 'SmsPhoneNeeded', 'body.phone')
    assert street.previews(invoice_id, OTHER).json_body['phone'] == OTHER
    assert street.texts(invoice_id, {'phone': '8 (916) 555-01-02'}).status_code == 202
    request = requests.seen(1, by=street.shop.dispatcher)
    assert (request.customer.phone, request.customer.name) == (OTHER, 'Прохожий')
    assert street.history(1, 'RequestEdited') == [{'changes': {'phone': ['', OTHER]}}]
    assert [one['phone'] for one in street.history(1, 'LinkTexted')] == [OTHER]
    assert street.previews(invoice_id).json_body['phone'] == OTHER
    street.delivers(invoice_id)
    assert [f'+{one.phone}' for one in street.centre.sent] == [OTHER]


def test_a_changed_telephone_is_told_in_the_history_and_the_same_one_is_no_change(street, time):
    invoice_id = street.issued()
    street.texts(invoice_id, {'phone': PHONE})
    assert street.history(1, 'RequestEdited') == []
    street.texts(invoice_id, {'phone': OTHER})
    assert street.history(1, 'RequestEdited') == [{'changes': {'phone': [PHONE, OTHER]}}]
    assert [one['phone'] for one in street.card(invoice_id)['texted']] == [PHONE, OTHER]


@pytest.mark.proves('AMB-60')
def test_it_may_be_sent_again_and_leads_to_the_same_page(street, time):
    invoice_id = street.issued()
    first = street.link(invoice_id)
    later(time, minutes=2)
    assert street.link(invoice_id) == first
    assert len(street.centre.sent) == 2
    assert kinds(1).count('InvoiceLinkTexted') == 2
    assert street.sees(first).status_code == 200


@pytest.mark.proves('SMS-002', 'SMS-013')
def test_without_an_sms_centre_it_is_refused_and_said_what_to_do(street):
    invoice_id = street.issued()
    for change in ({'sender': None}, {'password': None}, {'user': None}, {'is_enabled': False}):
        configure_sms('demo', SmsSettingsChange(**change))
        for answer in (street.previews(invoice_id), street.texts(invoice_id)):
            refused(answer, 422, 'SmsNotConfigured')
            assert '«Администрирование» → «Интеграция» → «СМС»' in answer.json_body['detail']
        make_messaging.sms_account(is_enabled=True)
    assert 'InvoiceLinkTexted' not in kinds(1)


@pytest.mark.proves('SMS-003')
def test_it_is_sent_while_the_request_is_in_work(street, time):
    invoice_id = street.issued()
    tomorrow = clock.now() + timedelta(days=1)
    requests.suspend(1, Suspension(comment='ждём', resume_until=tomorrow), by=street.shop.dispatcher)
    for answer in (street.previews(invoice_id), street.texts(invoice_id)):
        refused(answer, 422, 'RequestNotInWork')


@pytest.mark.proves('SMS-012')
def test_a_registered_client_has_no_link(street):
    number = street.shop.order()
    invoice_id = street.till.issued(number)
    for answer in (street.previews(invoice_id), street.texts(invoice_id)):
        refused(answer, 422, 'ClientIsRegistered')
    assert 'sms' not in street.card(invoice_id)['actions']


@pytest.mark.proves('SMS-012')
def test_only_what_is_issued_has_a_link(street):
    invoice_id = make.drawn(street.ordered(), street.shop.dispatcher, street.shop.tap).id
    for answer in (street.previews(invoice_id), street.texts(invoice_id)):
        refused(answer, 409, 'InvoiceMoveNotAllowed')
        assert 'ссылку' in answer.json_body['detail']
    assert 'sms' not in street.card(invoice_id)['actions']
    street.moves(invoice_id, 'issue')
    assert 'sms' in street.card(invoice_id)['actions']
    street.moves(invoice_id, 'mark-paid')
    refused(street.texts(invoice_id), 409, 'InvoiceMoveNotAllowed')


def test_what_comes_to_nothing_and_what_cannot_be_paid_online_has_no_link(street, till):
    free = street.issued(discount='100')
    refused(street.texts(free), 422, 'NothingToPay')
    MoneyRow.get('demo#accounts', till.shop.entity).delete()
    invoice_id = street.issued()
    for answer in (street.previews(invoice_id), street.texts(invoice_id)):
        refused(answer, 422, 'PaymentsNotConfigured')


def test_a_telephone_that_is_none_or_cannot_be_reached_is_refused(street):
    invoice_id = street.issued()
    refused(street.texts(invoice_id, {'phone': '12'}), 400, 'NotDecent', 'body.phone')
    refused(street.previews(invoice_id, '12'), 400, 'NotDecent', 'query.phone')
    wanted = {'phone': UNREACHABLE}
    for answer in (street.previews(invoice_id, UNREACHABLE), street.texts(invoice_id, wanted)):
        refused(answer, 422, 'SmsNumberRefused')
    assert requests.seen(1, by=street.shop.dispatcher).customer.phone == PHONE
    assert 'InvoiceLinkTexted' not in kinds(1)


def test_a_balance_that_does_not_suffice_is_refused_before_anything_is_sent(street):
    street.centre.set_balance('uk', '9.79')
    invoice_id = street.issued()
    shown = street.previews(invoice_id).json_body
    assert (shown['is_enough'], shown['balance']['minor']) == (False, 979)
    answer = street.texts(invoice_id)
    refused(answer, 422, 'SmsBalanceTooLow')
    assert answer.json_body['params'] == {'cost': 980, 'balance': 979}
    assert 'InvoiceLinkTexted' not in kinds(1)


def test_a_centre_that_is_silent_or_refuses_the_account_is_said_so(street):
    invoice_id = street.issued()
    street.centre.fail('500')
    refused(street.texts(invoice_id), 503, 'SmsCentreAway')
    street.centre.fail(None)
    make_messaging.sms_account(password='wrong')
    refused(street.texts(invoice_id), 422, 'SmsLoginWrong')
    assert 'InvoiceLinkTexted' not in kinds(1)


def test_a_telephone_is_not_flooded_whichever_invoice_it_is(street, time):
    first, second = street.issued(), street.issued()
    assert street.texts(first).status_code == 202
    answer = street.texts(second)
    refused(answer, 429, 'TextedTooOften')
    assert answer.headers['Retry-After'] == '60'
    assert street.texts(second, {'phone': OTHER}).status_code == 202
    for _ in range(4):
        later(time, minutes=1)
        assert street.texts(first).status_code == 202
    later(time, minutes=1)
    answer = street.texts(first)
    refused(answer, 429, 'TextedTooOften')
    assert answer.headers['Retry-After'] == str(55 * 60)
    for _ in range(5):
        later(time, hours=1)
        assert street.texts(first).status_code == 202
    later(time, hours=1)
    refused(street.texts(first), 429, 'TextedTooOften')
    later(time, days=1)
    assert street.texts(first).status_code == 202


def test_the_same_key_sends_once(street):
    invoice_id = street.issued()
    answers = [street.texts(invoice_id, idempotency_key='once') for _ in range(2)]
    assert answers[0].json_body == answers[1].json_body
    assert answers[1].headers['Idempotency-Replayed'] == 'true'
    assert kinds(1).count('InvoiceLinkTexted') == 1


def test_a_version_that_is_gone_is_not_what_was_previewed(street):
    invoice_id = street.issued()
    version = street.previews(invoice_id).json_body['version']
    street.moves(invoice_id, 'withdraw')
    street.moves(invoice_id, 'issue')
    answer = street.texts(invoice_id, if_match=f'"{version}"')
    assert (answer.status_code, answer.json_body['code']) == (412, 'StaleVersion')
    version = street.previews(invoice_id).json_body['version']
    assert street.texts(invoice_id, if_match=f'"{version}"').status_code == 202


@pytest.mark.proves('INV-040')
def test_both_need_the_right_to_change_invoices_and_a_request_one_sees(street):
    invoice_id = street.issued()
    may = street.shop.dispatcher.permissions - {Permission.INVOICES_EDIT}
    reader = replace(street.shop.dispatcher, permissions=may)
    for answer in (street.previews(invoice_id, by=reader), street.texts(invoice_id, by=reader)):
        refused(answer, 403, 'PermissionMissing')
    stranger = replace(street.shop.dispatcher, organisation='other')
    for answer in (street.previews(invoice_id, by=stranger), street.texts(invoice_id, by=stranger)):
        refused(answer, 404, 'RequestNotFound')
    refused(street.previews('nothing'), 404, 'InvoiceNotFound')
    refused(street.texts('1-2'), 404, 'InvoiceNotFound')


def test_the_sms_of_an_invoice_that_was_faster_is_not_sent(street):
    invoice_id = street.issued()
    street.texts(invoice_id)
    street.moves(invoice_id, 'withdraw')
    street.delivers(invoice_id)
    assert street.centre.sent == []


def test_no_row_and_no_answer_tells_the_link(street, world):
    invoice_id = street.issued()
    answer = street.texts(invoice_id, idempotency_key='k')
    street.delivers(invoice_id)
    link = street.read()
    assert link not in answer.body.decode()
    street.pays(link)
    kept = [row.to_simple_dict() for row in MoneyRow.scan()]
    assert any(row['pk'].startswith('link#') for row in kept)
    assert link not in str(kept)
    [payment] = street.till.sandbox.wish()['payments']
    assert payment['confirmation']['return_url'] == f'https://pay.example/i/{link}/back'


def test_another_key_makes_another_link_and_both_lead_there(street, time, monkeypatch):
    invoice_id = street.issued()
    first = street.link(invoice_id)
    later(time, minutes=2)
    street.texts(invoice_id)
    monkeypatch.setenv('LINKS_KEY', 'another key of the links, as long as a real one')
    street.delivers(invoice_id)
    second = street.read()
    assert first != second
    assert [street.sees(one).status_code for one in (first, second)] == [200, 200]


def test_an_sms_that_the_centre_refused_in_the_end_is_shown_so_and_may_be_sent_again(street, time):
    invoice_id = street.issued()
    assert street.texts(invoice_id).status_code == 202
    [line] = street.previews(invoice_id).json_body['texted']
    assert line['outcome'] is None
    street.centre.set_balance('uk', '0')
    street.delivers(invoice_id)
    [line] = street.previews(invoice_id).json_body['texted']
    assert line['outcome'] == 'rejected'
    street.centre.set_balance('uk', '100')
    later(time, minutes=1)
    assert street.link(invoice_id)
    assert [one['outcome'] for one in street.previews(invoice_id).json_body['texted']] == ['rejected', 'sent']
