"""Checklists of a request («Чек-листы») and their templates, and what the doors take and tell."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.templates import Template
from chalicelib.kit.values import Id, Instant, Line, Stored, Value

MOST_ITEMS = 30
"""Items of one checklist: all checklists of a request are one row."""

Name = Annotated[str, Line(120)]
Lines = Annotated[tuple[Annotated[str, Line(200)], ...], Field(min_length=1, max_length=MOST_ITEMS)]


class Item(Stored):
    """One line of a checklist, and who has ticked it when."""

    id: str
    text: str
    done_by_id: str | None = None
    done_by: str | None = None
    done_at: Instant | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None


class Checklist(Stored):
    """What is to be gone through about a request."""

    id: str
    name: str
    items: tuple[Item, ...]
    author_id: str | None
    author: str | None
    created_at: Instant

    @property
    def done(self) -> int:
        """How many of its items are ticked."""
        return sum(item.is_done for item in self.items)

    @property
    def is_finished(self) -> bool:
        """Whether all are."""
        return self.done == len(self.items)


class Checklists(Stored):
    """All checklists of a request: one thing, changed as a whole on its version."""

    organisation: str
    number: int
    lists: tuple[Checklist, ...] = ()
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether there is an item nobody has ticked."""
        return not all(one.is_finished for one in self.lists)


class NewChecklist(Value):
    """A checklist to be added: from a template, or with a name and items of its own."""

    checklist_template_id: Id | None = None
    name: Name | None = None
    items: Lines | None = None

    @model_validator(mode='after')
    def _is_one_of_both(self) -> 'NewChecklist':
        own = (self.name is not None, self.items is not None)
        if own != ((False, False) if self.checklist_template_id else (True, True)):
            raise PydanticCustomError('template_or_items', 'either a template, or a name and items')
        return self


class ItemChanges(Value):
    """What shall be different about an item; what is left out stays."""

    is_done: bool | None = Field(None, description='Whether it is ticked.')


class ItemView(Stored):
    """One line of a checklist."""

    id: str
    text: str
    is_done: bool
    done_by_id: str | None
    done_by: str | None = Field(description='The name of the employee who ticked it.')
    done_at: Instant | None


class ChecklistView(Stored):
    """A checklist with its progress."""

    id: str
    name: str
    items: list[ItemView]
    done: int
    total: int
    author_id: str | None = Field(description='Who has added it; null where the offering brought it.')
    author: str | None
    created_at: Instant


class ChecklistsView(Stored):
    """All checklists of a request in the order they were added, and how far all of them are."""

    items: list[ChecklistView]
    done: int
    total: int
    is_awaited: bool = Field(description='Whether the checklist that the offering brings is still to come.')
    version: int


class OfferingChecklist(Value):
    """Which prepared checklist requests of an offering bring from now on."""

    checklist_template_id: Id | None = Field(description='Null: none.')


class OfferingChecklistView(Stored):
    """Which prepared checklist requests of an offering bring; `version` is the offering's."""

    offering_id: str
    checklist_template_id: str | None
    version: int


class ChecklistTemplate(Template):
    """A prepared checklist of the organisation."""

    items: tuple[str, ...]


class NewChecklistTemplate(Value):
    """A template to be made."""

    name: Name
    items: Lines


class ChecklistTemplateChanges(Value):
    """What becomes different about a template; what is left out stays. Checklists made from it stay."""

    name: Name | None = None
    items: Lines | None = Field(None, description='All of them anew.')


class ChecklistTemplateCard(Stored):
    """A template as staff choose it."""

    id: str
    name: str
    items: tuple[str, ...]
    version: int

    @classmethod
    def of(cls, template: ChecklistTemplate) -> 'ChecklistTemplateCard':
        """What is told of the template."""
        return cls(**template.model_dump(exclude={'organisation'}))
