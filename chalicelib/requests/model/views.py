"""What the doors of requests give beside the card; the resident sees nothing internal (REQ-107, REQ-149)."""

from typing import Any

from pydantic import Field

from chalicelib.files.model import FileView
from chalicelib.kit.outbox import ActorKind, Delivered
from chalicelib.kit.values import Instant, Stored
from chalicelib.requests.model.request import Person, Rating, RefundSum, Request
from chalicelib.requests.model.status import STANDINGS, Channel, Label, Status


class StatusView(Stored):
    """A status with its colour (REQ-087)."""

    code: Status
    colour: str | None

    @classmethod
    def of(cls, status: Status) -> 'StatusView':
        """The status as clients draw it."""
        return cls(code=status, colour=STANDINGS[status].colour)


class RequestBrief(Stored):
    """One line of a list (REQ-017, REQ-018)."""

    number: int
    version: int
    status: StatusView
    offering_id: str
    offering_name: str
    address: str
    building_id: str
    premises_number: str | None
    client_id: str | None
    client_name: str | None
    assignees: tuple[Person, ...]
    labels: tuple[Label, ...]
    refund: RefundSum | None = Field(None, description='What goes back to the client (REQ-037).')
    incident_id: str | None = None
    channel: Channel
    rating: int | None
    execute_until: Instant | None = Field(description='«Выполнить до» (REQ-019).')
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, request: Request) -> 'RequestBrief':
        """The line of the request."""
        customer = request.customer
        return cls(
            number=request.number,
            version=request.version,
            status=StatusView.of(request.status),
            offering_id=request.terms.offering_id,
            offering_name=request.terms.offering_name,
            address=request.place.address,
            building_id=request.place.building_id,
            premises_number=request.place.premises_number,
            client_id=customer.id if customer else None,
            client_name=customer.name if customer else None,
            assignees=request.assignees,
            labels=request.labels,
            refund=request.paid.refund,
            incident_id=request.incident_id,
            channel=request.channel,
            rating=request.rating.points if request.rating else None,
            execute_until=request.execution.until,
            created_at=request.created_at,
            updated_at=request.updated_at,
        )


class HistoryEntry(Stored):
    """One line of «История изменений» (REQ-128)."""

    id: str
    type: str
    at: Instant
    author: str | None = Field(description='The employee who did it; null for residents and the system.')
    was: Status | None = None
    status: Status
    comment: str | None = None
    details: dict[str, Any] = Field(default_factory=dict)

    @classmethod
    def of(cls, delivered: Delivered) -> 'HistoryEntry':
        """The entry an event makes; residents stay unnamed (REQ-129)."""
        told = dict(delivered.event)
        by = told.pop('by')
        known = {name: told.pop(name, None) for name in ('at', 'was', 'status', 'comment')}
        for name in _OF_EVERY_EVENT:
            told.pop(name, None)
        if delivered.type in _WAS_IS_NO_STATUS:
            told['was'], known['was'] = known['was'], None
        if told.get('incident_id') is None:
            told.pop('incident_id', None)
        author = by['name'] if by['kind'] == ActorKind.STAFF else None
        return cls(id=delivered.id, type=delivered.type, author=author, details=told, **known)


_OF_EVERY_EVENT = (
    'organisation', 'number', 'version', 'offering_name', 'address', 'building_id', 'client_id',
    'assignee_ids', 'controller_id',
)  # fmt: skip
_WAS_IS_NO_STATUS = ('ControllerNamed', 'RatingChanged')


class AnswerView(Stored):
    """One filled field of the order form, with the label it was asked by."""

    code: str
    label: str
    value: str | int | float = Field(description='Of a file, its id.')
    file: FileView | None = Field(description='The file that was sent, with links to it.')


class ResidentRequest(Stored):
    """What the resident sees of his own request: no comment, no history, no staff he was not given."""

    number: int
    version: int
    status: StatusView
    offering_id: str
    offering_name: str
    address: str
    premises_number: str | None
    form: tuple[AnswerView, ...]
    assignee: str | None = Field(description="Who comes, where the organisation shows its people's names.")
    execute_until: Instant | None
    rating: Rating | None
    question: str | None = Field(description='What the company asks before it can go on, if anything.')
    actions: list[str]
    created_at: Instant
    updated_at: Instant


class NewCounter(Stored):
    """How many requests nobody has begun (REQ-012)."""

    new: int


class Candidate(Stored):
    """An employee who could be assigned, with his load (REQ-120)."""

    id: str
    name: str
    open_requests: int
    load: str
