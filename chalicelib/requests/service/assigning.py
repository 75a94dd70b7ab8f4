"""Who does the work and who checks it."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.catalogue import service as catalogue
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import naming
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.commands import Assignment
from chalicelib.requests.model.refusals import EmployeeDismissed
from chalicelib.requests.model.request import Person, Request
from chalicelib.requests.model.views import Candidate
from chalicelib.requests.rules import people
from chalicelib.requests.service.opening import opened
from chalicelib.requests.service.ordering import reading_assignees
from chalicelib.staff import service as staff
from chalicelib.staff.model import Employee, EmployeesQuery


def assign(number: int, wanted: Assignment, *, by: Caller) -> Request:
    """Department, assignees and controller are as wanted; the status stays (REQ-115..126)."""
    before = opened(number, by)
    changed = before
    if {'department_id', 'assignee_ids'} & wanted.model_fields_set:
        changed = with_assignees(before, wanted.department_id, wanted.assignee_ids, by)
    if 'controller_id' in wanted.model_fields_set:
        changed = changed.model_copy(update={'controller': _controller(wanted.controller_id, by)})
    now = clock.now()
    happened = assignment_event(before, changed, by, now)
    if changed.controller != before.controller:
        happened.append(
            said.ControllerNamed.of(
                changed,
                Actor.of(by),
                now,
                was=before.controller.name if before.controller else None,
                name=changed.controller.name if changed.controller else None,
            )
        )
    return repository.save(before, changed, *happened) if happened else before


def with_assignees(
    request: Request, department_id: str | None, assignee_ids: Sequence[str] | None, by: Caller
) -> Request:
    """The request with the assignees, judged by the offering's present maximum; nothing is saved.

    A department left out stays; another department without assignees asks to choose again (AMB-40).
    """
    department = department_id or request.department_id
    chosen_ids = tuple(dict.fromkeys(request.assignee_ids if assignee_ids is None else assignee_ids))
    reads = reading_assignees(chosen_ids, by)
    if department:
        reads.append(naming('body.department_id', staff.reading_department(by.organisation, department)))
    offering, *found = dynamo.fetch(
        catalogue.reading_offering(by.organisation, request.terms.offering_id), *reads
    )
    chosen = [entry for entry in found if isinstance(entry, Employee)]
    terms = request.terms.model_copy(update={'assignees_max': offering.assignees_max})
    return people.assigned(
        request.model_copy(update={'terms': terms}), department, chosen, offering.assignees_max
    )


def assignment_event(before: Request, after: Request, by: Caller, now: datetime) -> list[said.RequestEvent]:
    """What is announced of the difference between the assignees before and after, if there is any."""
    if before.assignees == after.assignees and before.department_id == after.department_id:
        return []
    were, are = set(before.assignee_ids), set(after.assignee_ids)
    return [
        said.AssigneesChanged.of(
            after,
            Actor.of(by),
            now,
            added=tuple(employee for employee in after.assignee_ids if employee not in were),
            removed=tuple(employee for employee in before.assignee_ids if employee not in are),
            names={person.id: person.name for person in (*before.assignees, *after.assignees)},
            department_id=after.department_id,
        )
    ]


def candidates(department_id: str, search: str | None, paging: Paging, *, by: Caller) -> Page[Candidate]:
    """The active employees of the department with their loads (REQ-115, REQ-120): two calls a page."""
    query = EmployeesQuery(
        department_id=department_id, search=search, limit=paging.limit, cursor=paging.cursor
    )
    employees = staff.employees.search(query, by=by)
    loads = repository.loads(by.organisation, [employee.id for employee in employees.items])
    return Page(
        items=[
            Candidate(
                id=employee.id,
                name=employee.name,
                open_requests=loads[employee.id],
                load=people.load_of(loads[employee.id]),
            )
            for employee in employees.items
        ],
        next_cursor=employees.next_cursor,
    )


def _controller(employee_id: str | None, by: Caller) -> Person | None:
    if employee_id is None:
        return None
    reading = naming('body.controller_id', staff.reading_employee(by.organisation, employee_id))
    employee: Employee = dynamo.get(reading)
    if not employee.is_active:
        raise EmployeeDismissed(field='body.controller_id', name=employee.name)
    return Person(id=employee.id, name=employee.name)
