"""Who does the work, and changes of the basic data."""

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.staff.model import Permission
from tests.requests.conftest import STAFF, acting, crew_of, history, stored


@pytest.mark.proves('REQ-123', 'REQ-126', 'REQ-128')
def test_assignment_names_people_and_leaves_the_status(house, call, ordered, step):
    number = ordered()
    answer = step(number, 'assign', {**crew_of(house, 0, 1), 'controller_id': house.cleaner.id})
    assert answer.json_body['status']['code'] == 'waiting'
    assert [p['id'] for p in answer.json_body['management']['assignees']] == [
        house.crew[0].id,
        house.crew[1].id,
    ]
    entries = history(call, house, number)
    assert [e['type'] for e in entries] == ['RequestCreated', 'AssigneesChanged', 'ControllerNamed']
    assert entries[1]['details']['added'] == [house.crew[0].id, house.crew[1].id]
    assert step(number, 'assign', crew_of(house, 0, 1)).headers['ETag'] == answer.headers['ETag']


@pytest.mark.proves('REQ-118', 'REQ-119', 'AMB-40')
def test_a_fifth_assignee_and_a_second_one_of_a_single_offering_are_refused(house, ordered, step):
    refused = step(ordered(), 'assign', crew_of(house, 0, 1, 2, 3, 4))
    assert (refused.status_code, refused.json_body['code']) == (422, 'TooManyAssignees')
    assert refused.json_body['errors'][0]['path'] == 'body.assignee_ids'
    assert step(ordered('single'), 'assign', crew_of(house, 0, 1)).status_code == 422


@pytest.mark.proves('REQ-120', 'REQ-121', 'REQ-124', 'AMB-41')
def test_the_load_counts_open_requests_only(house, call, ordered, step):
    for _ in range(6):
        step(ordered(), 'assign', crew_of(house, 0))
    path = f'{STAFF}/candidates?department_id={house.plumbers}'

    def load():
        people = call('GET', path, by=house.dispatcher).json_body['items']
        return next((p['open_requests'], p['load']) for p in people if p['id'] == house.crew[0].id)

    assert load() == (6, 'yellow')
    step(1, 'cancel', {'comment': 'ошибка'})
    assert load() == (5, 'green')
    step(2, 'start')
    step(2, 'complete')
    assert load() == (4, 'green')
    step(2, 'reopen')
    assert load() == (5, 'green')
    step(3, 'assign', crew_of(house, 1))
    assert load() == (4, 'green')
    step(3, 'assign', crew_of(house, 1, 0))
    assert load() == (5, 'green')


@pytest.mark.proves('REQ-079', 'REQ-080', 'REQ-083', 'REQ-084', 'REQ-085')
def test_basic_data_change_with_their_differences_recorded(house, call, ordered):
    number = ordered()
    path = f'{STAFF}/{number}'
    edited = call(
        'PATCH', path, {'offering_id': house.offerings['meters'], 'form': {'meters': 2}}, by=house.dispatcher
    )
    assert edited.status_code == 200, edited.json_body
    assert edited.json_body['sla']['reaction_limit'] is None
    last = history(call, house, number)[-1]
    assert last['details']['changes'] == {'form.meters': ['', '2'], 'offering': ['Сантехник', 'Поверка']}
    assert (
        call(
            'PATCH', path, {'offering_id': house.offerings['meters'], 'form': {}}, by=house.dispatcher
        ).status_code
        == 400
    )
    assert call('PATCH', path, {'channel': 'visit'}, by=house.dispatcher).status_code == 400
    moved = call('PATCH', path, {'building_id': house.other_building}, by=house.dispatcher)
    assert (moved.status_code, moved.json_body['code']) == (422, 'PremisesNeeded')
    same = call('PATCH', path, {'form': {'meters': 2}}, by=house.dispatcher)
    assert same.headers['ETag'] == edited.headers['ETag']


@pytest.mark.proves('REQ-082')
def test_basic_data_of_what_is_over_stand_fast(house, call, ordered, step):
    number = ordered()
    step(number, 'cancel', {'comment': 'дубль'})
    refused = call('PATCH', f'{STAFF}/{number}', {'premises_id': None}, by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (409, 'EditingLocked')


def test_moving_a_request_to_another_building_moves_its_counter(house, call, ordered):
    number = ordered('inner', channel='internal', client_id=None, premises_id=None)
    call('PATCH', f'{STAFF}/{number}', {'building_id': house.other_building}, by=house.dispatcher)
    for building, count in ((house.building, 0), (house.other_building, 1)):
        scoped = acting(house.cleaner, scope=Scope(frozenset({building})))
        assert call('GET', f'{STAFF}/counters', by=scoped).json_body == {'new': count}


@pytest.mark.proves('REQ-103', 'REQ-098', 'REQ-112')
@pytest.mark.parametrize(
    'action, needed',
    [
        ('start', 'requests.edit'),
        ('suspend', 'requests.edit'),
        ('check', 'requests.edit'),
        ('reopen', 'requests.edit'),
        ('cancel', 'requests.cancel'),
        ('complete', 'requests.complete'),
    ],
)
def test_each_action_needs_its_permission_and_changes_nothing_without(
    house, call, ordered, step, action, needed
):
    number = ordered()
    if action in ('suspend', 'check', 'complete', 'reopen'):
        step(number, 'start', crew_of(house, 0))
    if action == 'reopen':
        step(number, 'complete')
    before = stored()[0].version
    others = [p for p in Permission if p != needed]
    refused = step(number, action, {'comment': 'x'}, by=acting(house.cleaner, *others))
    assert (refused.status_code, refused.json_body['params']) == (403, {'permission': needed})
    assert stored()[0].version == before


def test_a_stale_version_changes_nothing(house, call, ordered, step):
    number = ordered()
    step(number, 'assign', crew_of(house, 0))
    stale = step(number, 'start', if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    assert step(number, 'start', if_match='"2"').headers['ETag'] == '"3"'
