"""Roles, who may not be lost or rise, races, recipients and settings."""

import pytest

from chalicelib.identity.model import LoginState
from chalicelib.kit.dynamo import find, get, send, unit_of_work
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.staff import service
from chalicelib.staff.model import (
    ArchivedForGood,
    DepartmentChosenUnknown,
    DepartmentInUse,
    LastAdministrator,
    MatrixChannel,
    NewEmployee,
    NotificationKind,
    OrganisationChanges,
    Permission,
    PermissionsAboveOwn,
    PlacesAboveOwn,
    RoleChanges,
    RoleInUse,
)
from tests.make import staff as make
from tests.staff.desk import administrator, administrator_other_than, change, dismiss, events, found, login

pytestmark = pytest.mark.usefixtures('world', 'time')


def test_the_last_administrator_can_neither_leave_nor_lose_the_role():
    make.organisation()
    first = administrator()
    with pytest.raises(LastAdministrator):
        dismiss(first)
    with pytest.raises(LastAdministrator):
        change(first, role_id='dispatcher')
    with pytest.raises(LastAdministrator):
        service.roles.change('administrator', RoleChanges(permissions=frozenset()), by=make.caller())
    assert login(first).state is LoginState.ACTIVE
    second = make.employee(role_id='administrator')
    dismiss(first)
    with pytest.raises(LastAdministrator):
        dismiss(second)


def test_who_sees_some_of_the_places_is_no_last_administrator():
    make.organisation()
    first = administrator()
    bounded = make.employee(role_id='administrator', places=('house-1',))
    with pytest.raises(LastAdministrator):
        dismiss(first)
    with pytest.raises(LastAdministrator):
        change(first, places=('house-1',))
    change(bounded, places=None)
    change(first, places=('house-1',))
    with pytest.raises(LastAdministrator):
        dismiss(bounded)
    dismiss(first)


def test_a_role_that_begins_to_govern_counts_those_alone_who_see_all_places():
    make.organisation()
    first, role = administrator(), make.role(permissions=frozenset({Permission.STAFF_EDIT}))
    make.employee(role_id=role.id, places=('house-1',))
    both = RoleChanges(permissions=frozenset({Permission.STAFF_EDIT, Permission.ROLES_EDIT}))
    service.roles.change(role.id, both, by=make.caller())
    with pytest.raises(LastAdministrator):
        dismiss(first)
    make.employee(role_id=role.id)
    dismiss(first)


def test_a_role_may_stop_governing_while_another_governs():
    make.organisation()
    both = frozenset({Permission.STAFF_EDIT, Permission.ROLES_EDIT})
    other = make.role(permissions=both)
    make.employee(role_id=other.id)
    no_more = RoleChanges(permissions=frozenset({Permission.STAFF_EDIT}))
    service.roles.change('administrator', no_more, by=make.caller())
    with pytest.raises(LastAdministrator):
        service.roles.change(other.id, no_more, by=make.caller())
    restored = service.roles.restore_administrators('demo')
    assert restored.permissions == frozenset(Permission)
    service.roles.change(other.id, no_more, by=make.caller())


def test_what_an_organisation_has_ticked_stays_whatever_roles_new_ones_begin_with():
    make.organisation()
    unticked = RoleChanges(matrix={NotificationKind.TASK_DEADLINE_NEAR: frozenset({MatrixChannel.PUSH})})
    before = service.roles.change('executor', unticked, by=make.caller())
    make.organisation('other')
    service.roles.restore_administrators('demo')
    assert service.roles.read('executor', by=make.caller()) == before
    assert not before.ticks(NotificationKind.TASK_CREATED)
    other = service.roles.read('executor', by=make.caller('other'))
    assert other.ticks(NotificationKind.TASK_CREATED) == {MatrixChannel.PUSH}


def test_nobody_rises_above_himself_through_a_card():
    boss = make.employee(role_id='administrator')
    clerk = make.caller(permissions=frozenset({Permission.STAFF_EDIT}))
    plain = make.role(permissions=frozenset({Permission.STAFF_EDIT}))
    peer = make.employee(role_id=plain.id)
    for forbidden in (
        lambda: change(boss, by=clerk, phone=make.phone()),
        lambda: dismiss(boss, by=clerk),
        lambda: change(peer, by=clerk, role_id='administrator'),
        lambda: service.employees.hire(
            NewEmployee(name='Новый', phone=make.phone(), role_id='administrator'), by=clerk
        ),
        lambda: service.roles.change(plain.id, RoleChanges(permissions=frozenset(Permission)), by=clerk),
    ):
        with pytest.raises(PermissionsAboveOwn):
            forbidden()
    assert change(peer, by=clerk, name='Ровня').name == 'Ровня'


def test_nobody_hires_or_changes_beyond_the_places_he_sees():
    everywhere, near = make.employee(), make.employee(places=('b1',))
    local = make.caller(places=['b1', 'b2'])
    for forbidden in (
        lambda: change(everywhere, by=local, name='Имя'),
        lambda: change(near, by=local, places=('b3',)),
        lambda: change(near, by=local, places=None),
        lambda: dismiss(everywhere, by=local),
    ):
        with pytest.raises(PlacesAboveOwn):
            forbidden()
    assert change(near, by=local, places=('b2',)).places == ('b2',)


@pytest.mark.proves('IAM-003', 'SET-009')
def test_a_changed_role_tells_and_allows_all_who_have_it():
    employee = make.employee()
    assert service.recipients_among('demo', NotificationKind.REQUEST_CREATED, [employee.id])
    service.roles.change('dispatcher', RoleChanges(matrix={}, permissions=frozenset()), by=make.caller())
    assert service.recipients_among('demo', NotificationKind.REQUEST_CREATED, [employee.id]) == []
    from chalicelib.identity.repository.admitted import reading_grant

    assert find(reading_grant('demo', 'dispatcher')).permissions == frozenset()
    assert [e['event']['deed'] for e in events('demo#role#dispatcher')] == ['created', 'changed']


def test_a_role_or_department_in_use_stays():
    department = make.department()
    role = make.role()
    employee = make.employee(role_id=role.id, department_ids=(department.id,))
    with pytest.raises(RoleInUse):
        service.roles.archive(role.id, by=make.caller())
    with pytest.raises(DepartmentInUse):
        service.departments.archive(department.id, by=make.caller())
    dismiss(employee)
    service.roles.archive(role.id, by=make.caller())
    service.departments.archive(department.id, by=make.caller())
    assert get(service.reading_role('demo', role.id)).is_archived
    assert get(service.reading_department('demo', department.id)).is_archived
    assert role.id not in [kept.id for kept in service.roles.list_all(by=make.caller())]
    with pytest.raises(ArchivedForGood):
        service.roles.change(role.id, RoleChanges(name='Снова'), by=make.caller())


@pytest.mark.proves('NTF-006', 'NTF-007', 'NTF-018', 'NTF-019')
def test_all_whose_role_ticks_the_kind_and_who_see_the_place_are_told():
    everywhere = make.employee(locale='en')
    here = make.employee(places=('b1',))
    make.employee(places=('b2',))
    make.employee(role_id='executor')
    dismiss(make.employee())
    told = service.recipients('demo', NotificationKind.REQUEST_CREATED, 'b1')
    assert {recipient.employee_id for recipient in told} == {everywhere.id, here.id}
    assert {recipient.locale for recipient in told} == {'en', 'ru'}
    assert all(recipient.by_push and not recipient.by_email for recipient in told)


def test_of_the_named_only_those_at_work_whose_role_ticks_are_told():
    first, gone, manager = make.employee(), make.employee(), make.employee(role_id='community-manager')
    dismiss(gone)
    named = [first.id, gone.id, manager.id, 'nobody']
    told = service.recipients_among('demo', NotificationKind.ASSIGNED, named)
    assert [recipient.employee_id for recipient in told] == [first.id]
    assert service.recipients_among('demo', NotificationKind.ASSIGNED, []) == []


@pytest.mark.proves('SET-012', 'IAM-016')
def test_time_tracking_is_a_feature_of_every_caller():
    from chalicelib.identity.repository.admitted import reading_tenant

    make.organisation()
    changes = OrganisationChanges(is_time_tracked=True, zone='Asia/Omsk')
    now = service.organisations.change(changes, by=make.caller())
    tenant = find(reading_tenant('demo', KeyError))
    assert (tenant.features, tenant.zone) == (frozenset({'time-tracking'}), 'Asia/Omsk')
    assert now.settings.rating_reminder_hours == 24
    assert [e['type'] for e in events('demo#organisation')] == ['OrganisationFounded', 'SettingsChanged']


@pytest.mark.proves('PRM-010')
def test_a_legal_entity_is_kept_with_its_requisites():
    entity = make.legal_entity(kpp='773601001', ogrn='1027700132195')
    assert get(service.reading_legal_entity('demo', entity.id)) == entity


def test_of_two_who_dismiss_each_other_at_once_one_stays():
    first = make.employee(role_id='administrator')
    dismiss(administrator_other_than(first))
    second = make.employee(role_id='administrator')
    with unit_of_work() as one:
        dismiss(first)
    with unit_of_work() as other:
        dismiss(second)
    send(one.writes)
    with pytest.raises(LastAdministrator):
        send(other.writes)
    assert login(second).state is LoginState.ACTIVE


def test_a_role_that_stops_governing_while_somebody_is_given_it_is_judged_again():
    make.organisation()
    role = make.role(permissions=frozenset({Permission.STAFF_EDIT, Permission.ROLES_EDIT}))
    with unit_of_work() as unit:
        make.employee(role_id=role.id)
    service.roles.change(role.id, RoleChanges(permissions=frozenset()), by=make.caller())
    with pytest.raises(ChangedMeanwhile):
        send(unit.writes)
    make.employee(role_id=role.id)
    with pytest.raises(LastAdministrator):
        dismiss(administrator())


def test_a_department_archived_while_somebody_joins_it_is_refused():
    department = make.department()
    with unit_of_work() as unit:
        make.employee(department_ids=(department.id,))
    service.departments.archive(department.id, by=make.caller())
    with pytest.raises(DepartmentChosenUnknown):
        send(unit.writes)
    assert found(search='Иванов') == []
