"""The verbs of the life-cycle. Each judges the clocks first: what fell due before it is recorded."""

from datetime import UTC, date, datetime, time
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.commands import Answer, Question, Start, StatusComment, Step, Suspension
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Action, Status
from chalicelib.requests.rules import lifecycle, sla
from chalicelib.requests.service import stepping
from chalicelib.requests.service.assigning import assignment_event, with_assignees
from chalicelib.requests.service.opening import opened, own

_END_OF_DAY = time(23, 59, 59, 999000)



def start(number: int, step: Start, *, by: Caller) -> Request:
    """The request is in work; its first start is remembered and its execution clock runs (R7, R8, R10).

    Assignees named in the same step are judged together with the move (AMB-04).
    """
    before = opened(number, by)
    changed = before
    if 'assignee_ids' in step.model_fields_set or 'department_id' in step.model_fields_set:
        changed = with_assignees(before, step.department_id, step.assignee_ids, by)
    return _moved(
        before,
        _commented(changed, step),
        Action.START,
        said.RequestStarted,
        by,
        sla.started,
        more=lambda moved: _newcomers(before, moved),
    )


def suspend(number: int, step: Suspension, *, by: Caller) -> Request:
    """The work rests until the date, with a reason; a rested one gets another date (R9, R11)."""
    before = opened(number, by)
    until = _end_of(step.resume_until, by) if step.resume_until is not None else None
    asked = _commented(before, step)
    if before.status is Status.SUSPENDED:
        return _suspension_moved(before, asked.model_copy(update={'resume_until': until}), by)
    asked = stepping.suspended(asked, until, clock.now())
    return _moved(before, asked, Action.SUSPEND, said.RequestSuspended, by, more=stepping.suspension)


def complete(number: int, step: Step, *, by: Caller) -> Request:
    """The work is done, by the executor or after the controller's check (R12, R14)."""
    before = opened(number, by)
    return _moved(
        before,
        _commented(before, step),
        Action.COMPLETE,
        said.RequestCompleted,
        by,
        stepping.completed,
        more=stepping.completion,
    )


def check(number: int, step: Step, *, by: Caller) -> Request:
    """The work is with the controller (R13)."""
    before = opened(number, by)
    return _moved(before, _commented(before, step), Action.CHECK, said.RequestSentToCheck, by)


def put_back(number: int, step: Step, *, by: Caller) -> Request:
    """The controller gave the work back (R15)."""
    before = opened(number, by)
    return _moved(before, _commented(before, step), Action.RETURN, said.RequestReturned, by)


def approve(number: int, step: Step, *, by: Caller) -> Request:
    """The approval is given; an appointment is in work at once (R4)."""
    before = opened(number, by)
    return _moved(before, _commented(before, step), Action.APPROVE, said.RequestApproved, by, _approved)


def clarify(number: int, step: Question, *, by: Caller) -> Request:
    """The approver's question waits for an answer, by the resident or by staff (R5)."""
    before = opened(number, by)
    asked = _commented(before, step).model_copy(update={'question': step.question or ''})
    return _moved(
        before,
        asked,
        Action.CLARIFY,
        said.ClarificationAsked,
        by,
        more=lambda moved: {'question': moved.question},
    )


def answer(number: int, step: Step, *, by: Caller) -> Request:
    """The question is answered by staff, the approver decides again (R6)."""
    before = opened(number, by)
    return _moved(before, _commented(before, step), Action.ANSWER, said.ClarificationGiven, by)


def answer_own(number: int, given: Answer, *, by: Caller) -> Request:
    """The question is answered by the resident, the approver decides again (R6)."""
    before = own(number, by)
    return _moved(
        before, before, Action.ANSWER, said.ClarificationGiven, by, more=lambda _: {'answer': given.text}
    )


def cancel(number: int, step: Step, *, by: Caller) -> Request:
    """Nothing more will be done, and it says why (R16)."""
    before = opened(number, by)
    return _moved(
        before,
        _commented(before, step),
        Action.CANCEL,
        said.RequestCancelled,
        by,
        stepping.cancelled,
        more=lambda _: stepping.cut_short(before),
    )


def cancel_own(number: int, *, by: Caller) -> Request:
    """The resident needs it no more; only while nobody has begun (R17)."""
    before = own(number, by)
    return _moved(
        before,
        before,
        Action.CANCEL,
        said.RequestCancelled,
        by,
        stepping.cancelled,
        more=lambda _: stepping.cut_short(before),
    )


def reopen(number: int, step: Step, *, by: Caller) -> Request:
    """Done work is taken up again by staff, whatever residents may, outside any incident (R19)."""
    before = opened(number, by)
    return _moved(
        before,
        _commented(before, step),
        Action.REOPEN,
        said.RequestReopened,
        by,
        stepping.reopened,
        more=stepping.last_completion,
    )


def reopen_own(number: int, *, by: Caller) -> Request:
    """Done work is taken up again, outside any incident, because the resident is not content (R18)."""
    before = own(number, by)
    again, more = stepping.reopened, stepping.last_completion
    return _moved(before, before, Action.REOPEN, said.RequestReopened, by, again, more=more)


def set_comment(number: int, given: StatusComment, *, by: Caller) -> Request:
    """The status comment is as given, without a move (REQ-109, AMB-18)."""
    before = opened(number, by)
    if before.status_comment == given.comment:
        return before
    changed = before.model_copy(update={'status_comment': given.comment})
    event = said.StatusCommentChanged.of(changed, Actor.of(by), clock.now(), comment=given.comment)
    return repository.save(before, changed, event)


def _moved(
    before: Request,
    asked: Request,
    action: Action,
    event: type[said.RequestMoved],
    by: Caller,
    after: stepping.After = stepping.as_it_is,
    more: stepping.More = stepping.nothing,
) -> Request:
    now = clock.now()
    moved, happened = stepping.stepped(
        before,
        asked,
        lambda request: lifecycle.move(request, action, by=by, now=now)[0],
        event,
        by=Actor.of(by),
        now=now,
        after=after,
        more=more,
        beside=lambda moved: assignment_event(before, moved, by, now),
    )
    return repository.save(before, moved, *happened)


def _suspension_moved(before: Request, asked: Request, by: Caller) -> Request:
    now = clock.now()
    asked = asked.model_copy(update={'is_warned_of_resumption': False})
    moved, _ = lifecycle.move(asked, Action.SUSPEND, by=by, now=now)
    event = said.SuspensionMoved.of(moved, Actor.of(by), now, **stepping.postponement(before, moved))
    return repository.save(before, moved, event)


def _approved(request: Request, now: datetime) -> sla.Happening:
    return sla.started(request, now) if request.status is Status.IN_PROGRESS else (request, [])


def _newcomers(before: Request, moved: Request) -> dict[str, Any]:
    were = set(before.assignee_ids)
    return {'added': tuple(employee for employee in moved.assignee_ids if employee not in were)}


def _commented(request: Request, step: Step) -> Request:
    if 'comment' not in step.model_fields_set:
        return request
    return request.model_copy(update={'status_comment': step.comment or ''})


def _end_of(until: datetime | date, by: Caller) -> datetime:
    if isinstance(until, datetime):
        return until
    local = datetime.combine(until, _END_OF_DAY, by.zoneinfo)
    return local.astimezone(UTC)
