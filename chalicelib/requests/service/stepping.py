"""A step of the life-cycle, whoever takes it: the clocks are judged first, then the move, then what follows.

Callers take steps through `moving`; the system takes them as an incident goes through `cascading`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.requests import events as said
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status, Verdict
from chalicelib.requests.rules import sla

After = Callable[[Request, datetime], sla.Happening]
More = Callable[[Request], dict[str, Any]]

_CLOCKED = ('reaction', 'execution', 'is_reminded_of_deadline')


def as_it_is(request: Request, now: datetime) -> sla.Happening:
    """Nothing follows."""
    return request, []


def nothing(request: Request) -> dict[str, Any]:
    """The event tells no more than every move."""
    return {}


def stepped(
    before: Request,
    asked: Request,
    move: Callable[[Request], Request],
    event: type[said.RequestMoved],
    *,
    by: Actor,
    now: datetime,
    after: After = as_it_is,
    more: More = nothing,
    beside: Callable[[Request], list[said.RequestEvent]] = lambda _: [],
) -> sla.Happening:
    """The request after the move, and everything that happened, in its order."""
    # What fell due before is judged on the request as it stood then.
    judged, happened = sla.passed(before, now)
    asked = asked.model_copy(update={name: getattr(judged, name) for name in _CLOCKED})
    moved, verdicts = after(move(asked), now)
    if moved.status is not Status.CLARIFICATION:
        moved = moved.model_copy(update={'question': ''})
    if moved.status is not Status.SUSPENDED:
        moved = moved.model_copy(update={'suspended_at': None, 'resume_until': None})
    told = event.of(moved, by, now, was=before.status, comment=moved.status_comment, **more(moved))
    return moved, [*happened, *beside(moved), told, *verdicts]


def suspended(request: Request, until: datetime | None, now: datetime) -> Request:
    """What is asked for where the work is to rest from now on."""
    return request.model_copy(
        update={
            'resume_until': until,
            'suspended_at': now,
            'suspensions': request.suspensions + 1,
            'is_warned_of_resumption': False,
        }
    )


def completed(request: Request, now: datetime) -> sla.Happening:
    """The completion is counted, and what was promised is judged."""
    done = request.model_copy(
        update={
            'done_at': now,
            'completions': request.completions + 1,
            'is_rating_asked': False,
            'is_rating_reminded': False,
        }
    )
    return sla.completed(done, now)


def completed_unbegun(request: Request, now: datetime) -> sla.Happening:
    """The same where nobody may have begun: then nobody reacted, and nobody was late (AMB-24)."""
    done, verdicts = completed(request, now)
    if done.first_started_at is None and done.reaction.verdict is Verdict.PENDING:
        done = done.model_copy(update={'reaction': done.reaction.model_copy(update={'verdict': None})})
    return done, verdicts


def cancelled(request: Request, now: datetime) -> sla.Happening:
    """It is known since when nothing is to be done."""
    return request.model_copy(update={'cancelled_at': now}), []


def reopened(request: Request, now: datetime) -> sla.Happening:
    """The clocks go on, and the request is dealt with on its own, outside any incident (INC-006, AMB-16)."""
    # A deadline that passed meanwhile is breached at the reopening itself (AMB-22).
    again, verdicts = sla.passed(sla.reopened(request.model_copy(update={'done_at': None})), now)
    if again.incident_id is None:
        return again, verdicts
    alone = again.model_copy(update={'incident_id': None, 'incident_title': None})
    detached = said.DetachedFromIncident.of(
        alone, SYSTEM, now, incident_id=again.incident_id, is_automatic=True
    )
    return alone, [*verdicts, detached]


def suspension(request: Request) -> dict[str, Any]:
    """Until when the work rests, and when that is warned of."""
    return {
        'resume_until': request.resume_until,
        'turn': request.suspensions,
        'warn_at': sla.warning_at(request),
    }


def postponement(before: Request, moved: Request) -> dict[str, Any]:
    """From which date to which the suspension was moved."""
    return {**suspension(moved), 'was_until': before.resume_until, 'comment': moved.status_comment}


def completion(request: Request) -> dict[str, Any]:
    """Which completion it is, and when a rating is reminded of."""
    return {'turn': request.completions, 'remind_at': sla.reminds_of_rating_at(request)}


def cut_short(before: Request) -> dict[str, Any]:
    """Which suspension ends before its time, if any does."""
    return {'turn': before.suspensions, 'warn_at': sla.warning_at(before)}


def last_completion(request: Request) -> dict[str, Any]:
    """Which completion is taken back."""
    return {'turn': request.completions}
