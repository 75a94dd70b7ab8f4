"""When a deferred message leaves, who decides about it, and what becomes of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.conversations.model.deferred import PENDING, Deferred, DeferredState
from chalicelib.conversations.model.refusals import (
    DeferredMessageOver,
    NotYourMessage,
    SendingTimePast,
    SendingTimeTooFar,
)

FARTHEST = timedelta(days=365)
"""How far ahead a message may be deferred."""


def instant(on: date, at: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant of that day and time in the zone.

    Raises SendingTimePast where it is not ahead (CHAT-019), SendingTimeTooFar where it is over a year ahead.
    """
    found = datetime.combine(on, time.fromisoformat(at), zone).astimezone(UTC)
    if found <= now:
        raise SendingTimePast()
    if found > now + FARTHEST:
        raise SendingTimeTooFar(days=FARTHEST.days)
    return found


def must_be_decided_by(deferred: Deferred, employee_id: str) -> None:
    """Refuses unless the employee wrote it and it still waits (CHAT-016, CHAT-020, AMB-45)."""
    if deferred.author_id != employee_id:
        raise NotYourMessage()
    if deferred.state not in PENDING:
        raise DeferredMessageOver(state=deferred.state)


def is_due(deferred: Deferred, now: datetime) -> bool:
    """Whether it leaves by itself now."""
    return deferred.state is DeferredState.SCHEDULED and deferred.send_at <= now


def moved(deferred: Deferred, send_at: datetime, client_id: str) -> Deferred:
    """It leaves at another time, for the client the request has now."""
    changes = {'send_at': send_at, 'client_id': client_id, 'state': DeferredState.SCHEDULED}
    return _next(deferred, **changes)


def sent(deferred: Deferred, position: int) -> Deferred:
    """It is the message at that position, and will never be another one (CHAT-018)."""
    return _next(deferred, state=DeferredState.SENT, position=position)


def held(deferred: Deferred) -> Deferred:
    """It waits for its author."""
    return _next(deferred, state=DeferredState.HELD)


def deleted(deferred: Deferred) -> Deferred:
    """It is sent never."""
    return _next(deferred, state=DeferredState.DELETED)


def _next(deferred: Deferred, **changes: object) -> Deferred:
    return deferred.model_copy(update={**changes, 'version': deferred.version + 1})
