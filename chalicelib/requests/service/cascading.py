"""A request follows its incident (R20, R21): the system's step, for the house of incidents to carry out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib.kit import clock
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.incidents import IncidentStep
from chalicelib.requests.model.refusals import NotAttached
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Action, Status
from chalicelib.requests.rules import lifecycle, sla
from chalicelib.requests.service import stepping


class _Followed(NamedTuple):
    """What a step of the incident is to a request: its event, and what follows."""

    event: type[said.RequestMoved]
    after: stepping.After
    more: Callable[[Request, Request], dict[str, Any]]


_STEPS = {
    Action.START: _Followed(said.RequestStarted, sla.started, lambda before, moved: {}),
    Action.SUSPEND: _Followed(
        said.RequestSuspended, stepping.as_it_is, lambda before, moved: stepping.suspension(moved)
    ),
    Action.COMPLETE: _Followed(
        said.RequestCompleted, stepping.completed_unbegun, lambda before, moved: stepping.completion(moved)
    ),
    Action.CANCEL: _Followed(
        said.RequestCancelled, stepping.cancelled, lambda before, moved: stepping.cut_short(before)
    ),
}


def carrying(request: Request, step: IncidentStep) -> list[Write]:
    """The request, as it was read, will be where the incident carries it, and its history says by what.

    The writes hold only while the request is of the version that was read; there are none where it rests
    until that date already. Raises NotAttached, MoveNotAllowed where it is over or has no line from here,
    and RefundPending.
    """
    if request.incident_id != step.incident_id:
        raise NotAttached()
    now = clock.now()
    asked = request.model_copy(update={'status_comment': step.comment or request.status_comment})
    if step.action is Action.SUSPEND and request.status is Status.SUSPENDED:
        return _resting_longer(request, asked, step, now)
    if step.action is Action.SUSPEND:
        asked = stepping.suspended(asked, step.resume_until, now)
    followed = _STEPS[step.action]
    moved, happened = stepping.stepped(
        request,
        asked,
        lambda one: lifecycle.carry(one, step.action, now=now)[0],
        followed.event,
        by=SYSTEM,
        now=now,
        after=followed.after,
        more=lambda moved: {**followed.more(request, moved), 'incident_id': step.incident_id},
    )
    return repository.saving(request, moved, happened)[1]


def _resting_longer(before: Request, asked: Request, step: IncidentStep, now: datetime) -> list[Write]:
    asked = asked.model_copy(update={'resume_until': step.resume_until, 'is_warned_of_resumption': False})
    if before.resume_until == asked.resume_until:
        return []
    moved, _ = lifecycle.carry(asked, Action.SUSPEND, now=now)
    told = stepping.postponement(before, moved)
    event = said.SuspensionMoved.of(moved, SYSTEM, now, incident_id=step.incident_id, **told)
    return repository.saving(before, moved, [event])[1]
