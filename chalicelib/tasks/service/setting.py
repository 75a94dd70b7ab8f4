"""Tasks are set, changed, done and cancelled (REQ-143, REQ-144)."""

from datetime import timedelta

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Organisation
from chalicelib.tasks import repository
from chalicelib.tasks.events import (
    TaskCancelled,
    TaskChanged,
    TaskCompleted,
    TaskCreated,
    TaskEvent,
    TaskHandedOver,
)
from chalicelib.tasks.model.refusals import ExecutorUnknown
from chalicelib.tasks.model.task import NewTask, Task, TaskCard, TaskChanges, TaskState
from chalicelib.tasks.rules import doing
from chalicelib.tasks.service.opening import executor_and_organisation, opened
from chalicelib.tasks.service.showing import shown

SHOWN = ('title', 'text', 'executor_id', 'due_at')


def add(new: NewTask, *, by: Caller) -> TaskCard:
    """The executor is to do it, and it is about no request. Raises ExecutorUnknown, DueTimePast."""
    return _set(new, None, by)


def add_to_request(number: int, new: NewTask, *, by: Caller) -> TaskCard:
    """The executor is to do it about the request, whose history tells so (REQ-144).

    Raises as `add` does, and RequestNotFound.
    """
    return _set(new, requests.seen(number, by=by), by)


def change(task_id: str, wanted: TaskChanges, *, by: Caller) -> TaskCard:
    """The open task is as wanted. Raises TaskNotFound, TaskOver, ExecutorUnknown, DueTimePast."""
    task, request = opened(task_id, by)
    doing.must_be_open(task)
    if not wanted.model_dump(exclude_none=True):
        return shown(task)
    now = clock.now()
    executor, organisation = executor_and_organisation(wanted.executor_id, by)
    after = doing.changed(task, wanted, executor, _before(organisation), now)
    if after is task:
        return shown(task)
    actor, is_handed = Actor.of(by), after.executor_id != task.executor_id
    fields = tuple(name for name in SHOWN if getattr(after, name) != getattr(task, name))
    event: TaskEvent = TaskChanged.of(after, request, actor, now, fields=fields)
    if is_handed:
        event = TaskHandedOver.of(after, request, actor, now, was_executor_id=task.executor_id)
    noted = _noting(after, request, 'handed_over', actor) if is_handed else []
    dynamo.commit(*repository.saving_task(after, event), *noted)
    return shown(after)


def complete(task_id: str, *, by: Caller) -> TaskCard:
    """It is done. Raises TaskNotFound, TaskOver, and PermissionMissing where another is to do it."""
    task, request = opened(task_id, by)
    doing.must_be_completed_by(task, by)
    return _close(task, request, TaskState.DONE, by)


def cancel(task_id: str, *, by: Caller) -> TaskCard:
    """It need not be done. Raises TaskNotFound, TaskOver."""
    task, request = opened(task_id, by)
    return _close(task, request, TaskState.CANCELLED, by)


def _set(new: NewTask, request: Request | None, by: Caller) -> TaskCard:
    now = clock.now()
    doing.must_be_ahead(new.due_at, now)
    executor, organisation = executor_and_organisation(new.executor_id, by)
    if executor is None:
        raise ExecutorUnknown()
    task = Task(
        id=new_id(),
        organisation=by.organisation,
        number=request.number if request else None,
        title=new.title,
        text=new.text,
        executor_id=executor.id,
        executor=executor.name,
        author_id=by.id,
        author=by.name,
        due_at=new.due_at,
        remind_at=doing.reminder(new.due_at, _before(organisation), now),
        created_at=now,
    )
    actor = Actor.of(by)
    event = TaskCreated.of(task, request, actor, now)
    dynamo.commit(*repository.saving_task(task, event), *_noting(task, request, 'created', actor))
    return shown(task)


def _close(task: Task, request: Request | None, state: TaskState, by: Caller) -> TaskCard:
    now, actor = clock.now(), Actor.of(by)
    after = doing.closed(task, state, by, now)
    kind = TaskCompleted if state is TaskState.DONE else TaskCancelled
    event = kind.of(after, request, actor, now)
    dynamo.commit(*repository.saving_task(after, event), *_noting(after, request, state.value, actor))
    return shown(after)


def _noting(task: Task, request: Request | None, what: str, by: Actor) -> list[Write]:
    if request is None:
        return []
    return requests.noting_task(request, task.id, title=task.title, executor=task.executor, what=what, by=by)


def _before(organisation: Organisation) -> timedelta:
    return timedelta(minutes=organisation.settings.task_reminder_minutes)
