"""What is true after people are hired, changed, dismissed and looked for, here and in identity."""

import pytest

from chalicelib.identity.model import LoginState, PhoneTaken
from chalicelib.kit.dynamo import get
from chalicelib.staff import service
from chalicelib.staff.model import (
    DepartmentChosenUnknown,
    EmployeeIsDismissed,
    EmployeeNotFound,
    EmployeesQuery,
    OrganisationAlreadyFounded,
    RoleChosenUnknown,
)
from tests.make import staff as make
from tests.staff.desk import administrator, change, dismiss, events, found, login, rows_of

pytestmark = pytest.mark.usefixtures('world', 'time')


def test_a_founded_organisation_has_roles_settings_and_somebody_who_may_sign_in():
    make.organisation('demo', zone='Asia/Omsk')
    first = administrator()
    assert login(first).grant_id == 'administrator'
    names = [role.name for role in service.roles.list_all(by=make.caller())]
    assert names == ['Администратор', 'Диспетчер', 'Исполнитель', 'Комьюнити-менеджер']
    assert get(service.reading_organisation('demo')).settings.execution_reminder_minutes == 60
    assert [e['type'] for e in events('demo#organisation')] == ['OrganisationFounded']
    with pytest.raises(OrganisationAlreadyFounded):
        make.organisation('demo')


@pytest.mark.proves('IAM-001', 'IAM-013', 'IAM-010', 'IAM-012', 'AMB-74')
def test_somebody_hired_has_one_role_departments_and_flags_and_may_sign_in():
    department = make.department()
    employee = make.employee(
        department_ids=(department.id,),
        places=('b1',),
        is_community_manager=True,
        receives_registrations=True,
    )
    assert get(service.reading_employee('demo', employee.id)) == employee
    own = login(employee)
    assert (own.phone, own.grant_id, own.places, own.state) == (
        employee.phone,
        'dispatcher',
        ['b1'],
        LoginState.ACTIVE,
    )
    assert [e['type'] for e in events(f'demo#employee#{employee.id}')] == ['EmployeeHired']
    assert [registrar.id for registrar in service.registrars('demo')] == [employee.id]


def test_the_telephone_of_a_colleague_is_taken():
    employee = make.employee()
    with pytest.raises(PhoneTaken):
        make.employee(phone=employee.phone, name='Другой')
    assert found(search='Другой') == []


def test_an_unknown_role_or_department_is_refused():
    make.organisation()
    with pytest.raises(RoleChosenUnknown):
        make.employee(role_id='nobody')
    with pytest.raises(DepartmentChosenUnknown):
        make.employee(department_ids=('nowhere',))
    archived = make.role()
    service.roles.archive(archived.id, by=make.caller())
    with pytest.raises(RoleChosenUnknown):
        make.employee(role_id=archived.id)


def test_a_change_reaches_the_card_the_lists_and_the_login():
    first, second = make.department(name='Первое'), make.department(name='Второе')
    employee = make.employee(department_ids=(first.id,))
    now = change(
        employee, name='Сидоров Пётр', department_ids=(second.id,), role_id='executor', places=('b1',)
    )
    assert now.version == 2
    assert found(department_id=first.id) == []
    assert (
        found(department_id=second.id)
        == found(search='сидор')
        == found(role_id='executor')
        == ['Сидоров Пётр']
    )
    assert found(search='иванов') == []
    assert (login(now).grant_id, login(now).places) == ('executor', ['b1'])
    differences = events(f'demo#employee#{employee.id}')[-1]['event']['differences']
    assert differences['role_id'] == ['dispatcher', 'executor']
    assert rows_of(now) == {
        'employee', f'on#department#{second.id}', 'on#word#сидоров', 'on#word#петр',
        'event#000000001.00', 'event#000000002.00',
    }  # fmt: skip


def test_a_change_that_changes_nothing_leaves_no_trace():
    employee = make.employee()
    assert change(employee, name=employee.name) == employee
    assert len(events(f'demo#employee#{employee.id}')) == 1


def test_the_dismissed_cannot_sign_in_and_leave_the_lists_but_not_the_past():
    department = make.department()
    employee = make.employee(department_ids=(department.id,), receives_registrations=True)
    gone = dismiss(employee)
    assert login(gone).state is LoginState.CLOSED
    assert found(department_id=department.id) == found(role_id='dispatcher') == found(search='Иванов') == []
    assert found(state='dismissed') == found(state='dismissed', search='иванов') == ['Иванов Иван Иванович']
    assert service.registrars('demo') == []
    assert service.employees_by_ids('demo', [gone.id, 'nobody']) == {gone.id: gone}
    with pytest.raises(EmployeeIsDismissed):
        change(employee, name='Призрак')
    with pytest.raises(EmployeeIsDismissed):
        dismiss(employee)


def test_the_telephone_of_the_dismissed_is_free_again():
    employee = make.employee()
    dismiss(employee)
    assert make.employee(phone=employee.phone).id != employee.id


def test_another_organisations_people_do_not_exist():
    stranger = make.employee('other')
    make.organisation('demo')
    with pytest.raises(EmployeeNotFound):
        change(stranger, name='Чужой')
    with pytest.raises(EmployeeNotFound):
        dismiss(stranger)
    assert service.employees_by_ids('demo', [stranger.id]) == {}
    assert found(search='Иванов') == []


def test_a_search_pages_through_all_exactly_once():
    for number in range(7):
        make.employee(name=f'Иванов Иван {number}')
    seen, cursor = [], None
    while True:
        page = service.employees.search(
            EmployeesQuery(search='иван', limit=3, cursor=cursor), by=make.caller()
        )
        seen += [employee.name for employee in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == [f'Иванов Иван {number}' for number in range(7)]


@pytest.mark.proves('IAM-011')
def test_support_links_an_employee_to_okdesk():
    employee = make.employee()
    linked = service.employees.link_okdesk('demo', employee.id, '4711')
    assert get(service.reading_employee('demo', employee.id)).external_ids.okdesk == '4711'
    assert linked.version == 2
