"""Premises at the staff's doors."""

import pytest

from chalicelib.kit import dynamo
from chalicelib.premises import service
from chalicelib.premises.model import PremisesNotFound
from tests.make import premises as make

pytestmark = pytest.mark.usefixtures('world', 'time')

PREMISES = '/v1/staff/premises'


def numbers(answer):
    return [entry['number'] for entry in answer.json_body['items']]


@pytest.mark.proves('PRM-002', 'PRM-009', 'REQ-064', 'REQ-065')
def test_premises_are_added_with_their_hints_and_listed(call):
    building = make.building()
    added = call(
        'POST',
        PREMISES,
        {
            'building_id': building.id,
            'number': '12А',
            'kind': 'office',
            'floor': -1,
            'entrance': '2',
            'area': 54.5,
            'tags': ['Ипотека'],
            'note': 'Код домофона 12\nЗлая собака',
            'account': '000123',
        },
    )
    assert added.status_code == 201
    card = added.json_body
    assert card['building'] == {'id': building.id, 'name': building.name, 'address': building.address}
    assert (card['tags'], card['account'], card['version']) == (['Ипотека'], '000123', 1)
    assert call('GET', f'{PREMISES}/{card["id"]}').json_body == card
    assert call('GET', PREMISES).json_body['items'] == [card]
    assert call('GET', f'{PREMISES}?building_id={building.id}').json_body['items'] == [card]


@pytest.mark.parametrize(
    'changes, path',
    [
        ({'number': ''}, 'body.number'),
        ({'number': '1' * 21}, 'body.number'),
        ({'kind': 'castle'}, 'body.kind'),
        ({'floor': 1000}, 'body.floor'),
        ({'area': 0}, 'body.area'),
        ({'tags': ['a'] * 21}, 'body.tags'),
        ({'note': 'a\u0000b'}, 'body.note'),
        ({'account': 'x' * 41}, 'body.account'),
    ],
)
def test_premises_that_are_not_decent_are_not_stored(call, changes, path):
    building = make.building()
    answer = call('POST', PREMISES, {'building_id': building.id, 'number': '1', **changes})
    assert (answer.status_code, [e['path'] for e in answer.json_body['errors']]) == (400, [path])
    assert numbers(call('GET', PREMISES)) == []


def test_premises_need_a_building_that_the_caller_sees(call):
    unseen, foreign = make.building(), make.building('other')
    for id, by in ((unseen.id, make.caller(places=['b'])), (foreign.id, None), ('nowhere', None)):
        answer = call('POST', PREMISES, {'building_id': id, 'number': '1'}, by=by)
        assert (answer.status_code, answer.json_body['code']) == (422, 'BuildingUnknown')


def test_a_number_is_given_once_in_a_building_and_kind(call):
    building = make.building()
    make.premises(building_id=building.id, number='12 а')
    again = call('POST', PREMISES, {'building_id': building.id, 'number': '12А'})
    assert (again.status_code, again.json_body['code']) == (409, 'PremisesNumberTaken')
    assert (
        call('POST', PREMISES, {'building_id': building.id, 'number': '12А', 'kind': 'parking'}).status_code
        == 201
    )
    assert call('POST', PREMISES, {'building_id': make.building().id, 'number': '12А'}).status_code == 201
    assert call('DELETE', f'/v1/staff/buildings/{building.id}').status_code == 409


def test_premises_change_and_their_old_number_is_free_again(call):
    premises = make.premises(number='1', note='a', account='77')
    building = premises.building_id
    path = f'{PREMISES}/{premises.id}'
    changed = call('PATCH', path, {'number': '2', 'note': None}, if_match='"1"').json_body
    assert (changed['number'], changed['note'], changed['account'], changed['version']) == (
        '2',
        None,
        '77',
        2,
    )
    assert numbers(call('GET', f'{PREMISES}?building_id={building}&search=1')) == []
    assert numbers(call('GET', f'{PREMISES}?building_id={building}&search=2')) == ['2']
    assert make.premises(building_id=building, number='1').number == '1'
    taken = call('PATCH', path, {'number': '1'})
    assert (taken.status_code, taken.json_body['code']) == (409, 'PremisesNumberTaken')
    moved = call('PATCH', path, {'building_id': make.building().id})
    assert moved.status_code == 400


def test_premises_of_a_building_stand_in_the_order_of_their_numbers(call):
    building = make.building()
    for number in ('10', '2', '1', '2а'):
        make.premises(building_id=building.id, number=number)
    make.premises()
    listed = call('GET', f'{PREMISES}?building_id={building.id}&limit=3').json_body
    rest = call('GET', f'{PREMISES}?building_id={building.id}&limit=3&cursor={listed["next_cursor"]}')
    assert [one['number'] for one in listed['items']] + numbers(rest) == ['1', '2', '2а', '10']
    assert numbers(call('GET', f'{PREMISES}?building_id={building.id}&search=1')) == ['1', '10']


@pytest.mark.proves('CLI-003', 'ACC-002')
@pytest.mark.parametrize(
    'asked, found',
    [
        ('4012', ['12']),
        ('лесная 5 12', ['12']),
        ('лесная, д. 5, кв. 12', ['12']),
        ('Лесная 12', ['12', '12']),
        ('лесная 5', ['12', '3']),
        ('лесн', ['12', '12', '3']),
        ('12', ['12', '12']),
        ('речная', []),
        ('?', []),
    ],
)
def test_premises_are_found_by_account_number_and_address(call, asked, found):
    five, seven = (make.building(name=f'Лесная, {n}', address=f'Лесная, дом {n}') for n in (5, 7))
    make.premises(building_id=five.id, number='12', account='401234')
    make.premises(building_id=five.id, number='3', account='8')
    make.premises(building_id=seven.id, number='12')
    make.premises('other', number='12', account='401234')
    answer = call('GET', f'{PREMISES}?search={asked}')
    assert (answer.status_code, sorted(numbers(answer))) == (200, found)


def test_premises_outside_the_scope_do_not_exist(call):
    seen, unseen = make.premises(number='77'), make.premises(number='77')
    narrow = make.caller(places=[seen.building_id])
    for query in ('', '?search=77', '?search=лесная 77'):
        listed = call('GET', f'{PREMISES}{query}', by=narrow).json_body['items']
        assert [one['id'] for one in listed] == [seen.id]
    for method, body in (('GET', None), ('PATCH', {'note': 'c'}), ('DELETE', None)):
        answer = call(method, f'{PREMISES}/{unseen.id}', body, by=narrow)
        assert (answer.status_code, answer.json_body['code']) == (404, 'PremisesNotFound')
    answer = call('GET', f'{PREMISES}?building_id={unseen.building_id}', by=narrow)
    assert (answer.status_code, answer.json_body['code']) == (404, 'BuildingNotFound')


def test_premises_of_another_organisation_do_not_exist(call):
    premises = make.premises('other')
    for method, body in (('GET', None), ('PATCH', {'note': 'c'}), ('DELETE', None)):
        assert call(method, f'{PREMISES}/{premises.id}', body).status_code == 404


def test_premises_are_removed_only_when_nobody_lives_there(call):
    premises = make.premises(number='5')
    dynamo.commit(*service.moving_in('demo', premises.id))
    refused = call('DELETE', f'{PREMISES}/{premises.id}')
    assert (refused.status_code, refused.json_body['code']) == (409, 'PremisesInhabited')
    dynamo.commit(*service.moving_out('demo', premises.id))
    assert call('DELETE', f'{PREMISES}/{premises.id}').status_code == 204
    assert call('GET', f'{PREMISES}/{premises.id}').status_code == 404
    assert numbers(call('GET', f'{PREMISES}?search=5')) == []
    with pytest.raises(PremisesNotFound):
        dynamo.commit(*service.moving_in('demo', premises.id))


def test_a_tag_is_spelled_as_at_its_first_use(call):
    make.premises(tags=('Должник', 'Сдаётся'))
    again = call(
        'POST', PREMISES, {'building_id': make.building().id, 'number': '1', 'tags': ['ДОЛЖНИК', 'должник']}
    )
    assert again.json_body['tags'] == ['Должник']
    assert call('GET', '/v1/staff/premises-tags?search=сда').json_body == {'items': ['Сдаётся']}
    assert call('GET', '/v1/staff/premises-tags').json_body == {'items': ['Должник', 'Сдаётся']}
    assert call('GET', '/v1/staff/premises-tags', by=make.caller('other')).json_body == {'items': []}


def test_the_same_key_adds_premises_once(call):
    body = {'building_id': make.building().id, 'number': '1'}
    first = call('POST', PREMISES, body, idempotency_key='k')
    again = call('POST', PREMISES, body, idempotency_key='k')
    assert (first.status_code, again.json_body) == (201, first.json_body)
    assert again.headers['Idempotency-Replayed'] == 'true'
