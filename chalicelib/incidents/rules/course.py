"""The course of an incident: one line a move; a pair that has no line is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.incidents.model.incident import Incident, IncidentAction, IncidentStatus
from chalicelib.incidents.model.refusals import (
    IncidentCommentNeeded,
    IncidentDateInPast,
    IncidentDateNeeded,
    IncidentMoveNotAllowed,
)
from chalicelib.kit.caller import Caller
from chalicelib.requests.model.refusals import IncidentOver
from chalicelib.staff.model import Permission

Need = Callable[[Incident, datetime], None]


def a_comment(incident: Incident, now: datetime) -> None:
    """The comment is not empty: requests that follow take it over (REQ-105)."""
    if not incident.comment.strip():
        raise IncidentCommentNeeded()


def a_future_date(incident: Incident, now: datetime) -> None:
    """It is said until when it rests, and that is ahead (REQ-095, AMB-05)."""
    if incident.resume_until is None:
        raise IncidentDateNeeded()
    if incident.resume_until <= now:
        raise IncidentDateInPast()


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the course."""

    action: IncidentAction
    origin: IncidentStatus
    target: IncidentStatus
    needs: tuple[Need, ...] = ()


A, S = IncidentAction, IncidentStatus
_rest, _why = (a_future_date, a_comment), (a_comment,)

MOVES = (
    Move(A.START,    S.PLANNED,     S.IN_PROGRESS),
    Move(A.START,    S.SUSPENDED,   S.IN_PROGRESS),
    Move(A.SUSPEND,  S.IN_PROGRESS, S.SUSPENDED, _rest),
    Move(A.SUSPEND,  S.SUSPENDED,   S.SUSPENDED, _rest),
    Move(A.COMPLETE, S.PLANNED,     S.COMPLETED),
    Move(A.COMPLETE, S.IN_PROGRESS, S.COMPLETED),
    Move(A.COMPLETE, S.SUSPENDED,   S.COMPLETED),
    Move(A.CANCEL,   S.PLANNED,     S.CANCELLED, _why),
    Move(A.CANCEL,   S.IN_PROGRESS, S.CANCELLED, _why),
    Move(A.CANCEL,   S.SUSPENDED,   S.CANCELLED, _why),
)  # fmt: skip

PERMISSIONS = {
    A.START: Permission.REQUESTS_EDIT,
    A.SUSPEND: Permission.REQUESTS_EDIT,
    A.COMPLETE: Permission.REQUESTS_COMPLETE,
    A.CANCEL: Permission.REQUESTS_CANCEL,
}
"""What one needs to do it to one request, one needs to do it to many."""


def moved(incident: Incident, action: IncidentAction, *, by: Caller, now: datetime) -> Incident:
    """The incident where the action leads to.

    Raises PermissionMissing, IncidentOver, IncidentMoveNotAllowed, and the refusal of the first need.
    """
    by.needs(PERMISSIONS[action])
    must_be_open(incident)
    lines = [line for line in MOVES if (line.action, line.origin) == (action, incident.status)]
    if not lines:
        raise IncidentMoveNotAllowed(action=action, status=incident.status)
    [line] = lines
    for need in line.needs:
        need(incident, now)
    changes: dict[str, object] = {'status': line.target, 'updated_at': now}
    if line.target is not S.SUSPENDED:
        changes['resume_until'] = None
    if not line.target.is_open:
        changes['finished_at'] = now
    return incident.model_copy(update=changes)


def must_be_open(incident: Incident) -> None:
    """Raises IncidentOver where nothing may change about it any more."""
    if not incident.is_open:
        raise IncidentOver()


def actions_open_to(incident: Incident, by: Caller) -> list[IncidentAction]:
    """What the course and the caller's rights leave open now."""
    open_now = {line.action for line in MOVES if line.origin is incident.status}
    return sorted(action for action in open_now if by.may(PERMISSIONS[action]))


def may_change(by: Caller) -> None:
    """Refuses unless the caller sees and edits requests: an incident is many of them at once."""
    by.needs(Permission.REQUESTS_VIEW)
    by.needs(Permission.REQUESTS_EDIT)
