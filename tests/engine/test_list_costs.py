"""What lists narrowed by filters and words cost: few calls, and units that do not grow with the house."""

import pytest

from chalicelib.requests import repository
from tests.engine.desk import REQUESTS, call
from tests.engine.filling import fill
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import watched

SMALL, LARGE = 1000, 3000


def paths(desk):
    """Each list, and how many calls it may take beside the authentication, sizes of lists being known."""
    return {
        'tab=all&status=waiting': 2,
        f'tab=all&offering_id={desk.offering}': 2,
        f'tab=all&client_id={desk.client}': 2,
        f'tab=all&building_id={desk.building}&channel=incoming_call': 2,
        f'tab=new&offering_id={desk.offering}&created_since=2020-01-01': 3,
        'tab=all&search=Петров': 2,
        'tab=all&search=сантехник мира': 2,
        'tab=all&search=17': 1,
    }


def costs(desk):
    repository.forget_sizes()
    found = {}
    for query, most in paths(desk).items():
        call('GET', f'{REQUESTS}?{query}', token=desk.token)
        with watched() as seen:
            said = call('GET', f'{REQUESTS}?{query}', token=desk.token)
        assert said.status == 200
        assert len(said.body['items']) == (1 if query.endswith('=17') else 25), query
        assert len(seen.calls) <= AUTHENTICATION + most, (query, seen.calls)
        found[query] = seen.read_units
    return found


def test_a_narrowed_page_costs_the_same_few_calls_and_units_in_a_larger_house(desk):
    fill(desk, SMALL, is_indexed=True)
    before = costs(desk)
    fill(desk, LARGE - SMALL, is_indexed=True)
    after = costs(desk)
    assert min(before.values()) > 0
    assert after == pytest.approx(before, rel=0.1)


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
