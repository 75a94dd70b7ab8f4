"""Incidents are entered for buildings, groups and services, described, and seen by whom they concern."""

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.premises.model import BuildingChanges
from chalicelib.premises.service import buildings
from chalicelib.staff.model import Permission
from tests.incidents.conftest import INCIDENTS, announced
from tests.make import incidents as make
from tests.make import premises as make_premises
from tests.requests.conftest import acting


@pytest.fixture
def group(house, dispatcher):
    """A group that both buildings belong to."""
    made = make_premises.group()
    for building in (house.building, house.other_building):
        buildings.change(building, BuildingChanges(group_id=made.id), by=dispatcher)
    return made.id


@pytest.fixture
def enter(call, dispatcher):
    """Enters an incident; the answer."""

    def act(by=None, **body):
        return call('POST', INCIDENTS, {'title': 'Нет воды', **body}, by=by or dispatcher)

    return act


def refused(answer):
    return answer.status_code, answer.json_body['code']


def test_an_incident_says_where_when_and_what(house, call, dispatcher, enter):
    works = {'works_since': '2026-11-23T12:00:00.000Z', 'works_until': '2026-11-23T18:00:00.000Z'}
    about = {'building_ids': [house.building], 'offering_ids': [house.offerings['plumbing']]}
    entered = enter(text='Воды не будет до вечера', **works, **about)
    assert entered.status_code == 201
    card = entered.json_body
    told = {'status': 'planned', 'text': 'Воды не будет до вечера', 'created_by': dispatcher.name}
    for name, value in {**works, **about, **told, 'attached': 0}.items():
        assert card[name] == value, name
    assert card['actions'] == ['cancel', 'complete', 'start']
    assert call('GET', f'{INCIDENTS}/{card["id"]}', by=dispatcher).json_body == card
    (event,) = announced('IncidentOpened')
    assert event.event['incident_id'] == card['id']


def test_an_incident_of_a_group_is_one_of_its_buildings(house, call, enter, group, elsewhere):
    card = enter(group_ids=[group], building_ids=[house.building]).json_body
    assert call('GET', f'{INCIDENTS}/{card["id"]}', by=elsewhere).status_code == 200


def test_an_incident_of_services_alone_is_everywhere(house, call, enter, elsewhere):
    about = {'offering_ids': [house.offerings['plumbing']]}
    card = enter(**about).json_body
    assert call('GET', f'{INCIDENTS}/{card["id"]}', by=elsewhere).status_code == 200
    assert refused(enter(by=elsewhere, **about)) == (403, 'IncidentBeyondScope')


@pytest.mark.parametrize(
    'body, expected',
    [
        pytest.param({}, (400, 'IncidentAboutNothing'), id='about nothing'),
        pytest.param({'building_ids': ['none']}, (404, 'BuildingNotFound'), id='no building'),
        pytest.param({'group_ids': ['none']}, (404, 'GroupNotFound'), id='no group'),
        pytest.param({'offering_ids': ['none']}, (404, 'OfferingNotFound'), id='no service'),
        pytest.param(
            {'works_since': '2026-11-24T12:00:00Z', 'works_until': '2026-11-24T12:00:00Z'},
            (422, 'WorksEndTooEarly'),
            id='no time',
        ),
        pytest.param({'title': ' '}, (400, 'NotDecent'), id='no title'),
        pytest.param({'text': 'т' * 2001}, (400, 'NotDecent'), id='too much text'),
        pytest.param({'building_ids': ['b'] * 101}, (400, 'NotDecent'), id='too many buildings'),
    ],
)
def test_what_is_refused_has_a_code_and_leaves_nothing(call, dispatcher, enter, house, body, expected):
    about = {} if 'About' in expected[1] or 'building_ids' in body else {'building_ids': [house.building]}
    assert refused(enter(**about, **body)) == expected
    assert call('GET', INCIDENTS, by=dispatcher).json_body['items'] == []
    assert announced() == []


def test_who_sees_one_building_enters_incidents_of_that_alone(house, enter, elsewhere, group):
    assert enter(by=elsewhere, building_ids=[house.other_building]).status_code == 201
    both = [house.building, house.other_building]
    assert refused(enter(by=elsewhere, building_ids=both)) == (403, 'IncidentBeyondScope')
    assert refused(enter(by=elsewhere, group_ids=[group])) == (403, 'IncidentBeyondScope')


def test_an_incident_of_more_buildings_is_seen_but_not_changed(house, do, dispatcher, elsewhere):
    both = make.incident(dispatcher, building_ids=[house.building, house.other_building]).id
    assert do('', incident=both, by=elsewhere, method='GET').status_code == 200
    assert refused(do('', {'title': 'Потоп'}, incident=both, by=elsewhere, method='PATCH')) == (
        403,
        'IncidentBeyondScope',
    )


def test_incidents_are_listed_newest_first_open_or_over(house, call, dispatcher, do, time, water):
    first = water
    time.advance(seconds=1)
    second = make.incident(dispatcher, building_ids=[house.other_building]).id
    do('cancel', {'comment': 'ошибка'})

    def listed(query='', by=dispatcher):
        return [line['id'] for line in call('GET', f'{INCIDENTS}{query}', by=by).json_body['items']]

    assert listed() == [second, first]
    assert (listed('?is_open=true'), listed('?is_open=false')) == ([second], [first])
    here = acting(house.crew[0], scope=Scope(frozenset({house.building})))
    assert listed(by=here) == [first]
    page = call('GET', f'{INCIDENTS}?limit=1', by=dispatcher).json_body
    assert [line['id'] for line in page['items']] == [second]
    assert listed(f'?limit=1&cursor={page["next_cursor"]}') == [first]


def test_a_change_is_told_by_the_names_of_its_fields(house, do, water):
    change = {'title': 'Нет горячей воды', 'building_ids': [house.building]}
    changed = do('', change, method='PATCH')
    assert (changed.status_code, changed.json_body['title']) == (200, 'Нет горячей воды')
    (event,) = announced('IncidentChanged')
    assert event.event['fields'] == ['title']
    version = changed.json_body['version']
    assert do('', {}, method='PATCH').json_body['version'] == version
    assert do('', change, method='PATCH').json_body['version'] == version


def test_a_change_is_judged_as_a_whole(house, do, water):
    since = {'works_since': '2026-11-24T12:00:00Z'}
    assert do('', since, method='PATCH').status_code == 200
    early = do('', {'works_until': '2026-11-24T11:00:00Z'}, method='PATCH')
    assert refused(early) == (422, 'WorksEndTooEarly')
    assert refused(do('', {'building_ids': []}, method='PATCH')) == (400, 'IncidentAboutNothing')


def test_who_may_not_see_or_edit_requests_has_no_incidents(house, call, enter):
    executor = acting(house.crew[0], Permission.REQUESTS_EDIT)
    viewer = acting(house.crew[1], Permission.REQUESTS_VIEW)
    assert call('GET', INCIDENTS, by=executor).status_code == 403
    for by in (executor, viewer):
        assert refused(enter(by=by, building_ids=[house.building])) == (403, 'PermissionMissing')
    assert call('GET', INCIDENTS, by=viewer).status_code == 200
