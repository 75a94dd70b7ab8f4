"""The exchange repeats itself from many threads: one call, one line at each step, nothing lost."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from chalice import Chalice
from chalice.config import Config

from chalicelib.calls import routes, service
from chalicelib.calls.model.call import Call, Leg, Person
from chalicelib.calls.model.views import CallsQuery
from chalicelib.calls.repository import calls as calls_repository
from chalicelib.calls.repository.rows import CallRow
from chalicelib.kit import clock, sealing
from chalicelib.kit.errors import ChangedMeanwhile, Contended
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service as requests
from infra.local.gateway import Gateway
from tests.engine.desk import ORGANISATION, Desk, at_once
from tests.engine.watching import watched
from tests.make import calls as make

HOOK = f'/v1/hooks/telephony/{ORGANISATION}'
TIMES = 20


class Keys:
    """KMS as a neighbour that is always there; the engine has none."""

    def generate_data_key(self, **_):
        key = bytes(range(32))
        return {'Plaintext': key, 'CiphertextBlob': key}

    def decrypt(self, **given):
        return {'Plaintext': given['CiphertextBlob']}


@pytest.fixture
def exchange(desk: Desk, monkeypatch):
    """`tell(body)` sends news by the real webhook, signed; from many threads at once."""
    monkeypatch.setattr(sealing, '_client', Keys())
    make.connected(ORGANISATION, by=desk.dispatcher)
    make.seated(desk.dispatcher.id, by=desk.dispatcher)
    app = Chalice('domovoy')
    for door in routes.doors:
        app.register_blueprint(door)
    gateway = Gateway(app, Config(chalice_stage='test', config_from_disk={'chalice_app': app}))

    def tell(**news):
        body = json.dumps(make.news(**news)).encode()
        headers = service.sign(ORGANISATION, body, clock.now()) | {'content-type': 'application/json'}
        reply = gateway.answer('POST', HOOK, headers, body)
        return reply.status, json.loads(reply.body)

    return tell


def kept() -> list[Call]:
    rows = CallRow.scan(CallRow.sk == 'call', consistent_read=True)
    return [Call.model_validate_json(row.body or '') for row in rows]


def told() -> Counter[str]:
    rows = [row for row in CallRow.scan(consistent_read=True) if row.sk.startswith('event#')]
    found = [json.loads(row.body or '') for row in rows]
    return Counter(one['type'] for one in found if 'call_id' in one['event'])


def test_twenty_doubled_webhooks_make_one_call(exchange):
    news = {'call_id': 'c', 'event_id': 'e', 'extension': '101', 'at': clock.text(clock.now())}
    answers = at_once([lambda: exchange(**news)] * TIMES)
    assert {status for status, _ in answers} == {200}
    assert len({body['call_id'] for _, body in answers}) == 1
    (call,) = kept()
    assert (call.version, len(call.rung)) == (1, 1)
    assert told() == {'CallRang': 1}


def test_a_whole_call_told_at_once_and_twice_adds_up(exchange):
    began = clock.now() - timedelta(minutes=5)
    story = [
        {'event': 'ringing', 'extension': '101'},
        {'event': 'answered', 'extension': '101'},
        {'event': 'ended'},
        {'event': 'recorded', 'recording_url': 'https://records.example/1'},
    ]
    for seconds, news in enumerate(story):
        at = clock.text(began + timedelta(seconds=60 * seconds))
        news |= {'call_id': 'c', 'event_id': f'e{seconds}', 'at': at}
    waiting = story * 2
    while waiting:  # an exchange sends again what was not answered with 200
        answers = at_once([lambda news=news: exchange(**news)[0] for news in waiting])
        assert set(answers) <= {200, 409, 503}
        waiting = [news for news, status in zip(waiting, answers, strict=True) if status != 200]
    (call,) = kept()
    assert (call.status, call.duration_seconds, call.version) == ('ended', 60, 4)
    assert call.recording == 'https://records.example/1'
    assert told()['CallRang'] == told()['CallAnswered'] == told()['CallEnded'] == told()['CallRecorded'] == 1


def announced() -> list[Delivered]:
    rows = [row for row in CallRow.scan(consistent_read=True) if row.sk.startswith('event#')]
    return [Delivered.model_validate_json(row.body or '') for row in rows]


def test_a_request_and_a_call_followed_many_times_at_once_are_linked_once(exchange, desk):
    exchange(call_id='c', event='answered', extension='101')
    number = desk.create()
    heard = [*requests.retold(ORGANISATION, number), *announced()]
    events = [one for one in heard if one.type in ('RequestCreated', 'CallAnswered')]
    assert len(events) == 2

    def follow(delivered: Delivered) -> str:
        try:
            service.follow(delivered)
        except (ChangedMeanwhile, Contended) as lost:  # the queue brings it again
            return lost.code
        return ''

    at_once([lambda one=one: follow(one) for one in events * 10])
    assert [follow(one) for one in events] == ['', '']
    (call,) = kept()
    assert call.number == number
    assert told()['RequestAttached'] == 1
    assert [one.type for one in requests.retold(ORGANISATION, number)].count('CallAttached') == 1


def filled(size: int, desk: Desk) -> None:
    """There are so many calls, one a minute, each third missed, all of the operator and of one telephone."""
    began, operator = clock.now() - timedelta(minutes=size), Person(id=desk.dispatcher.id, name='Анна')
    for number in range(size):
        at = began + timedelta(minutes=number)
        answered = None if number % 3 == 0 else at
        call = Call(
            id=f'{number:026d}', organisation=ORGANISATION, external_id=f'c{number}', direction='incoming',
            phone='+79161234567', client=Person(id=desk.client, name='Петров Пётр'), places=(desk.building,),
            rang_at=at, answered_at=answered, ended_at=at, rung=(Leg(employee=operator, since=at),),
        )  # fmt: skip
        row = calls_repository._row_of(call.model_copy(update={'version': 1}))
        row.save()


LISTS = {
    'all': {},
    'one employee': {'employee_id': True},
    'one telephone': {'phone': '+79161234567'},
    'missed': {'is_missed': True},
    'a period': {'since': '2020-01-01'},
}


def test_a_list_of_calls_costs_the_same_however_many_there_are(exchange, desk):
    def costs() -> dict[str, tuple[list[str], float]]:
        found = {}
        for name, given in LISTS.items():
            wanted = {key: desk.dispatcher.id if value is True and key == 'employee_id' else value
                      for key, value in given.items()}  # fmt: skip
            with watched() as seen:
                page = service.list_calls(CallsQuery.model_validate(wanted), by=desk.dispatcher)
            assert len(page.items) == 25
            found[name] = (seen.calls, seen.read_units)
        return found

    filled(100, desk)
    small = costs()
    filled(2000, desk)
    large = costs()
    assert {name: calls for name, (calls, _) in large.items()} == {name: ['Query'] for name in LISTS}
    units = {name: read for name, (_, read) in large.items()}
    assert units == pytest.approx({name: read for name, (_, read) in small.items()}, rel=0.1)


def test_news_is_heard_in_few_calls(exchange):
    def calls(**news: str) -> list[str]:
        with watched() as seen:
            assert exchange(call_id='c', **news)[0] == 200
        return seen.calls[1:]  # the first is of the exchange, which looks for its secret

    known = {'event_id': 'e', 'extension': '101', 'at': clock.text(clock.now())}
    assert calls(**known) == ['BatchGetItem', 'GetItem', 'Query', 'BatchGetItem', 'TransactWriteItems']
    assert calls(**known) == ['BatchGetItem']
    assert calls(event='ended') == ['BatchGetItem', 'TransactWriteItems']
