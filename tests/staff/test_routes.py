"""The doors of the house of staff: who may open them, what they answer, what they refuse."""

import pytest

from chalicelib.kit import texts
from chalicelib.kit.errors import DomainError
from chalicelib.staff.model import NotificationKind, Permission, refusals
from tests.make import staff as make

pytestmark = pytest.mark.usefixtures('world', 'time')

EMPLOYEES = '/v1/staff/employees'
NOBODY = make.caller(permissions=frozenset())
HIRED = {
    'name': 'Иванов Иван',
    'phone': '8 (916) 123-45-67',
    'email': 'Ivan@Example.RU',
    'role_id': 'executor',
}


def test_somebody_is_hired_shown_changed_and_dismissed(call):
    make.organisation()
    department = call('POST', '/v1/staff/departments', {'name': 'Сантехники'}).json_body
    hired = call('POST', EMPLOYEES, {**HIRED, 'department_ids': [department['id']]})
    assert (hired.status_code, hired.headers['ETag']) == (201, '"1"')
    card = hired.json_body
    assert (card['phone'], card['email'], card['places']) == ('+79161234567', 'ivan@example.ru', None)
    path = f'{EMPLOYEES}/{card["id"]}'
    changed = call('PATCH', path, {'email': None, 'is_community_manager': True}, if_match='"1"')
    assert changed.json_body == {**card, 'email': None, 'is_community_manager': True, 'version': 2}
    assert call('GET', path).json_body == changed.json_body
    dismissed = call('POST', f'{path}/dismiss')
    assert (dismissed.status_code, dismissed.json_body['state']) == (200, 'dismissed')
    again = call('PATCH', path, {'name': 'Снова'})
    assert (again.status_code, again.json_body['code']) == (409, 'EmployeeIsDismissed')


@pytest.mark.proves('REQ-115')
def test_the_employees_of_a_department_are_found_by_any_colleague(call):
    department = make.department()
    ours = make.employee(department_ids=(department.id,))
    make.employee(name='Чужой')
    answer = call('GET', f'{EMPLOYEES}?department_id={department.id}', by=NOBODY)
    assert answer.json_body == {
        'items': [
            {
                'id': ours.id,
                'name': ours.name,
                'role_id': 'dispatcher',
                'department_ids': [department.id],
                'state': 'active',
            }
        ],
        'next_cursor': None,
    }
    both = call('GET', f'{EMPLOYEES}?department_id={department.id}&search=чуж', by=NOBODY)
    assert both.json_body['items'] == []


@pytest.mark.proves('IAM-014')
def test_a_colleague_sees_the_contact_but_not_the_card(call):
    employee = make.employee()
    contact = call('GET', f'{EMPLOYEES}/{employee.id}/contact', by=NOBODY)
    assert (contact.status_code, contact.json_body['phone']) == (200, employee.phone)
    assert call('GET', f'{EMPLOYEES}/{employee.id}', by=NOBODY).status_code == 403


@pytest.mark.parametrize(
    'body, path, code',
    [
        ({'name': ' '}, 'body.name', 'string_too_short'),
        ({'name': 'я' * 201}, 'body.name', 'string_too_long'),
        ({'name': 'а\u0000б'}, 'body.name', 'control_character'),
        ({'phone': '123'}, 'body.phone', 'phone_invalid'),
        ({'phone': None}, 'body.phone', 'string_type'),
        ({'email': 'ivan'}, 'body.email', 'email_invalid'),
        ({'places': []}, 'body.places', 'too_short'),
        ({'places': ['b'] * 101}, 'body.places', 'too_long'),
        ({'department_ids': ['d'] * 21}, 'body.department_ids', 'too_long'),
        ({'role_id': 'a/b'}, 'body.role_id', 'string_pattern_mismatch'),
        ({'state': 'active'}, 'body.state', 'extra_forbidden'),
        ({'is_community_manager': 'yes'}, 'body.is_community_manager', 'bool_type'),
    ],
)
def test_a_bad_card_is_refused_by_field_and_nobody_is_hired(call, body, path, code):
    make.organisation()
    answer = call('POST', EMPLOYEES, {**HIRED, **body})
    assert answer.status_code == 400
    assert [(e['path'], e['code']) for e in answer.json_body['errors']] == [(path, code)]
    assert len(call('GET', EMPLOYEES).json_body['items']) == 1  # the first administrator


def test_a_taken_telephone_names_its_field(call):
    employee = make.employee()
    answer = call('POST', EMPLOYEES, {**HIRED, 'phone': employee.phone})
    assert (answer.status_code, answer.json_body['code']) == (409, 'PhoneTaken')
    assert answer.json_body['errors'][0]['path'] == 'body.phone'


def test_a_stale_card_is_refused(call):
    employee = make.employee()
    path = f'{EMPLOYEES}/{employee.id}'
    assert call('PATCH', path, {'name': 'Первый'}, if_match='"1"').status_code == 200
    stale = call('PATCH', path, {'name': 'Второй'}, if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    assert call('GET', path).json_body['name'] == 'Первый'


def test_the_last_administrator_stays(call):
    make.organisation()
    [first] = call('GET', EMPLOYEES).json_body['items']
    answer = call('POST', f'{EMPLOYEES}/{first["id"]}/dismiss')
    assert (answer.status_code, answer.json_body['code']) == (422, 'LastAdministrator')


@pytest.mark.parametrize(
    'method, path, body',
    [
        ('POST', EMPLOYEES, HIRED),
        ('GET', f'{EMPLOYEES}/e', None),
        ('PATCH', f'{EMPLOYEES}/e', {}),
        ('POST', f'{EMPLOYEES}/e/dismiss', None),
        ('GET', '/v1/staff/roles', None),
        ('POST', '/v1/staff/roles', {'name': 'Р'}),
        ('GET', '/v1/staff/roles/administrator', None),
        ('PATCH', '/v1/staff/roles/administrator', {'name': 'Р'}),
        ('DELETE', '/v1/staff/roles/dispatcher', None),
        ('POST', '/v1/staff/departments', {'name': 'П'}),
        ('PATCH', '/v1/staff/departments/d', {'name': 'П'}),
        ('DELETE', '/v1/staff/departments/d', None),
        ('POST', '/v1/staff/legal-entities', {'name': 'О', 'inn': '7707083893'}),
        ('GET', '/v1/staff/legal-entities/l', None),
        ('PATCH', '/v1/staff/legal-entities/l', {'name': 'О'}),
        ('DELETE', '/v1/staff/legal-entities/l', None),
        ('PATCH', '/v1/staff/settings', {'name': 'О'}),
        ('GET', '/v1/staff/settings/sms', None),
        ('POST', '/v1/staff/settings/sms/check', None),
    ],
)
def test_without_the_permission_the_door_stays_shut(call, method, path, body):
    make.organisation()
    answer = call(method, path, body, by=NOBODY)
    assert (answer.status_code, answer.json_body['code']) == (403, 'PermissionMissing')


@pytest.mark.parametrize(
    'method, path',
    [
        ('GET', f'{EMPLOYEES}/{{id}}'),
        ('GET', f'{EMPLOYEES}/{{id}}/contact'),
        ('PATCH', f'{EMPLOYEES}/{{id}}'),
        ('POST', f'{EMPLOYEES}/{{id}}/dismiss'),
    ],
)
def test_another_organisations_employee_is_not_found(call, method, path):
    stranger = make.employee('other')
    make.organisation()
    answer = call(method, path.format(id=stranger.id), {} if method == 'PATCH' else None)
    assert (answer.status_code, answer.json_body['code']) == (404, 'EmployeeNotFound')


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_refusal_permission_and_kind_has_its_words(locale):
    ours = [k for k in vars(refusals).values() if isinstance(k, type) and issubclass(k, DomainError)]
    for kind in ours:
        if kind.__module__ == refusals.__name__:
            assert texts.say(kind.__name__, locale, limit=1)
    for permission in Permission:
        assert texts.say(f'permission-{permission.replace(".", "-")}', locale)
    for notification in NotificationKind:
        assert texts.say(f'kind-{notification}', locale)
