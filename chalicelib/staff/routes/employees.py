"""Employees: names for every colleague, cards and changes for those who may edit them."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page
from chalicelib.staff.model import EmployeeChanges, EmployeesQuery, NewEmployee, Permission
from chalicelib.staff.model.answers import EmployeeBrief, EmployeeCard, EmployeeContact
from chalicelib.staff.service import employees

staff = Api(__name__, '/v1/staff/employees', Audience.STAFF)


@staff.get()
def search(query: EmployeesQuery, caller: Caller) -> Page[EmployeeBrief]:
    """Employees by the beginnings of their names, by department and by role.

    For selectors: every colleague may ask. With filters a page may be short and yet not the last.
    """
    return employees.search(query, by=caller).shown_as(EmployeeBrief.of)


@staff.post(status=201, permission=Permission.STAFF_EDIT)
def hire(body: NewEmployee, caller: Caller) -> EmployeeCard:
    """Hire somebody, who may sign in at once.

    Nobody gives a role above his own, or places he does not see himself.
    """
    return EmployeeCard.of(employees.hire(body, by=caller))


@staff.get('/{employee_id}', permission=Permission.STAFF_EDIT)
def read(employee_id: Id, caller: Caller) -> EmployeeCard:
    """The card of an employee."""
    return EmployeeCard.of(employees.read(employee_id, by=caller))


@staff.patch('/{employee_id}', permission=Permission.STAFF_EDIT)
def change(employee_id: Id, body: EmployeeChanges, caller: Caller) -> EmployeeCard:
    """Change the card of an employee."""
    return EmployeeCard.of(employees.change(employee_id, body, by=caller))


@staff.post('/{employee_id}/dismiss', permission=Permission.STAFF_EDIT)
def dismiss(employee_id: Id, caller: Caller) -> EmployeeCard:
    """Dismiss an employee, for good: the sessions end, the telephone is free for somebody else."""
    return EmployeeCard.of(employees.dismiss(employee_id, by=caller))


@staff.get('/{employee_id}/contact')
def contact(employee_id: Id, caller: Caller) -> EmployeeContact:
    """The telephone and e-mail of a colleague, such as the administrator of a quarter."""
    return EmployeeContact.of(employees.read(employee_id, by=caller))
