"""Tasks are listed for who is to do them, for who sees all, and under their request."""

from functools import partial

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.staff.model import Permission
from chalicelib.tasks import repository
from chalicelib.tasks.model.task import Task, TaskCard, TasksQuery, TaskTab
from chalicelib.tasks.rules import doing
from chalicelib.tasks.service.opening import opened
from chalicelib.tasks.service.showing import shown


def list_tasks(query: TasksQuery, *, by: Caller) -> Page[TaskCard]:
    """One page of the tasks asked for: one call, and one more for who does not see every place.

    A task about a request that he does not see, as it is now, is left out, and the page filled from those
    that follow: nine calls at most. A page may be short and still have a next one, and is empty then only
    where it has passed over more than three hundred tasks.

    Raises PermissionMissing where everybody's are not his to see.
    """
    is_own = query.tab is TaskTab.OWN
    if not is_own:
        by.needs(Permission.REQUESTS_VIEW)
    found = repository.list_tasks(
        by.organisation,
        query.status,
        Paging(limit=query.limit, cursor=query.cursor),
        executor_id=by.id if is_own else query.executor_id,
        due_before=clock.now() if query.overdue else None,
        fitting=None if is_own or by.scope.places is None else partial(_visible, by=by),
    )
    return found.shown_as(shown)


def list_of_request(number: int, paging: Paging, *, by: Caller) -> Page[TaskCard]:
    """One page of the tasks about the request, the first due first. Raises RequestNotFound."""
    requests.seen(number, by=by)
    return repository.list_of_request(by.organisation, number, paging).shown_as(shown)


def task(task_id: str, *, by: Caller) -> TaskCard:
    """The task. Raises TaskNotFound."""
    return shown(opened(task_id, by)[0])


def _visible(tasks: list[Task], by: Caller) -> list[bool]:
    numbers = {task.number for task in tasks if task.number is not None and not doing.is_ones_own(task, by)}
    around = dynamo.fetch_all(requests.reading(by.organisation, number) for number in sorted(numbers))
    known = {request.number: request for request in around}
    return [doing.is_shown(task, known.get(task.number or 0), by) for task in tasks]
