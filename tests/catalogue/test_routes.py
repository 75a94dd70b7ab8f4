"""The doors of the catalogue: who may pass, what comes back, what is refused."""

import pytest

from tests.catalogue.conftest import resident, staff
from tests.make import catalogue as make
from tests.make import clients as make_clients

pytestmark = pytest.mark.usefixtures('world', 'time')

OFFERINGS = '/v1/staff/offerings'


@pytest.mark.proves('AMB-20', 'AMB-40')
def test_an_offering_is_added_read_changed_listed_and_archived(call):
    body = {
        'name': ' Поверка счётчиков ',
        'execution': 'P1DT12H',
        'fields': [
            {'code': 'meters', 'label': 'Сколько', 'kind': 'number', 'is_mandatory': True, 'least': 1}
        ],
    }
    added = call('POST', OFFERINGS, body)
    assert (added.status_code, added.headers['ETag']) == (201, '"1"')
    card = added.json_body
    assert (card['name'], card['execution'], card['fields'][0]['code']) == (
        'Поверка счётчиков',
        'P1DT12H',
        'meters',
    )
    assert 'organisation' not in card
    assert (card['assignees_max'], card['does_suspension_stop_clock']) == (1, False)
    path = f'{OFFERINGS}/{card["id"]}'
    assert call('GET', path).json_body == card
    changed = call('PATCH', path, {'execution': None, 'does_suspension_stop_clock': True}, if_match='"1"')
    assert (changed.status_code, changed.json_body['execution']) == (200, None)
    assert changed.json_body['does_suspension_stop_clock'] is True
    stale = call('PATCH', path, {'name': 'x'}, if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    assert [entry['id'] for entry in call('GET', f'{OFFERINGS}?search=пове').json_body['items']] == [
        card['id']
    ]
    assert call('POST', f'{path}/archive').json_body['state'] == 'archived'
    again = call('POST', f'{path}/archive')
    assert (again.status_code, again.json_body['code']) == (409, 'OfferingNotActive')


@pytest.mark.parametrize(
    'body, path',
    [
        ({}, 'body.name'),
        ({'name': '  '}, 'body.name'),
        ({'name': 'x' * 201}, 'body.name'),
        ({'name': 'a\x00'}, 'body.name'),
        ({'name': 'x', 'assignees_max': 5}, 'body.assignees_max'),
        ({'name': 'x', 'assignees_max': 0}, 'body.assignees_max'),
        ({'name': 'x', 'assignees_max': '2'}, 'body.assignees_max'),
        ({'name': 'x', 'reaction': 'P1Y'}, 'body.reaction'),
        ({'name': 'x', 'building_ids': []}, 'body.building_ids'),
        ({'name': 'x', 'building_ids': ['b', 'b']}, 'body.building_ids'),
        ({'name': 'x', 'building_ids': [f'b{n}' for n in range(201)]}, 'body.building_ids'),
        ({'name': 'x', 'colour': 'red'}, 'body.colour'),
        ({'name': 'x', 'kind': 'pizza'}, 'body.kind'),
        ({'name': 'x', 'fields': [{'code': 'a', 'label': 'A', 'kind': 'choice'}]}, 'body.fields[0]'),
    ],
)
def test_a_bad_description_is_refused_and_nothing_is_kept(call, body, path):
    answer = call('POST', OFFERINGS, body)
    assert answer.status_code == 400
    assert [problem['path'] for problem in answer.json_body['errors']] == [path]
    assert call('GET', OFFERINGS).json_body == {'items': [], 'next_cursor': None}


@pytest.mark.parametrize('body', [{'name': None}, {'kind': None}, {'assignees_max': None}, {'fields': None}])
def test_what_an_offering_always_has_cannot_be_cleared(call, body):
    offering = make.offering()
    answer = call('PATCH', f'{OFFERINGS}/{offering.id}', body)
    assert (answer.status_code, answer.json_body['code']) == (400, 'NotDecent')


@pytest.mark.proves('SVC-003')
def test_editing_offerings_and_categories_needs_its_own_right_each(call):
    reader = staff(permissions=frozenset())
    for method, path in (
        ('POST', OFFERINGS),
        ('PATCH', f'{OFFERINGS}/x'),
        ('POST', f'{OFFERINGS}/x/archive'),
    ):
        answer = call(method, path, {'name': 'x'}, by=reader)
        assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'offerings.edit'})
    for method, path in (
        ('POST', '/v1/staff/categories'),
        ('PATCH', '/v1/staff/categories/x'),
        ('POST', '/v1/staff/categories/x/archive'),
    ):
        answer = call(method, path, {'name': 'x'}, by=reader)
        assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'categories.edit'})
    assert call('GET', OFFERINGS, by=reader).status_code == 200


@pytest.mark.proves('SVC-002')
def test_a_category_is_added_read_changed_listed_and_archived(call):
    card = call('POST', '/v1/staff/categories', {'name': 'Ремонт', 'position': 3}).json_body
    path = f'/v1/staff/categories/{card["id"]}'
    assert call('GET', path).json_body == card
    assert call('PATCH', path, {'name': 'Уборка'}).json_body['name'] == 'Уборка'
    assert call('GET', '/v1/resident/categories', by=resident('b1')).json_body['items'][0]['position'] == 3
    assert call('POST', f'{path}/archive').json_body['state'] == 'archived'
    assert call('GET', '/v1/resident/categories', by=resident('b1')).json_body['items'] == []
    assert len(call('GET', '/v1/staff/categories').json_body['items']) == 1


def test_a_resident_sees_no_inner_rules_of_an_offering(call):
    home = make_clients.tenure()
    offering = make.offering(controller_id='e7')
    his = resident(home.client_id)
    listed = call('GET', f'/v1/resident/offerings?premises_id={home.premises_id}', by=his).json_body['items']
    read = call('GET', f'/v1/resident/offerings/{offering.id}', by=his).json_body
    assert listed == [read]
    assert set(read) == {
        'id', 'name', 'short_description', 'description', 'kind', 'category_id', 'fields', 'payment',
        'version',
    }  # fmt: skip


def test_a_resident_must_say_for_which_premises(call):
    answer = call('GET', '/v1/resident/offerings', by=resident('b1'))
    assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, 'query.premises_id')


def test_the_doors_of_staff_do_not_open_to_residents(call):
    assert call('GET', OFFERINGS, by=resident('b1')).status_code == 401


def test_a_cursor_of_another_search_is_refused(call):
    for _ in range(3):
        make.offering()
    cursor = call('GET', f'{OFFERINGS}?limit=1').json_body['next_cursor']
    assert call('GET', f'{OFFERINGS}?limit=1&cursor={cursor}').status_code == 200
    answer = call('GET', f'{OFFERINGS}?limit=1&search=выз&cursor={cursor}')
    assert (answer.status_code, answer.json_body['code']) == (400, 'CursorInvalid')
