"""What requests announce. Each event carries who has a part, so that a listener need not ask back."""

from datetime import datetime
from typing import Any, ClassVar, Self

from pydantic import Field

from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant
from chalicelib.requests.model.request import RefundSum, Request
from chalicelib.requests.model.status import Channel, Label, Status


class RequestEvent(Event):
    """A fact about one request, with what its listeners must know of it."""

    source: ClassVar[str] = 'requests'

    number: int
    version: int = Field(description='The version of the request from which the fact holds.')
    status: Status
    offering_name: str
    address: str
    building_id: str
    client_id: str | None = None
    assignee_ids: tuple[str, ...] = ()
    controller_id: str | None = None

    @classmethod
    def of(cls, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the request as it is from now on (its next version)."""
        return cls(
            organisation=request.organisation,
            at=at,
            by=by,
            number=request.number,
            version=request.version + 1,
            status=request.status,
            offering_name=request.terms.offering_name,
            address=request.place.address,
            building_id=request.place.building_id,
            client_id=request.customer.id if request.customer else None,
            assignee_ids=request.assignee_ids,
            controller_id=request.controller.id if request.controller else None,
            **more,
        )


class RequestCreated(RequestEvent):
    """Somebody asks for something (R1-R3)."""

    channel: Channel


class RequestMoved(RequestEvent):
    """The status changed; `comment` is the effective status comment, for staff eyes only (REQ-107)."""

    was: Status
    comment: str = ''
    incident_id: str | None = Field(None, description='The incident whose course it follows (R20, R21).')


class RequestStarted(RequestMoved):
    """Work goes on (R7, R8, R10); `added` became assignees by the same step and are told so."""

    added: tuple[str, ...] = ()


class RequestSuspended(RequestMoved):
    """Work rests until a date (R9)."""

    resume_until: Instant
    turn: int = Field(description='Which suspension of the request this is.')
    warn_at: Instant


class RequestCompleted(RequestMoved):
    """The work is done (R12, R14)."""

    turn: int = Field(description='Which completion of the request this is.')
    remind_at: Instant | None = None


class RequestSentToCheck(RequestMoved):
    """The controller looks at the work (R13)."""


class RequestReturned(RequestMoved):
    """The controller wants it better (R15)."""


class RequestCancelled(RequestMoved):
    """Nothing more will be done (R16, R17)."""

    turn: int = Field(description='Which suspension of the request was the last; 0 where there was none.')
    warn_at: Instant | None = Field(None, description='When a suspension cut short was to be warned of.')


class RequestReopened(RequestMoved):
    """Done, and not well (R18, R19)."""

    turn: int = Field(description='Which completion of the request was taken back.')


class RequestApproved(RequestMoved):
    """The approval was given (R4)."""


class ClarificationAsked(RequestMoved):
    """The approver has a question (R5); `question` is what the resident may read of it."""

    question: str = ''


class ClarificationGiven(RequestMoved):
    """The question is answered (R6); `answer` is what a resident wrote."""

    answer: str = ''


class SuspensionMoved(RequestEvent):
    """A suspension ends on another date (R11)."""

    was_until: Instant | None
    resume_until: Instant
    turn: int
    warn_at: Instant
    comment: str = ''
    incident_id: str | None = Field(None, description='The incident whose date it follows (R21).')


class StatusCommentChanged(RequestEvent):
    """The status comment was changed without a move (AMB-18)."""

    comment: str


class AssigneesChanged(RequestEvent):
    """Others do the work now (REQ-128)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    names: dict[str, str] = Field(default_factory=dict, description='Names by id, of all who are mentioned.')
    department_id: str | None = None


class ControllerNamed(RequestEvent):
    """Somebody checks the work, or nobody any more (REQ-125)."""

    was: str | None = None
    name: str | None = None


class RequestEdited(RequestEvent):
    """Basic data changed (REQ-085): field by field, as people read it."""

    changes: dict[str, tuple[str, str]] = Field(description='From and to, by the name of the field.')


class RequestRated(RequestEvent):
    """The resident gave an opinion (REQ-141)."""

    points: int
    comment: str = ''


class RatingChanged(RequestEvent):
    """The resident changed the opinion (REQ-141)."""

    was: int
    points: int
    comment: str = ''


class ReactionObserved(RequestEvent):
    """Taken into work in time (SLA-008)."""

    until: Instant | None


class ReactionBreached(RequestEvent):
    """Not taken into work in time (SLA-003)."""

    until: Instant | None


class ExecutionObserved(RequestEvent):
    """Done in time (SLA-008)."""

    until: Instant | None


class ExecutionBreached(RequestEvent):
    """Not done in time (SLA-006, SLA-009)."""

    until: Instant | None


class ExecutionDeadlineNear(RequestEvent):
    """The deadline comes near (SLA-010)."""

    until: Instant | None


class SuspensionEnding(RequestEvent):
    """The date of resumption has come (SLA-013)."""

    resume_until: Instant | None


class RatingAsked(RequestEvent):
    """The resident is asked to rate (REQ-111)."""


class RatingReminded(RequestEvent):
    """The resident is reminded to rate."""


class RequestMarked(RequestEvent):
    """A house above found something out, or it ceased to be so."""

    mark: str
    is_set: bool


class CallAttached(RequestEvent):
    """A call was about this request (CALL-004, CALL-005)."""

    call_id: str
    is_automatic: bool = Field(description='Whether it was created during the call.')


class CallDetached(RequestEvent):
    """The call was not about this request (CALL-006)."""

    call_id: str


class LinkTexted(RequestEvent):
    """The link of its invoice was sent by SMS to a customer who is not registered (SMS-008)."""

    invoice_id: str
    phone: str


class TaskNoted(RequestEvent):
    """A task about the request was set, handed over, done or cancelled (REQ-144)."""

    task_id: str
    title: str
    executor: str
    what: str


class ChecklistAwaited(RequestEvent):
    """The offering of the request brings a checklist, and it is not there yet (REQ-145)."""

    checklist_template_id: str


class ChecklistNoted(RequestEvent):
    """A checklist of the request was added, removed, finished or is finished no longer (REQ-145).

    Of one that its offering was to bring `what` may say too that it is there already (`kept`), or why it does
    not come: its template is gone (`no_template`), the request has as many as it can have (`no_room`).
    """

    checklist_id: str
    name: str
    what: str


class AttachedToIncident(RequestEvent):
    """The request belongs to an incident (INC-002)."""

    incident_id: str
    incident_title: str


class DetachedFromIncident(RequestEvent):
    """The request is dealt with on its own again (INC-002, INC-006)."""

    incident_id: str
    is_automatic: bool = Field(description='Whether it was reopened, and nobody detached it by hand.')


class LabelsChanged(RequestEvent):
    """The line of the request says something else beside its status (REQ-027..037)."""

    added: tuple[Label, ...] = ()
    removed: tuple[Label, ...] = ()
    refund: RefundSum | None = None
