"""Requests are entered by staff and residents, and bad orders are refused."""

import pytest

from chalicelib.kit.caller import Caller
from tests.requests.conftest import OWN, STAFF, crew_of, stored


@pytest.mark.proves('REQ-003', 'REQ-051', 'REQ-059', 'REQ-061', 'REQ-090')
def test_staff_enter_a_request_for_a_client_and_get_its_number(house, call):
    answer = call('POST', STAFF, house.order(), by=house.dispatcher)
    assert answer.status_code == 201
    assert answer.headers['ETag'] == '"1"'
    body = answer.json_body
    assert (body['number'], body['status']) == (1, {'code': 'waiting', 'colour': 'red'})
    assert body['client']['id'] == house.client
    assert body['sla']['reaction'] == {'until': '2026-11-23T10:00:00.000Z', 'verdict': 'pending'}
    second = call('POST', STAFF, house.order(), by=house.dispatcher)
    assert second.json_body['number'] == 2


@pytest.mark.proves('REQ-008', 'REQ-053', 'REQ-129', 'REQ-149')
def test_a_resident_orders_and_sees_nothing_internal(house, call, step):
    answer = call(
        'POST',
        OWN,
        {'offering_id': house.offerings['plumbing'], 'premises_id': house.flat},
        by=house.resident,
    )
    assert answer.status_code == 201
    number = answer.json_body['number']
    step(number, 'start', {**crew_of(house, 0), 'comment': 'жилец скандальный'})
    own = call('GET', f'{OWN}/{number}', by=house.resident)
    assert own.json_body['status']['code'] == 'in_progress'
    assert 'скандальный' not in own.body.decode()
    assert not {'management', 'history', 'sla'} & own.json_body.keys()
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['channel'], card['created_by']) == ('app', None)
    assert card['history'][-1]['author'] is None
    started = next(entry for entry in card['history'] if entry['type'] == 'RequestStarted')
    assert started['comment'] == 'жилец скандальный'


@pytest.mark.proves('REQ-091', 'SLA-016', 'R2', 'AMB-03')
def test_an_appointment_is_in_work_at_once_with_its_reaction_observed(house, call, ordered):
    number = ordered('visit')
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert card['status']['code'] == 'in_progress'
    assert card['sla']['reaction']['verdict'] == 'observed'
    assert card['sla']['execution']['until'] == '2026-11-23T13:00:00.000Z'
    assert call('GET', f'{STAFF}?tab=new', by=house.dispatcher).json_body['items'] == []


@pytest.mark.proves('REQ-052', 'REQ-054', 'REQ-057', 'REQ-067', 'REQ-068', 'AMB-17')
@pytest.mark.parametrize(
    'offering, changes, status, code, path',
    [
        ('meters', {}, 400, 'FormInvalid', 'body.form.meters'),
        ('plumbing', {'premises_id': 'OTHER'}, 422, 'ClientNotInPremises', 'body.client_id'),
        ('plumbing', {'client_id': 'NEIGHBOUR'}, 422, 'ClientNotInPremises', 'body.client_id'),
        ('plumbing', {'premises_id': 'OTHER', 'client_id': None, 'unregistered': {'name': 'Гость'}},
         422, 'PremisesNotInBuilding', 'body.premises_id'),
        ('plumbing', {'premises_id': None}, 422, 'PremisesNeeded', 'body.premises_id'),
        ('plumbing', {'client_id': None}, 422, 'CustomerNeeded', 'body.client_id'),
        ('plumbing', {'unregistered': {'name': 'Гость'}}, 400, 'CustomerAmbiguous', 'body.unregistered'),
        ('plumbing', {'channel': 'app'}, 422, 'ChannelNotForStaff', 'body.channel'),
        ('plumbing', {'channel': 'pigeon'}, 400, 'NotDecent', 'body.channel'),
        ('plumbing', {'offering_id': 'unknown'}, 404, 'OfferingNotFound', 'body.offering_id'),
        ('plumbing', {'building_id': 'unknown'}, 404, 'BuildingNotFound', 'body.building_id'),
        ('plumbing', {'client_id': 'unknown'}, 404, 'ClientNotFound', 'body.client_id'),
        ('elsewhere', {}, 422, 'OfferingNotAvailable', 'body.offering_id'),
        ('plumbing', {'number': 5}, 400, 'NotDecent', 'body.number'),
        ('plumbing', {'form': {'x': 1}}, 400, 'FormInvalid', 'body.form.x'),
        ('plumbing', {'assignee_ids': ['CLEANER']}, 422, 'EmployeeOutsideDepartment', 'body.assignee_ids[0]'),
    ],
)  # fmt: skip
def test_a_bad_order_is_refused_by_field_and_nothing_is_stored(
    house, call, offering, changes, status, code, path
):
    real = {'OTHER': house.other_flat, 'NEIGHBOUR': house.neighbour, 'CLEANER': house.cleaner.id}
    body = house.order(
        offering,
        **{
            k: [real.get(x, x) for x in v]
            if isinstance(v, list)
            else real.get(v, v)
            if isinstance(v, str)
            else v
            for k, v in changes.items()
        },
    )
    answer = call('POST', STAFF, body, by=house.dispatcher)
    assert (answer.status_code, answer.json_body['code']) == (status, code), answer.json_body
    if path:
        assert path in [error['path'] for error in answer.json_body['errors']]
    assert stored() == []


@pytest.mark.proves('REQ-055', 'REQ-056')
def test_the_order_form_is_kept_with_its_labels(house, call, ordered):
    number = ordered('meters', form={'meters': 3})
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert card['form'] == [{'code': 'meters', 'label': 'Количество счётчиков', 'value': 3, 'file': None}]


@pytest.mark.proves('REQ-067', 'REQ-068', 'AMB-17')
def test_an_internal_request_needs_no_client_and_an_unregistered_one_no_phone(house, call, ordered):
    ordered('inner', channel='internal', client_id=None, premises_id=None)
    number = ordered(client_id=None, premises_id=None, unregistered={'name': 'Гость'})
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['client']['name'], card['client']['is_registered']) == ('Гость', False)


def test_a_blocked_client_orders_nothing(house, call):
    blocked = Caller('demo', house.resident.audience, house.client, is_blocked=True)
    answer = call(
        'POST', OWN, {'offering_id': house.offerings['plumbing'], 'premises_id': house.flat}, by=blocked
    )
    assert (answer.status_code, answer.json_body['code']) == (403, 'ClientBlocked')
    assert stored() == []


def test_a_resident_orders_only_what_is_offered_and_only_at_home(house, call):
    inner = call(
        'POST', OWN, {'offering_id': house.offerings['inner'], 'premises_id': house.flat}, by=house.resident
    )
    assert (inner.status_code, inner.json_body['code']) == (422, 'OfferingNotAvailable')
    foreign = call(
        'POST',
        OWN,
        {'offering_id': house.offerings['plumbing'], 'premises_id': house.other_flat},
        by=house.resident,
    )
    assert (foreign.status_code, foreign.json_body['errors'][0]['path']) == (422, 'body.premises_id')
    assert stored() == []


def test_the_same_key_orders_once(house, call):
    answers = [
        call('POST', STAFF, house.order(), by=house.dispatcher, idempotency_key='one') for _ in range(2)
    ]
    assert [a.json_body['number'] for a in answers] == [1, 1]
    assert len(stored()) == 1
    assert call('GET', f'{STAFF}/counters', by=house.dispatcher).json_body == {'new': 1}
