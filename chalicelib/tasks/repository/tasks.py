"""Tasks: each a row of its own, in a list for whoever asks and, while it waits, among what is due."""

from collections.abc import Callable
from datetime import datetime
from zlib import crc32

from chalicelib.kit import clock
from chalicelib.kit.dynamo import Read, Write, creating, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.tasks.events import TaskEvent
from chalicelib.tasks.model.refusals import TaskNotFound
from chalicelib.tasks.model.task import Task, TaskState
from chalicelib.tasks.repository.rows import SHARDS, TASK, TaskRow, task_pk


def reading_task(organisation: str, task_id: str) -> Read[Task]:
    """The task of that id."""
    return Read(TaskRow, (task_pk(organisation, task_id), TASK), _task_of, TaskNotFound)


def list_tasks(
    organisation: str,
    state: TaskState,
    paging: Paging,
    *,
    executor_id: str | None = None,
    due_before: datetime | None = None,
    fitting: Callable[[list[Task]], list[bool]] | None = None,
) -> Page[Task]:
    """One page of the tasks of the state, open ones from the first due on, others from the last.

    With `fitting` only of those that fit: at most QUERIES_PER_PAGE queries, as `kit.pages.page` has it.
    """
    own = executor_id is not None
    return page(
        TaskRow,
        _task_of,
        f'{organisation}#{executor_id}#{state}' if own else f'{organisation}#{state}',
        paging=paging,
        binding=(organisation, 'tasks', state, executor_id or '', 'overdue' if due_before else ''),
        index=TaskRow.by_executor if own else TaskRow.by_state,
        condition=None if due_before is None else TaskRow.due_at < clock.text(due_before),
        fitting=fitting,
        forward=state is TaskState.OPEN,
    )


def list_of_request(organisation: str, number: int, paging: Paging) -> Page[Task]:
    """One page of the tasks about the request, the first due first: one query."""
    return page(
        TaskRow,
        _task_of,
        f'{organisation}#{number}',
        paging=paging,
        binding=(organisation, 'request-tasks', str(number)),
        index=TaskRow.by_request,
        forward=True,
    )


def due_by(now: datetime, shard: int, most: int) -> list[tuple[str, str]]:
    """Organisation and id of at most so many tasks of the shard to be reminded of, the oldest first."""
    rows = TaskRow.due.query(f'due#{shard}', TaskRow.remind_at <= clock.text(now), limit=most, page_size=most)
    return [_named(row) for row in rows]


def saving_task(task: Task, *events: TaskEvent) -> list[Write]:
    """The task will be so, in the version it says, and what became of it announced."""
    organisation, pk = task.organisation, task_pk(task.organisation, task.id)
    waits = task.waits_for_reminder
    row = TaskRow(
        pk=pk,
        sk=TASK,
        version=task.version,
        body=task.model_dump_json(),
        state_key=f'{organisation}#{task.state}',
        executor_key=f'{organisation}#{task.executor_id}#{task.state}',
        request_key=None if task.number is None else f'{organisation}#{task.number}',
        due_at=clock.text(task.due_at),
        due_key=f'due#{crc32(task.id.encode()) % SHARDS}' if waits else None,
        remind_at=clock.text(task.remind_at) if waits else None,
    )
    write = creating(row) if task.version == 1 else replacing(row, task.version - 1)
    return [write, *announcing(TaskRow, pk, task.version, *events)]


def _named(row: TaskRow) -> tuple[str, str]:
    organisation, _, task_id = row.pk.split('#')
    return organisation, task_id


def _task_of(row: TaskRow) -> Task:
    return Task.model_validate_json(row.body or '')
