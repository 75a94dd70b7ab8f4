"""What becomes of a task, who sees it, and when its executor is reminded."""

from datetime import datetime, timedelta

from chalicelib.kit.caller import Caller
from chalicelib.kit.errors import PermissionMissing
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Employee, Permission
from chalicelib.tasks.model.refusals import DueTimePast, TaskOver
from chalicelib.tasks.model.task import Task, TaskChanges, TaskState


def must_be_ahead(due_at: datetime, now: datetime) -> None:
    """Refuses a time by which nothing can be done any more."""
    if due_at <= now:
        raise DueTimePast()


def reminder(due_at: datetime, before: timedelta, now: datetime) -> datetime:
    """When the executor is reminded: so long before it is due, or then where that is past (SLA-012)."""
    early = due_at - before
    return early if early > now else due_at


def is_ones_own(task: Task, by: Caller) -> bool:
    """Whether the employee is to do it, or has set it."""
    return by.id in (task.executor_id, task.author_id)


def is_shown(task: Task, request: Request | None, by: Caller) -> bool:
    """Whether the employee may see it: his own, about a request he sees, or, with that right, one alone."""
    if is_ones_own(task, by):
        return True
    may_view = by.may(Permission.REQUESTS_VIEW)
    if task.number is None:
        return may_view
    return request is not None and request.is_visible_to_staff(by, may_view)


def must_be_open(task: Task) -> None:
    """Refuses to change what is over."""
    if not task.is_open:
        raise TaskOver(state=task.state)


def must_be_completed_by(task: Task, by: Caller) -> None:
    """Refuses unless it is his to do, or he may change tasks (REQ-143)."""
    if task.executor_id != by.id and not by.may(Permission.REQUESTS_EDIT):
        raise PermissionMissing(permission=Permission.REQUESTS_EDIT)


def is_due_for_reminder(task: Task, now: datetime) -> bool:
    """Whether its executor is reminded now."""
    return task.waits_for_reminder and task.remind_at <= now


def changed(
    task: Task, wanted: TaskChanges, executor: Employee | None, before: timedelta, now: datetime
) -> Task:
    """The task as wanted; the very same where nothing would be different.

    Raises DueTimePast. Whoever is given it, or another time, is reminded, again too.
    """
    given = wanted.model_dump(include={'title', 'text'}, exclude_none=True)
    if executor is not None and executor.id != task.executor_id:
        given |= {'executor_id': executor.id, 'executor': executor.name}
    if wanted.due_at is not None and wanted.due_at != task.due_at:
        must_be_ahead(wanted.due_at, now)
        given |= {'due_at': wanted.due_at}
    after = task.model_copy(update=given)
    if after == task:
        return task
    if {'executor_id', 'due_at'} & given.keys():
        due_at = after.due_at
        anew = due_at > now
        given |= {'remind_at': reminder(due_at, before, now), 'is_reminded': task.is_reminded and not anew}
    return _next(task, **given)


def reminded(task: Task) -> Task:
    """Its executor has been reminded, and is not again."""
    return _next(task, is_reminded=True)


def closed(task: Task, state: TaskState, by: Caller, now: datetime) -> Task:
    """It is over. Raises TaskOver where it is already."""
    must_be_open(task)
    return _next(task, state=state, closed_at=now, closed_by=by.name)


def _next(task: Task, **changes: object) -> Task:
    return task.model_copy(update={**changes, 'version': task.version + 1})
