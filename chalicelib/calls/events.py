"""What calls announce: who had a part, never a number, a recording or a word that was spoken."""

from datetime import datetime
from typing import Any, ClassVar, Self

from pydantic import Field

from chalicelib.calls.model.call import Call, Direction
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant


class CallEvent(Event):
    """A fact about one call."""

    source: ClassVar[str] = 'calls'

    call_id: str
    direction: Direction
    rang_at: Instant
    client_id: str | None = None
    employee_id: str | None = None

    @classmethod
    def of(cls, call: Call, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the call as it is now."""
        return cls(
            organisation=call.organisation,
            at=at,
            by=by,
            call_id=call.id,
            direction=call.direction,
            rang_at=call.rang_at,
            client_id=call.client.id if call.client else None,
            employee_id=call.employee.id if call.employee else None,
            **more,
        )


class CallRang(CallEvent):
    """A call is known of."""


class CallAnswered(CallEvent):
    """An employee talks, from `since` on; again where the call is passed on."""

    since: Instant


class CallEnded(CallEvent):
    """They have talked."""

    duration_seconds: int | None = Field(description='None where the exchange never told the end.')


class CallMissed(CallEvent):
    """It is over, and nobody answered."""


class CallRecorded(CallEvent):
    """The recording can be listened to."""


class RequestAttached(CallEvent):
    """It is known what request the call was about (CALL-004, CALL-005)."""

    number: int
    is_automatic: bool


class RequestDetached(CallEvent):
    """The call was not about that request (CALL-006)."""

    number: int


class TelephonyEvent(Event):
    """A fact about the settings of telephony."""

    source: ClassVar[str] = 'calls'


class TelephonyChanged(TelephonyEvent):
    """The settings are others; the fields are named, the secret is not told."""

    fields: tuple[str, ...]


class LineSeated(TelephonyEvent):
    """An employee sits at an internal number."""

    extension: str
    employee_id: str


class LineFreed(TelephonyEvent):
    """Nobody sits at an internal number any more."""

    extension: str
    employee_id: str
