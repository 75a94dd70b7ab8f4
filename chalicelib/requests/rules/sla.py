"""The clocks of a request: what was promised, what is due next, and what becomes true when it falls due.

Plain elapsed time, day and night (AMB-21). The reaction clock runs from creation to the first start, the
execution clock from the first start to completion (SLA-001, SLA-004); exactly at the limit is still observed
(AMB-28). A breach is recorded once and stays (AMB-23).
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests import events as said
from chalicelib.requests.model.request import Clock, Request, Terms
from chalicelib.requests.model.status import Status, Verdict
from chalicelib.requests.rules import bringing

TICK = timedelta(milliseconds=1)
RATING_ASKED_WITHIN = timedelta(minutes=5)
"""How long the machine of completion has to ask for a rating before the sweep asks in its place."""

Happening = tuple[Request, list[said.RequestEvent]]


def opened(request: Request) -> Request:
    """The reaction clock of a new request runs from its creation (SLA-001, SLA-018)."""
    limit = request.terms.reaction
    if limit is None:
        return request
    clock = Clock(until=request.created_at + limit, verdict=Verdict.PENDING)
    return request.model_copy(update={'reaction': clock})


def started(request: Request, now: datetime) -> Happening:
    """At the first start the reaction is judged and the execution clock begins; later starts change neither.

    SLA-007: `first_started_at` is set once. A stopped clock goes on where it stood (AMB-20).
    """
    if request.first_started_at is not None:
        return _resumed(request, now), []
    limit = request.terms.execution
    changes: dict[str, object] = {'first_started_at': now}
    happened: list[said.RequestEvent] = []
    if limit is not None:
        changes['execution'] = Clock(until=now + limit, verdict=Verdict.PENDING)
    if request.reaction.is_pending:
        changes['reaction'] = request.reaction.model_copy(update={'verdict': Verdict.OBSERVED})
    begun = request.model_copy(update=changes)
    if request.reaction.is_pending:
        happened.append(said.ReactionObserved.of(begun, SYSTEM, now, until=request.reaction.until))
    return begun, happened


def completed(request: Request, now: datetime) -> Happening:
    """At completion a running execution clock is observed (SLA-008); the reaction is no longer asked for.

    What an incident completes while it rests may be reopened: a stopped clock goes on where it stood.
    """
    if not request.execution.is_pending:
        return request, []
    request = _resumed(request, now)
    observed = request.model_copy(
        update={'execution': request.execution.model_copy(update={'verdict': Verdict.OBSERVED})}
    )
    return observed, [said.ExecutionObserved.of(observed, SYSTEM, now, until=request.execution.until)]


def reopened(request: Request) -> Request:
    """The execution clock matters again on its first deadline, unless it was breached already (AMB-22)."""
    if request.execution.verdict is not Verdict.OBSERVED:
        return request
    pending = request.execution.model_copy(update={'verdict': Verdict.PENDING})
    return request.model_copy(update={'execution': pending})


def retermed(request: Request, was: Terms) -> Request:
    """Deadlines follow changed terms from the same start moments; recorded breaches stay (AMB-25).

    What had begun before any reaction was promised is neither waited for nor judged. For how long the clock
    has stood under the terms before is left out where the new ones leave it out too (AMB-20).
    """
    reaction = request.reaction
    if reaction.verdict is not None or request.first_started_at is None:
        reaction = _reset(reaction, request.created_at, request.terms.reaction)
    return request.model_copy(
        update={
            'reaction': reaction,
            'execution': _reset(request.execution, _running_since(request, was), request.terms.execution),
            'is_reminded_of_deadline': False,
        }
    )


def due_at(request: Request) -> datetime | None:
    """The next instant at which something becomes true by itself, or None; the sweep's index holds it."""
    moments = [
        _reaction_due(request),
        _execution_due(request),
        _reminder_due(request),
        _warning_due(request),
        _rating_due(request),
        bringing.due_at(request),
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def overrun(request: Request, now: datetime) -> Happening:
    """What was promised and is not done by `now` is breached, each clock once (AMB-28)."""
    happened: list[said.RequestEvent] = []
    if _is_due(_reaction_due(request), now):
        request = _breached(request, 'reaction')
        happened.append(said.ReactionBreached.of(request, SYSTEM, now, until=request.reaction.until))
    if _is_due(_execution_due(request), now):
        request = _breached(request, 'execution')
        happened.append(said.ExecutionBreached.of(request, SYSTEM, now, until=request.execution.until))
    return request, happened


def passed(request: Request, now: datetime) -> Happening:
    """Everything that has fallen due by `now` is recorded; a second call at the same instant adds nothing."""
    request, happened = overrun(request, now)
    # After a long outage nobody is reminded of a deadline that is missed: its clock runs no more.
    if _is_due(_reminder_due(request), now):
        request = request.model_copy(update={'is_reminded_of_deadline': True})
        happened.append(said.ExecutionDeadlineNear.of(request, SYSTEM, now, until=request.execution.until))
    for due, warn in ((_warning_due, warned_of_resumption), (_rating_due, rating_pursued)):
        if _is_due(due(request), now):
            request, more = warn(request, now)
            happened += more
    if _is_due(bringing.due_at(request), now):
        request, more = bringing.asked(request, SYSTEM, now)
        happened += more
    return request, happened


def warned_of_resumption(request: Request, now: datetime) -> Happening:
    """Those concerned hear once that a suspension ends (SLA-013, AMB-06); the status stays."""
    if request.status is not Status.SUSPENDED or request.is_warned_of_resumption:
        return request, []
    warned = request.model_copy(update={'is_warned_of_resumption': True})
    return warned, [said.SuspensionEnding.of(warned, SYSTEM, now, resume_until=request.resume_until)]


def rating_pursued(request: Request, now: datetime) -> Happening:
    """The resident is asked once to rate a completion, and reminded once; neither if he has (NTF-022)."""
    if request.status is not Status.DONE or request.customer is None or request.customer.id is None:
        return request, []
    if _is_rated(request):
        return request, []
    if not request.is_rating_asked:
        asked = request.model_copy(update={'is_rating_asked': True})
        return asked, [said.RatingAsked.of(asked, SYSTEM, now)]
    if request.is_rating_reminded or now < _reminds_at(request):
        return request, []
    reminded = request.model_copy(update={'is_rating_reminded': True})
    return reminded, [said.RatingReminded.of(reminded, SYSTEM, now)]


def warning_at(request: Request) -> datetime | None:
    """When a suspension's end is warned of: in the morning of its day, local time (AMB-26).

    Where that morning is past when the suspension begins: an hour before the end, at the latest at the end.
    """
    if request.resume_until is None or request.suspended_at is None:
        return None
    zone = ZoneInfo(request.terms.zone)
    hour = time.fromisoformat(request.terms.resumption_reminder_at)
    morning = datetime.combine(request.resume_until.astimezone(zone).date(), hour, zone).astimezone(UTC)
    for moment in (morning, request.resume_until - timedelta(hours=1)):
        if request.suspended_at < moment <= request.resume_until:
            return moment
    return request.resume_until


def reminds_of_rating_at(request: Request) -> datetime | None:
    """When an unrated completion is reminded of, None where nobody rates it."""
    return _reminds_at(request) if request.done_at and request.customer and request.customer.id else None


def _reminds_at(request: Request) -> datetime:
    assert request.done_at is not None  # a done request knows since when
    return request.done_at + request.terms.rating_reminder_after


def _is_rated(request: Request) -> bool:
    return bool(request.rating and request.done_at and request.rating.at >= request.done_at)


def _is_due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _reaction_due(request: Request) -> datetime | None:
    clock = request.reaction
    runs = clock.is_pending and clock.until and request.is_open and request.first_started_at is None
    return clock.until + TICK if runs and clock.until else None


def _execution_runs(request: Request) -> bool:
    stands = request.status is Status.SUSPENDED and request.terms.does_suspension_stop_clock
    return request.execution.is_pending and request.is_open and not stands


def _execution_due(request: Request) -> datetime | None:
    until = request.execution.until
    return until + TICK if until and _execution_runs(request) else None


def _reminder_due(request: Request) -> datetime | None:
    until = request.execution.until
    if until is None or request.is_reminded_of_deadline or not _execution_runs(request):
        return None
    return until - request.terms.reminder_before


def _warning_due(request: Request) -> datetime | None:
    if request.status is not Status.SUSPENDED or request.is_warned_of_resumption:
        return None
    return warning_at(request)


def _rating_due(request: Request) -> datetime | None:
    if request.status is not Status.DONE or request.customer is None or request.customer.id is None:
        return None
    if _is_rated(request):
        return None
    if not request.is_rating_asked and request.done_at:
        return request.done_at + RATING_ASKED_WITHIN
    return None if request.is_rating_reminded else _reminds_at(request)


def _breached(request: Request, clock: str) -> Request:
    broken: Clock = getattr(request, clock).model_copy(update={'verdict': Verdict.BREACHED})
    return request.model_copy(update={clock: broken})


def _resumed(request: Request, now: datetime) -> Request:
    until = request.execution.until
    if not (until and request.suspended_at and request.terms.does_suspension_stop_clock):
        return request
    moved = request.execution.model_copy(update={'until': until + (now - request.suspended_at)})
    return request.model_copy(update={'execution': moved})


def _running_since(request: Request, was: Terms) -> datetime | None:
    """From when the execution clock would have run to be where it is, had it never stood."""
    since, until = request.first_started_at, request.execution.until
    if not (since and until and was.execution and request.terms.does_suspension_stop_clock):
        return since
    return max(since, until - was.execution)


def _reset(clock: Clock, since: datetime | None, limit: timedelta | None) -> Clock:
    if clock.verdict is Verdict.BREACHED:
        return clock
    if limit is None or since is None:
        return Clock(verdict=clock.verdict) if clock.verdict is Verdict.OBSERVED else Clock()
    return Clock(until=since + limit, verdict=clock.verdict or Verdict.PENDING)
