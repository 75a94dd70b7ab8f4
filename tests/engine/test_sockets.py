"""Sockets under many hands: ten a person, fifty subscriptions each, and what is closed leaves nothing."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.service import authenticate
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.live import repository, rules, service, workers
from chalicelib.live.model import Socket, Sockets
from chalicelib.live.repository import LiveRow
from tests.engine.desk import Desk, at_once
from tests.make import live as make

PROGRAMS = 20
TOPICS = 30
"""How many requests the programs of the last test listen to."""
LOST = 'lost'


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[make.Sandbox]:
    """The gateway of the sockets."""
    sandbox = make.Sandbox()
    monkeypatch.setenv('SANDBOX_LIVE_URL', sandbox.url)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def chief(desk: Desk, gateway: make.Sandbox) -> Caller:
    """The administrator, signed in."""
    return authenticate(desk.token)


def connected(secret: str, socket_id: str) -> int:
    """What the gateway is told when a program comes with the ticket."""
    told = {'requestContext': {'connectionId': socket_id}, 'queryStringParameters': {'ticket': secret}}
    return int(workers.connect(told, None)['statusCode'])


def heard(socket_id: str, **frame: Any) -> str:
    """How a frame is answered: the type, the code of a refusal, or that it lost too many races."""
    told = {'requestContext': {'connectionId': socket_id}, 'body': json.dumps(frame)}
    try:
        body = json.loads(workers.message(told, None)['body'])
    except ChangedMeanwhile:
        return LOST
    return str(body.get('code') or body['type'])


def closed(socket_id: str) -> None:
    """The gateway tells that the socket was closed, and does not tell it again where a race is lost."""
    with suppress(ChangedMeanwhile):
        workers.disconnect({'requestContext': {'connectionId': socket_id}}, None)


def opening(by: Caller, names: list[str]) -> list[Callable[[], int]]:
    """A program for each name that opens a socket with a ticket of its own."""
    secrets = [service.give_ticket(by=by).url.partition('?ticket=')[2] for _ in names]
    return [
        lambda secret=secret, name=name: connected(secret, name)
        for secret, name in zip(secrets, names, strict=True)
    ]


def there_is() -> tuple[dict[str, Socket], dict[str, set[str]], set[str]]:
    """The sockets by id, the topics listened to through each, and the sockets counted for the person."""
    sockets: dict[str, Socket] = {}
    topics: dict[str, set[str]] = {}
    counted: set[str] = set()
    for row in LiveRow.scan(consistent_read=True):
        if row.sk == repository.SOCKET:
            socket = Socket.model_validate_json(row.body or '')
            sockets[socket.id] = socket
        elif row.sk == repository.SOCKETS:
            counted |= set(Sockets.model_validate_json(row.body or '').opened)
        elif row.sk.startswith('socket#'):
            topics.setdefault(row.sk.partition('#')[2], set()).add(row.pk)
    return sockets, topics, counted


def agree() -> dict[str, Socket]:
    """Whoever listens has a socket that knows it, every socket is counted, and no bound is broken."""
    sockets, topics, counted = there_is()
    assert counted == set(sockets)
    assert len(counted) <= rules.MOST_SOCKETS
    assert topics == {name: set(one.topics) for name, one in sockets.items() if one.topics}
    assert all(len(one.topics) <= rules.MOST_SUBSCRIPTIONS for one in sockets.values())
    return sockets


def test_of_twenty_programs_of_a_person_that_come_at_once_ten_get_a_socket(chief):
    names = [f's{n}' for n in range(PROGRAMS)]
    answers = at_once(opening(chief, names))
    while [status for status in answers if status not in (200, 429)]:  # a race lost: it comes again
        again = [name for name, status in zip(names, answers, strict=True) if status not in (200, 429)]
        came = dict(zip(again, at_once(opening(chief, again)), strict=True))
        answers = [came.get(name, status) for name, status in zip(names, answers, strict=True)]
    assert Counter(answers) == {200: rules.MOST_SOCKETS, 429: PROGRAMS - rules.MOST_SOCKETS}
    open_ones = {name for name, status in zip(names, answers, strict=True) if status == 200}
    assert set(agree()) == open_ones


def test_a_socket_that_many_frames_fill_at_once_listens_to_fifty_at_most(desk, chief):
    numbers = [desk.create() for _ in range(rules.MOST_SUBSCRIPTIONS + 10)]
    make.socket(chief)

    def subscribe(number: int) -> Callable[[], str]:
        def until_it_is_judged() -> str:
            told = LOST
            while told == LOST:
                told = heard('socket', action='subscribe', number=number)
            return told

        return until_it_is_judged

    answers = Counter(at_once([subscribe(number) for number in numbers], threads=PROGRAMS))
    assert answers == {'subscribed': rules.MOST_SUBSCRIPTIONS, 'TooManySubscriptions': 10}
    [socket] = agree().values()
    assert len(socket.topics) == rules.MOST_SUBSCRIPTIONS


def program(place: int, numbers: list[int]) -> Callable[[], Counter[str]]:
    """One that subscribes to all requests, each program from another on, pings, and leaves a third."""
    name, mine = f's{place % rules.MOST_SOCKETS}', numbers[place:] + numbers[:place]

    def run() -> Counter[str]:
        said: Counter[str] = Counter()
        for step, number in enumerate(mine):
            said[heard(name, action='subscribe', number=number)] += 1
            if step % 3 == place % 3:
                said[heard(name, action='unsubscribe', number=number)] += 1
            if step % 10 == 5:
                said[heard(name, action='ping')] += 1
            if step == 20 and place % 4 == 0:
                closed(name)
        return said

    return run


def test_twenty_that_subscribe_ping_leave_and_are_swept_at_once_leave_nothing_behind(desk, chief, gateway):
    numbers = [desk.create() for _ in range(TOPICS)]
    names = [f's{n}' for n in range(rules.MOST_SOCKETS)]
    with clock.stopped(clock.now() - rules.LONGEST_SILENCE):  # the sweep may take these until they are heard
        for name in names[:5]:
            make.socket(chief, name)
    for name in names[5:]:
        make.socket(chief, name)

    def sweeps() -> Counter[str]:
        return Counter({'swept': sum(service.sweep() for _ in range(15))})

    told = sum(at_once([*(program(n, numbers) for n in range(PROGRAMS)), sweeps, sweeps]), Counter[str]())
    assert told['subscribed'] and told['unsubscribed'] and told['pong'] and told['SocketUnknown']
    assert not set(told) - {'subscribed', 'unsubscribed', 'pong', 'swept', 'SocketUnknown', LOST}
    left = agree()
    with clock.stopped(clock.now() + rules.LONGEST_LIFE + timedelta(seconds=1)):
        assert service.sweep() == len(left)
    assert there_is() == ({}, {}, set())
