"""A request and the values it is made of. Everything a rule needs stands here: a change reads one row."""

from datetime import timedelta

from pydantic import Field

from chalicelib.catalogue.model import AutomaticRefund
from chalicelib.files.model import Attached
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Instant, Stored
from chalicelib.requests.model.status import (
    STANDINGS,
    Channel,
    Label,
    Mark,
    PaidState,
    RefundStatus,
    Standing,
    Status,
    Verdict,
)


class Person(Stored):
    """An employee with a part in a request; the name is as it was when he got it."""

    id: str
    name: str


class Place(Stored):
    """Where the work is. The names are as they were when the request was made or last edited."""

    building_id: str
    address: str
    quarter_id: str | None = None
    group_id: str | None = None
    premises_id: str | None = None
    premises_number: str | None = None


class Customer(Stored):
    """For whom the work is; a customer without `id` is not registered (REQ-068)."""

    id: str | None = None
    name: str
    phone: str | None = None


class FormAnswer(Stored):
    """One filled field of the order form, with the label it was asked by."""

    code: str
    label: str
    value: str | int | float
    file: Attached | None = None
    """The file that `value` names, kept by the request."""

    @property
    def told(self) -> str | int | float:
        """The answer as people read it: of a file, its name."""
        return self.file.name if self.file else self.value


class Terms(Stored):
    """What was promised when the request was made: the offering's and the organisation's settings then."""

    offering_id: str
    offering_name: str
    is_appointment: bool = False
    reaction: timedelta | None = None
    execution: timedelta | None = None
    assignees_max: int = 1
    is_reopenable_by_resident: bool = True
    is_document_required: bool = False
    is_checklist_strict: bool = False
    checklist_template_id: str | None = None
    is_routed: bool = False
    does_suspension_stop_clock: bool = False
    reminder_before: timedelta = timedelta(hours=1)
    resumption_reminder_at: str = '09:00'
    rating_reminder_after: timedelta = timedelta(hours=24)
    reopening_days: int | None = None
    are_names_shown: bool = False
    is_prepaid: bool = False
    is_refundable: bool = False
    automatic_refund: AutomaticRefund = AutomaticRefund.NEVER
    zone: str = 'Europe/Moscow'

    def sends_money_back(self, was: Status, *, is_by_client: bool) -> bool:
        """Whether cancelling a request that was so far sends its money back by itself (F7, AMB-54)."""
        option = self.automatic_refund
        is_agreed = option is AutomaticRefund.ALWAYS or (option is AutomaticRefund.BY_CLIENT and is_by_client)
        return is_agreed and was is Status.WAITING


class Rating(Stored):
    """The resident's opinion (REQ-134)."""

    points: int = Field(ge=1, le=5)
    comment: str = ''
    at: Instant


class RefundSum(Stored):
    """How much goes back to the client, in kopecks, and how far that is (REQ-037)."""

    status: RefundStatus
    amount_minor: int = Field(ge=0)
    currency: str = 'RUB'


class PaidStanding(Stored):
    """What the house of money has told of a request: the labels of its invoices, and its refund."""

    states: frozenset[PaidState] = frozenset()
    refund: RefundSum | None = None

    @property
    def marks(self) -> frozenset[Mark]:
        """What it bars: to edit where an invoice is issued or paid, to cancel while a refund is asked for."""
        marks = {Mark.INVOICE_ISSUED} if self.states & _ISSUED else set()
        if self.refund is not None and self.refund.status is RefundStatus.REQUESTED:
            marks.add(Mark.REFUND_PENDING)
        return frozenset(marks)


_ISSUED = frozenset({PaidState.UNPAID, PaidState.MARKED_PAID, PaidState.PAID})
OF_MONEY = frozenset({Mark.INVOICE_ISSUED, Mark.REFUND_PENDING})
"""The marks that follow from what the house of money says (AMB-39, AMB-65)."""


class Clock(Stored):
    """One SLA of a request: until when, and what became of it; `until` None where none was promised."""

    until: Instant | None = None
    verdict: Verdict | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it can still be observed or breached."""
        return self.verdict is Verdict.PENDING


class Request(Stored):
    """One request. A change makes a new one with the next version; nothing in it is ever set in place."""

    organisation: str
    number: int
    version: int = 0
    status: Status = Status.WAITING
    status_comment: str = ''
    question: str = ''
    channel: Channel
    terms: Terms
    place: Place
    customer: Customer | None = None
    form: tuple[FormAnswer, ...] = ()
    created_by: Actor
    created_at: Instant
    updated_at: Instant
    department_id: str | None = None
    assignees: tuple[Person, ...] = ()
    controller: Person | None = None
    marks: frozenset[Mark] = frozenset()
    checklist_asked_at: Instant | None = None
    """When the checklist that its offering brings was asked for last; None where none is to come."""
    paid: PaidStanding = PaidStanding()
    important_at: Instant | None = None
    """When the newest important comment that nobody has seen yet was written (REQ-030)."""
    incident_id: str | None = None
    incident_title: str | None = None
    """What the incident was called when the request was attached."""
    first_started_at: Instant | None = None
    reaction: Clock = Clock()
    execution: Clock = Clock()
    is_reminded_of_deadline: bool = False
    suspended_at: Instant | None = None
    suspensions: int = 0
    resume_until: Instant | None = None
    is_warned_of_resumption: bool = False
    done_at: Instant | None = None
    completions: int = 0
    cancelled_at: Instant | None = None
    is_rating_asked: bool = False
    is_rating_reminded: bool = False
    rating: Rating | None = None

    @property
    def standing(self) -> Standing:
        """What the status means for lists and counters."""
        return STANDINGS[self.status]

    @property
    def is_open(self) -> bool:
        """Whether there is still work in it: everything but done and cancelled."""
        return self.standing.is_open

    @property
    def is_checklist_open(self) -> bool:
        """Whether there is an item that nobody has ticked, or one still to come."""
        return Mark.CHECKLIST_OPEN in self.marks or self.checklist_asked_at is not None

    @property
    def labels(self) -> tuple[Label, ...]:
        """What its line says beside the status, in the order of the catalogue (REQ-027..036)."""
        said = {Label(state) for state in self.paid.states}
        if self.reaction.verdict is Verdict.BREACHED:
            said.add(Label.REACTION_BREACHED)
        if self.execution.verdict is Verdict.BREACHED:
            said.add(Label.EXECUTION_BREACHED)
        if self.important_at is not None:
            said.add(Label.IMPORTANT_COMMENT)
        return tuple(label for label in Label if label in said)

    @property
    def assignee_ids(self) -> tuple[str, ...]:
        """The ids of those who do the work, the responsible first."""
        return tuple(person.id for person in self.assignees)

    def has_part(self, employee_id: str) -> bool:
        """Whether the employee is an assignee or the controller (REQ-124)."""
        return employee_id in self.assignee_ids or bool(self.controller and self.controller.id == employee_id)

    def is_within(self, scope: Scope) -> bool:
        """Whether the place lies in the scope."""
        return scope.covers(self.place.building_id)

    def is_visible_to_staff(self, caller: Caller, may_view: bool) -> bool:
        """Whether an employee may see it: in his scope with the permission, or his own work or entry."""
        own = self.has_part(caller.id) or self.created_by.id == caller.id
        return own or (may_view and self.is_within(caller.scope))

    def belongs_to(self, client_id: str) -> bool:
        """Whether the client is its customer (REQ-149)."""
        return self.customer is not None and self.customer.id == client_id
