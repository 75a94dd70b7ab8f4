"""Two transactions on one row: DynamoDB cancels one of them, and whoever wrote it tries again.

No emulator cancels for a conflict, so the answers are put in; what conditions do is the engine's own word.
"""

import pytest
from pynamodb.exceptions import TransactWriteError, UpdateError

from chalicelib.kit import dynamo
from chalicelib.kit.calls import TRIES_OF_A_LOST_RACE
from chalicelib.kit.errors import ChangedMeanwhile, Contended
from chalicelib.requests.repository.rows import RequestRow
from tests.engine.desk import REQUESTS, call
from tests.engine.watching import refusing

CANCELLED = 'TransactionCanceledException'


class OfCheck(Exception):
    pass


class OfRemoval(Exception):
    pass


class OfPut(Exception):
    pass


class OfUpdate(Exception):
    pass


def row(name: str, **columns: object) -> RequestRow:
    return RequestRow(pk='demo#trial', sk=name, **columns)


def kept(name: str) -> RequestRow | None:
    return dynamo.find(dynamo.Read(RequestRow, ('demo#trial', name), lambda found: found))


def four_writes(*failing: type[Exception]) -> list[dynamo.Write]:
    """One of each kind, in another order than DynamoDB's answer lists them; those named cannot succeed."""
    there = RequestRow.pk.exists()

    def condition(of: type[Exception]):
        return there if of in failing else ~there

    return [
        dynamo.updating(row('updated'), [RequestRow.tally.add(1)], condition(OfUpdate), OfUpdate),
        dynamo.putting(row('put', body='new'), condition(OfPut), OfPut),
        dynamo.checking(RequestRow, ('demo#trial', 'checked'), condition(OfCheck), OfCheck),
        dynamo.removing(row('removed'), condition(OfRemoval), OfRemoval),
    ]


@pytest.mark.parametrize('kind', [OfCheck, OfRemoval, OfPut, OfUpdate])
def test_the_refusal_is_that_of_the_write_whose_condition_failed(engine, kind):
    with pytest.raises(kind):
        dynamo.commit(*four_writes(kind))
    assert kept('put') is kept('updated') is None


@pytest.mark.parametrize(
    'reason', ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']
)
def test_a_transaction_that_met_another_is_sent_again_and_takes_effect_once(engine, reason):
    with refusing('TransactWriteItems', 3, CANCELLED, 'None', 'None', 'None', reason) as calls:
        dynamo.commit(*four_writes())
    assert calls == [4]
    assert kept('updated').tally == 1


def test_a_transaction_that_is_still_under_way_is_sent_again(engine):
    with refusing('TransactWriteItems', 1, 'TransactionInProgressException') as calls:
        dynamo.commit(*four_writes())
    assert calls == [2]
    assert kept('put').body == 'new'


def test_a_refusal_after_conflicts_is_still_of_its_write(engine):
    with (
        refusing('TransactWriteItems', 2, CANCELLED, 'TransactionConflict', 'None', 'None', 'None') as calls,
        pytest.raises(OfPut),
    ):
        dynamo.commit(*four_writes(OfPut))
    assert calls == [3]


def test_a_condition_that_fails_beside_a_conflict_is_the_refusal(engine):
    reasons = ('None', 'ConditionalCheckFailed', 'None', 'TransactionConflict')
    with refusing('TransactWriteItems', 1, CANCELLED, *reasons) as calls, pytest.raises(OfRemoval):
        dynamo.commit(*four_writes())
    assert calls == [1]
    assert kept('put') is None


def test_another_reason_is_not_tried_again(engine):
    with (
        refusing('TransactWriteItems', 1, CANCELLED, 'ItemCollectionSizeLimitExceeded') as calls,
        pytest.raises(TransactWriteError),
    ):
        dynamo.commit(*four_writes())
    assert calls == [1]


def test_a_conflict_without_end_is_given_up(engine):
    with (
        refusing('TransactWriteItems', 100, CANCELLED, 'TransactionConflict') as calls,
        pytest.raises(Contended),
    ):
        dynamo.commit(*four_writes())
    assert calls == [dynamo.CONFLICT_TRIES]
    assert kept('put') is None


def test_a_single_write_that_meets_a_transaction_is_sent_again(engine):
    with refusing('UpdateItem', 2, 'TransactionConflictException') as calls:
        counted = row('counted')
        dynamo.update_now(counted, [RequestRow.tally.add(1)])
    assert (calls, counted.tally) == ([3], 1)
    with refusing('PutItem', 2, 'TransactionConflictException') as calls:
        dynamo.write_now(row('written', body='now'))
    assert (calls, kept('written').body) == ([3], 'now')


def test_a_single_write_whose_condition_fails_after_a_conflict_is_refused(engine):
    with refusing('UpdateItem', 1, 'TransactionConflictException'), pytest.raises(ChangedMeanwhile):
        dynamo.update_now(row('counted'), [RequestRow.tally.add(1)], RequestRow.pk.exists())
    with refusing('UpdateItem', 1, 'ItemCollectionSizeLimitExceededException'), pytest.raises(UpdateError):
        dynamo.update_now(row('counted'), [RequestRow.tally.add(1)])
    assert kept('counted') is None


def test_at_the_doors_a_conflict_is_not_noticed_and_a_refusal_keeps_its_name(desk):
    number = desk.create(assignee_ids=[desk.crew[0].id])
    take = f'{REQUESTS}/{number}/start'
    with refusing('TransactWriteItems', 2, CANCELLED, 'TransactionConflict'):
        assert call('POST', take, {}, token=desk.token).status == 200
    said = call('POST', take, {}, token=desk.token)
    assert (said.status, said.body['code']) == (409, 'MoveNotAllowed')
    with refusing('TransactWriteItems', 100, CANCELLED, 'ConditionalCheckFailed') as calls:
        said = call('POST', f'{REQUESTS}/{number}/complete', {}, token=desk.token)
    assert (said.status, said.body['code']) == (409, 'ChangedMeanwhile')
    assert calls == [TRIES_OF_A_LOST_RACE]
