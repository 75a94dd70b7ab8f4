"""Tasks for tests; every argument is optional but who sets it and who is to do it."""

from datetime import timedelta
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.tasks import service
from chalicelib.tasks.model.checklists import (
    ChecklistsView,
    ChecklistTemplateCard,
    NewChecklist,
    NewChecklistTemplate,
)
from chalicelib.tasks.model.task import NewTask, Task, TaskCard

DAY = timedelta(days=1)


def task(by: Caller, executor_id: str, number: int | None = None, **changes: Any) -> TaskCard:
    """A task that is due tomorrow, about the request or alone, set through the service."""
    fields = {'title': 'Проверить стояк', 'due_at': clock.now() + DAY, **changes}
    new = NewTask(executor_id=executor_id, **fields)
    return service.add(new, by=by) if number is None else service.add_to_request(number, new, by=by)


def kept(**changes: Any) -> Task:
    """A task as its row holds it, about request 17."""
    now = clock.now()
    fields: dict[str, Any] = {
        'id': new_id(), 'organisation': 'demo', 'number': 17, 'title': 'Проверить стояк',
        'executor_id': 'ivan', 'executor': 'Иванов Иван', 'author_id': 'darya', 'author': 'Дарья',
        'due_at': now + DAY, 'remind_at': now + DAY, 'created_at': now, **changes,
    }  # fmt: skip
    return Task(**fields)


def template(by: Caller, **changes: Any) -> ChecklistTemplateCard:
    """A checklist template of the organisation, of two items."""
    fields = {'name': 'Приёмка работ', 'items': ('Убрать мусор', 'Показать жителю'), **changes}
    return service.add_template(NewChecklistTemplate(**fields), by=by)


def checklist(number: int, by: Caller, **changes: Any) -> ChecklistsView:
    """All checklists of the request after another one, of two items, was added."""
    fields = {'name': 'Приёмка работ', 'items': ('Убрать мусор', 'Показать жителю'), **changes}
    return service.add_checklist(number, NewChecklist(**fields), by=by)


def around(number: int, by: Caller, executor_id: str) -> dict[str, str]:
    """Two of everything: tasks about the request and the caller's own, templates; and a checklist.

    Returns the ids of one of each by the names doors give them.
    """
    about, _ = (task(by, executor_id, number) for _ in range(2))
    for _ in range(2):
        task(by, by.id)
        prepared = template(by)
    one = checklist(number, by).items[0]
    return {
        'executor_id': executor_id, 'task_id': about.id, 'checklist_template_id': prepared.id,
        'checklist_id': one.id, 'item_id': one.items[0].id,
    }  # fmt: skip
