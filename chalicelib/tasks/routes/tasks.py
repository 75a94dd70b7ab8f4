"""The doors of tasks («Задачи»): alone and under a request."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission
from chalicelib.tasks import service
from chalicelib.tasks.model.task import NewTask, TaskCard, TaskChanges, TasksQuery

staff = Api(__name__, '/v1/staff/tasks', Audience.STAFF)
staff_requests = Api(__name__, '/v1/staff/requests', Audience.STAFF)


@staff.get()
def list_tasks(query: TasksQuery, caller: Caller) -> Page[TaskCard]:
    """List one's own tasks, or everybody's in one's places."""
    return service.list_tasks(query, by=caller)


@staff.post(status=201, permission=Permission.REQUESTS_EDIT)
def add_task(body: NewTask, caller: Caller) -> TaskCard:
    """Set a task that is about no request."""
    return service.add(body, by=caller)


@staff.get('/{task_id}')
def read_task(task_id: Id, caller: Caller) -> TaskCard:
    """Read a task, whatever became of it."""
    return service.task(task_id, by=caller)


@staff.patch('/{task_id}', permission=Permission.REQUESTS_EDIT)
def change_task(task_id: Id, body: TaskChanges, caller: Caller) -> TaskCard:
    """Change an open task, hand it over, or set it another time."""
    return service.change(task_id, body, by=caller)


@staff.post('/{task_id}/complete')
def complete_task(task_id: Id, caller: Caller) -> TaskCard:
    """Say that a task is done: one's own, or with the permission to change tasks anybody's."""
    return service.complete(task_id, by=caller)


@staff.post('/{task_id}/cancel', permission=Permission.REQUESTS_EDIT)
def cancel_task(task_id: Id, caller: Caller) -> TaskCard:
    """Say that a task need not be done."""
    return service.cancel(task_id, by=caller)


@staff_requests.get('/{number}/tasks')
def list_of_request(number: int, query: Paging, caller: Caller) -> Page[TaskCard]:
    """List the tasks about a request, the first due first."""
    return service.list_of_request(number, query, by=caller)


@staff_requests.post('/{number}/tasks', status=201, permission=Permission.REQUESTS_EDIT)
def add_to_request(number: int, body: NewTask, caller: Caller) -> TaskCard:
    """Set a task about a request; its history tells what becomes of it."""
    return service.add_to_request(number, body, by=caller)
