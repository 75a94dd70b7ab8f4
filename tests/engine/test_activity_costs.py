"""What the activity of a client costs: to write an entry, and to read a page however much he did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.activity import service
from chalicelib.activity.model import ActivityKind, ActivityQuery, Only
from chalicelib.clients.events import ClientSettled
from chalicelib.kit import clock
from chalicelib.kit.caller import Scope
from chalicelib.kit.values import Paging
from chalicelib.requests.events import RequestRated
from tests.engine.watching import watched
from tests.make import activity as make

ABOUT_REQUEST = {'kind': ActivityKind.REQUEST_CREATED, 'offering_name': 'Сантехник', 'details': {}}


@pytest.fixture
def number(desk):
    """A request of the client."""
    return desk.create()


def _did(desk, number, times):
    """The client did something about the request and signed in, so many times and once a second."""
    since = clock.now()
    for second in range(times):
        at = since + timedelta(seconds=second)
        make.entry(desk.client, at=at)
        make.entry(desk.client, at=at, number=number, building_id=desk.building, **ABOUT_REQUEST)


def _pages(desk, number):
    """Every page there is, as it is asked for by who sees everything and by who sees one building."""
    narrow = replace(desk.dispatcher, id='other', scope=Scope(frozenset({desk.building})))
    for by in (desk.dispatcher, narrow):
        yield lambda by=by: service.list_of_client(desk.client, Paging(), by=by)
        for only in Only:
            yield lambda by=by, only=only: service.list_of_request(number, ActivityQuery(only=only), by=by)


def _measured(ask):
    with watched() as seen:
        assert len(ask().items) == 25
    return seen


def test_an_entry_is_one_write_and_its_place_under_the_request_one_unit_more(desk, number):
    with watched() as seen:
        service.note(make.delivered(RequestRated, client_id=desk.client, by=make.CLIENT))
    assert seen.calls == []  # another's opinion
    own = make.CLIENT.model_copy(update={'id': desk.client})
    with watched() as seen:
        service.note(make.delivered(RequestRated, client_id=desk.client, by=own))
    assert (seen.calls, seen.write_units) == (['PutItem'], 2)
    with watched() as seen:
        make.entry(desk.client)
    assert (seen.calls, seen.write_units) == (['PutItem'], 1)


def test_a_home_is_looked_up_once_when_it_is_noted(desk):
    with watched() as seen:
        service.note(make.delivered(ClientSettled, client_id=desk.client, premises_id=desk.flat))
    assert seen.calls == ['BatchGetItem', 'BatchGetItem', 'PutItem']


def test_a_page_is_one_query_and_a_scope_one_batch_read_more(desk, number):
    _did(desk, number, 30)
    of_client, everything, request, *narrow = (_measured(ask).calls for ask in _pages(desk, number))
    assert of_client == everything == request == ['GetItem', 'Query']
    of_client, everything, request = narrow
    assert of_client == ['GetItem', 'Query', 'BatchGetItem']
    # The request asked about has been judged already, and all of this client's are about it.
    assert everything == request == ['GetItem', 'Query']


def test_a_page_costs_the_same_however_much_was_done(desk, number):
    _did(desk, number, 30)
    before = [_measured(ask) for ask in _pages(desk, number)]
    _did(desk, number, 600)
    after = [_measured(ask) for ask in _pages(desk, number)]
    assert [seen.calls for seen in after] == [seen.calls for seen in before]
    units = [seen.read_units for seen in before]
    assert min(units) > 0
    assert [seen.read_units for seen in after] == pytest.approx(units, rel=0.1)
