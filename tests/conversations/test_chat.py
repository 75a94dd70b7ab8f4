"""The chat with the client: who writes and reads, ticks and counts, privacy, pages, and changes since."""

from dataclasses import replace

import pytest

from chalicelib.clients.model import NewTenure
from chalicelib.clients.service import homes
from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.kit.caller import Scope
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Edit, NewRequest, Step
from chalicelib.requests.model.status import Channel
from chalicelib.staff.model import OrganisationChanges, Permission
from chalicelib.staff.service import organisations
from tests.conversations.conftest import REQUESTS, announced, own_path, path
from tests.make import conversations as make
from tests.requests.conftest import acting


@pytest.mark.proves('CHAT-001', 'CHAT-003', 'CHAT-026')
def test_both_sides_write_and_read_one_conversation_newest_first(house, call, number, chat, time):
    asked = call('POST', own_path(number), {'text': 'Когда? 🛠️'}, by=house.resident)
    time.advance(seconds=1)
    said = call('POST', path(number), {'text': 'Через час'}, by=house.dispatcher)
    assert (asked.status_code, said.status_code) == (201, 201)
    assert said.headers['ETag'] == '"1"'
    staff, own = chat(), chat(house.resident)
    assert [line['text'] for line in staff['items']] == ['Через час', 'Когда? 🛠️']
    assert [line['position'] for line in staff['items']] == [2, 1]
    assert [line['author'] for line in staff['items']] == ['Диспетчер Дарья', 'Петров Пётр']
    assert [line['text'] for line in own['items']] == ['Через час', 'Когда? 🛠️']
    assert (staff['as_of'], own['as_of']) == (2, 2)


@pytest.mark.proves('CHAT-002', 'IAM-004')
def test_an_employee_without_the_permission_reads_and_does_not_write(house, call, number):
    viewer = acting(house.crew[0], Permission.REQUESTS_VIEW)
    said = make.message(number, house.dispatcher)
    assert call('GET', path(number), by=viewer).status_code == 200
    assert call('POST', path(number, '/read'), {'until': 1}, by=viewer).status_code == 200
    for method, place, body in (
        ('POST', path(number), {'text': 'x'}),
        ('PATCH', path(number, f'/{said.position}'), {'text': 'x'}),
        ('DELETE', path(number, f'/{said.position}'), None),
    ):
        refused = call(method, place, body, by=viewer)
        assert (refused.status_code, refused.json_body['code']) == (403, 'PermissionMissing')


@pytest.mark.parametrize('body', [{}, {'text': ''}, {'text': ' \n'}, {'text': 'я' * 4001}, {'text': 'a\x00'}])
def test_a_message_that_says_nothing_or_too_much_is_refused_and_not_kept(house, call, number, body):
    assert call('POST', path(number), body, by=house.dispatcher).status_code == 400
    assert call('POST', own_path(number), body, by=house.resident).status_code == 400
    assert list(ConversationRow.scan()) == []


def test_a_message_of_the_greatest_length_is_kept_whole(house, call, number):
    text = '😀' * 4000
    assert call('POST', own_path(number), {'text': text}, by=house.resident).json_body['text'] == text


@pytest.mark.proves('CHAT-013', 'AMB-47')
def test_ticks_and_counts_follow_what_each_side_has_read(house, call, number, chat):
    for text in ('Раз', 'Два', 'Три'):
        make.own_message(number, house.resident, text=text)
    make.message(number, house.dispatcher)
    assert (chat()['unread'], chat(house.resident)['unread']) == (3, 1)
    assert {line['status'] for line in chat()['items']} == {'sent'}
    left = call('POST', path(number, '/read'), {'until': 2}, by=house.dispatcher)
    assert left.json_body == {'unread': 1}
    own = chat(house.resident)
    assert [(line['text'], line['status']) for line in own['items']] == [
        ('Мастер выехал', 'sent'), ('Три', 'sent'), ('Два', 'read'), ('Раз', 'read'),
    ]  # fmt: skip
    assert own['read_until'] == 2
    assert call('POST', own_path(number, '/read'), {'until': 4}, by=house.resident).json_body == {'unread': 0}
    assert chat()['items'][0]['status'] == 'read'
    assert [(event['side'], event['until']) for event in announced('MessagesRead')] == [
        ('client', 4), ('staff', 2),
    ]  # fmt: skip


def test_a_read_mark_never_goes_back_and_what_was_read_is_announced_once(house, call, number, chat):
    for _ in range(3):
        make.own_message(number, house.resident)
    for until in (3, 1, 3, 999):
        assert call('POST', path(number, '/read'), {'until': until}, by=house.dispatcher).json_body == {
            'unread': 0
        }
    assert chat(house.resident)['read_until'] == 3
    assert len(announced('MessagesRead')) == 1


def test_only_reading_the_messages_of_the_others_counts(house, call, number):
    make.message(number, house.dispatcher)
    assert call('POST', path(number, '/read'), {'until': 1}, by=house.dispatcher).json_body == {'unread': 0}
    assert announced('MessagesRead') == []


@pytest.mark.proves('CHAT-022', 'AMB-46')
def test_a_request_that_is_over_still_has_its_chat(house, call, number):
    requests.cancel(number, Step(comment='не нужно'), by=house.dispatcher)
    assert call('POST', path(number), {'text': 'Напишите, если что'}, by=house.dispatcher).status_code == 201
    assert call('POST', own_path(number), {'text': 'Спасибо'}, by=house.resident).status_code == 201


@pytest.mark.proves('AMB-46')
def test_another_client_of_the_request_finds_nothing_of_the_former_ones_chat(house, call, number, chat):
    make.own_message(number, house.resident, text='Личное')
    homes.settle(house.neighbour, NewTenure(premises_id=house.flat), by=house.dispatcher)
    requests.edit(number, Edit(client_id=house.neighbour), by=house.dispatcher)
    now = replace(house.resident, id=house.neighbour, name='Сидоров')
    page = call('GET', own_path(number), by=now).json_body
    assert (page['items'], page['as_of'], page['unread']) == ([], 0, 0)
    assert call('GET', own_path(number), by=house.resident).status_code == 404
    assert call('POST', own_path(number), {'text': 'Ещё'}, by=house.resident).status_code == 404
    assert chat()['items'] == []
    former = chat(query=f'?client_id={house.client}')
    assert [line['text'] for line in former['items']] == ['Личное']
    talks = call('GET', f'{REQUESTS}/{number}/conversations', by=house.dispatcher).json_body['items']
    assert talks == [{'client_id': house.client, 'client_name': 'Петров Пётр', 'is_present': False}]
    call('POST', path(number), {'text': 'Здравствуйте'}, by=house.dispatcher)
    assert [line['text'] for line in call('GET', own_path(number), by=now).json_body['items']] == [
        'Здравствуйте'
    ]


def test_nobody_is_written_to_who_could_not_read(house, call):
    unregistered = {'name': 'Прохожий', 'phone': '+79160000009'}
    body = {**house.order(), 'client_id': None, 'unregistered': unregistered}
    new = NewRequest.model_validate({**body, 'channel': Channel.INCOMING_CALL})
    number = requests.order(new, by=house.dispatcher).number
    refused = call('POST', path(number), {'text': 'x'}, by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (422, 'NobodyToWriteTo')
    assert call('GET', path(number), by=house.dispatcher).json_body['items'] == []
    assert call('POST', path(number, '/read'), {'until': 1}, by=house.dispatcher).json_body == {'unread': 0}
    followed = call('GET', path(number, '/changes?since=0'), by=house.dispatcher).json_body
    assert (followed['items'], followed['as_of'], followed['has_more']) == ([], 0, False)


def test_a_resident_reads_no_name_of_an_employee_unless_the_organisation_shows_them(
    house, call, number, chat
):
    make.message(number, house.dispatcher)
    own = chat(house.resident)
    assert own['items'][0]['author'] is None
    assert 'Дарья' not in str(own)


def test_where_the_organisation_shows_its_people_the_resident_reads_who_writes(house, call):
    organisations.change(OrganisationChanges(are_employees_anonymous=False), by=house.dispatcher)
    number = requests.order(NewRequest.model_validate(house.order()), by=house.dispatcher).number
    make.message(number, house.dispatcher)
    (line,) = call('GET', own_path(number), by=house.resident).json_body['items']
    assert line['author'] == 'Диспетчер Дарья'


@pytest.mark.proves('AMB-78')
def test_a_blocked_client_reads_and_does_not_write(house, call, number):
    blocked = replace(house.resident, is_blocked=True)
    refused = call('POST', own_path(number), {'text': 'x'}, by=blocked)
    assert (refused.status_code, refused.json_body['code']) == (403, 'ClientBlocked')
    assert call('GET', own_path(number), by=blocked).status_code == 200


def test_a_client_who_floods_the_chat_is_asked_to_wait(house, call, number, time):
    for turn in range(30):
        make.own_message(number, house.resident, text=str(turn))
        time.advance(seconds=1)
    refused = call('POST', own_path(number), {'text': 'x'}, by=house.resident)
    assert (refused.status_code, refused.headers['Retry-After']) == (429, '30')
    assert call('POST', path(number), {'text': 'Читаем'}, by=house.dispatcher).status_code == 201
    time.advance(seconds=30)
    assert call('POST', own_path(number), {'text': 'x'}, by=house.resident).status_code == 201


@pytest.mark.proves('AMB-94')
def test_the_chat_of_a_request_of_another_place_is_not_there(house, call, number):
    said = make.message(number, house.dispatcher)
    for by in (
        replace(house.dispatcher, id='x', scope=Scope(frozenset({house.other_building}))),
        replace(house.dispatcher, organisation='other'),
    ):
        for method, tail, body in (
            ('GET', '', None), ('POST', '', {'text': 'x'}), ('GET', '/changes?since=0', None),
            ('POST', '/read', {'until': 1}), ('PATCH', f'/{said.position}', {'text': 'x'}),
            ('DELETE', f'/{said.position}', None),
        ):  # fmt: skip
            assert call(method, path(number, tail), body, by=by).status_code == 404


def test_pages_lead_from_the_newest_to_the_oldest_message(house, call, number, chat):
    for turn in range(7):
        make.message(number, house.dispatcher, text=str(turn))
    call('POST', own_path(number, '/read'), {'until': 2}, by=house.resident)
    found, cursor = [], ''
    for size in (3, 3, 1):
        page = chat(query=f'?limit=3{cursor}')
        assert len(page['items']) == size
        assert (page['as_of'], page['read_until']) == (7, 2)
        found += [line['text'] for line in page['items']]
        cursor = f'&cursor={page["next_cursor"]}'
    assert found == list('6543210')
    assert page['next_cursor'] is None


def test_a_cursor_of_another_chat_is_refused(house, call, number, chat):
    for _ in range(2):
        make.message(number, house.dispatcher)
    cursor = chat(query='?limit=1')['next_cursor']
    other = requests.order(NewRequest.model_validate(house.order()), by=house.dispatcher).number
    refused = call('GET', path(other, f'?cursor={cursor}'), by=house.dispatcher)
    assert (refused.status_code, refused.json_body['errors'][0]['code']) == (400, 'CursorInvalid')


def test_who_polls_is_told_what_was_sent_edited_and_deleted_since_and_nothing_twice(house, call, number):
    def since(version, limit=100):
        tail = f'/changes?since={version}&limit={limit}'
        return call('GET', own_path(number, tail), by=house.resident).json_body

    first, second = (make.message(number, house.dispatcher, text=text) for text in ('Раз', 'Два'))
    told = since(0)
    assert [line['text'] for line in told['items']] == ['Раз', 'Два']
    assert (told['as_of'], told['has_more'], told['unread']) == (2, False, 2)
    call('PATCH', path(number, f'/{first.position}'), {'text': 'Ноль'}, by=house.dispatcher)
    call('PATCH', path(number, f'/{first.position}'), {'text': 'Один'}, by=house.dispatcher)
    call('DELETE', path(number, f'/{second.position}'), by=house.dispatcher)
    make.own_message(number, house.resident, text='Понятно')
    told = since(2)
    assert [(line['position'], line['text'], line['is_deleted']) for line in told['items']] == [
        (1, 'Один', False), (2, '', True), (6, 'Понятно', False),
    ]  # fmt: skip
    assert since(told['as_of'])['items'] == []
    version, seen = 0, []
    while True:
        told = since(version, limit=2)
        seen += [line['position'] for line in told['items']]
        version = told['as_of']
        if not told['has_more']:
            break
    assert (version, sorted(set(seen))) == (6, [1, 2, 6])


def test_who_knows_more_than_there_is_reads_anew(house, call, number):
    make.message(number, house.dispatcher)
    refused = call('GET', path(number, '/changes?since=2'), by=house.dispatcher)
    assert (refused.status_code, refused.json_body['errors'][0]['code']) == (400, 'ChangesUnknown')


@pytest.mark.proves('CHAT-023')
def test_a_message_is_announced_once_with_those_who_have_a_part_and_without_its_words(house, call, number):
    key = {'Idempotency-Key': 'one'}
    first = call('POST', own_path(number), {'text': 'Тайна'}, by=house.resident, **key)
    again = call('POST', own_path(number), {'text': 'Тайна'}, by=house.resident, **key)
    assert first.json_body == again.json_body
    (event,) = announced('MessageSent')
    assert (event['number'], event['position'], event['client_id']) == (number, 1, house.client)
    assert event['by']['kind'] == 'resident'
    assert 'Тайна' not in str(event)
