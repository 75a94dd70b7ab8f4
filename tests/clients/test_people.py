"""Clients at the staff's doors."""

import json

import pytest

from chalicelib.clients import service
from chalicelib.clients.repository import changing, reading_client
from chalicelib.identity.model import LoginState
from chalicelib.kit import dynamo
from tests.clients.desk import CLIENTS, DOCUMENTS, PHONE, VIEWING, login_of, surnames, told, types
from tests.make import clients as make

pytestmark = pytest.mark.usefixtures('world', 'time')


@pytest.mark.proves('CLI-001', 'CLI-005', 'CLI-006', 'CLI-007', 'CLI-009', 'CLI-011', 'CLI-013', 'CLI-023')
@pytest.mark.proves('AMB-86')
def test_a_client_is_added_with_all_his_card_holds(call):
    card = {
        'surname': 'Иванова',
        'given_name': 'Мария',
        'patronymic': 'Петровна',
        'phone': '8 (916) 123-45-67',
        'email': 'Maria@Example.ru',
        'kind': 'foreign_branch',
        'is_tester': True,
        'sex': 'female',
        'born_on': '1980-02-29',
        'note': 'Звонить после 18:00',
        'tags': ['Многодетная'],
        'registration_address': 'Москва, Лесная, 5',
        'postcode': '125047',
        'address_comment': 'временная',
        'loyalty_card': '77 001',
        'locale': 'en',
    }
    added = call('POST', CLIENTS, card)
    assert (added.status_code, added.headers['ETag']) == (201, '"1"')
    read = call('GET', f'{CLIENTS}/{added.json_body["id"]}').json_body
    assert {field: read[field] for field in card} == {**card, 'phone': PHONE, 'email': 'maria@example.ru'}
    assert (read['full_name'], read['state'], read['premises']) == ('Иванова Мария Петровна', 'active', [])
    assert (read['external_ids'], read['debt'], read['advance'], read['last_seen_at']) == (
        [],
        None,
        None,
        None,
    )
    assert surnames(call('GET', CLIENTS)) == ['Иванова']
    assert types(read['id']) == ['ClientAdded']


@pytest.mark.proves('REG-013')
def test_a_client_with_a_phone_may_sign_in_and_one_without_may_not(call):
    with_phone = make.client(phone=PHONE)
    login = login_of(with_phone.id)
    assert (login.phone, login.name, login.state) == (PHONE, 'Иванова Мария Петровна', LoginState.ACTIVE)
    assert login_of(make.client(phone=None).id) is None


def test_a_phone_is_the_login_of_one_client_of_an_organisation(call):
    make.client(phone=PHONE)
    again = call('POST', CLIENTS, {'surname': 'Другой', 'phone': PHONE})
    assert (again.status_code, again.json_body['code']) == (409, 'PhoneTaken')
    assert again.json_body['errors'][0]['path'] == 'body.phone'
    assert surnames(call('GET', CLIENTS)) == ['Иванова']
    assert surnames(call('GET', f'{CLIENTS}?search=другой')) == []
    assert (
        call('POST', CLIENTS, {'surname': 'Другой', 'phone': PHONE}, by=make.caller('other')).status_code
        == 201
    )


@pytest.mark.parametrize(
    'changes, path, code',
    [
        ({'surname': '  '}, 'body.surname', 'string_too_short'),
        ({'surname': 'a' * 101}, 'body.surname', 'string_too_long'),
        ({'phone': '12'}, 'body.phone', 'phone_invalid'),
        ({'email': 'a@b'}, 'body.email', 'email_invalid'),
        ({'kind': 'ghost'}, 'body.kind', 'enum'),
        ({'born_on': '1810-01-01'}, 'body.born_on', 'year_out_of_range'),
        ({'born_on': '01.02.1980'}, 'body.born_on', None),
        ({'inn': '500100732258'}, 'body.inn', 'inn_invalid'),
        ({'snils': '112-233-445 96'}, 'body.snils', 'snils_invalid'),
        ({'postcode': '12'}, 'body.postcode', 'string_pattern_mismatch'),
        ({'passport': {'number': ''}}, 'body.passport.number', 'string_too_short'),
        ({'tags': ['a'] * 21}, 'body.tags', 'too_long'),
        ({'external_ids': [{'value': 'a'}, {'value': 'a'}]}, 'body.external_ids', 'external_ids_repeated'),
        ({'debt_minor': 1}, 'body.debt_minor', 'extra_forbidden'),
        ({'state': 'blocked'}, 'body.state', 'extra_forbidden'),
    ],
)
def test_a_client_who_is_not_decent_is_not_stored(call, changes, path, code):
    answer = call('POST', CLIENTS, {'surname': 'Иванов', 'phone': PHONE, **changes})
    [error] = answer.json_body['errors']
    assert (answer.status_code, error['path']) == (400, path)
    assert error['code'] == (code or error['code'])
    assert error['message']
    assert surnames(call('GET', CLIENTS)) == []


def test_nobody_is_born_tomorrow_by_the_clocks_of_the_organisation(call, time):
    born = {'surname': 'Иванов', 'born_on': '2026-11-24'}
    answer = call('POST', CLIENTS, born)
    assert (answer.status_code, answer.json_body['code']) == (422, 'BornInFuture')
    time.advance(hours=13)  # an hour past midnight in Moscow
    assert call('POST', CLIENTS, born).status_code == 201


@pytest.mark.proves('CLI-010', 'CLI-012')
def test_documents_are_shown_in_full_to_who_edits_clients_and_the_look_is_noted(call):
    added = call('POST', CLIENTS, {'surname': 'Иванов', **DOCUMENTS}).json_body
    assert (added['inn'], added['snils'], added['passport']['number']) == ('••••2259', '••••4595', '••••3456')
    path = f'{CLIENTS}/{added["id"]}'
    hidden = call('GET', path, by=make.caller(permissions=VIEWING)).json_body
    assert (hidden['inn'], hidden['snils'], hidden['passport']['series']) == ('••••2259', '••••4595', None)
    assert types(added['id'], of='#reads') == []
    for _ in range(2):
        shown = call('GET', path).json_body
    assert (shown['inn'], shown['snils'], shown['passport']['number']) == (
        '500100732259',
        '11223344595',
        '123456',
    )
    noted = told(added['id'], of='#reads')
    assert [event['type'] for event in noted] == ['PersonalDataRead'] * 2
    assert noted[0]['event']['fields'] == ['passport', 'passport_comment', 'inn', 'snils']
    assert noted[0]['event']['by'] == {'kind': 'staff', 'id': 'e1', 'name': 'Анна'}
    changed = call('PATCH', path, {'inn': None}).json_body
    assert (changed['inn'], changed['snils']) == (None, '••••4595')
    listed = json.dumps(call('GET', CLIENTS).json_body)
    assert not any(secret in listed for secret in ('500100732259', '11223344595', '123456'))
    events = json.dumps(told(added['id']))
    assert not any(secret in events for secret in ('500100732259', '11223344595', '123456'))


def test_a_client_without_documents_is_read_without_a_note(call):
    client = make.client()
    assert call('GET', f'{CLIENTS}/{client.id}').status_code == 200
    assert types(client.id, of='#reads') == []


@pytest.mark.proves('CLI-008', 'AMB-79')
def test_a_phone_is_changed_by_support_only(call):
    client = make.client(phone=PHONE)
    path = f'{CLIENTS}/{client.id}'
    for phone in ('+79160000000', None):
        refused = call('PATCH', path, {'phone': phone, 'note': 'a'})
        assert (refused.status_code, refused.json_body['code']) == (422, 'PhoneChangedBySupportOnly')
        assert refused.json_body['errors'][0]['path'] == 'body.phone'
    assert call('PATCH', path, {'phone': '8 916 123 45 67', 'note': 'b'}).json_body['note'] == 'b'
    service.change_phone('demo', client.id, '+79160000000')
    assert call('GET', path).json_body['phone'] == login_of(client.id).phone == '+79160000000'
    assert told(client.id)[-1]['event']['by']['id'] == 'support'
    assert surnames(call('GET', f'{CLIENTS}?search=89160000')) == ['Иванова']
    assert surnames(call('GET', f'{CLIENTS}?search={PHONE[1:]}')) == []


def test_a_first_phone_may_be_given_and_lets_the_client_in(call):
    client = make.client(phone=None)
    answer = call('PATCH', f'{CLIENTS}/{client.id}', {'phone': PHONE})
    assert (answer.status_code, login_of(client.id).phone) == (200, PHONE)


def test_a_change_keeps_what_is_not_named_and_the_login_follows_the_name(call):
    client = make.client(phone=PHONE, note='a', tags=('vip',))
    path = f'{CLIENTS}/{client.id}'
    changed = call('PATCH', path, {'surname': 'Петрова', 'note': None}, if_match='"1"').json_body
    assert (changed['surname'], changed['note'], changed['tags'], changed['version']) == (
        'Петрова',
        None,
        ['vip'],
        2,
    )
    assert login_of(client.id).name == 'Петрова Мария Петровна'
    assert [change['field'] for change in told(client.id)[-1]['event']['changes']] == ['surname', 'note']
    assert surnames(call('GET', f'{CLIENTS}?search=петров')) == ['Петрова']
    assert surnames(call('GET', f'{CLIENTS}?search=иванов')) == []
    stale = call('PATCH', path, {'surname': 'Сидорова'}, if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    assert call('PATCH', path, {'surname': 'Петрова'}).json_body['version'] == 2
    assert call('PATCH', path, {'surname': None}).status_code == 400


@pytest.mark.proves('CLI-004')
def test_a_blocked_client_stays_able_to_sign_in(call):
    client = make.client(phone=PHONE)
    path = f'{CLIENTS}/{client.id}'
    assert call('POST', f'{path}/block').json_body['state'] == 'blocked'
    assert login_of(client.id).state is LoginState.BLOCKED
    again = call('POST', f'{path}/block')
    assert (again.status_code, again.json_body['code']) == (409, 'AlreadyBlocked')
    assert call('POST', f'{path}/unblock').json_body['state'] == 'active'
    assert login_of(client.id).state is LoginState.ACTIVE
    assert call('POST', f'{path}/unblock').json_body['code'] == 'NotBlocked'
    assert types(client.id) == ['ClientAdded', 'ClientBlocked', 'ClientUnblocked']


@pytest.mark.proves('AMB-94')
def test_a_client_of_another_organisation_does_not_exist(call):
    path = f'{CLIENTS}/{make.client("other").id}'
    calls = [('GET', path, None), ('PATCH', path, {'note': 'a'}), ('POST', f'{path}/block', None)]
    calls += [('GET', f'{path}/premises', None), ('POST', f'{path}/premises', {'premises_id': 'p'})]
    for method, where, body in calls:
        answer = call(method, where, body)
        assert (answer.status_code, answer.json_body['code']) == (404, 'ClientNotFound')


def test_who_may_only_look_changes_nothing(call):
    client, looking = make.client(), make.caller(permissions=VIEWING)
    path = f'{CLIENTS}/{client.id}'
    calls = [('POST', CLIENTS, {'surname': 'a'}), ('PATCH', path, {}), ('POST', f'{path}/block', None)]
    calls += [('POST', f'{path}/premises', {'premises_id': 'p'}), ('DELETE', f'{path}/premises/p', None)]
    for method, where, body in calls:
        answer = call(method, where, body, by=looking)
        assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'clients.edit'})
    assert call('GET', CLIENTS, by=make.caller(permissions=frozenset())).status_code == 403


def test_a_debt_or_an_advance_is_shown_only_where_there_is_one(call):
    was = make.client()
    client = was.model_copy(update={'debt_minor': 125000, 'version': 2})
    dynamo.commit(*changing(client, was))
    card = call('GET', f'{CLIENTS}/{was.id}').json_body
    assert (card['debt'], card['advance']) == ({'minor': 125000, 'currency': 'RUB'}, None)


def test_a_resident_reads_and_changes_only_what_is_his(call):
    client = make.client(phone=PHONE, inn='500100732259')
    me = make.resident(client)
    card = call('GET', '/v1/resident/me', by=me).json_body
    assert (card['surname'], card['phone'], card['locale']) == ('Иванова', PHONE, None)
    assert not {'inn', 'note', 'tags', 'external_ids'} & set(card)
    changed = call('PATCH', '/v1/resident/me', {'email': 'm@example.ru', 'locale': 'en'}, by=me).json_body
    assert (changed['email'], changed['locale'], login_of(client.id).locale) == ('m@example.ru', 'en', 'en')
    for body in ({'phone': '+79160000000'}, {'surname': 'a'}, {'state': 'active'}):
        assert call('PATCH', '/v1/resident/me', body, by=me).status_code == 400
    assert call('GET', '/v1/resident/me').status_code == 401
    assert told(client.id)[-1]['event']['by']['kind'] == 'resident'


def test_two_changes_at_once_leave_one(call):
    was = make.client()
    won, lost = (was.model_copy(update={'note': note, 'version': 2}) for note in 'ab')
    dynamo.commit(*changing(won, was))
    with pytest.raises(dynamo.ChangedMeanwhile):
        dynamo.commit(*changing(lost, was))
    assert dynamo.get(reading_client('demo', was.id)).note == 'a'


def test_the_same_key_adds_a_client_once(call):
    body = {'surname': 'Иванов', 'phone': PHONE}
    first = call('POST', CLIENTS, body, idempotency_key='k')
    again = call('POST', CLIENTS, body, idempotency_key='k')
    assert (first.status_code, again.status_code, again.json_body) == (201, 201, first.json_body)
    assert len(surnames(call('GET', CLIENTS))) == 1
