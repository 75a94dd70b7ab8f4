"""What the doors of requests take. Every field has its limit here."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Id, Line, Paging, Phone, Prose, Value, day_of, instant_of
from chalicelib.requests.model.status import Channel

Comment = Annotated[str, Prose(2000, least=0)]
Form = dict[Annotated[str, Line(64)], Any]


def _instant_or_day(given: object) -> datetime | date:
    if isinstance(given, str) and len(given) == len('2026-11-23'):
        return day_of(given)
    try:
        return instant_of(given)
    except PydanticCustomError as wrong:
        if wrong.type != 'datetime_parsing':
            raise
        raise PydanticCustomError('instant_or_day', 'a day or an instant is needed') from wrong


InstantOrDay = Annotated[
    datetime | date,
    PlainValidator(_instant_or_day),
    WithJsonSchema(
        {'anyOf': [{'type': 'string', 'format': 'date-time'}, {'type': 'string', 'format': 'date'}]}
    ),
]


class UnregisteredCustomer(Value):
    """A person who is not in the system (REQ-068)."""

    name: Annotated[str, Line(200)]
    phone: Phone | None = None


class NewRequest(Value):
    """What staff fill in for a new request («Новое обращение»)."""

    channel: Channel
    offering_id: Id
    building_id: Id
    premises_id: Id | None = None
    client_id: Id | None = None
    unregistered: UnregisteredCustomer | None = None
    form: Form = Field(default_factory=dict, max_length=100)
    """Answers to the offering's order form, by the code of the field; of a file, the id of its upload."""
    department_id: Id | None = None
    assignee_ids: tuple[Id, ...] = Field((), max_length=20)
    controller_id: Id | None = None
    incident_id: Id | None = None
    """The incident it is part of from the beginning (REQ-062)."""


class NewOwnRequest(Value):
    """What a resident fills in for a new request."""

    offering_id: Id
    premises_id: Id
    form: Form = Field(default_factory=dict, max_length=100)
    """Answers to the offering's order form, by the code of the field; of a file, the id of its upload."""


class Edit(Value):
    """Changes of basic data; a field left out stays as it is (REQ-079)."""

    offering_id: Id | None = None
    building_id: Id | None = None
    premises_id: Id | None = None
    client_id: Id | None = None
    unregistered: UnregisteredCustomer | None = None
    form: Form | None = Field(None, max_length=100)
    """All answers as they shall be: one that is left out is taken out, and its file is gone."""


class Assignment(Value):
    """Who does the work and who checks it, as they shall be; a field left out stays as it is."""

    department_id: Id | None = None
    assignee_ids: tuple[Id, ...] | None = Field(None, max_length=20)
    """All assignees, the responsible first; an empty list takes everybody off."""
    controller_id: Id | None = None
    """Null: nobody checks."""


class Step(Value):
    """A move of the status. `comment` left out keeps the status comment, empty clears it (AMB-07)."""

    comment: Comment | None = None


class Start(Step):
    """Into work; assignees may be named in the same step (AMB-04)."""

    department_id: Id | None = None
    assignee_ids: tuple[Id, ...] | None = Field(None, max_length=20)


class Suspension(Step):
    """Out of work until an instant, or until the end of a day of the organisation's zone (AMB-05)."""

    resume_until: InstantOrDay | None = None


class Question(Step):
    """What the approver wants to know before he decides; the resident reads `question`, staff the comment."""

    question: Annotated[str, Prose(2000)] | None = None


class Answer(Value):
    """What a resident answers to a question about his request."""

    text: Annotated[str, Prose(2000)]


class StatusComment(Value):
    """The status comment as it shall be; empty clears it."""

    comment: Comment


class Opinion(Value):
    """A rating."""

    points: int = Field(ge=1, le=5)
    comment: Comment = ''


class CandidatesQuery(Paging):
    """Who could be assigned: the employees of a department."""

    department_id: Id
    search: Annotated[str, Line(100)] | None = None
