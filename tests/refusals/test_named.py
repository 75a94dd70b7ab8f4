"""The refusals everybody asks about, one by one: the status, the code, the field, and nothing stored."""

from dataclasses import replace

import pytest

from tests.refusals.told import refused
from tests.refusals.town import employee

pytestmark = pytest.mark.usefixtures('unchanged')

STAFF, OWN = '/v1/staff/requests', '/v1/resident/requests'
UNKNOWN = '01jdzzzzzzzzzzzzzzzzzzzzzz'


@pytest.fixture
def order(demo, call):
    """Enters a request as the administrator, with the changes; returns the answer."""

    def enter(**changes):
        usual = {
            'channel': 'incoming_call',
            **{name: demo.ids[name] for name in ('offering_id', 'building_id', 'premises_id', 'client_id')},
        }
        return call('POST', STAFF, {**usual, **changes}, by=demo.staff)

    return enter


@pytest.fixture
def act(demo, call):
    """Does an action on the request of that status as the administrator."""

    def do(name, action, body=None, method='POST', **headers):
        return call(method, f'{STAFF}/{demo.numbers[name]}{action}', body or {}, by=demo.staff, **headers)

    return do


THINGS = [
    ('buildings', 'building_id', 'BuildingNotFound'),
    ('premises', 'premises_id', 'PremisesNotFound'),
    ('clients', 'client_id', 'ClientNotFound'),
    ('quarters', 'quarter_id', 'QuarterNotFound'),
    ('groups', 'group_id', 'GroupNotFound'),
    ('departments', 'department_id', 'DepartmentNotFound'),
    ('employees', 'employee_id', 'EmployeeNotFound'),
    ('roles', 'role_id', 'RoleNotFound'),
    ('legal-entities', 'legal_entity_id', 'LegalEntityNotFound'),
    ('offerings', 'offering_id', 'OfferingNotFound'),
    ('categories', 'category_id', 'CategoryNotFound'),
]


@pytest.mark.parametrize('path, name, code', THINGS)
def test_an_unknown_thing_and_one_of_another_organisation_are_told_alike(path, name, code, demo, other, call):
    unknown = refused(call('GET', f'/v1/staff/{path}/{UNKNOWN}', by=demo.staff), 404, code=code)
    foreign = refused(call('GET', f'/v1/staff/{path}/{other.ids[name]}', by=demo.staff), 404, code=code)
    assert {**unknown, 'request_id': ''} == {**foreign, 'request_id': ''}


@pytest.mark.parametrize('number', ['999', '0', '-1', '9' * 30])
def test_an_unknown_request_is_not_there(number, demo, call):
    refused(call('GET', f'{STAFF}/{number}', by=demo.staff), 404, code='RequestNotFound')
    refused(
        call('POST', f'{STAFF}/{number}/cancel', {'comment': 'x'}, by=demo.staff), 404, code='RequestNotFound'
    )
    refused(call('GET', f'{OWN}/{number}', by=demo.resident), 404, code='RequestNotFound')


@pytest.mark.parametrize('number', ['x', '1.5', '9' * 5000, '1e1', 'a b'])
def test_a_number_that_is_none_is_malformed(number, demo, call):
    answer = call('GET', f'{STAFF}/{number.replace(" ", "+")}', by=demo.staff)
    refused(answer, 400, code='NotDecent', path='path.number')


@pytest.mark.parametrize('identity', ['a' * 65, 'a.b', 'a%00b', 'ы', "'", '*'])
def test_an_id_that_is_none_is_malformed(identity, demo, call):
    answer = call('GET', f'/v1/staff/buildings/{identity}', by=demo.staff)
    refused(answer, 400, code='NotDecent', path='path.building_id')


@pytest.mark.proves('REQ-057')
@pytest.mark.parametrize(
    'form, code',
    [
        ({}, 'FormFieldMissing'),
        ({'meters': None}, 'FormFieldMissing'),
        ({'meters': 'two'}, 'FormFieldNotNumber'),
        ({'meters': True}, 'FormFieldNotNumber'),
        ({'meters': [2]}, 'FormFieldNotNumber'),
        ({'meters': {'a': 2}}, 'FormFieldNotNumber'),
        ({'meters': 10**400}, 'FormFieldTooLarge'),
        ({'meters': float('nan')}, 'FormFieldNotNumber'),
    ],
)
def test_a_mandatory_field_of_the_order_form_must_be_filled(form, code, order, demo):
    answer = order(offering_id=demo.ids['metered'], form=form)
    problem = refused(answer, 400, code='FormInvalid', path='body.form.meters')
    assert [error['code'] for error in problem['errors']] == [code]


def test_a_field_the_form_does_not_have_is_named(order):
    refused(order(form={'colour': 'red'}), 400, code='FormInvalid', path='body.form.colour')
    refused(order(form={'a\x00b': 'red'}), 400, code='NotDecent')


@pytest.mark.proves('REQ-054')
def test_premises_must_be_in_the_building(order, demo):
    unregistered = {'client_id': None, 'unregistered': {'name': 'Гость'}}
    answer = order(premises_id=demo.ids['elsewhere'], **unregistered)
    refused(answer, 422, code='PremisesNotInBuilding', path='body.premises_id')


@pytest.mark.parametrize(
    ('place', 'body', 'path'),
    [
        ('assign', {'department_id': UNKNOWN}, 'body.department_id'),
        ('assign', {'assignee_ids': [UNKNOWN]}, 'body.assignee_ids[0]'),
        ('assign', {'controller_id': UNKNOWN}, 'body.controller_id'),
        ('start', {'assignee_ids': [UNKNOWN]}, 'body.assignee_ids[0]'),
        ('checklists', {'checklist_template_id': UNKNOWN}, 'body.checklist_template_id'),
    ],
)
def test_what_is_not_there_is_named_by_the_field_that_asked_for_it(call, demo, place, body, path):
    answer = call('POST', f'/v1/staff/requests/{demo.numbers["waiting"]}/{place}', body, by=demo.staff)
    refused(answer, 404, path=path)


@pytest.mark.parametrize(
    ('field', 'code'),
    [('building', 'BuildingNotFound'), ('group', 'GroupNotFound'), ('offering', 'OfferingNotFound')],
)
def test_an_incident_about_what_is_not_there_says_which(call, demo, field, code):
    body = {'title': 'Авария', f'{field}_ids': [UNKNOWN]}
    answer = call('POST', '/v1/staff/incidents', body, by=demo.staff)
    refused(answer, 404, code=code, path=f'body.{field}_ids[0]')


def test_an_internal_number_is_given_to_an_employee_who_is_there(call, demo):
    place = '/v1/staff/settings/telephony/extensions/101'
    answer = call('PUT', place, {'employee_id': UNKNOWN}, by=demo.staff)
    refused(answer, 404, code='EmployeeNotFound', path='body.employee_id')


@pytest.mark.proves('REQ-054')
def test_a_resident_who_names_premises_of_others_is_told_as_a_resident(call, demo):
    body = {'offering_id': demo.ids['offering_id'], 'premises_id': demo.ids['empty']}
    answer = call('POST', OWN, body, by=demo.resident)
    problem = refused(answer, 422, code='ClientNotInPremises', path='body.premises_id')
    assert problem['detail'] == 'Это помещение не ваше. Выберите одно из своих.'


@pytest.mark.proves('REQ-054')
def test_a_client_must_be_in_the_premises(order, demo):
    answer = order(client_id=demo.ids['neighbour'])
    refused(answer, 422, code='ClientNotInPremises', path='body.client_id')
    answer = order(premises_id=demo.ids['empty'])
    refused(answer, 422, code='ClientNotInPremises', path='body.client_id')


@pytest.mark.proves('REQ-116')
def test_an_employee_must_be_of_the_department(order, act, demo):
    chosen = {
        'department_id': demo.ids['department_id'],
        'assignee_ids': [demo.ids['crew'], demo.ids['cleaner']],
    }
    answer = act('waiting', '/assign', chosen)
    refused(answer, 422, code='EmployeeOutsideDepartment', path='body.assignee_ids[1]')
    refused(
        act('waiting', '/start', chosen), 422, code='EmployeeOutsideDepartment', path='body.assignee_ids[1]'
    )
    refused(order(**chosen), 422, code='EmployeeOutsideDepartment', path='body.assignee_ids[1]')


@pytest.mark.proves('REQ-118')
def test_a_fifth_assignee_is_one_too_many(order, act, demo):
    crew = [person.id for person in demo.people['crew']]
    chosen = {'department_id': demo.ids['department_id'], 'assignee_ids': crew}
    for answer in (act('waiting', '/assign', chosen), act('waiting', '/start', chosen), order(**chosen)):
        problem = refused(answer, 422, code='TooManyAssignees', path='body.assignee_ids')
        assert problem['params'] == {'limit': 4}


@pytest.mark.parametrize(
    'name, action',
    [
        ('waiting', 'complete'), ('waiting', 'suspend'), ('waiting', 'check'), ('waiting', 'reopen'),
        ('waiting', 'approve'), ('waiting', 'clarify'), ('waiting', 'answer'), ('waiting', 'return'),
        ('in_progress', 'start'), ('in_progress', 'reopen'), ('suspended', 'complete'), ('done', 'start'),
        ('done', 'cancel'), ('done', 'complete'), ('cancelled', 'start'), ('cancelled', 'reopen'),
        ('cancelled', 'cancel'), ('reopened', 'complete'), ('approval', 'start'),
        ('clarification', 'approve'), ('quality_control', 'start'), ('quality_control', 'suspend'),
    ],
)  # fmt: skip
def test_a_move_the_life_cycle_does_not_have_is_a_conflict(name, action, act):
    body = {'comment': 'потому что', **({'resume_until': '2026-11-30'} if action == 'suspend' else {})}
    problem = refused(act(name, f'/{action}', body), 409, code='MoveNotAllowed')
    assert problem['params']['action'] == action


def test_what_a_move_needs_is_named(act):
    refused(act('waiting', '/start'), 422, code='AssigneeNeeded', path='body.assignee_ids')
    refused(act('waiting', '/cancel'), 422, code='StatusCommentNeeded', path='body.comment')
    until = {'resume_until': '2026-11-30'}
    refused(act('in_progress', '/suspend', until), 422, code='StatusCommentNeeded', path='body.comment')
    because = {'comment': 'ждём'}
    refused(
        act('in_progress', '/suspend', because), 400, code='ResumptionDateNeeded', path='body.resume_until'
    )
    past = {**because, 'resume_until': '2026-11-22'}
    refused(act('in_progress', '/suspend', past), 422, code='ResumptionDateInPast', path='body.resume_until')


def test_basic_data_of_what_is_over_stand_fast(act):
    for name in ('done', 'cancelled'):
        answer = act(name, '', {'form': {}}, method='PATCH')
        refused(answer, 409, code='EditingLocked')


@pytest.mark.parametrize(
    'action, body', [('/cancel', {'comment': 'x'}), ('/assign', {'controller_id': None}), ('', {})]
)
def test_a_stale_version_is_told(action, body, act, call, demo):
    method = 'POST' if action else 'PATCH'
    present = call('GET', f'{STAFF}/{demo.numbers["waiting"]}', by=demo.staff).json_body['version']
    problem = refused(act('waiting', action, body, method=method, if_match='"77"'), 412, code='StaleVersion')
    assert problem['params'] == {'version': present}


def test_a_megabyte_is_too_large(act, call, demo):
    huge = b'{"comment": "' + b'a' * 1024 * 1024 + b'"}'
    answer = call('POST', f'{STAFF}/{demo.numbers["waiting"]}/cancel', huge, by=demo.staff)
    refused(answer, 413, code='BodyTooLarge')
    sealed = call('POST', STAFF, huge)
    refused(sealed, 401, code='TokenMissing')


@pytest.mark.parametrize(
    'body, path, code',
    [
        (b'{"comment": ', 'body', 'json_invalid'),
        (b'{"comment": 7}', 'body.comment', 'string_type'),
        (b'{"comment": "a\\u0000b"}', 'body.comment', 'control_character'),
        (b'{"comment": "a\\u0007b"}', 'body.comment', 'control_character'),
        (b'{"comment": "a\x07b"}', 'body', 'json_invalid'),
        (b'{"resume_until": "2026-11-30T09:00:00"}', 'body.resume_until', 'timezone_missing'),
        (b'{"resume_until": "2125-11-30T09:00:00Z"}', 'body.resume_until', 'year_out_of_range'),
        (b'{"resume_until": "2125-11-30"}', 'body.resume_until', 'year_out_of_range'),
        (b'{"resume_until": "1795510800"}', 'body.resume_until', 'date_parsing'),
        (b'{"resume_until": "1795510800000"}', 'body.resume_until', 'instant_or_day'),
        (b'{"resume_until": 1795510800}', 'body.resume_until', 'instant_or_day'),
        (b'{"resume_until": "30.11.2026"}', 'body.resume_until', 'date_parsing'),
        (b'{"resume_until": "2026-11-31"}', 'body.resume_until', 'date_parsing'),
        (b'{"status": "done"}', 'body.status', 'extra_forbidden'),
    ],
)
def test_each_kind_of_bad_input_is_told_by_its_field(body, path, code, call, demo):
    answer = call('POST', f'{STAFF}/{demo.numbers["in_progress"]}/suspend', body, by=demo.staff)
    problem = refused(answer, 400, code='NotDecent', path=path)
    assert [error['code'] for error in problem['errors']] == [code]


def test_a_blocked_resident_orders_nothing(demo, call):
    blocked = replace(demo.resident, is_blocked=True)
    body = {'offering_id': demo.ids['offering_id'], 'premises_id': demo.ids['premises_id']}
    refused(call('POST', OWN, body, by=blocked), 403, code='ClientBlocked')
    refused(call('POST', f'{OWN}/{demo.numbers["done"]}/reopen', by=blocked), 403, code='ClientBlocked')
    answer = call('POST', f'{OWN}/{demo.numbers["done"]}/rate', {'points': 5}, by=blocked)
    refused(answer, 403, code='ClientBlocked')


def test_nobody_gives_what_he_does_not_hold(demo, call):
    lesser = employee(demo.people['head'], permissions=frozenset({'staff.edit', 'roles.edit'}))
    hired = {'name': 'Новый', 'phone': '+79165550000', 'role_id': 'administrator'}
    refused(call('POST', '/v1/staff/employees', hired, by=lesser), 403, code='PermissionsAboveOwn')
    role = {'name': 'Всё', 'permissions': ['settings.edit']}
    refused(call('POST', '/v1/staff/roles', role, by=lesser), 403, code='PermissionsAboveOwn')
    local = employee(demo.people['head'], places=frozenset({demo.ids['building_id']}))
    refused(
        call('POST', '/v1/staff/employees', {**hired, 'role_id': 'executor'}, by=local),
        403,
        code='PlacesAboveOwn',
    )
