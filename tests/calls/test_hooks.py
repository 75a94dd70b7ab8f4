"""The exchange speaks: only under its signature, each thing once, in any order."""

import itertools
import json
from datetime import timedelta

import pytest

from chalicelib.calls import service
from chalicelib.calls.repository.rows import CallRow
from chalicelib.calls.rules import signing
from chalicelib.kit import clock
from chalicelib.staff import service as staff
from tests.calls.conftest import CALLS, HOOK, announced, calls_kept
from tests.make import calls as make


def rows():
    return sorted((row.pk, row.sk, row.body or '') for row in CallRow.scan())


def told(call, house, call_id):
    return call('GET', f'{CALLS}/{call_id}', by=house.dispatcher).json_body


@pytest.mark.proves('CALL-001', 'CALL-002')
def test_a_call_is_told_from_ringing_to_its_recording(house, call, ring, time):
    first = ring(call_id='c', extension='101')
    assert first.status_code == 200, first.json_body
    call_id = first.json_body['call_id']
    shown = told(call, house, call_id)
    assert (shown['status'], shown['phone'], shown['number']) == ('ringing', '+79161234567', None)
    assert shown['client'] == {'id': house.client, 'name': 'Петров Пётр'}
    assert shown['employee'] == {'id': house.dispatcher.id, 'name': 'Диспетчер Дарья'}
    time.advance(seconds=7)
    ring(call_id='c', event='answered', extension='101')
    shown = told(call, house, call_id)
    assert (shown['status'], shown['duration_seconds']) == ('answered', None)
    time.advance(seconds=192)
    ring(call_id='c', event='ended')
    shown = told(call, house, call_id)
    assert (shown['status'], shown['duration_seconds'], shown['is_recorded']) == ('ended', 192, False)
    assert (shown['rang_at'], shown['answered_at'], shown['ended_at']) == (
        '2026-11-23T09:00:00.000Z', '2026-11-23T09:00:07.000Z', '2026-11-23T09:03:19.000Z',
    )  # fmt: skip
    time.advance(minutes=2)
    ring(call_id='c', event='recorded', recording_url='https://eu.records.example/1.mp3?k=1')
    assert told(call, house, call_id)['is_recorded'] is True
    heard = call('GET', f'{CALLS}/{call_id}/recording', by=house.dispatcher)
    assert heard.json_body == {'url': 'https://eu.records.example/1.mp3?k=1'}
    assert [one.type for one in announced()] == ['CallRang', 'CallAnswered', 'CallEnded', 'CallRecorded']
    assert all('+7916' not in json.dumps(one.event) and '.mp3' not in str(one.event) for one in announced())


def test_a_call_nobody_answers_is_missed(house, call, ring, time):
    call_id = ring(call_id='c').json_body['call_id']
    time.advance(seconds=40)
    ring(call_id='c', event='ended')
    shown = told(call, house, call_id)
    assert (shown['status'], shown['duration_seconds']) == ('missed', 0)
    assert [one.type for one in announced()] == ['CallRang', 'CallMissed']


STORY = [
    {'event': 'ringing', 'at': '2026-11-23T08:58:00Z', 'extension': '101'},
    {'event': 'answered', 'at': '2026-11-23T08:58:10Z', 'extension': '101'},
    {'event': 'ended', 'at': '2026-11-23T08:59:10Z'},
    {'event': 'recorded', 'at': '2026-11-23T08:59:40Z', 'recording_url': 'https://records.example/1'},
]


@pytest.mark.parametrize('order', list(itertools.permutations(range(4))))
def test_news_in_any_order_makes_the_same_call(house, call, ring, order):
    for place in order:
        said = ring(call_id='c', event_id=f'e{place}', **STORY[place])
        assert said.status_code == 200, said.json_body
    shown = told(call, house, said.json_body['call_id'])
    assert (shown['status'], shown['duration_seconds'], shown['is_recorded']) == ('ended', 60, True)
    assert shown['rang_at'] == '2026-11-23T08:58:00.000Z'
    assert shown['employee']['id'] == house.dispatcher.id
    assert len(announced('CallRang')) == len(announced('CallAnswered')) == len(announced('CallEnded')) == 1


def test_the_same_news_twice_is_recorded_once(house, ring, time):
    news = {'call_id': 'c', 'event_id': 'e', 'event': 'ringing', 'extension': '101'}
    first = ring(**news)
    before = rows()
    time.advance(minutes=1)
    again = ring(**news)
    assert (again.status_code, again.json_body) == (200, first.json_body)
    assert rows() == before


def test_a_replayed_message_is_heard_for_five_minutes_and_changes_nothing(house, call, ring, time):
    body = json.dumps(make.news()).encode()
    headers = {
        name.replace('-', '_'): value for name, value in service.sign('demo', body, clock.now()).items()
    }
    assert call('POST', HOOK, body, **headers).status_code == 200
    before = rows()
    time.advance(minutes=5)
    assert call('POST', HOOK, body, **headers).status_code == 200
    time.advance(seconds=1)
    said = call('POST', HOOK, body, **headers)
    assert (said.status_code, said.json_body['code']) == (401, 'CallSignatureStale')
    assert rows() == before


def forged(body, now, secret):
    good = signing.signed(secret, body, now)
    time, signature = good[signing.TIMESTAMP], good[signing.SIGNATURE]
    return {
        'nothing': {},
        'no time': {signing.SIGNATURE: signature},
        'no signature': {signing.TIMESTAMP: time},
        'another secret': signing.signed('x' * 43, body, now),
        'nobodys secret': signing.signed(signing.NOBODYS, body, now),
        'another body': signing.signed(secret, body + b' ', now),
        'another time': good | {signing.TIMESTAMP: str(int(time) + 1)},
        'no algorithm': good | {signing.SIGNATURE: signature.removeprefix('sha256=')},
        'cut': good | {signing.SIGNATURE: signature[:-1]},
        'upper case': good | {signing.SIGNATURE: signature.upper()},
        'letters': good | {signing.SIGNATURE: 'подпись'},
    }


@pytest.mark.parametrize('how', list(forged(b'', clock.now(), '')))
def test_a_forged_signature_is_refused_and_nothing_is_stored(house, call, how):
    secret, body = make.connected(), json.dumps(make.news()).encode()
    headers = forged(body, clock.now(), secret)[how]
    before = rows()
    said = call('POST', HOOK, body, **{name.replace('-', '_'): value for name, value in headers.items()})
    assert (said.status_code, said.json_body['code']) == (401, 'CallSignatureForged')
    assert rows() == before


@pytest.mark.parametrize('timestamp', ['', 'x', '-1', '1' * 13, '١٢٣٤', '1e9', ' 1795424400'])
def test_a_time_that_is_none_is_refused_though_it_is_signed(house, call, timestamp):
    secret, body = make.connected(), json.dumps(make.news()).encode()
    signature = f'sha256={signing._digest(secret, timestamp, body)}'
    said = call('POST', HOOK, body, x_telephony_timestamp=timestamp, x_telephony_signature=signature)
    assert (said.status_code, said.json_body['code']) == (401, 'CallSignatureForged')
    assert calls_kept() == []


@pytest.mark.parametrize('seconds', [301, -301])
def test_a_signature_of_another_time_is_refused(house, call, ring, seconds):
    body = json.dumps(make.news()).encode()
    headers = service.sign('demo', body, clock.now() - timedelta(seconds=seconds))
    said = call('POST', HOOK, body, **{name.replace('-', '_'): value for name, value in headers.items()})
    assert said.json_body['code'] == 'CallSignatureStale'
    assert calls_kept() == []


@pytest.mark.parametrize('organisation', ['other', 'nowhere'])
def test_one_exchange_does_not_speak_for_another_organisation(house, ring, organisation):
    said = ring(organisation=organisation)
    assert (said.status_code, said.json_body['code']) == (401, 'CallSignatureForged')
    assert calls_kept() == []


def test_a_disconnected_exchange_is_not_heard(house, ring, call):
    body = json.dumps(make.news()).encode()
    headers = service.sign('demo', body, clock.now())
    assert call('DELETE', '/v1/staff/settings/telephony/secret', by=house.dispatcher).status_code == 204
    said = call('POST', HOOK, body, **{name.replace('-', '_'): value for name, value in headers.items()})
    assert said.json_body['code'] == 'CallSignatureForged'
    assert calls_kept() == []


@pytest.mark.parametrize(
    'url',
    [
        'http://records.example/1', 'https://evil.example/1', 'https://records.example.evil.example/1',
        'https://evilrecords.example/1', 'https://records.example@evil.example/1', '//records.example/1',
        'https://user:pw@records.example/1', 'https://records.example:8443/1', 'javascript:alert(1)',
        'https://evil.example\\.records.example/', 'https://evil.example/#https://records.example',
        'https:/records.example/1', 'HTTPS://records.example /', 'ftp://records.example/1', 'https://',
    ],
)  # fmt: skip
def test_a_recording_that_is_not_the_providers_is_refused(house, ring, url):
    ring(call_id='c')
    before = rows()
    said = ring(call_id='c', event='recorded', recording_url=url)
    assert (said.status_code, said.json_body['code']) == (422, 'RecordingNotOfProvider')
    assert said.json_body['errors'][0]['path'] == 'body.recording_url'
    assert rows() == before


@pytest.mark.parametrize('changes', [{'event': 'recorded'}, {'recording_url': 'https://records.example/1'}])
def test_a_recording_comes_with_its_event_alone(house, ring, changes):
    said = ring(**changes)
    assert (said.status_code, said.json_body['errors'][0]['code']) == (400, 'recording_misplaced')
    assert calls_kept() == []


@pytest.mark.parametrize('at', ['2026-11-23T09:05:01Z', '2026-11-16T08:59:59Z'])
def test_news_of_another_time_is_refused(house, ring, at):
    said = ring(at=at)
    assert (said.status_code, said.json_body['code']) == (400, 'CallNewsUntimely')
    assert calls_kept() == []


@pytest.mark.parametrize(
    ('changes', 'field'),
    [
        ({'client_phone': '12345'}, 'client_phone'),
        ({'extension': '10a'}, 'extension'),
        ({'direction': 'sideways'}, 'direction'),
        ({'event': 'dialled'}, 'event'),
        ({'at': '2026-11-23T09:00:00'}, 'at'),
        ({'event_id': ''}, 'event_id'),
        ({'call_id': 'a#b'}, 'call_id'),
        ({'who': 'me'}, 'who'),
    ],
)
def test_news_that_cannot_be_read_is_refused(house, ring, changes, field):
    said = ring(**changes)
    assert said.status_code == 400
    assert said.json_body['errors'][0]['path'] == f'body.{field}'
    assert calls_kept() == []


def test_a_hidden_number_is_nobodys(house, call, ring):
    call_id = ring(client_phone=None).json_body['call_id']
    shown = told(call, house, call_id)
    assert (shown['phone'], shown['client'], shown['status']) == (None, None, 'ringing')


def test_who_becomes_a_client_while_they_talk_is_known_at_the_end(house, call, ring):
    phone = '+79167770011'
    call_id = ring(call_id='c', client_phone=phone, event='answered').json_body['call_id']
    assert told(call, house, call_id)['client'] is None
    new = {'surname': 'Новосёлов', 'phone': phone}
    client_id = call('POST', '/v1/staff/clients', new, by=house.dispatcher).json_body['id']
    ring(call_id='c', client_phone=phone, event='ended')
    assert told(call, house, call_id)['client'] == {'id': client_id, 'name': 'Новосёлов'}
    (ended,) = announced('CallEnded')
    assert ended.event['client_id'] == client_id


def test_a_number_nobody_sits_at_has_no_employee(house, call, ring):
    make.seated(house.crew[0].id, '102')
    staff.employees.dismiss(house.crew[0].id, by=make.staff.caller())
    for extension in ('777', '102', None):
        call_id = ring(extension=extension).json_body['call_id']
        assert told(call, house, call_id)['employee'] is None


def test_two_organisations_may_call_their_calls_alike(house, ring):
    make.connected('other')
    ours, theirs = make.tell(call_id='c'), make.tell('other', call_id='c')
    assert ours.id != theirs.id
    assert {row.pk.partition('#')[0] for row in calls_kept()} == {'demo', 'other'}
