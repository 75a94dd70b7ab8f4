"""The only room that knows the keys of tasks and checklists."""

from chalicelib.tasks.repository.checklists import (
    count_templates,
    list_templates,
    reading_checklists,
    reading_template,
    removing_template,
    saving_checklists,
    saving_template,
)
from chalicelib.tasks.repository.rows import SHARDS
from chalicelib.tasks.repository.tasks import due_by, list_of_request, list_tasks, reading_task, saving_task

__all__ = [
    'SHARDS', 'count_templates', 'due_by', 'list_of_request', 'list_tasks', 'list_templates',
    'reading_checklists', 'reading_task', 'reading_template', 'removing_template', 'saving_checklists',
    'saving_task', 'saving_template',
]  # fmt: skip
