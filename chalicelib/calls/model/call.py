"""A call as it is kept. What the exchange told is facts with their instants; the status follows from them."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from chalicelib.kit.values import Instant, Stored


class Direction(StrEnum):
    """Who called whom."""

    INCOMING = 'incoming'  # a client calls the organisation
    OUTGOING = 'outgoing'  # an employee calls a client


class CallStatus(StrEnum):
    """How far a call is."""

    RINGING = 'ringing'  # nobody has answered yet
    ANSWERED = 'answered'  # they talk
    ENDED = 'ended'  # they have talked
    MISSED = 'missed'  # it is over, and nobody answered

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come but the recording."""
        return self in (CallStatus.ENDED, CallStatus.MISSED)


class Person(Stored):
    """Somebody with a part in a call; the name is as it was then."""

    id: str
    name: str


class Leg(Stored):
    """The call was at the telephone of this employee from then on: it rang there, or he answered."""

    employee: Person
    since: Instant


MOST_LEGS = 20
"""Telephones that one call is remembered to have rung at, and hands it went through; the last ones."""


class Call(Stored):
    """One call. A change makes a new one with the next version; nothing in it is ever set in place."""

    id: str
    organisation: str
    external_id: str = Field(description='What the exchange calls it.')
    direction: Direction
    phone: str | None = Field(None, description='Of the client, E.164; None where the number was hidden.')
    client: Person | None = Field(None, description='Whose telephone it was when it rang.')
    places: tuple[str, ...] = Field((), description='The buildings that client had premises in then.')
    rang_at: Instant
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    is_end_unknown: bool = Field(False, description='The exchange never told the end; the sweep closed it.')
    rung: tuple[Leg, ...] = ()
    held: tuple[Leg, ...] = ()
    recording: str | None = Field(None, repr=False)
    number: int | None = Field(None, description='Of the request it was about; one at most (CALL-007).')
    number_place: str | None = Field(None, description='The building of that request.')
    is_settled_by_hand: bool = Field(False, description='An employee said what it was about: no machine may.')
    version: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nobody rings or talks any more."""
        return self.ended_at is not None or self.is_end_unknown

    @property
    def status(self) -> CallStatus:
        """How far it is, whatever the order in which it was told."""
        if self.answered_at is None:
            return CallStatus.MISSED if self.is_over else CallStatus.RINGING
        return CallStatus.ENDED if self.is_over else CallStatus.ANSWERED

    @property
    def duration_seconds(self) -> int | None:
        """How long they talked; None while they do, or where the end is not known."""
        if self.ended_at is None:
            return None
        if self.answered_at is None:
            return 0
        return max(0, int((self.ended_at - self.answered_at).total_seconds()))

    @property
    def employee(self) -> Person | None:
        """Who talked last, or at whose telephone it rang last."""
        legs = self.held or self.rung
        return legs[-1].employee if legs else None

    @property
    def people(self) -> frozenset[str]:
        """The employees at whose telephones it rang, and those who talked."""
        return frozenset(leg.employee.id for leg in (*self.rung, *self.held))

    def holder_at(self, at: datetime) -> str | None:
        """Who talked at that instant: the last to answer before it."""
        holders = [leg.employee.id for leg in self.held if leg.since <= at]
        return holders[-1] if holders else None

    @property
    def all_places(self) -> tuple[str, ...]:
        """The buildings it has to do with, by its client and its request."""
        return tuple(sorted({*self.places, *([self.number_place] if self.number_place else [])}))
