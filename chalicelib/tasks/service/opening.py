"""Opening a task: it is the caller's to see, and of the version he speaks of."""

from dataclasses import replace

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff import service as staff
from chalicelib.staff.model import Employee, Organisation
from chalicelib.tasks import repository
from chalicelib.tasks.model.refusals import ExecutorUnknown, TaskNotFound
from chalicelib.tasks.model.task import Task
from chalicelib.tasks.rules import doing


def opened(task_id: str, by: Caller) -> tuple[Task, Request | None]:
    """The task for a change, with the request it is about. Raises TaskNotFound."""
    task = dynamo.get(repository.reading_task(by.organisation, task_id))
    request = None
    if task.number is not None:
        request = dynamo.find(requests.reading(by.organisation, task.number))
    if not doing.is_shown(task, request, by):
        raise TaskNotFound()
    dynamo.agree(task.version)
    return task, request


def executor_and_organisation(executor_id: str | None, by: Caller) -> tuple[Employee | None, Organisation]:
    """The employee who is to do it, at work, and the organisation: one round trip. Raises ExecutorUnknown."""
    reads: list[Read[Employee]] = []
    if executor_id is not None:
        reads.append(replace(staff.reading_employee(by.organisation, executor_id), missing=ExecutorUnknown))
    organisation, *found = dynamo.fetch(staff.reading_organisation(by.organisation), *reads)
    executor: Employee | None = found[0] if found else None
    if executor is not None and not executor.is_active:
        raise ExecutorUnknown()
    return executor, organisation
