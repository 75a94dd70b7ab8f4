"""What tasks announce. Each event carries who has a part, so that a listener need not ask back."""

from datetime import datetime
from typing import Any, ClassVar, Self

from pydantic import Field

from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant
from chalicelib.requests.model.request import Request
from chalicelib.tasks.model.checklists import Checklist, Item
from chalicelib.tasks.model.task import Task


class TaskEvent(Event):
    """A fact about one task."""

    source: ClassVar[str] = 'tasks'

    task_id: str
    title: str
    number: int | None = Field(None, description='The request it is about.')
    is_alone: bool = Field(description='Whether it is about no request.')
    building_id: str | None = Field(None, description="The request's.")
    executor_id: str
    executor: str
    author_id: str
    due_at: Instant

    @classmethod
    def of(cls, task: Task, request: Request | None, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the task, and the request it is about as far as that is known."""
        return cls(
            organisation=task.organisation,
            at=at,
            by=by,
            task_id=task.id,
            title=task.title,
            number=task.number,
            is_alone=task.number is None,
            building_id=request.place.building_id if request else None,
            executor_id=task.executor_id,
            executor=task.executor,
            author_id=task.author_id,
            due_at=task.due_at,
            **more,
        )


class TaskCreated(TaskEvent):
    """Somebody is to do something (REQ-144, NTF-007)."""


class TaskHandedOver(TaskEvent):
    """Somebody else is to do it."""

    was_executor_id: str


class TaskChanged(TaskEvent):
    """It is another thing to do, or is due at another time."""

    fields: tuple[str, ...] = Field(description='What is different.')


class TaskCompleted(TaskEvent):
    """It is done."""


class TaskCancelled(TaskEvent):
    """It need not be done."""


class TaskDeadlineNear(TaskEvent):
    """It is due soon, or now, and is not done (SLA-012, NTF-017)."""


class ChecklistEvent(Event):
    """A fact about one checklist of a request."""

    source: ClassVar[str] = 'tasks'

    number: int
    building_id: str
    checklist_id: str
    name: str
    done: int
    total: int

    @classmethod
    def of(cls, one: Checklist, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the checklist as it is from now on."""
        return cls(
            organisation=request.organisation,
            at=at,
            by=by,
            number=request.number,
            building_id=request.place.building_id,
            checklist_id=one.id,
            name=one.name,
            done=one.done,
            total=len(one.items),
            **more,
        )


class ChecklistAdded(ChecklistEvent):
    """There is something to be gone through."""


class ChecklistRemoved(ChecklistEvent):
    """It need not be gone through."""


class ItemEvent(ChecklistEvent):
    """A fact about one item of a checklist."""

    item_id: str
    text: str

    @classmethod
    def about(cls, item: Item, one: Checklist, request: Request, by: Actor, at: datetime) -> Self:
        """The fact about the item of the checklist."""
        return cls.of(one, request, by, at, item_id=item.id, text=item.text)


class ChecklistItemTicked(ItemEvent):
    """It is done."""


class ChecklistItemUnticked(ItemEvent):
    """It is not done after all."""


class ChecklistTemplateEvent(Event):
    """A fact about a checklist template of the organisation."""

    source: ClassVar[str] = 'tasks'

    template_id: str
    name: str


class ChecklistTemplateAdded(ChecklistTemplateEvent):
    """A checklist was prepared."""


class ChecklistTemplateChanged(ChecklistTemplateEvent):
    """It was prepared otherwise."""


class ChecklistTemplateRemoved(ChecklistTemplateEvent):
    """It is offered no longer."""
