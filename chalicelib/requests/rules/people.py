"""Who may do the work: the department, the number of assignees, and how loaded each of them is."""

from collections.abc import Sequence
from enum import StrEnum

from chalicelib.requests.model.refusals import (
    DepartmentNeeded,
    EmployeeDismissed,
    EmployeeOutsideDepartment,
    LastAssigneeNeeded,
    TooManyAssignees,
)
from chalicelib.requests.model.request import Person, Request
from chalicelib.requests.model.status import Status
from chalicelib.staff.model import Employee

MOST_ASSIGNEES = 4
"""Assignees of a request in all, whatever its offering says (REQ-118)."""

LIGHT_LOAD, MEDIUM_LOAD = 5, 10

_NEVER_WITHOUT = frozenset({Status.IN_PROGRESS, Status.QUALITY_CONTROL})


class Load(StrEnum):
    """The colour of an employee's load indicator (REQ-121)."""

    GREEN = 'green'  # at most 5 open requests: acceptable
    YELLOW = 'yellow'  # 6 to 10: medium
    RED = 'red'  # 11 and more: probably high


def load_of(open_requests: int) -> Load:
    """The colour for that many open requests (REQ-122)."""
    if open_requests <= LIGHT_LOAD:
        return Load.GREEN
    return Load.YELLOW if open_requests <= MEDIUM_LOAD else Load.RED


def assigned(request: Request, department_id: str | None, chosen: Sequence[Employee], most: int) -> Request:
    """The request with exactly these assignees, the responsible first.

    All are active and of the department (REQ-116); those added keep within `most` of the offering, while
    assignees named under a higher maximum may stay (AMB-40); work in progress keeps at least one (AMB-04).
    """
    if chosen and department_id is None:
        raise DepartmentNeeded()
    for position, employee in enumerate(chosen):
        if not employee.is_active:
            raise EmployeeDismissed(field=f'body.assignee_ids[{position}]', name=employee.name)
        if department_id not in employee.department_ids:
            raise EmployeeOutsideDepartment(field=f'body.assignee_ids[{position}]', name=employee.name)
    added = {employee.id for employee in chosen} - set(request.assignee_ids)
    limit = min(most, MOST_ASSIGNEES)
    if added and len(chosen) > limit:
        raise TooManyAssignees(limit=limit)
    if not chosen and request.assignees and request.status in _NEVER_WITHOUT:
        raise LastAssigneeNeeded()
    people = tuple(Person(id=employee.id, name=employee.name) for employee in chosen)
    return request.model_copy(update={'department_id': department_id, 'assignees': people})
