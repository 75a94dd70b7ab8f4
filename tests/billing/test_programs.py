"""A request as the applications of residents and employees have it, with the doors of all houses."""

from dataclasses import replace

import pytest

from chalicelib.activity import routes as of_activity
from chalicelib.billing import routes
from chalicelib.clients import routes as of_clients
from chalicelib.conversations import routes as of_conversations
from chalicelib.documents import routes as of_documents
from chalicelib.kit.caller import ClientKind
from chalicelib.premises import routes as of_premises
from chalicelib.requests import routes as of_requests
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start
from chalicelib.staff.model import Permission
from tests.billing.conftest import INVOICES, OWN, STAFF
from tests.doors import opening
from tests.make import clients as make_clients

HOUSES = (routes, of_requests, of_clients, of_premises, of_activity, of_conversations, of_documents)


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on the doors of all these houses."""
    return opening([door for house in HOUSES for door in house.doors], monkeypatch)


@pytest.fixture
def phone(shop):
    """The dispatcher with the application of employees."""
    return replace(shop.dispatcher, client=ClientKind.STAFF_APP)


def started(number, shop):
    """The request is in work; its card."""
    crew = (shop.house.crew[0].id,)
    return requests.start(
        number, Start(department_id=shop.house.plumbers, assignee_ids=crew), by=shop.dispatcher
    )


@pytest.mark.proves('REQ-148')
def test_a_resident_pays_follows_the_work_talks_and_says_what_he_thinks(till, call, shop, number):
    assert shop.resident.client is ClientKind.RESIDENT_APP

    def own(method, tail='', body=None):
        answer = call(method, f'{OWN}/{number}{tail}', body, by=shop.resident)
        assert answer.status_code in (200, 201), answer.json_body
        return answer.json_body

    seen = [own('GET')['status']['code']]
    till.paid(number)
    assert [one['status'] for one in own('GET', '/invoices')['invoices']] == ['paid']
    started(number, shop)
    seen.append(own('GET')['status']['code'])
    own('POST', '/messages', {'text': 'Код домофона 12'})
    call('POST', f'{STAFF}/{number}/messages', {'text': 'Буду в три'}, by=shop.dispatcher)
    assert [one['text'] for one in own('GET', '/messages')['items']] == ['Буду в три', 'Код домофона 12']
    call('POST', f'{STAFF}/{number}/complete', {}, by=shop.dispatcher)
    seen.append(own('GET')['status']['code'])
    assert own('POST', '/rate', {'points': 5, 'comment': 'Спасибо'})['rating']['points'] == 5
    assert seen == ['waiting', 'in_progress', 'done']


@pytest.mark.proves('REQ-073', 'CHAT-025', 'INV-002')
def test_an_employee_finds_all_of_a_request_in_his_application(call, shop, number, phone):
    started(number, shop)
    card = call('GET', f'{STAFF}/{number}', by=phone).json_body
    client, management = card['client'], card['management']
    assert (client['name'], client['state'], client['phone']) == ('Петров Пётр', 'active', '+79161234567')
    assert (card['offering_name'], card['channel'], card['form']) == ('Замена крана', 'app', [])
    assert (card['place']['address'], card['place']['premises_number']) == ('ул. Мира, 5', '12')
    assert management['department_id'] == shop.house.plumbers
    assert [one['id'] for one in management['assignees']] == [shop.house.crew[0].id]
    assert (management['actions'], management['status_comment']) == (
        ['cancel', 'check', 'complete', 'suspend'],
        '',
    )
    assert card['rating'] is None
    make_clients.with_accounts(shop.house.client, debt_minor=45000)
    owing = call('GET', f'{STAFF}/{number}', by=phone).json_body['client']
    assert (client['debt_minor'], owing['debt_minor']) == (None, 45000)
    assert call('GET', f'{STAFF}/{number}/documents', by=phone).json_body['items'] == []

    money = f'{STAFF}/{number}/invoices'
    drawn = call('POST', money, {'positions': [{'price_id': shop.tap.id}]}, by=phone).json_body
    more = [{'id': drawn['positions'][0]['id']}, {'price_id': shop.pipe.id}]
    invoice = f'{INVOICES}/{drawn["id"]}'
    assert call('PATCH', invoice, {'positions': more}, by=phone).json_body['total']['minor'] == 158333
    assert call('POST', f'{invoice}/issue', by=phone).json_body['actions'] == ['withdraw', 'mark_paid']
    assert call('GET', money, by=phone).json_body['due']['minor'] == 158333

    talk = f'{STAFF}/{number}/messages'
    call('POST', f'{OWN}/{number}/messages', {'text': 'Когда?'}, by=shop.resident)
    assert call('POST', talk, {'text': 'В три'}, by=phone).status_code == 201
    assert [one['text'] for one in call('GET', talk, by=phone).json_body['items']] == ['В три', 'Когда?']


@pytest.mark.proves('REQ-070', 'REQ-065')
def test_the_tabs_of_a_card_and_all_it_links_to_open(call, shop, number):
    card = call('GET', f'{STAFF}/{number}', by=shop.dispatcher).json_body
    told = {name: call('GET', path, by=shop.dispatcher) for name, path in card['links'].items()}
    assert {name: answer.status_code for name, answer in told.items()} == dict.fromkeys(card['links'], 200)
    assert told['request'].json_body['number'] == number
    assert told['client'].json_body['id'] == shop.house.client
    assert told['premises'].json_body['id'] == shop.house.flat
    assert told['building'].json_body['id'] == shop.house.building
    said = {'text': 'Ключи у консьержа'}
    assert call('POST', f'{STAFF}/{number}/comments', said, by=shop.dispatcher).status_code == 201
    [comment] = call('GET', f'{STAFF}/{number}/comments', by=shop.dispatcher).json_body['items']
    assert comment['text'] == said['text']


@pytest.mark.proves('REQ-001')
def test_what_is_paid_and_what_is_free_is_worked_on_by_the_same_rights_and_told_by_the_same_events(
    call, shop
):
    may = frozenset({Permission.REQUESTS_VIEW, Permission.REQUESTS_EDIT})
    clerk = replace(shop.dispatcher, permissions=may)

    def worked_on(offering_id):
        body = {'offering_id': offering_id, 'premises_id': shop.house.flat}
        path = f'{STAFF}/{call("POST", OWN, body, by=shop.resident).json_body["number"]}'
        crew = {'department_id': shop.house.plumbers, 'assignee_ids': [shop.house.crew[0].id]}
        answers = [call('POST', f'{path}/{verb}', crew if verb == 'start' else {}, by=clerk)
                   for verb in ('start', 'complete', 'cancel')]  # fmt: skip
        card = call('GET', path, by=clerk).json_body
        told = [entry['type'] for entry in card['history'] if 'Observed' not in entry['type']]
        return [answer.status_code for answer in answers], card['management']['actions'], told

    free, paid = (worked_on(offering) for offering in (shop.house.offerings['plumbing'], shop.offering))
    assert free == paid
    assert paid[:2] == ([200, 403, 403], ['check', 'suspend'])
