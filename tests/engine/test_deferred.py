"""Deferred messages on the engine: a thousand in one minute, clocks that fire twice, senders that die."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.conversations import repository, service
from chalicelib.conversations.model.deferred import DeferredState
from chalicelib.kit import clock, dynamo
from chalicelib.kit.connection import connection
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, at_once, call
from tests.engine.watching import refusing, watched
from tests.make import conversations as make


def plan(desk: Desk, number: int, count: int) -> list[str]:
    """So many messages of the request that were planned for one minute, and are due now; their ids."""
    with clock.stopped(clock.now() - timedelta(days=2)):
        return [make.deferred(number, desk.dispatcher, text=f'Слово {turn}').id for turn in range(count)]


def texts(desk: Desk, number: int) -> list[str]:
    """What stands in the chat."""
    page = call('GET', f'{REQUESTS}/{number}/messages?limit=100', token=desk.token).body
    return [line['text'] for line in page['items']]


def states(number: int, ids: list[str]) -> Counter[DeferredState]:
    """How many of the deferred messages are in which state."""
    reads = [repository.reading_deferred(ORGANISATION, number, one) for one in ids]
    return Counter(one.state for one in dynamo.fetch_all(reads))


@pytest.mark.proves('CHAT-018')
def test_a_thousand_that_are_due_in_one_minute_leave_in_one_run_each_once(desk):
    numbers = [desk.create() for _ in range(25)]
    ids = {number: plan(desk, number, 40) for number in numbers}
    with watched() as seen:
        assert service.sweep() == 1000
    # Two calls a message, and one look at each of the shards.
    assert Counter(seen.calls) == {
        'BatchGetItem': 1000, 'TransactWriteItems': 1000, 'Query': repository.SHARDS,
    }  # fmt: skip
    assert service.sweep() == 0
    for number in numbers:
        assert sorted(texts(desk, number)) == sorted(f'Слово {turn}' for turn in range(40))
        assert states(number, ids[number]) == {DeferredState.SENT: 40}


@pytest.mark.proves('CHAT-018', 'CHAT-020')
def test_two_clocks_at_once_and_an_author_who_decides_meanwhile_send_nothing_twice(desk):
    number = desk.create()
    ids = plan(desk, number, 30)
    place = f'{REQUESTS}/{number}/deferred-messages'

    def decide(method: str, identity: str, tail: str = '') -> Callable[[], int]:
        return lambda: call(method, f'{place}/{identity}{tail}', token=desk.token).status

    decisions = [decide('POST', identity, '/send-now') for identity in ids[:5]]
    decisions += [decide('DELETE', identity) for identity in ids[5:10]]
    answers = at_once([service.sweep, service.sweep, *decisions])
    assert set(answers[2:]) <= {200, 204, 409}
    while service.sweep():
        pass
    found, there = states(number, ids), texts(desk, number)
    assert found[DeferredState.DELETED] == answers[2:].count(204)
    assert found[DeferredState.SENT] == 30 - found[DeferredState.DELETED]
    assert len(there) == len(set(there)) == found[DeferredState.SENT]


@contextmanager
def dying_after_the_write() -> Iterator[None]:
    """Inside the block whoever writes does not live to hear that it was done."""

    def die(**_: Any) -> None:
        raise SystemError('the process is gone')

    events = connection().client.meta.events
    events.register('after-call.dynamodb.TransactWriteItems', die)
    try:
        yield
    finally:
        events.unregister('after-call.dynamodb.TransactWriteItems', die)


def test_what_a_sender_that_dies_has_sent_is_not_sent_again_and_the_rest_leaves(desk):
    number = desk.create()
    ids = plan(desk, number, 4)
    with dying_after_the_write():
        assert service.sweep() == 0
    assert states(number, ids) == {DeferredState.SENT: 4}
    assert service.sweep() == 0
    assert len(texts(desk, number)) == 4


def test_what_could_not_be_written_stays_due(desk):
    number = desk.create()
    ids = plan(desk, number, 3)
    with refusing('TransactWriteItems', 1, 'InternalServerError'):
        assert service.sweep() == 2
    assert states(number, ids) == {DeferredState.SENT: 2, DeferredState.SCHEDULED: 1}
    assert service.sweep() == 1
    assert sorted(texts(desk, number)) == ['Слово 0', 'Слово 1', 'Слово 2']
