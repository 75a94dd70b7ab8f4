"""Employees: hired, changed, dismissed and found; each change reaches who may sign in at once."""

from typing import Any

from chalicelib.identity import service as identity
from chalicelib.kit import clock
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import Read, Write, agree, commit, fetch, get
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.kit.values import Page
from chalicelib.staff.events import EmployeeChanged, EmployeeDismissed, EmployeeHired
from chalicelib.staff.model import (
    Department,
    DepartmentChosenUnknown,
    Employee,
    EmployeeChanges,
    EmployeesQuery,
    ExternalIds,
    NewEmployee,
    Role,
    RoleChosenUnknown,
)
from chalicelib.staff.repository import counts, employees, rows
from chalicelib.staff.rules import authority, cards, logins


def read(employee_id: str, *, by: Caller) -> Employee:
    """The employee, also a dismissed one; raises EmployeeNotFound (IAM-014)."""
    return get(rows.reading(rows.EMPLOYEES, by.organisation, employee_id))


def search(query: EmployeesQuery, *, by: Caller) -> Page[Employee]:
    """One page of the employees asked for, by name (REQ-115)."""
    return employees.search(by.organisation, query)


def hire(new: NewEmployee, *, by: Caller) -> Employee:
    """The person works here with one role and may sign in (IAM-001, IAM-013, AMB-74).

    Raises PhoneTaken, EmailTaken, RoleChosenUnknown, DepartmentChosenUnknown; PermissionsAboveOwn and
    PlacesAboveOwn where the newcomer would be above the caller.
    """
    employee = Employee(id=new_id(), organisation=by.organisation, **dict(new))
    (role,) = _judged(by, employee, employee.role_id)
    hired = EmployeeHired(
        organisation=employee.organisation,
        at=clock.now(),
        by=Actor.of(by),
        employee_id=employee.id,
        name=employee.name,
        role_id=role.id,
    )
    commit(
        *rows.keeping(rows.EMPLOYEES, employee, hired),
        *employees.shelving(None, employee),
        *_counting(None, None, employee, role),
        *identity.admitting(logins.of(employee), None),
    )
    return employee


def change(employee_id: str, changes: EmployeeChanges, *, by: Caller) -> Employee:
    """The employee's card says what the caller wishes, and so does what he may do (IAM-010, IAM-012).

    Raises as `hire` does, EmployeeIsDismissed, and LastAdministrator where nobody would be left to change
    employees and roles.
    """
    was: Employee
    was, login = fetch(*_reading(employee_id, by.organisation))
    agree(was.version)
    cards.works_here(was)
    now = cards.changed(was, changes)
    authority.may_reach(by, was.places)
    former, role = _judged(by, now, was.role_id, now.role_id)
    if now is was:
        return was
    changed = EmployeeChanged(
        organisation=now.organisation,
        at=clock.now(),
        by=Actor.of(by),
        employee_id=now.id,
        name=now.name,
        differences=cards.differences(was, now),
    )
    commit(
        *rows.keeping(rows.EMPLOYEES, now, changed),
        *employees.shelving(was, now),
        *_counting(was, former, now, role),
        *identity.admitting(logins.of(now), login),
    )
    return now


def dismiss(employee_id: str, *, by: Caller) -> Employee:
    """The person no longer works here: he cannot sign in, and his sessions are dead.

    Raises PermissionsAboveOwn, PlacesAboveOwn, EmployeeIsDismissed, LastAdministrator.
    """
    was: Employee
    was, login = fetch(*_reading(employee_id, by.organisation))
    agree(was.version)
    cards.works_here(was)
    authority.may_reach(by, was.places)
    role = get(rows.reading(rows.ROLES, by.organisation, was.role_id))
    authority.may_entrust(by, role)
    now = cards.dismissed(was)
    gone = EmployeeDismissed(
        organisation=now.organisation, at=clock.now(), by=Actor.of(by), employee_id=now.id, name=now.name
    )
    commit(
        *rows.keeping(rows.EMPLOYEES, now, gone),
        *employees.shelving(was, now),
        *_counting(was, role, now, None),
        *identity.admitting(logins.of(now), login),
    )
    return now


def link_okdesk(organisation: str, employee_id: str, okdesk_id: str | None) -> Employee:
    """The employee is known in Okdesk by this id, or by none: for our support, without a route (IAM-011)."""
    was = get(rows.reading(rows.EMPLOYEES, organisation, employee_id))
    now = cards.linked(was, ExternalIds(okdesk=okdesk_id))
    changed = EmployeeChanged(
        organisation=organisation,
        at=clock.now(),
        by=SYSTEM,
        employee_id=now.id,
        name=now.name,
        differences=cards.differences(was, now),
    )
    commit(*rows.keeping(rows.EMPLOYEES, now, changed))
    return now


def _reading(employee_id: str, organisation: str) -> tuple[Read[Any], Read[Any]]:
    return (
        rows.reading(rows.EMPLOYEES, organisation, employee_id),
        identity.reading_login(organisation, Audience.STAFF, employee_id),
    )


def _judged(by: Caller, employee: Employee, *role_ids: str) -> list[Role]:
    """The roles, if the caller may entrust each, and the places and departments of the card as well."""
    organisation = employee.organisation
    authority.may_reach(by, employee.places)
    found = fetch(
        *(rows.reading(rows.ROLES, organisation, role_id, RoleChosenUnknown) for role_id in role_ids),
        *(
            rows.reading(rows.DEPARTMENTS, organisation, department_id, DepartmentChosenUnknown)
            for department_id in employee.department_ids
        ),
    )
    roles: list[Role] = list(found[: len(role_ids)])
    departments: list[Department] = list(found[len(role_ids) :])
    for role in roles:
        cards.may_be_chosen(role, RoleChosenUnknown)
        authority.may_entrust(by, role)
    for department in departments:
        cards.may_be_chosen(department, DepartmentChosenUnknown)
    return roles


def _counting(was: Employee | None, former: Role | None, now: Employee, role: Role | None) -> list[Write]:
    """The headcounts of roles and departments, and the number of governors, follow the employee.

    No `former` role is for somebody hired, no `role` for somebody dismissed.
    """
    writes: list[Write] = []
    for seated, by, seeing in cards.seats(was, former, now, role):
        writes.append(counts.seating(seated, by, seeing))
    governed = authority.governors(was, former)
    writes += counts.governing(now.organisation, authority.governors(now, role) - governed)
    left_departments = set(was.department_ids) if was else set()
    departments = set(now.department_ids) if role else set()
    for department_id, by in cards.moves(left_departments, departments):
        writes.append(counts.staffing(now.organisation, department_id, by))
    return writes
