"""Numbers that rules hang on, kept by additions in the transactions that change them, never by counting.

Beside a role and a department stands its *headcount* of employees at work, beside a role also how many of
them see everything; beside the organisation the number of its *governors*, those at work who may change
employees and roles and see everything.
"""

from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.staff.model import (
    Department,
    DepartmentChosenUnknown,
    DepartmentInUse,
    LastAdministrator,
    Role,
    RoleInUse,
)
from chalicelib.staff.repository.rows import DEPARTMENTS, ROLES, StaffRow, organisation_key

HEADCOUNT, GOVERNORS = 'headcount', 'governors'


def _of_role(role: Role) -> StaffRow:
    return StaffRow(pk=ROLES.key(role.organisation, role.id)[0], sk=HEADCOUNT)


def _of_department(organisation: str, department_id: str) -> StaffRow:
    return StaffRow(pk=DEPARTMENTS.key(organisation, department_id)[0], sk=HEADCOUNT)


def _of_governors(organisation: str) -> StaffRow:
    return StaffRow(pk=organisation_key(organisation)[0], sk=GOVERNORS)


def reading_seeing(organisation: str, role_id: str) -> Read[int]:
    """A look at how many employees at work have the role and see everything."""
    key = ROLES.key(organisation, role_id)[0], HEADCOUNT
    return Read(StaffRow, key, lambda row: int(row.seeing))


def opening_role(role: Role, headcount: int = 0) -> Write:
    """The role's headcount will be kept; those it begins with see everything."""
    row = _of_role(role)
    row.headcount, row.seeing, row.is_governing = headcount, headcount, role.is_governing
    return dynamo.creating(row)


def closing_role(role: Role) -> Write:
    """The role's headcount will be gone; refuses while anybody has the role."""
    return dynamo.removing(_of_role(role), StaffRow.headcount == 0, RoleInUse)


def seating(role: Role, by: int, seeing: int) -> Write:
    """So many more employees will have the role, and have it and see everything.

    If it still governs, or does not, as `role` says.
    """
    known = StaffRow.is_governing == role.is_governing
    more = [StaffRow.headcount.add(by), StaffRow.seeing.add(seeing)]
    return dynamo.updating(_of_role(role), more, known, ChangedMeanwhile)


def regoverning(role: Role, seeing: int) -> list[Write]:
    """The role will govern from now on, or no longer, if so many who have it still see everything."""
    turned = dynamo.updating(
        _of_role(role),
        [StaffRow.is_governing.set(role.is_governing)],
        StaffRow.seeing == seeing,
        ChangedMeanwhile,
    )
    return [turned, *governing(role.organisation, seeing if role.is_governing else -seeing)]


def opening_governors(organisation: str, headcount: int) -> Write:
    """The number of the organisation's governors will be kept."""
    row = _of_governors(organisation)
    row.headcount = headcount
    return dynamo.creating(row)


def governing(organisation: str, by: int) -> list[Write]:
    """There will be so many governors more; refuses if none would be left."""
    if not by:
        return []
    enough = StaffRow.headcount > -by
    change = dynamo.updating(
        _of_governors(organisation), [StaffRow.headcount.add(by)], enough, LastAdministrator
    )
    return [change]


def opening_department(department: Department) -> Write:
    """The department's headcount will be kept."""
    row = _of_department(department.organisation, department.id)
    row.headcount = 0
    return dynamo.creating(row)


def closing_department(department: Department) -> Write:
    """The department's headcount will be gone; refuses while anybody works in it."""
    row = _of_department(department.organisation, department.id)
    return dynamo.removing(row, StaffRow.headcount == 0, DepartmentInUse)


def staffing(organisation: str, department_id: str, by: int) -> Write:
    """So many more employees will be in the department; refuses if it has been archived."""
    row = _of_department(organisation, department_id)
    return dynamo.updating(
        row, [StaffRow.headcount.add(by)], StaffRow.headcount.exists(), DepartmentChosenUnknown
    )
