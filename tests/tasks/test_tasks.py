"""Tasks: set about a request or alone, changed, done and cancelled; each sees his own and what he may see."""

from dataclasses import replace

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.staff.model import Permission
from tests.make import tasks as make
from tests.requests.conftest import acting
from tests.tasks.conftest import REQUESTS, TASKS, TOMORROW, announced, noted


def body_of(house, **changes):
    return {'title': 'Купить прокладки', 'executor_id': house.crew[0].id, 'due_at': TOMORROW, **changes}


def listed(call, query='', by=None):
    said = call('GET', f'{TASKS}{query}', by=by)
    assert said.status_code == 200, said.json_body
    return [one['id'] for one in said.json_body['items']]


@pytest.mark.proves('REQ-144', 'REQ-146')
def test_a_task_about_a_request_is_under_it_in_the_list_of_its_executor_and_in_the_history(
    house, call, number
):
    said = call('POST', f'{REQUESTS}/{number}/tasks', body_of(house, text='Три штуки'))
    assert said.status_code == 201, said.json_body
    card = said.json_body
    assert (card['number'], card['status'], card['executor']) == (number, 'open', 'Слесарь 0')
    assert (card['due_at'], card['is_overdue'], card['author']) == (TOMORROW, False, 'Диспетчер Дарья')
    assert listed(call, by=acting(house.crew[0])) == [card['id']]
    assert listed(call, by=acting(house.crew[1])) == []
    [under] = call('GET', f'{REQUESTS}/{number}/tasks').json_body['items']
    assert under == card
    [event] = announced()
    assert (event['type'], event['building_id'], event['executor_id']) == (
        'TaskCreated', house.building, house.crew[0].id,
    )  # fmt: skip
    [told] = noted(call, number, 'TaskNoted')
    assert told == {
        'task_id': card['id'], 'title': 'Купить прокладки', 'executor': 'Слесарь 0', 'what': 'created',
    }  # fmt: skip


@pytest.mark.proves('REQ-144')
def test_a_task_alone_concerns_no_request(house, call):
    card = call('POST', TASKS, body_of(house)).json_body
    assert card['number'] is None
    [event] = announced()
    assert (event['is_alone'], event['building_id'], event['number']) == (True, None, None)
    assert call('GET', f'{TASKS}/{card["id"]}').json_body == card


@pytest.mark.parametrize(
    ('changes', 'code', 'status'),
    [
        ({'due_at': '2026-11-23T09:00:00.000Z'}, 'DueTimePast', 422),
        ({'executor_id': 'nobody'}, 'ExecutorUnknown', 422),
        ({'title': ''}, 'NotDecent', 400),
        ({'title': 'я' * 201}, 'NotDecent', 400),
        ({'due_at': 'завтра'}, 'NotDecent', 400),
    ],
)
def test_what_cannot_be_done_is_not_set(house, call, number, changes, code, status):
    for path in (TASKS, f'{REQUESTS}/{number}/tasks'):
        said = call('POST', path, body_of(house, **changes))
        assert (said.status_code, said.json_body['code']) == (status, code)
    assert announced() == []


def test_a_task_is_changed_by_its_version_and_handed_over(house, call, number):
    made = make.task(house.dispatcher, house.crew[0].id, number)
    place = f'{TASKS}/{made.id}'
    said = call('PATCH', place, {'title': 'Иное'}, if_match='"1"')
    assert (said.json_body['title'], said.json_body['version']) == ('Иное', 2)
    assert call('PATCH', place, {'title': 'Ещё'}, if_match='"1"').status_code == 412
    assert call('PATCH', place, {}).headers['ETag'] == '"2"'
    assert call('PATCH', place, {'title': 'Иное'}).headers['ETag'] == '"2"'
    over = call('PATCH', place, {'executor_id': house.crew[1].id}).json_body
    assert (over['executor'], over['due_at']) == ('Слесарь 1', TOMORROW)
    assert listed(call, by=acting(house.crew[0])) == []
    assert listed(call, by=acting(house.crew[1])) == [made.id]
    changed, handed = announced('TaskChanged', 'TaskHandedOver')
    assert (changed['fields'], handed['was_executor_id']) == (['title'], house.crew[0].id)
    assert [one['what'] for one in noted(call, number, 'TaskNoted')] == ['created', 'handed_over']


@pytest.mark.parametrize(('action', 'state'), [('complete', 'done'), ('cancel', 'cancelled')])
def test_a_task_that_is_over_stays_so(house, call, number, action, state, time):
    made = make.task(house.dispatcher, house.crew[0].id, number)
    place = f'{TASKS}/{made.id}'
    time.advance(hours=1)
    said = call('POST', f'{place}/{action}')
    assert (said.json_body['status'], said.json_body['closed_by']) == (state, 'Диспетчер Дарья')
    assert said.json_body['closed_at'] == '2026-11-23T10:00:00.000Z'
    for method, tail in (('POST', '/complete'), ('POST', '/cancel'), ('PATCH', '')):
        over = call(method, place + tail, {} if method == 'PATCH' else None)
        assert (over.status_code, over.json_body['code']) == (409, 'TaskOver')
    assert listed(call, '?tab=all') == []
    assert listed(call, f'?tab=all&status={state}') == [made.id]
    assert [one['what'] for one in noted(call, number, 'TaskNoted')] == ['created', state]


@pytest.mark.proves('REQ-143')
def test_who_may_not_edit_completes_his_own_task_and_does_nothing_else(house, call):
    mine = make.task(house.dispatcher, house.crew[0].id)
    other = make.task(house.dispatcher, house.crew[1].id)
    reader = acting(house.crew[0], Permission.REQUESTS_VIEW)
    for method, path in (
        ('POST', TASKS), ('PATCH', f'{TASKS}/{mine.id}'), ('POST', f'{TASKS}/{mine.id}/cancel'),
        ('POST', f'{TASKS}/{other.id}/complete'),
    ):  # fmt: skip
        body = body_of(house) if path == TASKS else {}
        assert call(method, path, body, by=reader).json_body['code'] == 'PermissionMissing'
    assert call('POST', f'{TASKS}/{mine.id}/complete', by=reader).json_body['status'] == 'done'


def test_tasks_are_listed_by_when_they_are_due_narrowed_by_executor_and_lateness(house, call, time):
    first, second = house.crew[0].id, house.crew[1].id
    late = make.task(house.dispatcher, second, due_at='2026-11-23T15:00:00Z')
    early = make.task(house.dispatcher, first, due_at='2026-11-23T12:00:00Z')
    far = make.task(house.dispatcher, first, due_at='2026-12-01T12:00:00Z')
    assert listed(call, '?tab=all') == [early.id, late.id, far.id]
    assert listed(call, f'?tab=all&executor_id={first}') == [early.id, far.id]
    assert listed(call, '?tab=all&overdue=true') == []
    time.advance(hours=4)
    assert listed(call, '?tab=all&overdue=true') == [early.id]
    assert call('GET', f'{TASKS}/{early.id}').json_body['is_overdue'] is True
    time.advance(hours=4)
    assert listed(call, '?tab=all&overdue=true') == [early.id, late.id]
    assert listed(call, f'?tab=all&overdue=true&executor_id={second}') == [late.id]
    assert listed(call, '?overdue=true', by=acting(house.crew[0])) == [early.id]
    page = call('GET', f'{TASKS}?tab=all&limit=2').json_body
    assert listed(call, f'?tab=all&limit=2&cursor={page["next_cursor"]}') == [far.id]
    wrong = call('GET', f'{TASKS}?overdue=true&status=done')
    assert (wrong.status_code, wrong.json_body['code']) == (400, 'NotDecent')


@pytest.mark.proves('AMB-94')
def test_a_task_about_a_request_elsewhere_is_seen_only_by_who_has_a_part_in_it(house, call, number):
    made = make.task(house.dispatcher, house.crew[1].id, number)
    elsewhere = replace(house.dispatcher, id='somebody', scope=Scope(frozenset({house.other_building})))
    foreign = replace(house.dispatcher, organisation='other')
    for by in (elsewhere, foreign, acting(house.cleaner, Permission.REQUESTS_EDIT)):
        for method, tail in (('GET', ''), ('PATCH', ''), ('POST', '/complete'), ('POST', '/cancel')):
            said = call(method, f'{TASKS}/{made.id}{tail}', {} if method == 'PATCH' else None, by=by)
            assert said.status_code == 404
        assert call('GET', f'{REQUESTS}/{number}/tasks', by=by).status_code == 404
    assert listed(call, '?tab=all', by=elsewhere) == listed(call, '?tab=all', by=foreign) == []
    executor = replace(acting(house.crew[1]), permissions=frozenset())
    assert call('GET', f'{TASKS}/{made.id}', by=executor).status_code == 200
    assert call('GET', f'{TASKS}?tab=all', by=executor).json_body['code'] == 'PermissionMissing'
    assert call('GET', TASKS, by=house.resident).status_code == 401


def test_the_same_key_sets_a_task_once(house, call, number):
    path, key = f'{REQUESTS}/{number}/tasks', {'Idempotency-Key': 'one'}
    first, again = (call('POST', path, body_of(house), **key) for _ in range(2))
    assert first.json_body == again.json_body
    assert len(announced('TaskCreated')) == 1
