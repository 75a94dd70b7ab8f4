"""Deferred messages: planned by the organisation's clocks, decided about by their author, sent once."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.clients.model import NewTenure
from chalicelib.clients.service import homes
from chalicelib.conversations import service
from chalicelib.conversations.model.refusals import SendingTimePast, SendingTimeTooFar
from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.conversations.rules import planning
from chalicelib.conversations.workers import sweep
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Edit, Step, UnregisteredCustomer
from chalicelib.staff.model import Permission
from tests.conftest import NOON
from tests.conversations.conftest import REQUESTS, announced, path
from tests.house import ROOT
from tests.make import conversations as make
from tests.requests.conftest import acting

TOMORROW = {'send_on': '2026-11-24', 'send_time': '09:30'}
AT = '2026-11-24T06:30:00.000Z'
"""The same in UTC, as Moscow has it."""
SAMPLE = ROOT / 'events/conversations/in/sweep.json'


def planned(number, tail=''):
    return f'{REQUESTS}/{number}/deferred-messages{tail}'


def waits(call, house, number):
    return call('GET', planned(number), by=house.dispatcher).json_body['items']


def anew_with_another_client(house, number):
    homes.settle(house.neighbour, NewTenure(premises_id=house.flat), by=house.dispatcher)
    requests.edit(number, Edit(client_id=house.neighbour), by=house.dispatcher)


@pytest.mark.proves('CHAT-014', 'CHAT-015', 'CHAT-017')
def test_a_message_waits_in_its_section_and_the_client_sees_nothing(house, call, number, chat):
    later = {'text': 'Завтра вечером', 'send_on': '2026-11-24', 'send_time': '18:00'}
    for body in (later, {'text': 'Завтра утром', **TOMORROW}):
        said = call('POST', planned(number), body, by=house.dispatcher)
        assert said.status_code == 201, said.json_body
    assert [(line['text'], line['send_at'], line['state']) for line in waits(call, house, number)] == [
        ('Завтра утром', AT, 'scheduled'), ('Завтра вечером', '2026-11-24T15:00:00.000Z', 'scheduled'),
    ]  # fmt: skip
    assert waits(call, house, number)[0]['author'] == 'Диспетчер Дарья'
    own = chat(house.resident)
    assert (own['items'], own['as_of'], own['unread']) == ([], 0, 0)
    assert announced('MessageSent') == []
    assert len(announced('DeferredMessagePlanned')) == 2


@pytest.mark.proves('CHAT-018', 'CHAT-011', 'AMB-44')
def test_at_its_time_it_is_an_ordinary_message_with_an_hour_of_its_own(house, call, number, chat, time):
    make.deferred(number, house.dispatcher, text='Доброе утро')
    make.own_message(number, house.resident)
    time.move(NOON + timedelta(hours=21, minutes=29))
    assert service.sweep() == 0
    assert len(chat()['items']) == 1
    time.advance(minutes=1, seconds=20)
    assert service.sweep() == 1
    message = chat(house.resident)['items'][0]
    assert (message['text'], message['position'], message['status']) == ('Доброе утро', 2, 'sent')
    assert message['sent_at'] == '2026-11-24T06:30:20.000Z'
    assert chat(house.resident)['unread'] == 1
    (event,) = [event for event in announced('MessageSent') if event['deferred_id']]
    assert event['by'] == {'kind': 'staff', 'id': house.dispatcher.id, 'name': 'Диспетчер Дарья'}
    assert waits(call, house, number) == []
    time.advance(minutes=60)
    edited = call('PATCH', path(number, '/2'), {'text': 'Добрый день'}, by=house.dispatcher)
    assert edited.status_code == 200
    time.advance(seconds=1)
    assert call('DELETE', path(number, '/2'), by=house.dispatcher).json_body['code'] == 'MessageTooOld'


@pytest.mark.proves('CHAT-020')
def test_a_clock_that_fires_twice_sends_once(house, number, chat, time):
    make.deferred(number, house.dispatcher)
    time.advance(days=1)
    assert (service.sweep(), service.sweep()) == (1, 0)
    assert len(chat()['items']) == 1


@pytest.mark.proves('CHAT-016', 'CHAT-020')
def test_the_author_sends_at_once_moves_and_deletes(house, call, number, chat, time):
    first, second, third = (make.deferred(number, house.dispatcher, text=text) for text in 'абв')
    sent = call('POST', planned(number, f'/{first.id}/send-now'), by=house.dispatcher)
    assert (sent.status_code, sent.json_body['text'], sent.json_body['position']) == (200, 'а', 1)
    body = {'send_time': '09:40'}
    moved = call('PATCH', planned(number, f'/{second.id}'), body, by=house.dispatcher, if_match='"1"')
    assert (moved.json_body['send_at'], moved.headers['ETag']) == ('2026-11-24T06:40:00.000Z', '"2"')
    assert call('DELETE', planned(number, f'/{third.id}'), by=house.dispatcher).status_code == 204
    assert [line['text'] for line in waits(call, house, number)] == ['б']
    time.move(NOON + timedelta(hours=21, minutes=35))
    assert service.sweep() == 0
    time.advance(minutes=5)
    assert service.sweep() == 1
    assert [line['text'] for line in chat()['items']] == ['б', 'а']
    for deferred, state in ((first, 'sent'), (second, 'sent'), (third, 'deleted')):
        place = planned(number, f'/{deferred.id}')
        assert call('GET', place, by=house.dispatcher).json_body['state'] == state
        for method, tail in (('POST', '/send-now'), ('PATCH', ''), ('DELETE', '')):
            over = call(method, place + tail, {} if method != 'DELETE' else None, by=house.dispatcher)
            assert (over.status_code, over.json_body['code']) == (409, 'DeferredMessageOver')
    assert len(announced('MessageSent')) == 2


@pytest.mark.proves('AMB-45', 'CHAT-002')
def test_colleagues_see_it_and_leave_it_alone(house, call, number):
    deferred = make.deferred(number, house.dispatcher)
    place = planned(number, f'/{deferred.id}')
    colleague = acting(house.crew[0])
    assert [line['id'] for line in call('GET', planned(number), by=colleague).json_body['items']] == [
        deferred.id
    ]
    reader = acting(house.crew[0], Permission.REQUESTS_VIEW)
    for method, tail, body in (
        ('POST', '/send-now', None), ('PATCH', '', {'send_time': '10:00'}), ('DELETE', '', None),
    ):  # fmt: skip
        assert call(method, place + tail, body, by=colleague).json_body['code'] == 'NotYourMessage'
        assert call(method, place + tail, body, by=reader).json_body['code'] == 'PermissionMissing'
    assert call('GET', planned(number), by=house.resident).status_code == 401


@pytest.mark.proves('AMB-45')
def test_its_words_are_not_changed(house, call, number):
    place = planned(number, f'/{make.deferred(number, house.dispatcher).id}')
    refused = call('PATCH', place, {'text': 'Иначе'}, by=house.dispatcher)
    assert refused.status_code == 400
    same = call('PATCH', place, {}, by=house.dispatcher)
    assert (same.status_code, same.headers['ETag']) == (200, '"1"')


@pytest.mark.proves('CHAT-019', 'CHAT-021')
@pytest.mark.parametrize(
    ('changes', 'code', 'field'),
    [
        ({'send_on': '2026-11-23', 'send_time': '12:00'}, 'SendingTimePast', 'send_on'),
        ({'send_on': '2026-11-22'}, 'SendingTimePast', 'send_on'),
        ({'send_on': '2027-11-23', 'send_time': '12:01'}, 'SendingTimeTooFar', 'send_on'),
        ({'send_on': '2026-13-01'}, 'NotDecent', 'send_on'),
        ({'send_time': '24:00'}, 'NotDecent', 'send_time'),
        ({'text': ''}, 'NotDecent', ''),
        ({'text': 'я' * 4001}, 'NotDecent', 'text'),
    ],
)
def test_what_cannot_be_sent_then_is_not_planned(house, call, number, changes, code, field):
    body = {'text': 'Позже', **TOMORROW, **changes}
    refused = call('POST', planned(number), body, by=house.dispatcher)
    assert refused.json_body['code'] == code
    assert refused.json_body['errors'][0]['path'] == f'body.{field}'.rstrip('.')
    assert list(ConversationRow.scan()) == []
    kept = make.deferred(number, house.dispatcher)
    moved = {name: value for name, value in body.items() if name != 'text'}
    if field.startswith('send'):
        place = planned(number, f'/{kept.id}')
        assert call('PATCH', place, moved, by=house.dispatcher).json_body['code'] == code


def test_days_are_those_of_the_zone():
    vladivostok, noon = ZoneInfo('Asia/Vladivostok'), NOON
    assert planning.instant(date(2026, 11, 24), '00:10', vladivostok, noon) == NOON + timedelta(
        hours=5, minutes=10
    )
    with pytest.raises(SendingTimePast):
        planning.instant(date(2026, 11, 23), '19:00', vladivostok, noon)
    farthest = planning.instant(date(2027, 11, 23), '19:00', vladivostok, noon)
    assert farthest == NOON + timedelta(days=365)
    with pytest.raises(SendingTimeTooFar):
        planning.instant(date(2027, 11, 23), '19:01', vladivostok, noon)


@pytest.mark.proves('AMB-46')
def test_a_request_that_is_over_still_gets_what_was_planned(house, number, chat, time):
    make.deferred(number, house.dispatcher)
    requests.cancel(number, Step(comment='не нужно'), by=house.dispatcher)
    time.advance(days=1)
    assert service.sweep() == 1
    assert len(chat(house.dispatcher)['items']) == 1


@pytest.mark.proves('AMB-46')
def test_another_client_does_not_get_what_was_written_to_the_former(house, call, number, chat, time):
    deferred = make.deferred(number, house.dispatcher)
    place = planned(number, f'/{deferred.id}')
    anew_with_another_client(house, number)
    time.advance(days=1)
    assert (service.sweep(), service.sweep()) == (1, 0)
    assert chat()['items'] == chat(query=f'?client_id={house.client}')['items'] == []
    assert [line['state'] for line in waits(call, house, number)] == ['held']
    (event,) = announced('DeferredMessageHeld')
    assert (event['author_id'], event['reason']) == (house.dispatcher.id, 'client_changed')
    body = {'send_on': '2026-11-25', 'send_time': '09:00'}
    assert call('PATCH', place, body, by=house.dispatcher).json_body['state'] == 'scheduled'
    time.advance(days=1)
    assert service.sweep() == 1
    assert [line['text'] for line in chat()['items']] == [deferred.text]


def test_what_nobody_can_read_any_more_is_held_and_can_only_be_deleted(house, call, number, time):
    deferred = make.deferred(number, house.dispatcher)
    passer_by = UnregisteredCustomer(name='Прохожий', phone='+79160000009')
    requests.edit(number, Edit(client_id=None, unregistered=passer_by), by=house.dispatcher)
    time.advance(days=1)
    assert service.sweep() == 1
    place = planned(number, f'/{deferred.id}')
    refused = call('POST', f'{place}/send-now', by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (422, 'NobodyToWriteTo')
    assert call('DELETE', place, by=house.dispatcher).status_code == 204


def test_one_that_cannot_leave_keeps_back_no_other(house, number, chat, time):
    broken = make.deferred(number, house.dispatcher, text='Сломано')
    row = next(row for row in ConversationRow.scan() if row.sk == 'deferred')
    row.update([ConversationRow.body.set('{}')])
    make.deferred(number, house.dispatcher, text='Цело')
    time.advance(days=1)
    assert service.sweep() == 1
    assert [line['text'] for line in chat()['items']] == ['Цело']
    assert broken.id


def test_the_clock_calls_the_sweep(house, number, chat, time):
    make.deferred(number, house.dispatcher)
    time.advance(days=1)
    sweep(json.loads(SAMPLE.read_text()), None)
    assert len(chat()['items']) == 1


def test_how_late_the_latest_left_is_measured(house, number, time, monkeypatch, capsys):
    monkeypatch.setenv('METRICS', 'on')
    make.deferred(number, house.dispatcher, send_time='09:29')
    make.deferred(number, house.dispatcher)
    time.move(NOON + timedelta(hours=21, minutes=30, seconds=30))
    assert service.sweep() == 2
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told['DeferredMessageLag'] == 90
    assert service.sweep() == 0
    assert capsys.readouterr().out == ''
