"""Counting is exact whatever comes twice, late, in another order or after a failure in the middle."""

from collections import Counter
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.figures import repository, service
from chalicelib.figures.model import Ledger
from chalicelib.figures.rules.contributing import contributions
from chalicelib.kit import dynamo
from chalicelib.kit.connection import connection
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as of_requests
from chalicelib.requests.model.refusals import RequestNotFound
from chalicelib.requests.model.status import Status
from tests.engine.watching import refusing, watched
from tests.figures.lives import requests
from tests.make import figures as make
from tests.make.requests import request
from tests.world import deployed

NUMBERS = (1, 2, 3)

CHANGE = some.sampled_from(NUMBERS).flatmap(lambda number: requests(number=number))
DELIVERY = some.sampled_from(NUMBERS)
RECOUNT = some.sampled_from(['recount', 'some of a recount'])
LIVES = some.lists(CHANGE | DELIVERY | DELIVERY | RECOUNT, min_size=3, max_size=16)


def true_sums(*numbers):
    """What the present requests add up to."""
    sums = Counter()
    for one in dynamo.fetch_all(of_requests.reading('demo', number) for number in numbers):
        sums.update(contributions(one))
    return sums


def ledgers(generation=1):
    """What the ledgers say was counted."""
    sums = Counter()
    for number in NUMBERS:
        found = dynamo.find(repository.reading_ledger('demo', generation, number))
        sums.update((found or Ledger()).sums)
    return sums


@contextmanager
def stopping_after(made):
    """Inside the block the process dies before the transaction after so many."""
    done, events = [0], connection().client.meta.events

    def stop(**_):
        if done[0] == made:
            raise ConnectionError('the power is gone')
        done[0] += 1

    events.register('before-call.dynamodb.TransactWriteItems', stop)
    try:
        yield
    finally:
        events.unregister('before-call.dynamodb.TransactWriteItems', stop)


@settings(max_examples=20, deadline=None)
@given(LIVES, some.permutations(NUMBERS))
def test_whatever_happens_and_however_it_is_told_the_counters_are_what_the_requests_say(lives, order):
    """Each number is a delivery of some event of that request: of the latest, an old one, or one again."""
    versions = Counter()
    with deployed():
        for step in lives:
            if step == 'recount':
                assert list(service.recount('demo')) == sorted(versions)
            elif step == 'some of a recount':
                next(service.recount('demo'), None)
            elif isinstance(step, int):
                if versions[step]:
                    service.count('demo', step)
            else:
                versions[step.number] += 1
                make.stands(step.model_copy(update={'version': versions[step.number]}))
            generation = repository.generations('demo').standing
            assert make.kept(generation=generation) == ledgers(generation)
        for number in order:
            if versions[number]:
                service.count('demo', number)
        generation = repository.generations('demo').standing
        assert make.kept(generation=generation) == true_sums(*NUMBERS)
        assert service.check('demo') == []


def test_the_same_again_is_two_reads_and_no_write(world):
    make.stands(request())
    assert service.count('demo', 17)
    with watched() as seen:
        assert not service.count('demo', 17)
    assert seen.calls == ['BatchGetItem', 'BatchGetItem']


def test_a_change_that_counts_for_nothing_writes_nothing(world):
    make.stands(request())
    service.count('demo', 17)
    make.stands(request(version=2, status_comment='Ждём'))
    with watched() as seen:
        assert not service.count('demo', 17)
    assert seen.write_units == 0
    assert make.kept() == true_sums(17)


def test_a_row_read_before_another_hand_counted_a_later_one_is_left_alone(world):
    make.stands(request(version=3, status=Status.DONE, done_at=request().created_at))
    service.count('demo', 17)
    later = make.kept()
    make.stands(request(version=2))
    assert not service.count('demo', 17)
    assert make.kept() == later


def test_what_another_release_counted_otherwise_is_put_right_by_the_next_event(world):
    one = make.stands(request())
    wrong = Counter({cell: amount + 1 for cell, amount in contributions(one).items()})
    repository.count('demo', 1, 17, Ledger(), wrong, one.version)
    assert make.kept() == wrong
    assert service.count('demo', 17)
    assert make.kept() == true_sums(17)


def test_of_two_hands_with_the_same_ledger_one_is_refused_and_nothing_of_his_is_written(world):
    one = make.stands(request())
    sums = contributions(one)
    repository.count('demo', 1, 17, Ledger(), sums, one.version)
    with pytest.raises(ChangedMeanwhile):
        repository.count('demo', 1, 17, Ledger(), sums, one.version)
    assert make.kept() == sums


@pytest.mark.parametrize('made', [0, 1, 2, 3])
def test_a_change_of_several_transactions_that_stopped_after_any_is_completed_by_the_next_delivery(
    world, made
):
    make.stands(make.lived(name='a'))
    service.count('demo', 17)
    make.stands(make.lived(name='b', version=2))
    with stopping_after(made), pytest.raises(ConnectionError):
        service.count('demo', 17)
    ledger = dynamo.get(repository.reading_ledger('demo', 1, 17))
    assert (ledger.version, make.kept()) == (1, ledger.sums)
    assert service.count('demo', 17)
    assert make.kept() == true_sums(17)
    assert dynamo.get(repository.reading_ledger('demo', 1, 17)).version == 2


def test_a_transaction_that_met_others_is_made_again(world):
    make.stands(request())
    with refusing('TransactWriteItems', 3, 'TransactionCanceledException', 'TransactionConflict') as calls:
        assert service.count('demo', 17)
    assert calls == [4]
    assert make.kept() == true_sums(17)


def test_a_request_that_is_not_there_is_refused_and_counted_nowhere(world):
    with pytest.raises(RequestNotFound):
        service.count('demo', 99)
    assert make.kept() == {}


def test_what_is_of_one_organisation_is_counted_there(world):
    make.stands(request())
    make.stands(request(organisation='other', number=17))
    service.count('other', 17)
    assert make.kept('demo') == {}
    assert make.kept('other') == contributions(request())
