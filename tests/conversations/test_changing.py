"""The hour for second thoughts: an employee edits and deletes his own messages, and nobody else does."""

import pytest

from chalicelib.conversations.repository.rows import ConversationRow
from tests.conversations.conftest import announced, own_path, path
from tests.make import conversations as make
from tests.requests.conftest import acting


@pytest.mark.proves('CHAT-009', 'CHAT-010', 'CHAT-011', 'AMB-44')
def test_the_author_edits_and_deletes_within_the_hour(house, call, number, chat, time):
    first, second = (make.message(number, house.dispatcher, text=text) for text in ('Завтро', 'Лишнее'))
    call('POST', own_path(number, '/read'), {'until': first.position}, by=house.resident)
    time.advance(minutes=60)
    edited = call('PATCH', path(number, f'/{first.position}'), {'text': 'Завтра'}, by=house.dispatcher)
    assert (edited.status_code, edited.json_body['text'], edited.headers['ETag']) == (200, 'Завтра', '"2"')
    assert call('DELETE', path(number, f'/{second.position}'), by=house.dispatcher).status_code == 204
    own = chat(house.resident)
    assert [(line['text'], line['is_deleted'], line['status']) for line in own['items']] == [
        ('', True, 'sent'), ('Завтра', False, 'read'),
    ]  # fmt: skip
    assert own['items'][1]['edited_at'] == '2026-11-23T10:00:00.000Z'
    assert own['unread'] == 0
    assert [row.body for row in ConversationRow.scan() if 'Лишнее' in (row.body or '')]
    kinds = [event['position'] for event in announced('MessageEdited', 'MessageDeleted')]
    assert kinds == [1, 2]


@pytest.mark.proves('CHAT-011')
@pytest.mark.parametrize('method', ['PATCH', 'DELETE'])
def test_a_second_after_the_hour_it_is_too_late(house, call, number, time, method):
    said = make.message(number, house.dispatcher)
    time.advance(minutes=60, seconds=1)
    late = call(method, path(number, f'/{said.position}'), {'text': 'Иначе'}, by=house.dispatcher)
    assert (late.status_code, late.json_body['code']) == (422, 'MessageTooOld')
    assert '60' in late.json_body['detail']


@pytest.mark.proves('CHAT-012', 'AMB-44')
def test_nobody_changes_what_another_wrote_and_a_client_not_even_his_own(house, call, number):
    his, hers = make.own_message(number, house.resident), make.message(number, house.dispatcher)
    for by, position in (
        (acting(house.crew[0]), hers.position),
        (house.dispatcher, his.position),
    ):
        for method in ('PATCH', 'DELETE'):
            refused = call(method, path(number, f'/{position}'), {'text': 'x'}, by=by)
            assert (refused.status_code, refused.json_body['code']) == (403, 'NotYourMessage')
    for method in ('PATCH', 'DELETE'):
        assert call(method, own_path(number, '/1'), {'text': 'x'}, by=house.resident).status_code in (
            403,
            405,
        )


def test_a_deleted_message_is_not_there_and_an_unknown_one_neither(house, call, number):
    said = make.message(number, house.dispatcher)
    assert call('DELETE', path(number, f'/{said.position}'), by=house.dispatcher).status_code == 204
    for position in (said.position, 2, 77):
        gone = call('PATCH', path(number, f'/{position}'), {'text': 'x'}, by=house.dispatcher)
        assert (gone.status_code, gone.json_body['code']) == (404, 'MessageNotFound')


def test_an_edit_names_the_version_it_speaks_of(house, call, number):
    said = make.message(number, house.dispatcher)
    place = path(number, f'/{said.position}')
    assert call('PATCH', place, {'text': 'Два'}, by=house.dispatcher, if_match='"1"').status_code == 200
    assert call('PATCH', place, {'text': 'Три'}, by=house.dispatcher, if_match='"1"').status_code == 412
    same = call('PATCH', place, {'text': 'Два'}, by=house.dispatcher)
    assert (same.status_code, same.json_body['version']) == (200, 2)


def test_what_is_deleted_unread_need_not_be_read_and_what_was_read_stays_counted(house, call, number, chat):
    for text in ('Раз', 'Два', 'Три'):
        make.message(number, house.dispatcher, text=text)
    call('POST', own_path(number, '/read'), {'until': 1}, by=house.resident)
    for position, left in ((1, 2), (2, 1)):
        call('DELETE', path(number, f'/{position}'), by=house.dispatcher)
        assert chat(house.resident)['unread'] == left
    assert call('POST', own_path(number, '/read'), {'until': 3}, by=house.resident).json_body == {'unread': 0}
    make.message(number, house.dispatcher)
    assert chat(house.resident)['unread'] == 1
