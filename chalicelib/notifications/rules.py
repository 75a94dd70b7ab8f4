"""The table of who is told of what, line by line: event, staff by kind and audience, resident.

Another house's events get a line here and their words in `ru.ftl` and `en.ftl`; nothing else knows an event
by name. Of an event its line may use `number`, `building_id`, `client_id`, `client_ids`, `assignee_ids`,
`controller_id`, `executor_id`, `author_id` and `added`, as far as it has them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.billing import events as of_money
from chalicelib.conversations.events import CommentAdded, DeferredMessageHeld, MessageSent
from chalicelib.incidents.events import IncidentAnnounced
from chalicelib.kit.outbox import ActorKind, Event
from chalicelib.notifications.model import ResidentKind, month_of
from chalicelib.registers.events import ReconciliationDiffered
from chalicelib.requests import events as said
from chalicelib.requests.model.status import Status
from chalicelib.staff.model import NotificationKind
from chalicelib.tasks.events import TaskCreated, TaskDeadlineNear, TaskHandedOver


class Audience(StrEnum):
    """Who among the employees at work is told, if his role ticks the kind (NTF-001, AMB-75)."""

    EVERYBODY = 'everybody'  # who sees the building
    VIEWERS = 'viewers'  # who sees the building and all requests in it
    APPROVERS = 'approvers'  # who sees the building and may approve
    ACCOUNTANTS = 'accountants'  # who sees all payments, those of the marketplace too
    AUTHOR = 'author'  # who entered the request
    ADDED = 'added'  # who became an assignee by this very event
    ASSIGNEES = 'assignees'
    WRITER = 'writer'  # who wrote what it is about
    CONTROLLER = 'controller'
    EXECUTOR = 'executor'  # who is to do the task it is about


def _always(event: Any) -> bool:
    return True


def _by_resident(event: Any) -> bool:
    return bool(event.by.kind is ActorKind.RESIDENT)


def _awaits_approval(event: Any) -> bool:
    return bool(event.status is Status.APPROVAL)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the audiences are told; `is_left_out` where another event tells them more exactly."""

    kind: NotificationKind
    audiences: tuple[Audience, ...]
    when: Callable[[Any], bool] = _always
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One event: an employee is told by the first of the notices that reaches him, and by no other."""

    event: type[Event]
    staff: tuple[Notice, ...] = ()
    resident: ResidentKind | None = None


def _told(kind: NotificationKind, *audiences: Audience, when: Callable[[Any], bool] = _always) -> Notice:
    return Notice(kind, audiences, when)


def _left_out(kind: NotificationKind, *audiences: Audience) -> Notice:
    return Notice(kind, audiences, is_left_out=True)


A, K, R = Audience, NotificationKind, ResidentKind
_theirs = (A.ASSIGNEES, A.CONTROLLER)
_moved = _told(K.STATUS_CHANGED, *_theirs)

_created = (
    # AssigneesChanged and ControllerNamed come with the same entry and tell these people what it is to them.
    _left_out(K.ASSIGNED, A.ASSIGNEES),
    _left_out(K.NAMED_CONTROLLER, A.CONTROLLER),
    _told(K.REQUEST_CREATED, A.EVERYBODY),
    _told(K.STATUS_CHANGED, A.APPROVERS, when=_awaits_approval),
)
# AssigneesChanged of the same step tells those it added.
_started = (_left_out(K.ASSIGNED, A.ADDED), _moved)
_approved = (_told(K.REQUEST_APPROVED, A.EVERYBODY, A.AUTHOR, *_theirs), _moved)
_to_check = (_told(K.QUALITY_CONTROL_NEEDED, A.CONTROLLER), _moved)
_question = (_told(K.STATUS_CHANGED, A.AUTHOR, *_theirs),)
_from_client = _told(K.CHAT_MESSAGE_RECEIVED, *_theirs, when=_by_resident)
_paid = _told(K.PAYMENT_RECEIVED, A.EVERYBODY, *_theirs)
_returned = _told(K.MONEY_RETURNED, A.EVERYBODY, *_theirs)
_no_receipt = _told(K.CLOSING_RECEIPT_STUCK, A.ACCOUNTANTS)
_differed = _told(K.RECONCILIATION_DIFFERED, A.ACCOUNTANTS)
_answer = (_told(K.STATUS_CHANGED, A.APPROVERS, *_theirs),)

TABLE = (
    Line(said.RequestCreated,        _created,                                        R.REQUEST_REGISTERED),
    Line(said.AssigneesChanged,      (_told(K.ASSIGNED, A.ADDED),)),
    Line(said.ControllerNamed,       (_told(K.NAMED_CONTROLLER, A.CONTROLLER),)),
    Line(said.RequestEdited,         (_told(K.REQUEST_CHANGED, A.ASSIGNEES),)),
    Line(said.RequestApproved,       _approved),
    Line(said.ClarificationAsked,    _question,                                       R.CLARIFICATION_ASKED),
    Line(said.ClarificationGiven,    _answer),
    Line(said.RequestStarted,        _started,                                        R.REQUEST_STARTED),
    Line(said.RequestSuspended,      (_moved,),                                       R.REQUEST_SUSPENDED),
    Line(said.SuspensionMoved,       (),                                              R.SUSPENSION_MOVED),
    Line(said.SuspensionEnding,      (_told(K.SUSPENSION_ENDING, *_theirs),)),
    Line(said.RequestSentToCheck,    _to_check),
    Line(said.RequestReturned,       (_moved,)),
    Line(said.RequestCompleted,      (_moved,)),
    Line(said.RequestCancelled,      (_moved,),                                       R.REQUEST_CANCELLED),
    Line(said.RequestReopened,       (_moved,),                                       R.REQUEST_REOPENED),
    Line(said.RatingAsked,           (),                                              R.RATING_ASKED),
    Line(said.RatingReminded,        (),                                              R.RATING_REMINDED),
    Line(said.RequestRated,          (_told(K.REQUEST_RATED, *_theirs),)),
    Line(said.RatingChanged,         (_told(K.RATING_CHANGED, *_theirs),)),
    Line(CommentAdded,               (_told(K.COMMENT_ADDED, *_theirs),)),
    Line(DeferredMessageHeld,        (_told(K.CHAT_MESSAGE_RECEIVED, A.WRITER),)),
    Line(MessageSent,                (_from_client,),                                 R.MESSAGE_RECEIVED),
    Line(of_money.InvoiceIssued,     (),                                              R.INVOICE_ISSUED),
    Line(of_money.InvoicePaid,       (_paid,),                                        R.INVOICE_PAID),
    Line(of_money.RefundRequested,   (_returned,)),
    Line(of_money.RefundApproved,    (),                                              R.REFUND_APPROVED),
    Line(of_money.RefundRejected,    (),                                              R.REFUND_REJECTED),
    Line(of_money.RefundCompleted,   (_returned,),                                    R.REFUND_COMPLETED),
    Line(of_money.RefundFailed,      (_returned,)),
    Line(of_money.UnwantedMoneyReturned, (),                                          R.MONEY_RETURNED),
    Line(of_money.UnwantedMoneyStuck, (_returned,)),
    Line(of_money.ClosingReceiptStuck, (_no_receipt,)),
    Line(ReconciliationDiffered,     (_differed,)),
    Line(IncidentAnnounced,          (),                                              R.INCIDENT_ANNOUNCED),
    Line(TaskCreated,                (_told(K.TASK_CREATED, A.VIEWERS, A.EXECUTOR),)),
    Line(TaskHandedOver,             (_told(K.TASK_CREATED, A.EXECUTOR),)),
    Line(TaskDeadlineNear,           (_told(K.TASK_DEADLINE_NEAR, A.EXECUTOR),)),
    Line(said.ExecutionDeadlineNear, (_told(K.EXECUTION_DEADLINE_NEAR, *_theirs),)),
    Line(said.ExecutionBreached,     (_told(K.EXECUTION_BREACHED, A.EVERYBODY, *_theirs),)),
)  # fmt: skip

LINES = {line.event.__name__: line for line in TABLE}

RESIDENTS_SEE = frozenset(
    {
        'number', 'offering_name', 'address', 'resume_until', 'was', 'amount', 'title', 'text', 'news',
        'timing', 'works_since', 'works_until', 'rejection',
    }
)  # fmt: skip
"""The fields of an event that a resident's words may use: never a comment, never an employee (REQ-107).

Of the two reasons of a refund he reads why it was rejected, never why it was made (REF-031, NTF-024).
"""


def named(event: Any, audiences: Iterable[Audience]) -> list[str]:
    """The employees whom the event itself names as the audiences, each once."""
    ids: dict[Audience, Iterable[str | None]] = {
        Audience.ADDED: getattr(event, 'added', ()),
        Audience.WRITER: (getattr(event, 'author_id', None),),
        Audience.ASSIGNEES: getattr(event, 'assignee_ids', ()),
        Audience.CONTROLLER: (getattr(event, 'controller_id', None),),
        Audience.EXECUTOR: (getattr(event, 'executor_id', None),),
    }
    found = (employee for audience in audiences for employee in ids.get(audience, ()))
    return list(dict.fromkeys(employee for employee in found if employee))


def actor_of(event: Event, kind: ActorKind) -> str | None:
    """The id of the employee or resident whose own deed the event was (NTF-032)."""
    return event.by.id if event.by.kind is kind else None


def residents_of(event: Any, line: Line) -> list[str]:
    """The residents who are told of the event, if its line says so, but for him who did it himself."""
    if line.resident is None:
        return []
    named = (getattr(event, 'client_id', None), *getattr(event, 'client_ids', ()))
    return [one for one in dict.fromkeys(named) if one and one != actor_of(event, ActorKind.RESIDENT)]


def gone_at(month: str, kept: timedelta) -> datetime:
    """When the notices of a month and their tally are forgotten, all at once: so the tally stays true."""
    somewhere_next = datetime.fromisoformat(f'{month}-01').replace(tzinfo=UTC) + timedelta(days=31)
    return somewhere_next.replace(day=1) + kept


def oldest_month(now: datetime, kept: timedelta) -> str:
    """The first month that is not forgotten."""
    return month_of(now - kept)
