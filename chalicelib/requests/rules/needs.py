"""What a move of a request needs: pure functions named as sentences, that refuse where it is not so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.errors import PermissionMissing
from chalicelib.requests.model.refusals import (
    AssigneeNeeded,
    ChecklistOpen,
    ClientBlocked,
    ControllerMustCheck,
    ControllerNeeded,
    DocumentNeeded,
    RefundPending,
    ReopeningForbidden,
    ReopeningTooLate,
    ResumptionDateInPast,
    ResumptionDateNeeded,
    StatusCommentNeeded,
)
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Mark
from chalicelib.staff.model import Permission


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request as it would be, by whom and when: what a need judges."""

    request: Request
    by: Caller
    now: datetime


Need = Callable[[Attempt], None]


def an_assignee(attempt: Attempt) -> None:
    """At least one person does the work (REQ-093)."""
    if not attempt.request.assignees:
        raise AssigneeNeeded()


def a_comment(attempt: Attempt) -> None:
    """The effective status comment is not empty (REQ-105, AMB-07)."""
    if not attempt.request.status_comment.strip():
        raise StatusCommentNeeded()


def a_future_date(attempt: Attempt) -> None:
    """«Возобновить до» is given and in the future (REQ-095, AMB-05)."""
    if attempt.request.resume_until is None:
        raise ResumptionDateNeeded()
    if attempt.request.resume_until <= attempt.now:
        raise ResumptionDateInPast()


def a_document(attempt: Attempt) -> None:
    """A strict offering has its document (REQ-099)."""
    if attempt.request.terms.is_document_required and Mark.DOCUMENT_ATTACHED not in attempt.request.marks:
        raise DocumentNeeded()


def finished_checklists(attempt: Attempt) -> None:
    """Where the offering is strict about checklists, those it brings are there and every item is ticked."""
    if attempt.request.terms.is_checklist_strict and attempt.request.is_checklist_open:
        raise ChecklistOpen()


def the_right_to_complete(attempt: Attempt) -> None:
    """The controller too needs the permission to complete (R14)."""
    if not may_complete(attempt.request, attempt.by):
        raise PermissionMissing(permission=Permission.REQUESTS_COMPLETE)


def no_other_controller(attempt: Attempt) -> None:
    """Nobody else is named to check the work (AMB-13)."""
    controller = attempt.request.controller
    if controller is not None and controller.id != attempt.by.id:
        raise ControllerMustCheck()


def a_controller(attempt: Attempt) -> None:
    """Somebody is named to check the work (R13)."""
    if attempt.request.controller is None:
        raise ControllerNeeded()


def no_pending_refund(attempt: Attempt) -> None:
    """No refund request waits for its answer, but one that the cancelling itself settles (AMB-65)."""
    request, is_by_client = attempt.request, attempt.by.audience is Audience.RESIDENT
    is_settled = request.terms.sends_money_back(request.status, is_by_client=is_by_client)
    if Mark.REFUND_PENDING in request.marks and not is_settled:
        raise RefundPending()


def reopening_allowed(attempt: Attempt) -> None:
    """The offering and the organisation let the resident reopen (REQ-101, AMB-10)."""
    request = attempt.request
    if not request.terms.is_reopenable_by_resident:
        raise ReopeningForbidden()
    days = request.terms.reopening_days
    if days is not None and request.done_at and attempt.now > request.done_at + timedelta(days=days):
        raise ReopeningTooLate(days=days)


def not_blocked(attempt: Attempt) -> None:
    """The client is not blocked (AMB-78)."""
    if attempt.by.is_blocked:
        raise ClientBlocked()


def may_complete(request: Request, by: Caller) -> bool:
    """By permission, or as an assignee where working time is tracked (REQ-098, AMB-11)."""
    tracked = 'time-tracking' in by.features and by.id in request.assignee_ids
    return tracked or by.may(Permission.REQUESTS_COMPLETE)
