"""The only room that knows the keys of tasks and checklists."""

from chalicelib.tasks.repository.checklists import reading_checklists, saving_checklists
from chalicelib.tasks.repository.rows import SHARDS, templates
from chalicelib.tasks.repository.tasks import due_by, list_of_request, list_tasks, reading_task, saving_task

__all__ = [
    'SHARDS', 'due_by', 'list_of_request', 'list_tasks', 'reading_checklists', 'reading_task',
    'saving_checklists', 'saving_task', 'templates',
]  # fmt: skip
