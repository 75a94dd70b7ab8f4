"""The index of requests: exact at any delivery, and made anew where rows were lost."""

import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import repository, service, workers
from chalicelib.requests.repository.index import IndexRow, rows_of
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.requests.rules import listing, planning
from chalicelib.requests.rules.narrowing import Condition, Wanted
from infra import ops
from tests.requests.conftest import crew_of


def rows():
    return {(row.pk, row.sk): row.attribute_values for row in IndexRow.scan()}


def truth():
    """Every list and word row that the present requests ask for."""
    return {
        key
        for request in service.everything('demo')
        for key in rows_of('demo', listing.standing(request))
    }


def listed_keys():
    return {key for key in rows() if '#list#' in key[0] or '#words#' in key[0]}


def images():
    return [
        {'eventName': 'MODIFY', 'dynamodb': {
            'Keys': {'sk': {'S': row.sk}}, 'SequenceNumber': str(row.version),
            'NewImage': {'body': {'S': row.body}}}}
        for row in RequestRow.scan() if row.sk == 'request'
    ]  # fmt: skip


def test_the_index_is_the_same_however_often_and_in_whatever_order_changes_come(house, ordered, step):
    number = ordered()
    first = images()
    step(number, 'start', crew_of(house, 0, 1))
    second = images()
    assert workers.index({'Records': second}, None) == {'batchItemFailures': []}
    stands = rows()
    for records in (first, second, first, second):
        workers.index({'Records': records}, None)
        assert rows() == stands
    assert listed_keys() == truth()


def test_sizes_follow_every_change(house, ordered, step):
    numbers = [ordered(), ordered()]
    for request in service.everything('demo'):
        service.index(request)
    step(numbers[0], 'start', crew_of(house, 0))
    for request in service.everything('demo'):
        service.index(request)
    repository.forget_sizes()
    names = ('all=', 'status=waiting', 'status=in_progress', f'assignee={house.crew[0].id}')
    sizes = repository.sizes_lately('demo', names, is_attached=False)
    assert sizes == dict(zip(names, (2, 1, 1, 1), strict=True))


def test_what_was_lost_is_made_anew(house, ordered, monkeypatch, capsys):
    for _ in range(3):
        ordered()
    monkeypatch.setattr('sys.argv', ['ops', 'reindex', '--organisation', 'demo'])
    assert ops.main() == 0
    assert listed_keys() == truth()
    for pk, sk in sorted(listed_keys())[::3]:
        IndexRow(pk=pk, sk=sk).delete()
    assert listed_keys() < truth()
    assert ops.main() == 0
    assert listed_keys() == truth()
    assert 'lists and search' in capsys.readouterr().out


def test_a_change_too_large_for_one_transaction_leaves_the_same_rows(house, ordered):
    request = dynamo.get(service.reading('demo', ordered()))
    few = listing.standing(request)
    many = few.model_copy(
        update={
            'version': 9,
            'facets': tuple(f'label={n}' for n in range(28)),
            'words': tuple(sorted(f'слово{n}' for n in range(20))),
            'is_attached': True,
        }
    )
    full = few.model_copy(
        update={'version': 8, 'facets': tuple(f'assignee={n}' for n in range(28)),
                'words': tuple(sorted(f'имя{n}' for n in range(20)))}
    )  # fmt: skip
    for standing in (few, full, many):
        kept = dynamo.find(repository.reading_kept('demo', request.number))
        repository.settle('demo', kept, standing)
        assert listed_keys() == set(rows_of('demo', standing))


SIZES = {'all=': 1_000_000, 'status=waiting': 200, 'status=done': 900_000, 'building=b': 2_000}
WAITING = Condition(listing.Facet.STATUS, frozenset({'waiting'}))
DONE = Condition(listing.Facet.STATUS, frozenset({'done'}))
THERE = Condition(listing.Facet.BUILDING, frozenset({'b'}))


@pytest.mark.parametrize(
    ('conditions', 'chosen'),
    [((WAITING, THERE), 'status'), ((DONE, THERE), 'building'), ((THERE, WAITING), 'status')],
)
def test_the_planner_takes_the_list_from_which_the_fewest_entries_are_read(conditions, chosen, time):
    what = Wanted(conditions=conditions)
    assert planning.obvious(what) is None
    plan = planning.weighed(what, SIZES, time.at, 25)
    assert plan.facet == chosen
    assert plan.rest == tuple(one for one in conditions if one.facet != chosen)


@pytest.fixture
def indexed(house, ordered, step):
    """Three requests, one of them in work, in lists and search."""
    numbers = [ordered() for _ in range(3)]
    step(numbers[0], 'start', crew_of(house, 0))
    for request in service.everything('demo'):
        service.index(request)
    assert service.check_index('demo') == []
    return numbers


def test_a_lost_row_is_found_and_made_anew(indexed):
    pk, sk = sorted(listed_keys())[0]
    IndexRow(pk=pk, sk=sk).delete()
    assert service.check_index('demo') == [f'{pk}: its rows are not those of the requests']
    list(service.reindex('demo'))
    assert service.check_index('demo') == []


def test_rows_of_no_request_are_found_and_taken_out(indexed):
    stale = IndexRow(pk='demo#list#status=waiting', sk='0#2026-01-01T00:00:00.000Z#0000000001', facets=' ')
    stale.save()
    IndexRow(pk='demo#words#я', sk='яблоко#9999999998').save()
    assert len(service.check_index('demo')) == 2
    list(service.tidy_index('demo'))
    assert service.check_index('demo') == []
    assert listed_keys() == truth()


def test_damaged_counters_are_named_and_put_right(house, indexed):
    IndexRow(pk='demo#sizes', sk='status=waiting').update([IndexRow.tally.add(7)])
    RequestRow(pk='demo#load', sk=house.crew[0].id).update([RequestRow.tally.add(1)])
    RequestRow(pk='demo#new', sk=house.building).delete()
    assert service.check_index('demo') == [
        f'demo#load {house.crew[0].id}: says 2, should say 1',
        f'demo#new {house.building}: says 0, should say 2',
        'demo#sizes status=waiting: says 9, should say 2',
    ]
    list(service.tidy_index('demo'))
    assert service.check_index('demo') == []


def test_a_counter_that_changed_during_the_walk_is_left_to_the_next(indexed, ordered):
    key = ('demo#sizes', 'status=waiting')
    counted = repository.counters('demo')[key]
    service.index(dynamo.get(service.reading('demo', ordered())))
    with pytest.raises(ChangedMeanwhile):
        repository.set_counter(key, counted, counted.tally)
    assert service.check_index('demo') == []
