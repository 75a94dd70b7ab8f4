"""Reply templates («Шаблоны ответов»), and what may stand in their braces (CHAT-008, SET-008)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chalicelib.conversations.model.views import LONGEST
from chalicelib.kit.templates import Template
from chalicelib.kit.values import Line, Prose, Stored, Value

PLACEHOLDERS = '`{client}`, `{number}`, `{offering}`, `{address}`, `{premises}`, `{employee}`'


class Placeholder(StrEnum):
    """What a template leaves to the request: its name in braces."""

    CLIENT = 'client'  # the client's name as it stands in the request
    NUMBER = 'number'  # of the request
    OFFERING = 'offering'  # what was ordered
    ADDRESS = 'address'  # of the building
    PREMISES = 'premises'  # the number of the flat, empty where it is about the building
    EMPLOYEE = 'employee'  # who answers


class ReplyTemplate(Template):
    """A prepared answer of the organisation."""

    text: str


class NewReplyTemplate(Value):
    """A template to be made."""

    name: Annotated[str, Line(120)]
    text: Annotated[str, Prose(LONGEST)] = Field(description=f'May hold {PLACEHOLDERS}.')


class ReplyTemplateChanges(Value):
    """What becomes different about a template; what is left out stays."""

    name: Annotated[str, Line(120)] | None = None
    text: Annotated[str, Prose(LONGEST)] | None = Field(None, description=f'May hold {PLACEHOLDERS}.')


class ReplyTemplateCard(Stored):
    """A template as staff choose it."""

    id: str
    name: str
    text: str
    version: int

    @classmethod
    def of(cls, template: ReplyTemplate) -> 'ReplyTemplateCard':
        """What is told of the template."""
        return cls(**template.model_dump(exclude={'organisation'}))


class Reply(Stored):
    """A template with the braces filled in, to be sent or changed first."""

    text: str
