"""The desk of tasks and checklists: set, changed, closed, ticked and reminded of."""

from chalicelib.tasks.service.bringing import bring, choose, follow
from chalicelib.tasks.service.checking import add_checklist, list_checklists, remove_checklist, tick
from chalicelib.tasks.service.looking import list_of_request, list_tasks, task
from chalicelib.tasks.service.setting import add, add_to_request, cancel, change, complete
from chalicelib.tasks.service.sweeping import remind, sweep
from chalicelib.tasks.service.templating import (
    add_template,
    change_template,
    list_templates,
    remove_template,
    template,
)

__all__ = [
    'add', 'add_checklist', 'add_template', 'add_to_request', 'bring', 'cancel', 'change', 'change_template',
    'choose', 'complete', 'follow', 'list_checklists', 'list_of_request', 'list_tasks', 'list_templates',
    'remind', 'remove_checklist', 'remove_template', 'sweep', 'task', 'template', 'tick',
]  # fmt: skip
