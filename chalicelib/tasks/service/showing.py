"""A task as its doors tell it."""

from chalicelib.kit import clock
from chalicelib.tasks.model.task import Task, TaskCard


def shown(task: Task) -> TaskCard:
    """The card of the task as it is now."""
    told = task.model_dump(exclude={'organisation', 'state', 'remind_at', 'is_reminded'})
    return TaskCard(**told, status=task.state, is_overdue=task.is_open and task.due_at <= clock.now())
