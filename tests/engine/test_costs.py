"""What an operation costs: calls to DynamoDB, and capacity that does not grow with the house."""

import pytest

from chalicelib.identity.service import authenticate
from chalicelib.requests import service
from tests.engine.desk import REQUESTS, call
from tests.engine.filling import fill
from tests.engine.operations import AUTHENTICATION, OPERATIONS, measured
from tests.engine.watching import watched

READS = [
    operation
    for operation in OPERATIONS
    if operation.name in ('list: new', 'list: all', 'open the card', 'history')
]


def test_who_is_calling_is_known_after_one_call(desk):
    with watched() as seen:
        caller = authenticate(desk.token)
    assert caller.id == desk.dispatcher.id
    assert seen.calls == ['BatchGetItem']


def test_no_operation_makes_more_calls_than_promised(desk):
    for operation in OPERATIONS:
        seen = measured(desk, operation)
        assert len(seen.calls) == AUTHENTICATION + operation.most_calls, (operation.name, seen.calls)


def test_a_resident_orders_and_looks_in_few_calls(desk):
    order = {'offering_id': desk.offering, 'premises_id': desk.flat}
    with watched() as seen:
        said = call('POST', '/v1/resident/requests', order, token=desk.resident_token)
    assert said.status == 201
    assert len(seen.calls) == AUTHENTICATION + 4, seen.calls
    for path in ('', f'/{said.body["number"]}'):
        with watched() as seen:
            assert call('GET', f'/v1/resident/requests{path}', token=desk.resident_token).status == 200
        assert len(seen.calls) == AUTHENTICATION + 1, seen.calls


def test_the_answer_under_a_key_costs_no_call_more_and_a_replay_two_reads(desk):
    def create():
        with watched() as seen:
            said = call('POST', REQUESTS, desk.order(), token=desk.token, idempotency_key='once')
        return said, seen.calls

    first, calls = create()
    assert len(calls) == AUTHENTICATION + 3
    second, calls = create()
    assert second.body == first.body
    assert calls[-1] == 'GetItem'


def test_reading_costs_the_same_in_a_house_fifty_times_as_large(desk):
    small, large = 100, 5000
    fill(desk, small)
    before = {operation.name: measured(desk, operation).read_units for operation in READS}
    fill(desk, large - small)
    after = {operation.name: measured(desk, operation).read_units for operation in READS}
    assert min(before.values()) > 0
    assert after == pytest.approx(before, rel=0.1)


def test_what_is_filled_in_is_as_if_it_had_been_made(desk):
    fill(desk, 20)
    assert service.count_new(by=desk.dispatcher) == 20
    page = call('GET', f'{REQUESTS}?tab=new&limit=50', token=desk.token).body
    assert sorted(line['number'] for line in page['items']) == list(range(1, 21))
    assert all(
        call('GET', f'{REQUESTS}/{number}', token=desk.token).body['history'] for number in range(1, 21)
    )
    assert desk.create() == 21
