"""Internal comments: written once, read by colleagues in their order, an important one until it is seen."""

from dataclasses import replace

import pytest

from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import Actor, Delivered
from chalicelib.requests import repository, service
from chalicelib.requests.model.commands import NewOwnRequest, Start, Step
from chalicelib.requests.service.marking import looked_at
from tests.conversations.conftest import REQUESTS
from tests.make import conversations as make
from tests.requests.conftest import acting


def path(number):
    return f'{REQUESTS}/{number}/comments'


def announced():
    found = [row for row in ConversationRow.scan() if row.sk.startswith('event#')]
    return [Delivered.model_validate_json(row.body) for row in found]


def kept(number):
    return dynamo.get(repository.reading('demo', number))


@pytest.fixture
def crew(house):
    """One of the plumbers, with nothing but the right to see requests of all places."""
    return acting(house.crew[0])


@pytest.fixture
def listed(house, call):
    """Numbers and labels of all requests as the list shows them, the stream having come to the index."""

    def lines():
        for request in service.everything('demo'):
            service.index(request)
        items = call('GET', f'{REQUESTS}?tab=all', by=house.dispatcher).json_body['items']
        return [(line['number'], line['labels']) for line in items]

    return lines


@pytest.mark.proves('COM-001', 'COM-003', 'COM-004')
def test_comments_stand_under_the_request_oldest_first_with_name_and_time(house, call, number, time):
    for text in ('Первый', 'Второй', 'Третий'):
        said = call('POST', path(number), {'text': text}, by=house.dispatcher)
        assert said.status_code == 201, said.json_body
        time.advance(minutes=1)
    page = call('GET', f'{path(number)}?limit=2', by=house.dispatcher).json_body
    rest = call('GET', f'{path(number)}?limit=2&cursor={page["next_cursor"]}', by=house.dispatcher).json_body
    assert [line['text'] for line in page['items'] + rest['items']] == ['Первый', 'Второй', 'Третий']
    assert rest['next_cursor'] is None
    assert page['items'][1]['author'] == 'Диспетчер Дарья'
    assert page['items'][1]['at'] == '2026-11-23T09:01:00.000Z'


@pytest.mark.proves('COM-009')
def test_a_comment_is_announced_once_with_those_who_have_a_part(house, call, number):
    workers = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    service.start(number, workers, by=house.dispatcher)
    key = {'Idempotency-Key': 'one'}
    first = call('POST', path(number), {'text': 'Кран у стояка'}, by=house.dispatcher, **key)
    again = call('POST', path(number), {'text': 'Кран у стояка'}, by=house.dispatcher, **key)
    assert first.json_body == again.json_body
    (delivered,) = announced()
    event = delivered.event
    assert delivered.type == 'CommentAdded'
    assert (event['number'], event['comment_id']) == (number, first.json_body['id'])
    assert (event['assignee_ids'], event['is_important']) == ([house.crew[0].id], False)
    assert event['by'] == {'kind': 'staff', 'id': house.dispatcher.id, 'name': 'Диспетчер Дарья'}


@pytest.mark.proves('COM-005', 'COM-006', 'COM-007', 'COM-011', 'REQ-030')
def test_an_important_comment_puts_the_request_first_until_its_card_is_opened(
    house, call, number, listed, time
):
    make.comment(number, house.dispatcher, is_important=True, text='Газ!')
    time.advance(minutes=1)
    new = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    later = service.order_own(new, by=house.resident).number
    assert listed() == [(number, ['important_comment']), (later, [])]
    card = call('GET', f'{REQUESTS}/{number}', by=house.dispatcher)
    assert (card.json_body['labels'], card.json_body['version']) == ([], kept(number).version)
    assert listed() == [(later, []), (number, [])]
    (comment,) = call('GET', path(number), by=house.dispatcher).json_body['items']
    assert (comment['text'], comment['is_important']) == ('Газ!', True)


@pytest.mark.proves('COM-007', 'AMB-38')
def test_neither_a_list_nor_the_comments_nor_the_resident_take_the_label_away(house, call, number, listed):
    make.comment(number, house.dispatcher, is_important=True)
    make.comment(number, house.dispatcher, is_important=True)
    assert listed() == [(number, ['important_comment'])]
    call('GET', path(number), by=house.dispatcher)
    call('GET', f'{REQUESTS}/{number}/history', by=house.dispatcher)
    seen = call('GET', f'/v1/resident/requests/{number}', by=house.resident)
    assert seen.status_code == 200
    assert listed() == [(number, ['important_comment'])]
    call('GET', f'{REQUESTS}/{number}', by=house.dispatcher)  # the author too, and all at once
    assert listed() == [(number, [])]


def test_a_card_opened_once_more_writes_nothing(house, call, number):
    make.comment(number, house.dispatcher, is_important=True)
    call('GET', f'{REQUESTS}/{number}', by=house.dispatcher)
    version = kept(number).version
    call('GET', f'{REQUESTS}/{number}', by=house.dispatcher)
    assert kept(number).version == version


def test_a_card_opened_while_another_changes_the_request_is_shown_all_the_same(house, number, crew):
    make.comment(number, house.dispatcher, is_important=True)
    stale = kept(number)
    service.start(number, Start(department_id=house.plumbers, assignee_ids=(crew.id,)), by=house.dispatcher)
    assert looked_at(stale, by=Actor.of(crew)) == stale
    assert kept(number).important_at is not None


@pytest.mark.proves('COM-008', 'AMB-48')
@pytest.mark.parametrize('method', ['PUT', 'PATCH', 'DELETE'])
def test_no_door_changes_a_comment(house, call, number, method):
    comment = make.comment(number, house.dispatcher)
    for place in (path(number), f'{path(number)}/{comment.id}'):
        said = call(method, place, {'text': 'Иначе', 'is_important': True}, by=house.dispatcher)
        assert said.status_code in (403, 404, 405)
    (line,) = call('GET', path(number), by=house.dispatcher).json_body['items']
    assert (line['text'], line['is_important']) == (comment.text, False)


@pytest.mark.proves('AMB-48')
def test_a_request_that_is_over_takes_comments(house, call, number):
    service.cancel(number, Step(comment='не нужно'), by=house.dispatcher)
    assert call('POST', path(number), {'text': 'Позвонил жителю'}, by=house.dispatcher).status_code == 201


@pytest.mark.proves('COM-002', 'REQ-149')
def test_a_resident_finds_neither_the_comments_nor_a_trace_of_them(house, call, number):
    make.comment(number, house.dispatcher, is_important=True, text='Жилец груб')
    assert call('GET', path(number), by=house.resident).status_code == 401
    assert call('POST', path(number), {'text': 'x'}, by=house.resident).status_code == 401
    seen = call('GET', f'/v1/resident/requests/{number}', by=house.resident)
    assert 'Жилец груб' not in seen.body.decode()
    assert 'important' not in seen.body.decode()


@pytest.mark.proves('COM-010')
@pytest.mark.parametrize(
    ('body', 'field'),
    [
        ({}, 'text'),
        ({'text': ''}, 'text'),
        ({'text': '  \n'}, 'text'),
        ({'text': 'я' * 4001}, 'text'),
        ({'text': 'ok', 'is_important': 'maybe'}, 'is_important'),
        ({'text': 'ok', 'at': '2020-01-01'}, 'at'),
    ],
)
def test_a_comment_that_says_nothing_or_too_much_is_refused_and_not_kept(house, call, number, body, field):
    said = call('POST', path(number), body, by=house.dispatcher)
    assert said.status_code in (400, 422)
    assert field in said.body.decode()
    assert list(ConversationRow.scan()) == []


def test_a_comment_of_the_greatest_length_is_kept_whole(house, call, number):
    text = '😀' * 4000
    assert call('POST', path(number), {'text': text}, by=house.dispatcher).json_body['text'] == text


@pytest.mark.proves('AMB-94')
def test_the_comments_of_a_request_of_another_place_are_not_there(house, call, number):
    elsewhere = replace(house.dispatcher, scope=Scope(frozenset({house.other_building})))
    for said in (
        call('GET', path(number), by=elsewhere),
        call('POST', path(number), {'text': 'x'}, by=elsewhere),
        call('GET', path(number), by=replace(house.dispatcher, organisation='other')),
    ):
        assert said.status_code == 404
    assert list(ConversationRow.scan()) == []
