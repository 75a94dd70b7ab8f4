"""A notice in somebody's list, the tally of those he has not read, and what the doors take and tell."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from ulid import ULID

from chalicelib.kit.values import Id, Instant, Page, Stored, Value

MOST_MARKED = 50
"""Notices marked by one call: they and their tallies are one transaction."""


class ResidentKind(StrEnum):
    """What residents are told of; what staff are told of is `staff.model.NotificationKind`."""

    REQUEST_REGISTERED = 'request_registered'  # staff entered it for him
    REQUEST_STARTED = 'request_started'
    REQUEST_SUSPENDED = 'request_suspended'  # and until when
    SUSPENSION_MOVED = 'suspension_moved'  # it ends on another date
    REQUEST_CANCELLED = 'request_cancelled'
    REQUEST_REOPENED = 'request_reopened'
    CLARIFICATION_ASKED = 'clarification_asked'  # the approver waits for an answer
    RATING_ASKED = 'rating_asked'  # it is done (REQ-111, NTF-022)
    RATING_REMINDED = 'rating_reminded'
    MESSAGE_RECEIVED = 'message_received'  # in the chat of the request (NTF-028, CHAT-027)
    INCIDENT_ANNOUNCED = 'incident_announced'  # where he lives
    INVOICE_ISSUED = 'invoice_issued'  # and how much is to be paid (NTF-021, INV-034)
    INVOICE_PAID = 'invoice_paid'  # his money has come
    REFUND_APPROVED = 'refund_approved'  # his money is on its way (REF-024)
    REFUND_REJECTED = 'refund_rejected'  # and why (REF-021, NTF-024)
    REFUND_COMPLETED = 'refund_completed'  # his money has left for his bank
    MONEY_RETURNED = 'money_returned'  # he paid what was not to be paid any more


class Notification(Stored):
    """A notice as its recipient was told it, in his language then."""

    id: str
    organisation: str
    recipient: str
    """`staff:<id>` or `resident:<id>`."""
    kind: str
    number: int | None = None
    """The request it is about."""
    title: str
    text: str
    at: Instant
    event_id: str
    is_read: bool = False

    @property
    def month(self) -> str:
        """The tally it is counted in."""
        return month_of(self.at)


class Tally(Stored):
    """How many notices of one month somebody has not read.

    Reading all begins a new `epoch`: what was made in an earlier one is read, however much it is.
    """

    organisation: str
    recipient: str
    month: str
    epoch: int = 0
    unread: int = 0


class ReadMarks(Value):
    """Which notices were read: those named, or all there are."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_MARKED)] | None = None
    all: Literal[True] | None = None

    @model_validator(mode='after')
    def _names_something(self) -> Self:
        if (self.ids is None) == (self.all is None):
            raise PydanticCustomError('ids_or_all', 'either ids or all')
        return self


class NotificationCard(Stored):
    """A notice as its recipient sees it."""

    id: str
    kind: str
    number: int | None = Field(description='The request it is about.')
    title: str
    text: str
    at: Instant
    is_read: bool

    @classmethod
    def of(cls, notice: Notification) -> Self:
        """What is told of the notice."""
        return cls.model_validate(notice.model_dump())


_PLACE = re.compile(r'@(\d{1,9})\.(\d{1,2})$', re.ASCII)


class NotificationsPage(Page[NotificationCard]):
    """A page of the list, newest first, with the number of all unread notices."""

    unread: int


class UnreadNotifications(Value):
    """What is left to read."""

    unread: int


def id_of(event_id: str, at: datetime) -> str:
    """The id of an event's notices: the same at every delivery, later events sort after earlier ones.

    Events of one save have one instant: their place in it, `@<version>.<position>`, comes next.
    """
    place = _PLACE.search(event_id)
    version, position = (int(number) for number in place.groups()) if place else (0, 0)
    order = version.to_bytes(4, 'big') + position.to_bytes(1, 'big')
    return _ulid(at, order + sha256(event_id.encode()).digest()[:5])


def first_id(month: str) -> str:
    """An id no notice of the month sorts before."""
    return _ulid(datetime.fromisoformat(f'{month}-01').replace(tzinfo=UTC), bytes(10))


def month_of(at: datetime) -> str:
    """The month in UTC, as `2026-11`."""
    return at.astimezone(UTC).strftime('%Y-%m')


def _ulid(at: datetime, rest: bytes) -> str:
    return str(ULID.from_bytes(int(at.timestamp() * 1000).to_bytes(6, 'big') + rest)).lower()
