"""Buildings, quarters and groups at the staff's doors."""

import pytest

from chalicelib.kit import dynamo
from chalicelib.premises import service
from chalicelib.premises.repository.rows import PlaceRow
from tests.make import premises as make
from tests.make import staff

pytestmark = pytest.mark.usefixtures('world', 'time')

BUILDINGS = '/v1/staff/buildings'


def events(kind, id, organisation='demo'):
    rows = PlaceRow.query(f'{organisation}#{kind}#{id}', PlaceRow.sk.startswith('event#'))
    return [row.body.split('"type":"')[1].split('"')[0] for row in rows]


def names(answer):
    return [entry['name'] for entry in answer.json_body['items']]


@pytest.mark.proves('REQ-063', 'PRM-010')
def test_a_building_shows_its_quarter_group_and_legal_entity(call):
    quarter, group, entity = make.quarter(), make.group(), staff.legal_entity()
    added = call(
        'POST',
        BUILDINGS,
        {
            'name': 'Лесная, 5',
            'address': 'Москва, Лесная, 5',
            'quarter_id': quarter.id,
            'group_id': group.id,
            'legal_entity_id': entity.id,
            'zone': 'Asia/Yekaterinburg',
        },
    )
    assert added.status_code == 201
    card = call('GET', f'{BUILDINGS}/{added.json_body["id"]}').json_body
    assert card == added.json_body
    assert card['quarter'] == {'id': quarter.id, 'name': 'Северный'}
    assert card['group'] == {'id': group.id, 'name': 'Новостройки'}
    assert card['legal_entity'] == {'id': entity.id, 'name': 'ООО «Домовой»'}
    assert call('GET', BUILDINGS).json_body['items'] == [card]
    assert events('building', card['id']) == ['BuildingAdded']


@pytest.mark.parametrize(
    'field, code',
    [
        ('quarter_id', 'QuarterUnknown'),
        ('group_id', 'GroupUnknown'),
        ('legal_entity_id', 'LegalEntityUnknown'),
    ],
)
def test_what_a_building_belongs_to_must_exist_and_be_our_own(call, field, code):
    staff.organisation()
    foreign = make.quarter('other').id
    answer = call('POST', BUILDINGS, {'name': 'a', 'address': 'b', field: foreign})
    assert (answer.status_code, answer.json_body['code']) == (422, code)
    assert answer.json_body['errors'][0]['path'] == f'body.{field}'
    assert call('GET', BUILDINGS).json_body['items'] == []


@pytest.mark.parametrize(
    'body, path',
    [
        ({'name': ' ', 'address': 'b'}, 'body.name'),
        ({'name': 'a' * 201, 'address': 'b'}, 'body.name'),
        ({'name': 'a'}, 'body.address'),
        ({'name': 'a', 'address': 'b', 'zone': 'Moscow'}, 'body.zone'),
        ({'name': 'a', 'address': 'b', 'quarter_id': 'a#b'}, 'body.quarter_id'),
        ({'name': 'a', 'address': 'b', 'organisation': 'other'}, 'body.organisation'),
    ],
)
def test_a_building_that_is_not_decent_is_not_stored(call, body, path):
    answer = call('POST', BUILDINGS, body)
    assert (answer.status_code, [e['path'] for e in answer.json_body['errors']]) == (400, [path])
    assert call('GET', BUILDINGS).json_body['items'] == []


@pytest.mark.proves('PRM-003')
def test_a_change_keeps_what_is_not_named_and_is_told_field_by_field(call):
    quarter = make.quarter()
    building = make.building(quarter_id=quarter.id)
    answer = call(
        'PATCH', f'{BUILDINGS}/{building.id}', {'name': 'Лесная, 5А', 'quarter_id': None}, if_match='"1"'
    )
    assert (answer.status_code, answer.headers['ETag']) == (200, '"2"')
    assert (answer.json_body['name'], answer.json_body['quarter']) == ('Лесная, 5А', None)
    assert answer.json_body['address'] == building.address
    assert events('building', building.id) == ['BuildingAdded', 'BuildingChanged']
    assert names(call('GET', f'{BUILDINGS}?quarter_id={quarter.id}')) == []
    stale = call('PATCH', f'{BUILDINGS}/{building.id}', {'name': 'b'}, if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')


def test_a_change_of_nothing_writes_nothing(call):
    building = make.building()
    answer = call('PATCH', f'{BUILDINGS}/{building.id}', {'name': building.name})
    assert (answer.status_code, answer.json_body['version']) == (200, 1)
    assert events('building', building.id) == ['BuildingAdded']


@pytest.mark.proves('REQ-058')
@pytest.mark.parametrize(
    'asked, found',
    [
        ('лес', ['Лесная, 5', 'Лесопарковая, 7']),
        ('ЛЕСН', ['Лесная, 5']),
        ('5 лес', ['Лесная, 5']),
        ('елоч', ['Ёлочная, 5']),
        ('Ёлоч', ['Ёлочная, 5']),
        ('есная', []),
        ('лес 9', []),
        ('!!!', []),
    ],
)
def test_buildings_are_found_by_the_beginnings_of_words(call, asked, found):
    for name in ('Лесная, 5', 'Лесопарковая, 7', 'Ёлочная, 5'):
        make.building(name=name, address=f'Москва, {name}')
    make.building('other', name='Лесная, 5')
    answer = call('GET', f'{BUILDINGS}?search={asked}')
    assert (answer.status_code, sorted(names(answer))) == (200, sorted(found))


def test_a_building_is_found_once_though_several_of_its_words_begin_so(call):
    make.building(name='Лесная Лесной Лесопарк', address='Лесное')
    assert len(names(call('GET', f'{BUILDINGS}?search=лес'))) == 1


def test_a_renamed_building_is_found_by_its_new_name_alone(call):
    building = make.building(name='Лесная', address='дом')
    call('PATCH', f'{BUILDINGS}/{building.id}', {'name': 'Речная'})
    assert names(call('GET', f'{BUILDINGS}?search=речн')) == ['Речная']
    assert names(call('GET', f'{BUILDINGS}?search=лесн')) == []
    assert names(call('GET', f'{BUILDINGS}?search=дом')) == ['Речная']


def test_lists_go_on_where_they_ended_and_only_there(call):
    for number in (10, 2, 1):
        make.building(name=f'Лесная, {number}')
    first = call('GET', f'{BUILDINGS}?limit=2').json_body
    assert [entry['name'] for entry in first['items']] == ['Лесная, 1', 'Лесная, 2']
    cursor = first['next_cursor']
    assert names(call('GET', f'{BUILDINGS}?limit=2&cursor={cursor}')) == ['Лесная, 10']
    foreign = call('GET', f'{BUILDINGS}?limit=2&cursor={cursor}', by=make.caller('other'))
    assert (foreign.status_code, foreign.json_body['code']) == (400, 'CursorInvalid')
    found = call('GET', f'{BUILDINGS}?search=лес&limit=2').json_body
    rest = call('GET', f'{BUILDINGS}?search=лес&limit=2&cursor={found["next_cursor"]}').json_body
    assert len(found['items']) + len(rest['items']) == 3


def test_buildings_of_a_quarter_and_of_a_group_are_listed(call):
    quarter, group = make.quarter(), make.group()
    make.building(name='a', quarter_id=quarter.id)
    make.building(name='b', group_id=group.id)
    assert names(call('GET', f'{BUILDINGS}?quarter_id={quarter.id}')) == ['a']
    assert names(call('GET', f'{BUILDINGS}?group_id={group.id}')) == ['b']
    both = call('GET', f'{BUILDINGS}?group_id={group.id}&quarter_id={quarter.id}')
    assert (both.status_code, both.json_body['errors'][0]['code']) == (400, 'one_filter_only')
    missing = call('GET', f'{BUILDINGS}?quarter_id=nowhere')
    assert (missing.status_code, missing.json_body['code']) == (404, 'QuarterNotFound')


def test_buildings_outside_the_scope_do_not_exist(call):
    seen, unseen = make.building(name='a'), make.building(name='b')
    narrow = make.caller(places=[seen.id])
    assert names(call('GET', BUILDINGS, by=narrow)) == ['a']
    assert names(call('GET', f'{BUILDINGS}?search=лесная', by=narrow)) == ['a']
    assert call('GET', f'{BUILDINGS}/{seen.id}', by=narrow).status_code == 200
    for method, body in (('GET', None), ('PATCH', {'name': 'c'}), ('DELETE', None)):
        answer = call(method, f'{BUILDINGS}/{unseen.id}', body, by=narrow)
        assert (answer.status_code, answer.json_body['code']) == (404, 'BuildingNotFound')
    added = call('POST', BUILDINGS, {'name': 'c', 'address': 'd'}, by=narrow)
    assert (added.status_code, added.json_body['code']) == (403, 'BuildingBeyondScope')
    assert names(call('GET', BUILDINGS, by=make.caller(places=[]))) == []


@pytest.mark.parametrize('path, make_one', [('quarters', make.quarter), ('groups', make.group)])
def test_quarters_and_groups_are_chosen_from_also_by_who_sees_some_buildings(path, make_one, call):
    area = make_one(name='Северный')
    for many in (1, 100):
        narrow = make.caller(places=[f'b{i}' for i in range(many)])
        for query in ('', '?search=сев'):
            told = call('GET', f'/v1/staff/{path}{query}', by=narrow).json_body['items']
            assert [entry['id'] for entry in told] == [area.id]


@pytest.mark.proves('AMB-94')
def test_a_building_of_another_organisation_does_not_exist(call):
    building = make.building('other')
    for method, body in (('GET', None), ('PATCH', {'name': 'c'}), ('DELETE', None)):
        assert call(method, f'{BUILDINGS}/{building.id}', body).status_code == 404


def test_a_building_is_removed_only_when_it_is_empty(call):
    building = make.building()
    premises = make.premises(building_id=building.id)
    refused = call('DELETE', f'{BUILDINGS}/{building.id}')
    assert (refused.status_code, refused.json_body['code']) == (409, 'BuildingNotEmpty')
    assert call('DELETE', f'/v1/staff/premises/{premises.id}').status_code == 204
    assert call('DELETE', f'{BUILDINGS}/{building.id}').status_code == 204
    assert call('GET', f'{BUILDINGS}/{building.id}').status_code == 404
    assert names(call('GET', BUILDINGS)) == names(call('GET', f'{BUILDINGS}?search=лес')) == []
    assert events('building', building.id) == ['BuildingAdded', 'BuildingRemoved']


def test_who_may_only_look_changes_nothing(call):
    looking = make.caller(permissions=frozenset({'premises.view'}))
    assert call('GET', BUILDINGS, by=looking).status_code == 200
    answer = call('POST', BUILDINGS, {'name': 'a', 'address': 'b'}, by=looking)
    assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'premises.edit'})
    assert call('GET', BUILDINGS, by=make.caller(permissions=frozenset())).status_code == 403


@pytest.mark.parametrize('path, kind', [('/v1/staff/quarters', 'quarter'), ('/v1/staff/groups', 'group')])
@pytest.mark.proves('REQ-076')
def test_a_quarter_or_group_has_administrators_who_can_be_reached(call, path, kind):
    anna = staff.employee(name='Анна', email='anna@uk.example')
    added = call('POST', path, {'name': 'Южный', 'administrator_ids': [anna.id, anna.id]})
    assert added.status_code == 201
    assert added.json_body['administrators'] == [
        {'id': anna.id, 'name': 'Анна', 'phone': anna.phone, 'email': 'anna@uk.example'}
    ]
    card = f'{path}/{added.json_body["id"]}'
    assert call('GET', card).json_body == added.json_body
    changed = call('PATCH', card, {'administrator_ids': []}).json_body
    assert (changed['administrators'], changed['name'], changed['version']) == ([], 'Южный', 2)
    assert names(call('GET', f'{path}?search=юж')) == names(call('GET', path)) == ['Южный']
    assert events(kind, changed['id']) == [f'{kind.title()}Added', f'{kind.title()}Changed']


def test_only_our_own_people_at_work_administer(call):
    answer = call(
        'POST', '/v1/staff/quarters', {'name': 'a', 'administrator_ids': [staff.employee('other').id]}
    )
    assert (answer.status_code, answer.json_body['code']) == (422, 'AdministratorUnknown')
    assert call('GET', '/v1/staff/quarters').json_body['items'] == []


def test_a_buildings_administrators_are_those_of_its_quarter_and_group():
    anna, boris = staff.employee(name='Анна'), staff.employee(name='Борис')
    building = make.building(
        quarter_id=make.quarter(administrator_ids=(anna.id,)).id,
        group_id=make.group(administrator_ids=(boris.id, anna.id)).id,
    )
    told = service.administration_of(building)
    assert [one.name for one in told.quarter.administrators] == ['Анна']
    assert [one.name for one in told.group.administrators] == ['Борис', 'Анна']
    assert told.legal_entity is None
    nowhere = service.administration_of(make.building())
    assert (nowhere.quarter, nowhere.group) == (None, None)


def test_other_houses_look_at_places_in_one_round_trip():
    premises = make.premises()
    found = dynamo.fetch(
        service.reading_premises('demo', premises.id), service.reading_building('demo', premises.building_id)
    )
    assert [place.id for place in found] == [premises.id, premises.building_id]
