"""Departments: whose employees may be assigned together (IAM-013)."""

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import agree, commit, get
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.staff.events import Deed, DepartmentChanged
from chalicelib.staff.model import Department, DepartmentChanges, NewDepartment
from chalicelib.staff.repository import counts, rows
from chalicelib.staff.rules import cards


def read(department_id: str, *, by: Caller) -> Department:
    """The department, also an archived one; raises DepartmentNotFound."""
    return get(rows.reading(rows.DEPARTMENTS, by.organisation, department_id))


def list_by_name(paging: Paging, *, by: Caller) -> Page[Department]:
    """One page of the departments that are not archived."""
    return rows.listed(rows.DEPARTMENTS, by.organisation, paging)


def create(new: NewDepartment, *, by: Caller) -> Department:
    """The department exists, and employees may be put into it."""
    department = Department(id=new_id(), organisation=by.organisation, name=new.name)
    event = _changed(department, Deed.CREATED, by)
    commit(*rows.keeping(rows.DEPARTMENTS, department, event), counts.opening_department(department))
    return department


def change(department_id: str, changes: DepartmentChanges, *, by: Caller) -> Department:
    """The department has the name the caller wishes."""
    was = get(rows.reading(rows.DEPARTMENTS, by.organisation, department_id))
    agree(was.version)
    cards.is_kept(was)
    now = cards.changed(was, changes)
    if now is not was:
        commit(*rows.keeping(rows.DEPARTMENTS, now, _changed(now, Deed.CHANGED, by, was)))
    return now


def archive(department_id: str, *, by: Caller) -> None:
    """The department can no longer be chosen; raises DepartmentInUse while anybody works in it."""
    was = get(rows.reading(rows.DEPARTMENTS, by.organisation, department_id))
    agree(was.version)
    cards.is_kept(was)
    now = cards.archived(was)
    event = _changed(now, Deed.ARCHIVED, by)
    commit(*rows.keeping(rows.DEPARTMENTS, now, event), counts.closing_department(was))


def _changed(
    department: Department, deed: Deed, by: Caller, was: Department | None = None
) -> DepartmentChanged:
    return DepartmentChanged(
        organisation=department.organisation,
        at=clock.now(),
        by=Actor.of(by),
        department_id=department.id,
        name=department.name,
        deed=deed,
        differences=cards.differences(was, department) if was else {},
    )
