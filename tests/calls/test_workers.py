"""The clock closes calls without an end, and the queue brings what was created to its call."""

import json

import pytest

from chalicelib.calls import repository, service, workers
from chalicelib.kit import dynamo
from tests import house as the_house
from tests.calls.conftest import announced
from tests.make import calls as make


def kept(call):
    return dynamo.get(repository.reading('demo', call.id))


@pytest.mark.parametrize(('is_answered', 'span'), [(False, {'minutes': 10}), (True, {'hours': 4})])
def test_a_call_whose_end_is_never_told_is_closed_once(house, time, is_answered, span):
    call = make.talk() if is_answered else make.tell()
    time.advance(**span)
    time.advance(seconds=-1)
    service.sweep()
    assert kept(call).status == ('answered' if is_answered else 'ringing')
    time.advance(seconds=1)
    service.sweep()
    closed = kept(call)
    assert closed.status == ('ended' if is_answered else 'missed')
    assert (closed.is_end_unknown, closed.ended_at, closed.duration_seconds) == (True, None, None)
    service.sweep()
    assert kept(call).version == closed.version
    (event,) = announced('CallEnded' if is_answered else 'CallMissed')
    assert event.event.get('duration_seconds') is None


def test_an_end_told_after_all_is_kept(house, time):
    call = make.talk(call_id='c')
    began = time.at
    time.advance(hours=5)
    service.sweep()
    make.tell(call_id='c', event='ended', at=began.replace(minute=30).isoformat())
    told = kept(call)
    assert (told.status, told.is_end_unknown, told.duration_seconds) == ('ended', False, 1800)


def test_an_answer_told_after_the_sweep_opens_the_call_again(house, time):
    call = make.tell(call_id='c', extension='101')
    answered, ended = time.at, time.advance(minutes=11)
    service.sweep()
    make.tell(call_id='c', event='answered', extension='101', at=answered.isoformat())
    assert kept(call).status == 'answered'
    make.tell(call_id='c', event='ended', at=ended.isoformat())
    (event,) = announced('CallEnded')
    assert event.event['duration_seconds'] == 660


def test_calls_that_are_over_are_not_looked_at(house, time):
    make.tell(call_id='c')
    make.tell(call_id='c', event='ended')
    time.advance(days=1)
    assert [found for shard in range(repository.SHARDS) for found in repository.due_by(time.at, shard)] == []


def test_the_sample_of_the_queue_is_taken(house):
    payload = json.loads((the_house.ROOT / 'events/calls/in/follow.json').read_text())
    assert workers.follow(payload, None) == {'batchItemFailures': []}
