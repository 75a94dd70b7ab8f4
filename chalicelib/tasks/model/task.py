"""A task, and what its doors take and tell."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Id, Instant, Line, Paging, Prose, Stored, Value

Title = Annotated[str, Line(200)]
Text = Annotated[str, Prose(4000, least=0)]


class TaskState(StrEnum):
    """Where a task stands; done and cancelled are final."""

    OPEN = 'open'
    DONE = 'done'
    CANCELLED = 'cancelled'


class Task(Stored):
    """Something an employee is to do. A change makes a new one with the next version."""

    id: str
    organisation: str
    number: int | None = None
    """The request it is about; None where it stands alone."""
    title: str
    text: str = ''
    executor_id: str
    executor: str
    author_id: str
    author: str
    due_at: Instant
    remind_at: Instant
    is_reminded: bool = False
    state: TaskState = TaskState.OPEN
    created_at: Instant
    closed_at: Instant | None = None
    closed_by: str | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is TaskState.OPEN

    @property
    def waits_for_reminder(self) -> bool:
        """Whether its executor is to be reminded of it yet."""
        return self.is_open and not self.is_reminded


class NewTask(Value):
    """What is to be done, by whom and by when."""

    title: Title
    text: Text = ''
    executor_id: Id = Field(description='The employee who is to do it.')
    due_at: Instant = Field(description='By when; ahead of now.')


class TaskChanges(Value):
    """What shall be different about an open task; what is left out stays."""

    title: Title | None = None
    text: Text | None = None
    executor_id: Id | None = Field(None, description='To whom it is handed over.')
    due_at: Instant | None = Field(None, description='By when instead; its executor is reminded anew.')


class TaskTab(StrEnum):
    """Whose tasks."""

    OWN = 'own'
    ALL = 'all'


class TasksQuery(Paging):
    """Which tasks: open ones by the time they are due, those that are over from the latest due on."""

    tab: TaskTab = Field(TaskTab.OWN, description="Those one is to do oneself, or everybody's.")
    executor_id: Id | None = Field(None, description="Whose, among everybody's.")
    status: TaskState = TaskState.OPEN
    overdue: bool = Field(False, description='Only open ones that should have been done by now.')

    @model_validator(mode='after')
    def _agrees(self) -> 'TasksQuery':
        if self.overdue and self.status is not TaskState.OPEN:
            raise PydanticCustomError('overdue_and_over', 'what is over is not overdue')
        return self


class TaskCard(Stored):
    """A task as staff see it."""

    id: str
    number: int | None = Field(description='The request it is about; null where it stands alone.')
    title: str
    text: str
    executor_id: str
    executor: str = Field(description='The name of who is to do it, as it was when he was given it.')
    author_id: str
    author: str
    due_at: Instant
    status: TaskState
    is_overdue: bool
    created_at: Instant
    closed_at: Instant | None = Field(description='When it was done or cancelled.')
    closed_by: str | None
    version: int
