"""A ticket opens one socket; it listens to what its person may see, and is forgotten when it is closed."""

import json
from dataclasses import replace

import pytest

from chalicelib.identity import service as identity
from chalicelib.kit.caller import Audience
from chalicelib.live import repository, rules, service, workers
from chalicelib.live.model import TicketSpent
from chalicelib.live.repository import LiveRow
from tests import house as the_house
from tests.make import identity as make_identity
from tests.make import live as make

pytestmark = pytest.mark.usefixtures('gateway')


def payload(name, **changes):
    return json.loads((the_house.ROOT / f'events/live/in/{name}.json').read_text()) | changes


def opened(secret, socket_id='W1mZcd5ZFiACHeg='):
    return workers.connect(payload('connect', queryStringParameters={'ticket': secret}), None)['statusCode']


def ticket(call, by):
    answer = call('POST', '/v1/live/tickets', by=by)
    assert answer.status_code == 201, answer.json_body
    return answer.json_body['url']


def rows():
    return sorted({row.sk.partition('#')[0] for row in LiveRow.scan()})


@pytest.mark.parametrize('who', ['dispatcher', 'resident'])
def test_a_ticket_opens_one_socket_once(call, who, request):
    url = ticket(call, request.getfixturevalue(who))
    assert url.startswith('ws://127.0.0.1')
    secret = url.partition('?ticket=')[2]
    assert opened(secret) == 200
    assert opened(secret) == 401
    assert secret not in str([row.serialize() for row in LiveRow.scan()])


def test_a_ticket_serves_for_a_minute(call, dispatcher, time):
    secret = ticket(call, dispatcher).partition('?ticket=')[2]
    time.advance(seconds=60)
    assert opened(secret) == 401
    assert opened('made-up') == 401
    assert workers.connect(payload('connect', queryStringParameters=None), None) == {'statusCode': 401}


def test_a_ticket_of_a_session_that_has_ended_opens_nothing(dispatcher):
    secret = service.give_ticket(by=dispatcher).url.partition('?ticket=')[2]
    identity.sign_out(by=dispatcher)
    assert opened(secret) == 401


def test_a_person_has_ten_sockets_and_those_that_died_do_not_count(dispatcher, resident, time):
    for n in range(rules.MOST_SOCKETS):
        make.socket(dispatcher, f's{n}')
    secret = service.give_ticket(by=dispatcher).url.partition('?ticket=')[2]
    assert opened(secret) == 429
    make.socket(resident, 'of-another')
    service.forget('s3')
    assert opened(secret) == 200
    time.advance(hours=2)
    again = make.signed_in(replace(dispatcher, session=''))
    make.socket(again, 'next')


def test_a_socket_is_forgotten_with_all_it_listened_to(dispatcher, number):
    make.socket(dispatcher, 'W1mZcd5ZFiACHeg=')
    make.asked('W1mZcd5ZFiACHeg=', action='subscribe', number=number)
    make.asked('W1mZcd5ZFiACHeg=', action='subscribe', list='requests')
    for _ in range(2):  # it is told twice sometimes
        assert workers.disconnect(payload('disconnect'), None) == {'statusCode': 200}
    assert rows() == ['sockets']


def test_who_listens_is_told_the_version_and_may_stop(dispatcher, number):
    socket = make.socket(dispatcher)
    answer = make.asked(socket, action='subscribe', number=number, ref='a')
    assert answer == {'type': 'subscribed', 'ref': 'a', 'number': number, 'version': 1}
    assert make.asked(socket, action='subscribe', list='requests') == {
        'type': 'subscribed',
        'list': 'requests',
    }
    topic = rules.topic_of_number('demo', number)
    assert [one.socket_id for one in repository.listeners(topic)] == [socket]
    assert make.asked(socket, action='unsubscribe', number=number) == {
        'type': 'unsubscribed',
        'number': number,
    }
    assert list(repository.listeners(topic)) == []


@pytest.mark.parametrize('ref', ['1', 7, 0])
def test_a_route_answers_through_its_socket_with_the_ref_it_was_given(dispatcher, number, ref):
    make.socket(dispatcher, 'W1mZcd5ZFiACHeg=')
    answer = workers.message(payload('message', body=json.dumps({'action': 'ping', 'ref': ref})), None)
    assert answer['statusCode'] == 200
    assert json.loads(answer['body']) == {'type': 'pong', 'ref': ref, 'at': '2026-11-23T09:00:00.000Z'}


@pytest.mark.parametrize(
    'frame',
    [
        '', 'null', '[]', 'not json', '{}', '{"action": "delete"}', '{"action": "subscribe"}',
        '{"action": "subscribe", "number": 0}', '{"action": "subscribe", "number": "1 OR 1"}',
        '{"action": "subscribe", "list": "everything"}', '{"action": "ping", "more": 1}',
        '{"action": "ping", "ref": 1.5}',
        '{"action": "subscribe", "number": 1, "list": "requests"}', '{"action": "ping"}' + ' ' * 2000,
    ],
)  # fmt: skip
def test_a_frame_that_is_none_is_refused_and_the_socket_stays(dispatcher, frame):
    socket = make.socket(dispatcher)
    told = service.hear(socket, frame)
    assert (told.type, told.code) == ('refused', 'FrameUnreadable')
    assert told.detail and 'subscribe' in told.detail
    assert make.asked(socket, action='ping')['type'] == 'pong'


def test_a_request_that_one_may_not_see_is_not_there(house, dispatcher, resident, number):
    socket = make.socket(resident)
    assert make.asked(socket, action='subscribe', number=number)['type'] == 'subscribed'
    assert make.asked(socket, action='subscribe', number=number + 1)['code'] == 'RequestNotFound'
    make_identity.tenant('other')
    make_identity.grant('other', 'dispatcher', 'requests.view')
    stranger = make_identity.employee(
        'other', audience=Audience.STAFF, subject_id='e9', email='e9@other.example'
    )
    elsewhere = make.socket(identity.authenticate(make_identity.session(stranger).access_token), 'elsewhere')
    told = make.asked(elsewhere, action='subscribe', number=number, ref='x')
    assert (told['type'], told['code'], told['ref']) == ('refused', 'RequestNotFound', 'x')
    assert [one.socket_id for one in repository.listeners(rules.topic_of_number('demo', number))] == [socket]
    assert list(repository.listeners(rules.topic_of_number('other', number))) == []


def test_a_socket_listens_to_fifty_requests_at_most(dispatcher, number, monkeypatch):
    monkeypatch.setattr(rules, 'MOST_SUBSCRIPTIONS', 1)
    socket = make.socket(dispatcher)
    for _ in range(2):
        assert make.asked(socket, action='subscribe', number=number)['type'] == 'subscribed'
    told = make.asked(socket, action='subscribe', list='requests')
    assert (told['code'], told['params']) == ('TooManySubscriptions', {'limit': 1})


def test_a_socket_whose_session_is_over_is_told_so_and_closed_by_the_sweep(dispatcher, gateway):
    socket = make.socket(dispatcher)
    identity.sign_out(by=dispatcher)
    assert make.asked(socket, action='ping')['code'] == 'SessionEnded'
    assert service.sweep() == 1
    assert (gateway.closed, rows()) == ([socket], ['sockets'])
    assert make.asked(socket, action='ping')['code'] == 'SocketUnknown'


def test_a_silent_socket_is_closed_and_one_that_is_heard_is_not(dispatcher, time, gateway):
    silent, heard = make.socket(dispatcher, 'silent'), make.socket(dispatcher, 'heard')
    time.advance(minutes=9)
    make.asked(heard, action='ping')
    time.advance(seconds=59)
    assert service.sweep() == 0
    time.advance(seconds=1)
    assert service.sweep() == 1
    assert gateway.closed == [silent]
    assert make.asked(heard, action='ping')['type'] == 'pong'


def test_a_sweep_goes_on_after_a_gateway_that_is_away(dispatcher, time, gateway):
    socket = make.socket(dispatcher)
    time.advance(minutes=10)
    gateway.is_broken = True
    assert service.sweep() == 0
    gateway.is_broken = False
    assert workers.sweep(payload('sweep'), None) is None
    assert gateway.closed == [socket]


def test_a_spent_ticket_is_told_from_none_by_nobody(dispatcher):
    with pytest.raises(TicketSpent):
        service.open_socket('s', 'x' * 43)
