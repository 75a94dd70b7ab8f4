"""The life of an invoice: the table of `tests/requirements.md`, line for line.

`status` changes in `move` and nowhere else; a pair that has no line is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.ledger import MOST_INVOICES, Ledger
from chalicelib.billing.model.refusals import (
    ClientNotRegistered,
    EarlierInvoiceUnpaid,
    InvoiceEmpty,
    InvoiceMoveNotAllowed,
    NobodyPays,
    OnlyInCrm,
    PaymentInProgress,
    PriceListChanged,
    RequestIsCancelled,
    RequestNotInWork,
    TooManyInvoices,
)
from chalicelib.billing.model.views import InvoiceAction
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.errors import DomainError
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status
from chalicelib.staff.model import Permission


@dataclass(frozen=True, slots=True)
class Attempt:
    """An invoice as it is, its request, and the employee: what a need judges."""

    invoice: Invoice
    request: Request
    by: Caller
    is_being_paid: bool = False
    is_another_due: bool = False
    """Whether another invoice of the request waits to be paid."""
    legal_entity_id: str | None = None
    """Whose price list the service of the request has now, where that was looked up."""


Need = Callable[[Attempt], None]


def a_position(attempt: Attempt) -> None:
    """It is not empty (INV-011, AMB-58)."""
    if not attempt.invoice.positions:
        raise InvoiceEmpty()


def not_cancelled(attempt: Attempt) -> None:
    """Somebody still wants the work (I1, AMB-55)."""
    if attempt.request.status is Status.CANCELLED:
        raise RequestIsCancelled()


def in_work_for_a_stranger(attempt: Attempt) -> None:
    """For a client who is not registered the request is in work (SMS-003, AMB-60)."""
    if is_unregistered(attempt.request) and attempt.request.status is not Status.IN_PROGRESS:
        raise RequestNotInWork()


def of_the_list_of_its_service(attempt: Attempt) -> None:
    """Its positions are from the list that the service of the request has now (REQ-086)."""
    if attempt.legal_entity_id not in (None, attempt.invoice.legal_entity_id):
        raise PriceListChanged()


def the_only_one_due(attempt: Attempt) -> None:
    """No other waits to be paid, and who is not registered never has another (AMB-53, SMS-010).

    An earlier one may have been made unpaid, or the client changed, since this one was drawn.
    """
    if attempt.is_another_due:
        raise EarlierInvoiceUnpaid()
    if attempt.invoice.ordinal > 1 and is_unregistered(attempt.request):
        raise ClientNotRegistered()


def nobody_paying(attempt: Attempt) -> None:
    """The client is not on the page of the provider with it (AMB-50)."""
    if attempt.is_being_paid:
        raise PaymentInProgress()


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table of invoices."""

    line: str
    action: InvoiceAction
    origin: InvoiceStatus
    target: InvoiceStatus
    needs: tuple[Need, ...] = ()


A, S = InvoiceAction, InvoiceStatus
_issued = (not_cancelled, a_position, of_the_list_of_its_service, in_work_for_a_stranger, the_only_one_due)

MOVES = (
    Move('I3', A.EDIT,        S.DRAFT,        S.DRAFT),
    Move('I4', A.ISSUE,       S.DRAFT,        S.ISSUED,       _issued),
    Move('I5', A.MARK_PAID,   S.DRAFT,        S.PAID_OFFLINE, (a_position, of_the_list_of_its_service)),
    Move('I6', A.WITHDRAW,    S.ISSUED,       S.DRAFT),
    Move('I8', A.MARK_PAID,   S.ISSUED,       S.PAID_OFFLINE, (a_position, nobody_paying)),
    Move('I9', A.MAKE_UNPAID, S.PAID_OFFLINE, S.DRAFT),
)  # fmt: skip


def move(attempt: Attempt, action: InvoiceAction, now: datetime) -> Invoice:
    """The invoice where the action leads, in its next version.

    Raises InvoiceMoveNotAllowed where no line leads on from here, and the refusal of the first need not met.
    """
    invoice = attempt.invoice
    line = _line(invoice, action)
    if line is None:
        raise InvoiceMoveNotAllowed(action=action, status=invoice.status)
    for need in line.needs:
        need(attempt)
    if line.target is S.DRAFT and line.origin is not S.DRAFT:
        return _drafted(invoice)
    moved = {'status': line.target, 'version': invoice.version + 1}
    if line.target is S.ISSUED:
        moved |= {'issued_at': now}
    elif line.target.is_paid:
        moved |= {'paid_at': now, 'issued_at': invoice.issued_at or now}
    return invoice.model_copy(update=moved)


def issued(ledger: Ledger) -> list[Invoice]:
    """The invoices that wait to be paid."""
    return [invoice for invoice in ledger.invoices if invoice.status is S.ISSUED]


def is_another_due(ledger: Ledger, invoice: Invoice) -> bool:
    """Whether another invoice of the request waits to be paid."""
    return any(one.id != invoice.id for one in issued(ledger))


def called_off(invoice: Invoice) -> Invoice:
    """The issued invoice as a draft again, because its request is cancelled (I11, by the system)."""
    return _drafted(invoice)


def _drafted(invoice: Invoice) -> Invoice:
    """A draft again, in its next turn: the links of the one before lead nowhere (I6, AMB-60)."""
    nothing_yet = {'issued_at': None, 'paid_at': None, 'texted': ()}
    further = {'turn': invoice.turn + 1, 'version': invoice.version + 1}
    return invoice.model_copy(update={'status': S.DRAFT, **nothing_yet, **further})


def actions_open_to(attempt: Attempt) -> tuple[InvoiceAction, ...]:
    """What the employee may do with the invoice now, needs included."""
    if not attempt.by.may(Permission.INVOICES_EDIT):
        return ()
    open_here = (line for line in MOVES if line.origin is attempt.invoice.status)
    return tuple(line.action for line in open_here if _are_met(line, attempt))


def must_be_drawable(ledger: Ledger, request: Request, by: Caller) -> None:
    """Refuses a new invoice where the request may not have one, or not another one, now (I1, I13)."""
    if request.status is Status.CANCELLED:
        raise RequestIsCancelled()
    if request.customer is None:
        raise NobodyPays()
    if not ledger.invoices:
        return
    if by.client is not ClientKind.CRM:
        raise OnlyInCrm()
    if is_unregistered(request):
        raise ClientNotRegistered()
    if not ledger.is_settled:
        raise EarlierInvoiceUnpaid()
    if len(ledger.invoices) >= MOST_INVOICES:
        raise TooManyInvoices(limit=MOST_INVOICES)


def may_draw(ledger: Ledger, request: Request, by: Caller) -> bool:
    """Whether `must_be_drawable` lets the employee, and his role too."""
    try:
        must_be_drawable(ledger, request, by)
    except DomainError:
        return False
    return by.may(Permission.INVOICES_EDIT)


def is_unregistered(request: Request) -> bool:
    """Whether the work is for somebody whom no client's account stands for (REQ-068)."""
    return request.customer is not None and request.customer.id is None


def _line(invoice: Invoice, action: InvoiceAction) -> Move | None:
    for line in MOVES:
        if (line.action, line.origin) == (action, invoice.status):
            return line
    return None


def _are_met(line: Move, attempt: Attempt) -> bool:
    try:
        for need in line.needs:
            need(attempt)
    except DomainError:
        return False
    return True
