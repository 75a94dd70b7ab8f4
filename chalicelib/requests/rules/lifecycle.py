"""The status machine of a request: the table of `tests/requirements.md` is this table, line for line.

`status` changes in `move` and nowhere else; a pair that has no row is refused. What a move causes is not said
here: whoever must react listens to its event.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.errors import DomainError, PermissionMissing
from chalicelib.requests.model.refusals import MoveNotAllowed, NotTheController
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Action, Status
from chalicelib.requests.rules.needs import (
    Attempt,
    Need,
    a_comment,
    a_controller,
    a_document,
    a_future_date,
    an_assignee,
    finished_checklists,
    may_complete,
    no_other_controller,
    no_pending_refund,
    not_blocked,
    reopening_allowed,
    the_right_to_complete,
)
from chalicelib.staff.model import Permission


class Who(StrEnum):
    """Who makes a move."""

    ANYONE = 'anyone'  # whoever may create at all
    EDITOR = 'editor'  # «Создание и обновление»
    APPROVER = 'approver'  # «Согласование заявок»
    CANCELLER = 'canceller'  # «Отмена заявок»
    COMPLETER = 'completer'  # «Перевод заявок в статус «Выполнено»»
    CONTROLLER = 'controller'  # the controller of this request
    RESIDENT = 'resident'  # the customer himself
    INCIDENT = 'incident'  # the system, for requests that are attached to one; never a caller


def _always(request: Request) -> bool:
    return True


def _is_routed(request: Request) -> bool:
    return request.terms.is_routed


def _is_booked(request: Request) -> bool:
    return request.terms.is_appointment


def _is_plain(request: Request) -> bool:
    return not request.terms.is_appointment


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the status machine; `when` tells lines of the same pair apart."""

    line: str
    action: Action
    origin: Status | None
    target: Status
    who: Who
    needs: tuple[Need, ...] = ()
    when: Callable[[Request], bool] = _always


A, S, W = Action, Status, Who
_finished = (an_assignee, a_document, finished_checklists, no_other_controller)
_checked = (an_assignee, a_document, finished_checklists, the_right_to_complete)
_off = (no_pending_refund, a_comment)
_again = (not_blocked, reopening_allowed)

MOVES = (
    Move('R3',  A.CREATE,   None,              S.APPROVAL,        W.ANYONE,     (not_blocked,), _is_routed),
    Move('R2',  A.CREATE,   None,              S.IN_PROGRESS,     W.ANYONE,     (not_blocked,), _is_booked),
    Move('R1',  A.CREATE,   None,              S.WAITING,         W.ANYONE,     (not_blocked,)),
    Move('R4',  A.APPROVE,  S.APPROVAL,        S.IN_PROGRESS,     W.APPROVER,   (), _is_booked),
    Move('R4',  A.APPROVE,  S.APPROVAL,        S.WAITING,         W.APPROVER,   (), _is_plain),
    Move('R5',  A.CLARIFY,  S.APPROVAL,        S.CLARIFICATION,   W.APPROVER),
    Move('R6',  A.ANSWER,   S.CLARIFICATION,   S.APPROVAL,        W.EDITOR),
    Move('R6',  A.ANSWER,   S.CLARIFICATION,   S.APPROVAL,        W.RESIDENT),
    Move('R7',  A.START,    S.WAITING,         S.IN_PROGRESS,     W.EDITOR,     (an_assignee,)),
    Move('R8',  A.START,    S.REOPENED,        S.IN_PROGRESS,     W.EDITOR,     (an_assignee,)),
    Move('R9',  A.SUSPEND,  S.IN_PROGRESS,     S.SUSPENDED,       W.EDITOR,     (a_future_date, a_comment)),
    Move('R10', A.START,    S.SUSPENDED,       S.IN_PROGRESS,     W.EDITOR,     (an_assignee,)),
    Move('R11', A.SUSPEND,  S.SUSPENDED,       S.SUSPENDED,       W.EDITOR,     (a_future_date, a_comment)),
    Move('R12', A.COMPLETE, S.IN_PROGRESS,     S.DONE,            W.COMPLETER,  _finished),
    Move('R13', A.CHECK,    S.IN_PROGRESS,     S.QUALITY_CONTROL, W.EDITOR,     (a_controller, an_assignee)),
    Move('R14', A.COMPLETE, S.QUALITY_CONTROL, S.DONE,            W.CONTROLLER, _checked),
    Move('R15', A.RETURN,   S.QUALITY_CONTROL, S.IN_PROGRESS,     W.CONTROLLER, (an_assignee,)),
    Move('R16', A.CANCEL,   S.WAITING,         S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.IN_PROGRESS,     S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.SUSPENDED,       S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.REOPENED,        S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.APPROVAL,        S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.CLARIFICATION,   S.CANCELLED,       W.CANCELLER,  _off),
    Move('R16', A.CANCEL,   S.QUALITY_CONTROL, S.CANCELLED,       W.CANCELLER,  _off),
    Move('R17', A.CANCEL,   S.WAITING,         S.CANCELLED,       W.RESIDENT,   (no_pending_refund,)),
    Move('R18', A.REOPEN,   S.DONE,            S.REOPENED,        W.RESIDENT,   _again),
    Move('R19', A.REOPEN,   S.DONE,            S.REOPENED,        W.EDITOR),
    Move('R20', A.COMPLETE, S.WAITING,         S.DONE,            W.INCIDENT),
    Move('R20', A.COMPLETE, S.IN_PROGRESS,     S.DONE,            W.INCIDENT),
    Move('R20', A.COMPLETE, S.SUSPENDED,       S.DONE,            W.INCIDENT),
    Move('R20', A.COMPLETE, S.REOPENED,        S.DONE,            W.INCIDENT),
    Move('R20', A.COMPLETE, S.QUALITY_CONTROL, S.DONE,            W.INCIDENT),
    Move('R21', A.START,    S.WAITING,         S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.START,    S.SUSPENDED,       S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.START,    S.REOPENED,        S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.START,    S.APPROVAL,        S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.START,    S.CLARIFICATION,   S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.START,    S.QUALITY_CONTROL, S.IN_PROGRESS,     W.INCIDENT),
    Move('R21', A.SUSPEND,  S.WAITING,         S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.IN_PROGRESS,     S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.SUSPENDED,       S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.REOPENED,        S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.APPROVAL,        S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.CLARIFICATION,   S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.SUSPEND,  S.QUALITY_CONTROL, S.SUSPENDED,       W.INCIDENT,   (a_future_date,)),
    Move('R21', A.CANCEL,   S.WAITING,         S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.IN_PROGRESS,     S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.SUSPENDED,       S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.REOPENED,        S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.APPROVAL,        S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.CLARIFICATION,   S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
    Move('R21', A.CANCEL,   S.QUALITY_CONTROL, S.CANCELLED,       W.INCIDENT,   (no_pending_refund,)),
)  # fmt: skip


def move(request: Request, action: Action, *, by: Caller, now: datetime) -> tuple[Request, Move]:
    """The request in the status the action leads to, and the line that allowed it.

    Raises MoveNotAllowed where no line leads on from here for the caller's audience, Forbidden where a line
    does but not for this caller, and the refusal of the first need that is not met.
    """
    origin = None if action is Action.CREATE else request.status
    lines = [
        line
        for line in MOVES
        if (line.action, line.origin) == (action, origin) and line.when(request) and _is_for(line, by)
    ]
    if not lines:
        raise MoveNotAllowed(action=action, status=request.status)
    line = lines[0]
    if obstacle := _obstacle(line.who, request, by):
        raise obstacle
    for need in line.needs:
        need(Attempt(request, by, now))
    return request.model_copy(update={'status': line.target}), line


def carry(request: Request, action: Action, *, now: datetime) -> tuple[Request, Move]:
    """The request where its incident carries it, and the line that allowed it (R20, R21).

    Nobody's rights are asked for, nor people nor documents (AMB-15). Raises MoveNotAllowed where no line
    leads on from here, and the refusal of the first need that is not met.
    """
    found = [line for line in MOVES if (line.action, line.origin) == (action, request.status)]
    lines = [line for line in found if line.who is Who.INCIDENT]
    if not lines:
        raise MoveNotAllowed(action=action, status=request.status)
    for need in lines[0].needs:
        need(Attempt(request, _NOBODY, now))
    return request.model_copy(update={'status': lines[0].target}), lines[0]


def actions_open_to(request: Request, by: Caller) -> list[Action]:
    """What the life-cycle and the caller's rights leave open now; needs are judged when it is tried."""
    return sorted(
        {
            line.action
            for line in MOVES
            if line.origin is request.status
            and line.when(request)
            and _is_for(line, by)
            and _obstacle(line.who, request, by) is None
        }
    )


_NOBODY = Caller(organisation='', audience=Audience.STAFF, id='')
"""Whom the needs of an incident's lines are judged for: they ask nothing of him."""


def _is_for(line: Move, by: Caller) -> bool:
    if line.who is Who.INCIDENT:
        return False
    return line.who is Who.ANYONE or (line.who is Who.RESIDENT) == (by.audience is Audience.RESIDENT)


_NEEDED = {
    Who.EDITOR: Permission.REQUESTS_EDIT,
    Who.APPROVER: Permission.REQUESTS_APPROVE,
    Who.CANCELLER: Permission.REQUESTS_CANCEL,
}


def _obstacle(who: Who, request: Request, by: Caller) -> DomainError | None:
    if who is Who.CONTROLLER and (request.controller is None or request.controller.id != by.id):
        return NotTheController()
    if who is Who.COMPLETER and not may_complete(request, by):
        return PermissionMissing(permission=Permission.REQUESTS_COMPLETE)
    permission = _NEEDED.get(who)
    if permission and not by.may(permission):
        return PermissionMissing(permission=permission)
    return None
