"""What the dashboard costs: a few calls and units that follow the period, however much happened in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.figures import repository, service
from chalicelib.figures.model import BreakdownQuery, By, Period
from chalicelib.kit import clock
from chalicelib.kit.caller import Scope
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, call
from tests.engine.filling import fill
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import watched

DASHBOARD = '/v1/staff/dashboard'
DAYS = [datetime(2024, 1, 20, 12, tzinfo=UTC) + timedelta(days=2 * number) for number in range(20)]
"""Days of three months on which as much is ordered as on any other of them."""

SMALL = 100
PERIODS = {'2024-01-15 2024-03-14': 3, '2024-01-01 2025-12-31': 1}
"""Days and a whole month between, and the longest period there may be: how many segments each has."""

LOOKING = ['GetItem', 'Query', 'BatchGetItem']
COUNTING = ['BatchGetItem', 'BatchGetItem', 'TransactWriteItems']


class Crewed(Desk):
    """A desk whose every order is given to the same two."""

    def order(self, **changes):
        return super().order(assignee_ids=[one.id for one in self.crew[:2]], **changes)


@pytest.fixture
def crewed(desk):
    return Crewed(**vars(desk))


def happened(desk, requests):
    """So many requests more are ordered, equally many on each of the days, and everything is counted."""
    for noon in DAYS:
        with clock.stopped(noon):
            fill(desk, requests // len(DAYS))
    return list(service.recount(ORGANISATION))


def asked(desk, period, part=''):
    """The dashboard of the period, or the breakdown of it, and what it took beside the authentication."""
    since, until = period.split()
    with watched() as seen:
        said = call('GET', f'{DASHBOARD}{part or "?"}since={since}&until={until}', token=desk.token)
    assert said.status == 200, said
    return said.body, seen.calls[AUTHENTICATION:], seen.read_units


def costs(desk, requests):
    """Read units of every look there is; each tells of so many requests, in few calls."""
    names = {By.OFFERING: ['Сантехник'], By.BUILDING: ['ул. Мира, 5'],
             By.EXECUTOR: [one.name for one in desk.crew[:2]]}  # fmt: skip
    units = {}
    for period, segments in PERIODS.items():
        told, calls, units[period] = asked(desk, period)
        assert calls == LOOKING
        assert told['now']['total'] == told['now']['statuses']['waiting'] == requests
        assert told['totals']['created'] == requests
        busy = {day['on']: day['created'] for day in told['days'] if day['created']}
        assert busy == {noon.date().isoformat(): requests // len(DAYS) for noon in DAYS}
        for by in By:
            told, calls, units[f'{period} {by}'] = asked(desk, period, f'/breakdown?by={by}&')
            assert calls == ['GetItem', *['Query'] * (1 + segments), 'BatchGetItem']
            lines = [(line['name'], line['figures']['created']) for line in told['items']]
            assert sorted(lines) == [(name, requests) for name in names[by]]
    return units


@pytest.mark.parametrize('large', [400, pytest.param(2000, marks=pytest.mark.slow)])
def test_looking_costs_the_same_few_calls_and_units_after_many_times_as_many_requests(crewed, large):
    assert len(happened(crewed, SMALL)) == SMALL
    before = costs(crewed, SMALL)
    assert len(happened(crewed, large - SMALL)) == large
    after = costs(crewed, large)
    assert min(before.values()) > 0
    assert after == pytest.approx(before, rel=0.1)
    assert max(after.values()) <= 10  # of them 4 are the authentication's


def test_a_building_more_in_a_scope_is_a_query_more(desk):
    desk.create()
    service.count(ORGANISATION, 1)
    today = clock.now().date()
    period = Period(since=today - timedelta(days=1), until=today + timedelta(days=1))
    for others in (0, 1, 9):
        places = frozenset({desk.building, *(f'b{number}' for number in range(others))})
        by = replace(desk.dispatcher, scope=Scope(places))
        with watched() as seen:
            dashboard = service.dashboard(period, by=by)
        assert (dashboard.now.total, dashboard.totals.created) == (1, 1)
        assert sorted(seen.calls) == sorted([*LOOKING, *['Query'] * others])
        query = BreakdownQuery(since=period.since, until=period.until, by=By.BUILDING)
        with watched() as seen:
            [line] = service.breakdown(query, by=by).items
        assert (line.id, line.figures.created) == (desk.building, 1)
        assert seen.calls.count('GetItem') == seen.calls.count('BatchGetItem') == 1
        assert len(seen.calls) <= 2 + 3 * len(places)


def test_an_event_is_counted_in_one_transaction_however_many_were_counted_before(crewed):
    fill(crewed, 100)
    with watched() as seen:
        assert service.count(ORGANISATION, 1)
    assert seen.calls == COUNTING
    assert 0 < seen.write_units <= 60
    first = seen.write_units
    for number in range(2, 100):
        service.count(ORGANISATION, number)
    with watched() as seen:
        assert service.count(ORGANISATION, 100)
    assert (seen.calls, seen.write_units) == (COUNTING, first)

    assert call('POST', f'{REQUESTS}/100/start', {}, token=crewed.token).status == 200
    with watched() as seen:
        assert service.count(ORGANISATION, 100)
    assert seen.calls == COUNTING
    assert 0 < seen.write_units <= 60
    with watched() as seen:
        assert not service.count(ORGANISATION, 100)
    assert (seen.calls, seen.write_units) == (COUNTING[:2], 0)


def test_during_a_recounting_an_event_is_one_transaction_more(desk):
    fill(desk, 3)
    assert next(service.recount(ORGANISATION)) == 1
    assert repository.generations(ORGANISATION).building == 2
    with watched() as seen:
        assert service.count(ORGANISATION, 2)
    assert seen.calls == [*COUNTING, 'TransactWriteItems']
    assert seen.read_units <= 5
