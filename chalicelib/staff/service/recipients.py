"""Who is told of what, by the matrix of the roles (NTF-001, AMB-75)."""

from collections.abc import Iterable

from chalicelib.kit.dynamo import fetch, get
from chalicelib.staff.model import Employee, NotificationKind, Permission, Recipient
from chalicelib.staff.repository import employees, rows
from chalicelib.staff.rules import telling


def recipients(
    organisation: str, kind: NotificationKind, place: str | None = None, holding: Permission | None = None
) -> list[Recipient]:
    """All employees at work whose role ticks `kind` and who see `place` (NTF-006, NTF-007, AMB-75).

    With `holding` only those whose role grants that permission.
    Costs a read of the organisation, a query of its roles, and a query (for each megabyte of cards, some
    1,500 people) of each role that ticks the kind: people of other roles are not looked at.
    """
    ticking = [
        role
        for role in rows.roles(organisation)
        if role.ticks(kind) and (holding is None or holding in role.permissions)
    ]
    if not ticking:
        return []
    owner = get(rows.reading_organisation(organisation))
    told = [
        telling.recipient(employee, role, kind, owner)
        for role in ticking
        for employee in employees.employees_with(role)
        if employee.scope.covers(place)
    ]
    return [recipient for recipient in told if recipient is not None]


def recipients_among(
    organisation: str, kind: NotificationKind, employee_ids: Iterable[str]
) -> list[Recipient]:
    """Those of the named employees who are at work and whose role ticks `kind` (NTF-002..005, NTF-008..019).

    Costs two round trips for up to 100 employees.
    """
    named = employees.employees(organisation, employee_ids)
    role_ids = list(dict.fromkeys(employee.role_id for employee in named))
    if not named:
        return []
    owner, *found = fetch(
        rows.reading_organisation(organisation),
        *(rows.reading(rows.ROLES, organisation, role_id) for role_id in role_ids),
    )
    roles = {role.id: role for role in found}
    told = [telling.recipient(employee, roles.get(employee.role_id), kind, owner) for employee in named]
    return [recipient for recipient in told if recipient is not None]


def registrars(organisation: str) -> list[Employee]:
    """The employees at work who receive registrations, 100 at most; at first none (IAM-012, AMB-82)."""
    return [employee for employee in employees.registrars(organisation) if employee.is_active]


def employees_by_ids(organisation: str, ids: Iterable[str]) -> dict[str, Employee]:
    """Those of the employees that exist, dismissed ones too: one round trip for each 100."""
    return {employee.id: employee for employee in employees.employees(organisation, ids)}
