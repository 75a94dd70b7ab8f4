"""Records of a table's stream reach a function as Lambda would deliver them, on the real local engine."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from infra.local.patterns import parsed
from infra.local.pump import Answer, Throttled, dead_letter
from infra.local.runtime import Engine
from infra.local.streams import Record
from tests.local.pumping import ARN, FAILED, FINE, NOTHING_FAILED, SECONDS, Function, Morgue, World

pytestmark = pytest.mark.engine


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Engine(tmp_path / 'dynamodb.db', log=tmp_path / 'dynoxide.log') as engine:
        made = World(engine, tmp_path)
        yield made
        made.close()


def test_what_was_written_before_the_first_start_is_delivered_too(world: World) -> None:
    world.put('before')
    function = Function()
    world.pump(function)
    world.put('after')
    function.wait_for('after')
    assert [name for batch in function.batches for name in batch] == ['before', 'after']


def test_a_record_looks_as_lambda_hands_it_over(world: World) -> None:
    seen: list[Record] = []
    arrived = threading.Event()

    def function(records: Sequence[Record]) -> Answer:
        seen.extend(records)
        arrived.set()
        return FINE

    world.pump(function)
    world.put('one')
    assert arrived.wait(SECONDS)
    record = seen[0]
    assert (record['eventSourceARN'], record['awsRegion'], record['eventName']) == (
        ARN,
        'eu-central-1',
        'INSERT',
    )
    assert record['dynamodb']['NewImage'] == {'name': {'S': 'one'}, 'kind': {'S': 'event'}}
    assert isinstance(record['dynamodb']['ApproximateCreationDateTime'], int | float)


def test_a_filter_lets_only_its_records_through_and_the_checkpoint_passes_the_rest(world: World) -> None:
    function = Function()
    only_events = parsed({'Filters': [{'Pattern': '{"dynamodb": {"NewImage": {"kind": {"S": ["event"]}}}}'}]})
    world.put('card', kind='card')
    world.put('event')
    world.pump(function, patterns=only_events)
    function.wait_for('event')
    assert function.batches == [['event']]


def test_a_batch_holds_no_more_than_its_size(world: World) -> None:
    function = Function()
    world.put(*(f'n{number}' for number in range(7)))
    world.pump(function, batch_size=3)
    function.wait_for('n6')
    assert [len(batch) for batch in function.batches] == [3, 3, 1]


def test_a_failed_batch_comes_again_until_it_is_taken(world: World) -> None:
    troubles = iter([FAILED, FAILED])
    function = Function(lambda names: next(troubles, FINE))
    world.put('a', 'b')
    world.pump(function)
    function.wait_for('b', times=3)
    world.put('c')
    function.wait_for('c')
    assert function.batches == [['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]


def test_a_poison_record_is_found_by_halving_and_buried_alone(world: World) -> None:
    function, morgue = Function(lambda names: FAILED if 'poison' in names else FINE), Morgue()
    world.put('a', 'b', 'poison', 'c')
    world.pump(function, morgue, retries=1, bisects=True)
    morgue.wait()
    world.put('after')
    function.wait_for('after')
    assert morgue.letters == [(['poison'], 2)]
    taken = [name for batch in function.batches if 'poison' not in batch for name in batch]
    assert taken == ['a', 'b', 'c', 'after']


def test_without_halving_the_whole_batch_is_given_up(world: World) -> None:
    function, morgue = Function(lambda names: FAILED if 'poison' in names else FINE), Morgue()
    world.put('a', 'poison', 'b')
    world.pump(function, morgue, retries=2)
    morgue.wait()
    assert morgue.letters == [(['a', 'poison', 'b'], 3)]


def test_reported_items_are_the_only_ones_that_come_again(world: World) -> None:
    refused = iter(['b'])
    sequences: dict[str, str] = {}

    def function(records: Sequence[Record]) -> Answer:
        sequences.update(
            {
                record['dynamodb']['Keys']['name']['S']: record['dynamodb']['SequenceNumber']
                for record in records
            }
        )
        remembered(records)
        bad = next(refused, None)
        failures = [{'itemIdentifier': sequences[bad]}] if bad else []
        return Answer(is_error=False, payload={'batchItemFailures': failures})

    remembered = Function()
    world.put('a', 'b', 'c')
    world.pump(function, reports_items=True)
    remembered.wait_for('c', times=2)
    assert remembered.batches == [['a', 'b', 'c'], ['b', 'c']]


def test_a_report_is_not_looked_at_where_the_mapping_does_not_ask_for_it(world: World) -> None:
    function = Function(
        lambda names: Answer(is_error=False, payload={'batchItemFailures': [{'itemIdentifier': '1'}]})
    )
    world.put('a')
    world.pump(function)
    world.put('b')
    function.wait_for('b')
    assert [name for batch in function.batches for name in batch] == ['a', 'b']


def test_an_identifier_of_no_record_fails_the_whole_batch(world: World) -> None:
    strange = iter([Answer(is_error=False, payload={'batchItemFailures': [{'itemIdentifier': 'what'}]})])
    function = Function(lambda names: next(strange, NOTHING_FAILED))
    world.put('a', 'b')
    world.pump(function, reports_items=True)
    function.wait_for('b', times=2)
    assert function.batches == [['a', 'b'], ['a', 'b']]


def test_a_throttled_invocation_is_no_attempt(world: World) -> None:
    busy = iter(range(5))

    def answer(names: list[str]) -> Answer:
        if next(busy, None) is not None:
            raise Throttled
        return FINE

    function, morgue = Function(answer), Morgue()
    world.put('a')
    world.pump(function, morgue, retries=0)
    function.wait_for('a')
    assert morgue.letters == []


def test_a_restart_goes_on_where_the_last_one_stopped(world: World) -> None:
    first, second = Function(), Function()
    world.put('a', 'b')
    pump = world.pump(first)
    first.wait_for('b')
    pump.stop()
    pump.join()
    world.put('c')
    world.pump(second)
    second.wait_for('c')
    assert second.batches == [['c']]


def test_what_was_not_accepted_before_the_end_comes_again(world: World) -> None:
    stuck = Function(lambda names: FAILED)
    world.put('a', 'b')
    pump = world.pump(stuck)
    stuck.wait_for('a', times=2)
    pump.stop()
    pump.join()
    assert world.checkpoint.read() is None
    recovered = Function()
    world.pump(recovered)
    recovered.wait_for('b')
    assert [name for batch in recovered.batches for name in batch] == ['a', 'b']


def test_the_checkpoint_does_not_pass_a_record_before_it_is_buried(world: World) -> None:
    # The queue of dead letters is away: the record must not be lost.
    def bury(records: Sequence[Record], attempts: int) -> None:
        tried.set()
        raise ConnectionError('no queue')

    tried = threading.Event()
    world.put('poison')
    pump = world.pump(Function(lambda names: FAILED), bury, retries=0)  # type: ignore[arg-type]
    assert tried.wait(SECONDS)
    pump.stop()
    pump.join()
    assert world.checkpoint.read() is None


def test_a_dead_letter_says_where_the_records_are() -> None:
    record = {'dynamodb': {'SequenceNumber': '7', 'ApproximateCreationDateTime': 1795408628.5}}
    letter = dead_letter(ARN, 'shard-1', 'a-function', [record, record], 3)
    assert letter['requestContext']['condition'] == 'RetryAttemptsExhausted'
    assert letter['DDBStreamBatchInfo'] == {
        'shardId': 'shard-1',
        'startSequenceNumber': '7',
        'endSequenceNumber': '7',
        'approximateArrivalOfFirstRecord': '2026-11-23T04:37:08.500Z',
        'approximateArrivalOfLastRecord': '2026-11-23T04:37:08.500Z',
        'batchSize': 2,
        'streamArn': ARN,
    }
