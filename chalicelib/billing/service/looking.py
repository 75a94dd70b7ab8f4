"""Invoices as staff and clients see them."""

from chalicelib.billing import repository
from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.views import (
    Bill,
    InvoiceAction,
    InvoiceCard,
    OwnBill,
    OwnInvoice,
    OwnInvoiceStatus,
    PaymentLine,
)
from chalicelib.billing.rules import invoicing, linking, mending, paying, standing
from chalicelib.billing.service.opening import opened
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Permission


def bill(number: int, *, by: Caller) -> Bill:
    """The block «Счет на оплату» of a request (INV-001). Raises RequestNotFound."""
    request = requests.seen(number, by=by)
    ledger = repository.ledger(by.organisation, number)
    return Bill(
        invoices=tuple(card_of(invoice, ledger, request, by) for invoice in ledger.invoices),
        due=standing.due(ledger),
        paid=standing.paid(ledger),
        refunded=standing.refunded(ledger),
        by_hand=standing.by_hand(ledger),
        may_add=invoicing.may_draw(ledger, request, by),
    )


def own_bill(number: int, *, by: Caller) -> OwnBill:
    """What the client may know of the money of his request (INV-004, INV-005, INV-019).

    Raises RequestNotFound.
    """
    requests.find_own(number, by=by)
    ledger = repository.ledger(by.organisation, number)
    entities = {one.legal_entity_id for one in ledger.invoices if one.status is InvoiceStatus.ISSUED}
    is_payable = bool(dynamo.fetch_all(repository.reading_account(by.organisation, one) for one in entities))
    shown = ((invoice, standing.seen_by_client(invoice)) for invoice in ledger.invoices)
    return OwnBill(
        invoices=tuple(_own(invoice, status, is_payable) for invoice, status in shown if status),
        due=standing.due(ledger),
    )


def read(invoice_id: str, *, by: Caller) -> InvoiceCard:
    """The invoice, if its request is the caller's to see. Raises InvoiceNotFound and RequestNotFound."""
    request, ledger, invoice = opened(invoice_id, by)
    return card_of(invoice, ledger, request, by)


def card_of(invoice: Invoice, ledger: Ledger, request: Request, by: Caller) -> InvoiceCard:
    """The invoice, the tries to pay it, and what the employee may do with it now."""
    is_being_paid = paying.is_being_paid(ledger, invoice)
    is_another_due = invoicing.is_another_due(ledger, invoice)
    attempt = invoicing.Attempt(invoice, request, by, is_being_paid, is_another_due)
    payments = tuple(
        PaymentLine.of(one, ledger.repayment_of(one), mending.actions_open_to(ledger, one, by))
        for one in ledger.payments_of(invoice)
    )
    actions = invoicing.actions_open_to(attempt)
    if by.may(Permission.INVOICES_EDIT) and linking.may_be_texted(invoice, request):
        actions = (*actions, InvoiceAction.SMS)
    return InvoiceCard.of(invoice, payments, actions)


def _own(invoice: Invoice, status: OwnInvoiceStatus, is_payable: bool) -> OwnInvoice:
    may_pay = is_payable and status is OwnInvoiceStatus.AWAITING_PAYMENT and bool(invoice.total)
    return OwnInvoice(
        status=status, may_pay=may_pay, id=invoice.id, **invoice.model_dump(exclude={'status'})
    )
