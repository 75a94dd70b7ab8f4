"""The copy can be made anew from what was announced, and what was before this house is in it too."""

import pytest

from chalicelib.activity import service
from chalicelib.activity.repository import ActivityRow
from chalicelib.clients.model import TenureChanges
from chalicelib.clients.service import homes
from chalicelib.identity.events import SignedIn
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import StatusComment
from tests.activity.conftest import bus, completes, enters, kept, orders, rates
from tests.make import activity as make


@pytest.fixture
def past(house, time):
    """A day nobody told this house of; the number of the request rated on it."""
    number = orders(house)
    time.advance(minutes=5)
    completes(house, number)
    rates(house, number, 4)
    enters(house, client_id=None, channel='internal')
    homes.change_tenure(house.client, house.flat, TenureChanges(right='owner'), by=house.dispatcher)
    requests.cancel_own(orders(house), by=house.resident)
    return number


def _emptied():
    for row in ActivityRow.scan():
        row.delete()


def test_what_was_before_this_house_is_in_it_too(past):
    assert kept() == {}
    # Three requests and two clients.
    assert list(service.rebuild('demo')) == [1, 2, 3, 4, 5]
    rebuilt = kept()
    assert len(rebuilt) == 8
    _emptied()
    bus()
    assert kept() == rebuilt


def test_rebuilding_what_is_there_changes_nothing_and_keeps_what_only_the_bus_told(past):
    bus()
    bus(make.delivered(SignedIn))
    before = kept()
    for _ in service.rebuild('demo'):
        pass
    assert kept() == before


def test_a_rebuilding_that_stopped_in_the_middle_is_completed_by_the_next(past):
    walk = service.rebuild('demo')
    next(walk)
    part = kept()
    walk.close()
    assert list(service.rebuild('demo'))[-1] == 5
    assert part.items() < kept().items()


def test_another_organisation_is_left_alone(past):
    assert list(service.rebuild('other')) == []
    assert kept() == {}


def test_a_long_history_is_told_to_its_beginning(house, past):
    for count in range(110):
        requests.set_comment(past, StatusComment(comment=f'{count}'), by=house.dispatcher)
    told = list(requests.retold('demo', past))
    assert (told[0].type, told[-1].type) == ('StatusCommentChanged', 'RequestCreated')
    assert len({delivered.id for delivered in told}) == len(told) > 110
