"""The dashboard as a manager reads it."""

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewRequest, Opinion, Start, Step
from chalicelib.staff.model import Permission
from tests.figures.conftest import DASHBOARD, PERIOD, bus
from tests.requests.conftest import acting


def order(house, offering='plumbing', elsewhere=False):
    """The number of a new request of the client, in his flat or for the other building."""
    of_client = {'premises_id': house.flat, 'client_id': house.client}
    inner = {'channel': 'internal', 'building_id': house.other_building}
    place = inner if elsewhere else {'channel': 'visit', 'building_id': house.building, **of_client}
    new = NewRequest(offering_id=house.offerings[offering], **place)
    return requests.order(new, by=house.dispatcher).number


@pytest.fixture
def lived(house, time):
    """One done in two hours and rated, one overdue, one cancelled, one waiting in the other building."""
    done, late, gone = order(house), order(house), order(house, 'single')
    order(house, elsewhere=True)
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    time.advance(minutes=30)
    requests.start(done, crew, by=house.dispatcher)
    requests.start(late, crew, by=house.dispatcher)
    requests.cancel(gone, Step(comment='не нужно'), by=house.dispatcher)
    time.advance(hours=2)
    requests.complete(done, Step(), by=house.dispatcher)
    requests.rate(done, Opinion(points=4), by=house.resident)
    time.advance(hours=5)
    requests.sweep()
    bus()
    return {'done': done, 'late': late}


@pytest.mark.proves('REQ-007')
def test_the_dashboard_tells_how_it_stands_and_what_happened(lived, read):
    told = read()
    assert (told['now']['open'], told['now']['total']) == (2, 4)
    assert {status: n for status, n in told['now']['statuses'].items() if n} == {
        'done': 1, 'in_progress': 1, 'cancelled': 1, 'waiting': 1,
    }  # fmt: skip
    totals = told['totals']
    assert (totals['created'], totals['done'], totals['cancelled']) == (4, 1, 1)
    assert (totals['reaction_kept'], totals['reaction_broken']) == (2, 1)
    assert (totals['execution_kept'], totals['execution_broken']) == (1, 1)
    assert (totals['mean_reaction'], totals['mean_execution']) == ('PT30M', 'PT2H')
    assert (totals['ratings'], totals['mean_rating']) == (1, 4.0)


def test_the_series_has_a_point_for_every_day_and_adds_up(lived, read):
    told = read()
    assert [day['on'] for day in told['days']] == [f'2026-11-{day:02d}' for day in range(1, 31)]
    for measure in ('created', 'done', 'execution_broken', 'ratings'):
        assert sum(day[measure] for day in told['days']) == told['totals'][measure]


def test_breakdowns_name_offerings_buildings_and_executors(house, lived, read):
    of = {by: read(f'/breakdown?by={by}')['items'] for by in ('offering', 'building', 'executor')}
    assert {line['name']: line['figures']['created'] for line in of['offering']} == {
        'Сантехник': 3, 'Электрик': 1,
    }  # fmt: skip
    assert {line['name']: line['now']['open'] for line in of['building']} == {
        'ул. Мира, 5': 1, 'ул. Мира, 7': 1,
    }  # fmt: skip
    assert [(line['id'], line['figures']['done']) for line in of['executor']] == [(house.crew[0].id, 1)]


def test_an_employee_of_one_building_reads_the_figures_of_that_building(house, lived, read):
    there = acting(house.cleaner, scope=Scope(frozenset({house.other_building})))
    told = read(by=there)
    assert (told['now']['total'], told['totals']['created'], told['totals']['done']) == (1, 1, 0)
    [line] = read('/breakdown?by=building', by=there)['items']
    assert line['id'] == house.other_building
    assert read('/breakdown?by=executor', by=there)['items'] == []
    nowhere = acting(house.cleaner, scope=Scope(frozenset()))
    assert read(by=nowhere)['now']['total'] == 0


def test_another_organisation_has_figures_of_its_own(house, lived, read):
    chief = house.dispatcher
    stranger = type(chief)('other', chief.audience, 'x', permissions=chief.permissions)
    assert read(by=stranger)['now']['total'] == 0


@pytest.mark.parametrize(
    ('query', 'path'),
    [
        ('since=2026-11-02&until=2026-11-01', 'query.until'),
        ('since=2020-01-01&until=2026-11-01', 'query.until'),
        ('until=2026-11-01', 'query.since'),
        (f'{PERIOD}&by=colour', 'query.by'),
    ],
)
def test_a_period_or_breakdown_that_cannot_be_is_named(house, call, query, path):
    part = '/breakdown' if 'by=' in query else ''
    refused = call('GET', f'{DASHBOARD}{part}?{query}', by=house.dispatcher)
    assert (refused.status_code, refused.json_body['errors'][0]['path']) == (400, path)


def test_the_dashboard_takes_the_right_to_see_requests(house, call):
    blind = acting(house.cleaner, Permission.REQUESTS_EDIT)
    refused = call('GET', f'{DASHBOARD}?{PERIOD}', by=blind)
    assert (refused.status_code, refused.json_body['code']) == (403, 'PermissionMissing')
