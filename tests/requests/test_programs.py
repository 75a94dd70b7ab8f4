"""The CRM and the application of employees have the same requests: lists, links, changes, filters."""

import pytest

from chalicelib.kit.caller import ClientKind, Scope
from tests.requests.conftest import STAFF, acting, crew_of, history


@pytest.fixture
def phone(house):
    """The dispatcher with the application of employees."""
    return acting(house.crew[4], client=ClientKind.STAFF_APP)


@pytest.mark.proves('REQ-004', 'REQ-025')
def test_another_number_in_a_link_opens_another_request_if_one_may_see_it(house, call, ordered):
    first, second = ordered(), ordered('single')
    link = call('GET', f'{STAFF}/{first}', by=house.dispatcher).json_body['links']['request']
    beginning, _, number = link.rpartition('/')
    assert number == str(first)
    assert call('GET', link, by=house.dispatcher).json_body['number'] == first
    assert call('GET', f'{beginning}/{second}', by=house.dispatcher).json_body['offering_name'] == 'Электрик'
    elsewhere = acting(house.cleaner, scope=Scope(frozenset({house.other_building})))
    refused = call('GET', f'{beginning}/{second}', by=elsewhere)
    assert (refused.status_code, refused.json_body['code']) == (404, 'RequestNotFound')


@pytest.mark.proves('REQ-013', 'REQ-015', 'REQ-060')
def test_both_programs_have_both_lists_and_begin_with_the_new_ones(house, call, step, phone, time):
    made = [call('POST', STAFF, house.order(), by=phone) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    begun, new = (answer.json_body['number'] for answer in made)
    time.advance(minutes=1)
    step(begun, 'start', crew_of(house, 0))
    for by in (house.dispatcher, phone):
        shown = {
            query: [line['number'] for line in call('GET', f'{STAFF}{query}', by=by).json_body['items']]
            for query in ('', '?tab=new', '?tab=all')
        }
        assert shown == {'': [new], '?tab=new': [new], '?tab=all': [begun, new]}
    brief = call('GET', f'{STAFF}?tab=all', by=phone).json_body['items']
    assert brief == call('GET', f'{STAFF}?tab=all', by=house.dispatcher).json_body['items']


@pytest.mark.proves('REQ-092', 'REQ-110', 'AMB-04')
def test_status_comment_department_and_people_are_one_save_or_none(house, call, ordered, step, phone):
    number = ordered()
    before = call('GET', f'{STAFF}/{number}', by=phone).json_body
    refused = step(number, 'start', {'comment': 'еду'}, by=phone)
    assert (refused.status_code, refused.json_body['code']) == (422, 'AssigneeNeeded')
    refused = step(number, 'start', {'comment': 'еду', 'assignee_ids': [house.cleaner.id]}, by=phone)
    assert refused.status_code == 422
    assert call('GET', f'{STAFF}/{number}', by=phone).json_body == before
    step(number, 'start', {**crew_of(house, 0), 'comment': 'еду'}, by=phone)
    after = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    known = after['management']
    assert (after['status']['code'], after['version']) == ('in_progress', before['version'] + 1)
    assert (known['status_comment'], known['department_id']) == ('еду', house.plumbers)
    assert [one['id'] for one in known['assignees']] == [house.crew[0].id]
    assert [e['type'] for e in history(call, house, number) if e['author'] == phone.name][:2] == [
        'AssigneesChanged', 'RequestStarted',
    ]  # fmt: skip
    refused = step(number, 'assign', crew_of(house), by=phone)
    assert (refused.status_code, refused.json_body['code']) == (422, 'LastAssigneeNeeded')


@pytest.mark.proves('R2', 'AMB-03', 'AMB-04')
def test_an_appointment_needs_people_only_where_staff_set_its_status(house, call, ordered, step):
    number = ordered('visit', department_id=house.plumbers)
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['status']['code'], card['management']['assignees']) == ('in_progress', [])
    assert card['sla']['first_started_at'] == card['created_at']
    assert call('GET', f'{STAFF}/counters', by=house.dispatcher).json_body == {'new': 0}
    own = call('POST', f'/v1/resident/requests/{number}/cancel', by=house.resident)
    assert (own.status_code, own.json_body['code']) == (409, 'MoveNotAllowed')
    assert step(number, 'complete').json_body['code'] == 'AssigneeNeeded'
    assert step(number, 'suspend', {'comment': 'болен', 'resume_until': '2026-12-01'}).status_code == 200
    assert step(number, 'start').json_body['code'] == 'AssigneeNeeded'
    assert step(number, 'start', {'assignee_ids': [house.crew[0].id]}).status_code == 200
    assert step(number, 'complete').json_body['status']['code'] == 'done'


@pytest.mark.proves('REQ-043')
def test_the_application_knows_whether_any_filter_is_applied(call, phone):
    path = '/v1/staff/me/filters/all'
    assert call('GET', path, by=phone).json_body['count'] == 0
    call('PUT', path, {'status': ['done']}, by=phone)
    assert call('GET', path, by=phone).json_body['count'] == 1
    call('PUT', path, {}, by=phone)
    assert call('GET', path, by=phone).json_body['count'] == 0
