"""Whoever listens and may see is told of each event once, by a sign without words."""

import json
from dataclasses import replace

import pytest

from chalicelib.conversations import service as conversations
from chalicelib.conversations.model.views import NewMessage
from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.identity import service as identity
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit import dynamo
from chalicelib.live import repository, rules, service, workers
from chalicelib.live.gateway import SocketsAway
from chalicelib.live.model import ChangesQuery
from chalicelib.requests import service as requests
from chalicelib.requests.repository.rows import RequestRow
from tests import house as the_house
from tests import world
from tests.engine.watching import watched
from tests.make import identity as make_identity
from tests.make import live as make


@pytest.fixture
def told(gateway):
    """What the given events tell through a socket."""

    def tell(socket_id, *delivered):
        for one in delivered:
            service.tell(one)
        return gateway.through(socket_id)

    return tell


def test_the_rule_of_the_bus_names_the_events_of_the_table():
    pattern = world.template()['Resources']['LiveRule']['Properties']['EventPattern']
    assert pattern['detail-type'] == [*rules.LINES, 'SessionsEnded']


def test_every_event_of_the_table_speaks_of_a_request_and_a_clients_of_its_client():
    for line in rules.TABLE:
        assert 'number' in line.event.model_fields, line
        assert not line.is_for_client or 'client_id' in line.event.model_fields, line


def test_a_status_is_told_to_both_sides_and_nobody_twice(house, dispatcher, resident, number, told, gateway):
    staff, own = make.socket(dispatcher, 'staff'), make.socket(resident, 'own')
    for socket in (staff, own):
        make.asked(socket, action='subscribe', number=number)
        make.asked(socket, action='subscribe', list='requests')
    requests.cancel_own(number, by=house.resident)
    (moved,) = make.announced(RequestRow, 'RequestCancelled')
    (frame,) = told(staff, moved)
    assert frame.pop('id')
    assert frame == {
        'type': 'status',
        'number': number,
        'version': 2,
        'at': '2026-11-23T09:00:00.000Z',
        'status': 'cancelled',
    }
    assert [one['type'] for one in gateway.through(own)] == ['status']


def test_a_message_is_told_by_its_place_and_never_by_its_words(house, dispatcher, resident, number, told):
    staff, own = make.socket(dispatcher, 'staff'), make.socket(resident, 'own')
    make.asked(staff, action='subscribe', number=number)
    make.asked(own, action='subscribe', number=number)
    conversations.send_own(number, NewMessage(text='Домофон молчит'), by=house.resident)
    (frame,) = told(staff, *make.announced(ConversationRow, 'MessageSent'))
    assert (frame['type'], frame['number'], frame['position'], frame['version']) == ('message', number, 1, 1)
    assert 'Домофон' not in json.dumps(frame, ensure_ascii=False)


def test_what_is_the_staffs_alone_reaches_no_client(house, dispatcher, resident, number, gateway):
    staff, own = make.socket(dispatcher, 'staff'), make.socket(resident, 'own')
    for socket in (staff, own):
        make.asked(socket, action='subscribe', number=number)
        make.asked(socket, action='subscribe', list='requests')
    (created,) = make.announced(RequestRow, 'RequestCreated')
    for line in rules.TABLE:
        if not line.is_for_client and line.kind == 'request':
            service.tell(
                created.model_copy(update={'type': line.event.__name__, 'event': filled(line, created)})
            )
    assert len(gateway.through(staff)) >= 5
    assert gateway.through(own) == []
    assert service.list_changes(rules_query(), by=resident).items == []


def filled(line, created):
    usual = {
        'comment': '', 'name': None, 'until': None, 'mark': 'has_documents', 'is_set': True, 'call_id': 'c',
        'is_automatic': False, 'incident_id': 'i', 'incident_title': 't', 'task_id': 't', 'title': 't',
        'executor': 'e', 'what': 'set', 'checklist_id': 'c', 'invoice_id': '1-1', 'phone': '+79165550101',
    }  # fmt: skip
    more = usual | ({'name': 'n'} if 'checklist_id' in line.event.model_fields else {})
    return created.event | {name: more[name] for name in more if name in line.event.model_fields}


def rules_query(since=None):
    return ChangesQuery(since=since)


def test_who_listens_is_judged_again_at_each_news(house, dispatcher, number, told, gateway):
    narrow = make.socket(dispatcher)
    make.asked(narrow, action='subscribe', number=number)
    make.asked(narrow, action='subscribe', list='requests')
    login = dynamo.get(identity.reading_login('demo', dispatcher.audience, dispatcher.id))
    (created,) = make.announced(RequestRow, 'RequestCreated')
    assert len(told(narrow, created)) == 1
    make_identity.login(was=login, places=[house.other_building])
    assert len(told(narrow, created)) == 1
    assert gateway.closed == []


def test_the_news_of_another_client_is_not_told_to_the_present_one(resident, number, told):
    own = make.socket(resident)
    make.asked(own, action='subscribe', number=number)
    (created,) = make.announced(RequestRow, 'RequestCreated')
    before = created.model_copy(update={'event': created.event | {'client_id': 'somebody-before'}})
    assert told(own, before) == []
    assert len(told(own, created)) == 1


def test_a_socket_that_is_gone_is_forgotten(dispatcher, number, told, gateway):
    socket = make.socket(dispatcher)
    make.asked(socket, action='subscribe', number=number)
    gateway.gone.add(socket)
    assert told(socket, *make.announced(RequestRow, 'RequestCreated')) == []
    assert dynamo.find(repository.reading_socket(socket)) is None
    assert list(repository.listeners(rules.topic_of_number('demo', number))) == []


def test_a_gateway_that_is_away_is_tried_again_and_the_news_is_known_by_its_id(
    dispatcher, number, told, gateway
):
    socket = make.socket(dispatcher)
    make.asked(socket, action='subscribe', number=number)
    (created,) = make.announced(RequestRow, 'RequestCreated')
    gateway.is_broken = True
    with pytest.raises(SocketsAway):
        service.tell(created)
    gateway.is_broken = False
    first, second = told(socket, created, created)
    assert first == second
    assert dynamo.find(repository.reading_socket(socket)) is not None


def test_sockets_of_a_session_that_ended_are_closed_and_no_others(dispatcher, resident, gateway):
    other = make.signed_in(replace(dispatcher, session=''))
    ended, stays, own = make.socket(dispatcher, 'e'), make.socket(other, 's'), make.socket(resident, 'o')
    identity.sign_out(by=dispatcher)
    for one in make.announced(IdentityRow, 'SessionsEnded'):
        service.tell(one)
    assert gateway.closed == [ended]
    assert make.asked(stays, action='ping')['type'] == make.asked(own, action='ping')['type'] == 'pong'


def test_a_session_that_ended_unheard_is_closed_at_the_next_news(dispatcher, number, gateway):
    socket = make.socket(dispatcher)
    make.asked(socket, action='subscribe', number=number)
    identity.sign_out(by=dispatcher)
    for one in make.announced(RequestRow, 'RequestCreated'):
        service.tell(one)
    assert (gateway.closed, gateway.through(socket)) == ([socket], [])
    assert dynamo.find(repository.reading_socket(socket)) is None


def test_the_sample_of_the_queue_is_taken(house, gateway):
    payload = json.loads((the_house.ROOT / 'events/live/in/push.json').read_text())
    assert workers.push(payload, None) == {'batchItemFailures': []}


def test_what_telling_costs_does_not_grow_with_those_who_listen(dispatcher, resident, number, gateway):
    def told_in():
        with watched() as seen:
            service.tell(created)
        return len(seen.parameters)

    (created,) = make.announced(RequestRow, 'RequestCreated')
    for n in range(2):
        make.asked(make.socket(dispatcher, f'd{n}'), action='subscribe', number=number)
    few = told_in()
    for n in range(8):
        make.asked(make.socket(resident, f'r{n}'), action='subscribe', list='requests')
    # Kept for the staff and for the client, the request, three topics, the people and their roles.
    assert few == told_in() == 8
    assert all(len(gateway.through(f'r{n}')) == 1 for n in range(8))


def test_what_a_frame_costs(dispatcher, number, gateway):
    socket = make.socket(dispatcher)
    costs = {}
    for action, more in (
        ('ping', {}),
        ('subscribe', {'number': number}),
        ('unsubscribe', {'number': number}),
    ):
        with watched() as seen:
            make.asked(socket, action=action, **more)
        costs[action] = len(seen.parameters)
    assert costs == {'ping': 4, 'subscribe': 6, 'unsubscribe': 4}
