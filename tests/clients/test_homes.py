"""Who lives where, at the doors of staff and residents."""

import pytest

from chalicelib.clients import service
from chalicelib.clients.model import MOST_TENURES, ClientNotInPremises, TooManyTenures
from chalicelib.clients.repository.rows import ClientRow
from chalicelib.kit import dynamo
from chalicelib.premises.model import PremisesInhabited, PremisesNotFound
from chalicelib.premises.service import dwellings
from tests.make import clients as make
from tests.make import premises as places

pytestmark = pytest.mark.usefixtures('world', 'time')

CLIENTS = '/v1/staff/clients'
PREMISES = '/v1/staff/premises'


def types(client_id):
    rows = ClientRow.query(f'demo#client#{client_id}', ClientRow.sk.startswith('event#'))
    return [row.body.split('"type":"')[1].split('"')[0] for row in rows]


def numbers(answer):
    return [home['number'] for home in answer.json_body['items']]


@pytest.mark.proves('PRM-004', 'PRM-008', 'PRM-011', 'CLI-003', 'REQ-064', 'REQ-065')
def test_a_client_is_attached_to_premises_by_a_right(call):
    client, premises = make.client(), places.premises(number='12', account='77', note='код 5', tags=('vip',))
    body = {
        'premises_id': premises.id,
        'right': 'owner',
        'since_on': '2020-01-31',
        'is_kept_on_integration': True,
    }
    settled = call('POST', f'{CLIENTS}/{client.id}/premises', body)
    assert settled.status_code == 201
    home = settled.json_body
    assert {field: home[field] for field in body} == body
    assert (home['number'], home['account'], home['note'], home['tags']) == ('12', '77', 'код 5', ['vip'])
    assert call('GET', f'{CLIENTS}/{client.id}/premises').json_body['items'] == [home]
    assert call('GET', f'{CLIENTS}/{client.id}').json_body['premises'] == [home]
    [dweller] = call('GET', f'{PREMISES}/{premises.id}/clients').json_body['items']
    assert (dweller['client']['id'], dweller['right'], dweller['is_kept_on_integration']) == (
        client.id,
        'owner',
        True,
    )
    again = call('POST', f'{CLIENTS}/{client.id}/premises', body)
    assert (again.status_code, again.json_body['code']) == (409, 'AlreadySettled')
    assert types(client.id) == ['ClientAdded', 'ClientSettled']


@pytest.mark.proves('PRM-006')
def test_a_client_has_several_premises_and_premises_several_clients(call):
    mother, son = make.client(), make.client(surname='Иванов')
    flat = places.premises(number='1')
    parking = places.premises(building_id=flat.building_id, number='2', kind='parking')
    for client, premises in ((mother, flat), (mother, parking), (son, flat)):
        make.tenure(client_id=client.id, premises_id=premises.id)
    assert sorted(numbers(call('GET', f'{CLIENTS}/{mother.id}/premises'))) == ['1', '2']
    dwellers = call('GET', f'{PREMISES}/{flat.id}/clients?limit=1').json_body
    rest = call('GET', f'{PREMISES}/{flat.id}/clients?limit=1&cursor={dwellers["next_cursor"]}').json_body
    found = {one['client']['id'] for one in dwellers['items'] + rest['items']}
    assert found == {mother.id, son.id} == {one.client.id for one in service.clients_of('demo', flat.id)}
    of_building = call('GET', f'{CLIENTS}?building_id={flat.building_id}').json_body['items']
    assert {one['id'] for one in of_building} == {mother.id, son.id}


def test_a_client_cannot_be_attached_where_nothing_is(call):
    client, foreign = make.client(), places.premises('other')
    for premises_id in (foreign.id, 'nowhere'):
        answer = call('POST', f'{CLIENTS}/{client.id}/premises', {'premises_id': premises_id})
        assert (answer.status_code, answer.json_body['code']) == (422, 'PremisesUnknown')
    assert (
        call('POST', f'{CLIENTS}/{client.id}/premises', {'premises_id': 'p', 'right': 'king'}).status_code
        == 400
    )
    assert service.tenures_of('demo', client.id) == []


@pytest.mark.proves('PRM-008')
def test_the_right_and_the_mark_are_changed(call):
    tenure = make.tenure()
    path = f'{CLIENTS}/{tenure.client_id}/premises/{tenure.premises_id}'
    changed = call('PATCH', path, {'is_kept_on_integration': True}).json_body
    assert (changed['right'], changed['is_kept_on_integration']) == ('owner', True)
    [kept] = service.tenures_of('demo', tenure.client_id)
    assert kept.is_kept_on_integration
    assert call('PATCH', path, {'is_kept_on_integration': True}).status_code == 200
    assert types(tenure.client_id) == ['ClientAdded', 'ClientSettled', 'ClientTenureChanged']
    missing = call('PATCH', f'{CLIENTS}/{tenure.client_id}/premises/nowhere', {'right': 'tenant'})
    assert (missing.status_code, missing.json_body['code']) == (404, 'TenureNotFound')


def test_premises_are_removed_only_when_their_clients_are_detached(call):
    tenure = make.tenure()
    path = f'{CLIENTS}/{tenure.client_id}/premises/{tenure.premises_id}'
    with pytest.raises(PremisesInhabited):
        dwellings.remove(tenure.premises_id, by=make.caller())
    assert call('DELETE', path).status_code == 204
    assert call('DELETE', path).json_body['code'] == 'TenureNotFound'
    dwellings.remove(tenure.premises_id, by=make.caller())
    assert numbers(call('GET', f'{CLIENTS}/{tenure.client_id}/premises')) == []
    assert types(tenure.client_id) == ['ClientAdded', 'ClientSettled', 'ClientUnsettled']


def test_who_is_attached_to_premises_that_are_gone_meanwhile_is_not(call):
    client, premises = make.client(), places.premises()
    with dynamo.unit_of_work() as unit:
        tenure = make.tenure(client_id=client.id, premises_id=premises.id)
    dwellings.remove(premises.id, by=make.caller())
    with pytest.raises(PremisesNotFound):
        dynamo.send(unit.writes)
    assert service.tenures_of('demo', tenure.client_id) == []


def test_clients_outside_the_scope_do_not_exist(call):
    near, far = make.tenure(client_id=make.client().id), make.tenure(client_id=make.client().id)
    nowhere = make.client(surname='Ничей')
    narrow = make.caller(places=[near.building_id])
    seen = {near.client_id, nowhere.id}
    for query in ('', '?search=79', '?state=active'):
        listed = call('GET', f'{CLIENTS}{query}', by=narrow).json_body['items']
        assert {one['id'] for one in listed} == seen
    path = f'{CLIENTS}/{far.client_id}'
    calls = [('GET', path, None), ('PATCH', path, {}), ('POST', f'{path}/block', None)]
    calls += [('GET', f'{path}/premises', None), ('DELETE', f'{path}/premises/{far.premises_id}', None)]
    for method, where, body in calls:
        answer = call(method, where, body, by=narrow)
        assert (answer.status_code, answer.json_body['code']) == (404, 'ClientNotFound')
    for where in (f'{PREMISES}/{far.premises_id}/clients', f'{CLIENTS}?building_id={far.building_id}'):
        assert call('GET', where, by=narrow).status_code == 404
    body = {'premises_id': far.premises_id}
    answer = call('POST', f'{CLIENTS}/{nowhere.id}/premises', body, by=narrow)
    assert (answer.status_code, answer.json_body['code']) == (422, 'PremisesUnknown')


def test_of_a_clients_premises_only_those_in_scope_are_shown_and_changed(call):
    client = make.client()
    near, far = make.tenure(client_id=client.id), make.tenure(client_id=client.id)
    narrow = make.caller(places=[near.building_id])
    for path in (f'{CLIENTS}/{client.id}/premises',):
        listed = call('GET', path, by=narrow).json_body['items']
        assert [home['premises_id'] for home in listed] == [near.premises_id]
    card = call('GET', f'{CLIENTS}/{client.id}', by=narrow).json_body
    assert [home['premises_id'] for home in card['premises']] == [near.premises_id]
    answer = call('DELETE', f'{CLIENTS}/{client.id}/premises/{far.premises_id}', by=narrow)
    assert (answer.status_code, answer.json_body['code']) == (404, 'TenureNotFound')


def test_who_moves_away_goes_out_of_sight(call):
    client = make.client()
    near, far = make.tenure(client_id=client.id), make.tenure(client_id=client.id)
    narrow = make.caller(places=[near.building_id])
    assert len(call('GET', f'{CLIENTS}?search=иванова', by=narrow).json_body['items']) == 1
    call('DELETE', f'{CLIENTS}/{client.id}/premises/{near.premises_id}')
    assert call('GET', f'{CLIENTS}?search=иванова', by=narrow).json_body['items'] == []
    assert call('GET', CLIENTS, by=narrow).json_body['items'] == []
    assert dynamo.get(service.reading_client('demo', client.id)).places == (far.building_id,)


def test_a_resident_sees_his_own_premises_and_nobody_elses(call):
    client = make.client()
    tenure = make.tenure(client_id=client.id, right='tenant')
    make.tenure()
    [home] = call('GET', '/v1/resident/premises', by=make.resident(client)).json_body['items']
    assert (home['premises_id'], home['right']) == (tenure.premises_id, 'tenant')
    assert home['building']['address'] == 'Москва, улица Лесная, дом 5'
    assert not {'note', 'tags', 'account', 'is_kept_on_integration'} & set(home)
    stranger = make.resident(make.client('other'), id=client.id)
    assert call('GET', '/v1/resident/premises', by=stranger).json_body['items'] == []


def test_other_houses_learn_in_one_round_trip_whether_a_client_lives_there():
    tenure = make.tenure()
    client, found = dynamo.fetch(
        service.reading_client('demo', tenure.client_id),
        service.reading_tenure('demo', tenure.client_id, tenure.premises_id),
    )
    assert (client.id, found) == (tenure.client_id, tenure)
    with pytest.raises(ClientNotInPremises):
        dynamo.get(service.reading_tenure('demo', tenure.client_id, 'elsewhere'))
    with pytest.raises(ClientNotInPremises):
        dynamo.get(service.reading_tenure('other', tenure.client_id, tenure.premises_id))
    [home] = service.homes_of('demo', tenure.client_id)
    assert (home.premises.id, home.building.id) == (tenure.premises_id, tenure.building_id)


def test_the_premises_of_a_client_are_bounded(monkeypatch):
    monkeypatch.setattr('chalicelib.clients.service.homes.MOST_TENURES', 1)
    tenure = make.tenure()
    with pytest.raises(TooManyTenures):
        make.tenure(client_id=tenure.client_id)
    assert MOST_TENURES > 1
