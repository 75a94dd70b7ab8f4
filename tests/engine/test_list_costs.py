"""What lists narrowed by filters and words cost: few calls, and units that do not grow with the house."""

import pytest

from chalicelib.requests import repository
from tests.engine.desk import REQUESTS, call
from tests.engine.filling import fill
from tests.engine.operations import AUTHENTICATION, NARROWED, RARE, order_for_a_rare_client
from tests.engine.watching import watched

SMALL = 250


FOUND = {'search: a number': 1, 'search: a rare surname': 1}


def costs(desk):
    repository.forget_sizes()
    found = {}
    for one in NARROWED:
        one.do(desk, 0)  # now sizes of its lists are known
        with watched() as seen:
            said = one.do(desk, 0)
        assert said.status == 200, said
        assert len(said.body['items']) == FOUND.get(one.name, 25), one.name
        assert len(seen.calls) <= AUTHENTICATION + one.most_calls, (one.name, seen.calls)
        found[one.name] = seen.read_units
    return found


@pytest.mark.parametrize('large', [750, pytest.param(3000, marks=pytest.mark.slow)])
def test_a_narrowed_page_costs_the_same_few_calls_and_units_in_a_larger_house(desk, large):
    fill(desk, SMALL, is_indexed=True)
    rare = order_for_a_rare_client(desk)
    before = costs(desk)
    fill(desk, large - SMALL, is_indexed=True)
    after = costs(desk)
    assert min(before.values()) > 0
    assert after == pytest.approx(before, rel=0.1)
    found = call('GET', f'{REQUESTS}?tab=all&search={RARE}', token=desk.token).body['items']
    assert [line['number'] for line in found] == [rare]


def test_sizes_are_asked_for_once_a_minute(desk):
    fill(desk, 30, is_indexed=True)
    repository.forget_sizes()
    query = f'{REQUESTS}?tab=all&building_id={desk.building}&channel=incoming_call'
    with watched() as seen:
        call('GET', query, token=desk.token)
    assert seen.calls == ['BatchGetItem', 'BatchGetItem', 'Query', 'BatchGetItem']
    with watched() as seen:
        call('GET', query, token=desk.token)
    assert seen.calls == ['BatchGetItem', 'Query', 'BatchGetItem']
