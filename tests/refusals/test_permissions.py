"""Who may not do a thing is told which permission it takes, and nothing is done."""

import pytest

from chalicelib.kit import texts
from chalicelib.kit.caller import Audience
from tests.refusals.doors import changes, doors
from tests.refusals.samples import body_of, path_of, query_of
from tests.refusals.told import refused
from tests.refusals.town import EVERYTHING, employee

pytestmark = pytest.mark.usefixtures('unchanged')

OWN = {'staff_notifications_read_notifications'}
"""What an employee does with what is his own, whatever his role grants."""
SET_BY_HIMSELF = {'staff_requests_save_filters', 'staff_requests_clear_filters',
                  'staff_requests_save_list_layout', 'staff_files_ask'}  # fmt: skip
"""What he stores for himself alone: tests/requests/test_lists.py, tests/files/test_asking.py."""


def needs_a_permission(operation):
    return (
        operation.audience == Audience.STAFF
        and changes(operation)
        and operation.name not in SET_BY_HIMSELF
    )


@doors(lambda operation: operation.permission)
def test_one_missing_permission_is_named_and_nothing_is_done(operation, demo, call):
    lacking = employee(demo.people['head'], permissions=EVERYTHING - {operation.permission})
    path = path_of(operation, demo) + query_of(operation, demo)
    answer = call(operation.method, path, body_of(operation, demo), by=lacking)
    problem = refused(answer, 403, code='PermissionMissing')
    assert problem['params'] == {'permission': operation.permission}
    name = texts.say(f'permission-{operation.permission.replace(".", "-")}', 'ru')
    assert problem['detail'] == f'Нужно право «{name}».'


@doors(needs_a_permission)
def test_an_employee_without_any_permission_changes_nothing(operation, demo, call):
    nobody = employee(demo.people['cleaner'], permissions=frozenset())
    answer = call(operation.method, path_of(operation, demo), body_of(operation, demo), by=nobody)
    if operation.name in OWN:
        assert answer.status_code == 200
    else:
        refused(answer, 403, 404)


@pytest.mark.parametrize('path', ['requests?tab=all', 'requests?tab=new', 'requests/counters'])
def test_lists_of_requests_take_the_right_to_see_them(path, demo, call):
    blind = employee(demo.people['head'], permissions=EVERYTHING - {'requests.view'})
    problem = refused(call('GET', f'/v1/staff/{path}', by=blind), 403, code='PermissionMissing')
    assert problem['params'] == {'permission': 'requests.view'}


@pytest.mark.parametrize('path', ['roles', 'roles/administrator'])
def test_roles_are_seen_by_who_keeps_or_gives_them(path, demo, call):
    blind = employee(demo.people['head'], permissions=EVERYTHING - {'staff.edit', 'roles.edit'})
    refused(call('GET', f'/v1/staff/{path}', by=blind), 403, code='PermissionMissing')


@pytest.mark.parametrize(
    'action, permission, name',
    [
        ('start', 'requests.edit', 'waiting'),
        ('suspend', 'requests.edit', 'in_progress'),
        ('complete', 'requests.complete', 'in_progress'),
        ('check', 'requests.edit', 'controlled'),
        ('cancel', 'requests.cancel', 'waiting'),
        ('reopen', 'requests.edit', 'done'),
        ('approve', 'requests.approve', 'approval'),
        ('clarify', 'requests.approve', 'approval'),
        ('answer', 'requests.edit', 'clarification'),
    ],
)
def test_each_move_takes_its_permission(action, permission, name, demo, call):
    lacking = employee(demo.people['head'], permissions=EVERYTHING - {permission})
    body = {'comment': 'потому что', 'resume_until': '2026-11-30T09:00:00Z'}
    answer = call(
        'POST',
        f'/v1/staff/requests/{demo.numbers[name]}/{action}',
        body if action == 'suspend' else {'comment': 'потому что'},
        by=lacking,
    )
    assert refused(answer, 403, code='PermissionMissing')['params'] == {'permission': permission}


def test_only_the_controller_gives_work_back(demo, call):
    path = f'/v1/staff/requests/{demo.numbers["quality_control"]}/return'
    refused(call('POST', path, {}, by=employee(demo.people['cleaner'])), 403, code='NotTheController')
