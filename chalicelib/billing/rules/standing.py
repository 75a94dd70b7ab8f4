"""What a request carries of its money: labels, and what they bar (INV-036, INV-037, AMB-36)."""

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import PaymentState
from chalicelib.billing.model.views import OwnInvoiceStatus
from chalicelib.kit.money import Money
from chalicelib.requests.model.request import PaidStanding, RefundSum
from chalicelib.requests.model.status import PaidState, RefundStatus

_STATES = {
    InvoiceStatus.DRAFT: PaidState.NOT_ISSUED,
    InvoiceStatus.ISSUED: PaidState.UNPAID,
    InvoiceStatus.PAID_OFFLINE: PaidState.MARKED_PAID,
    InvoiceStatus.PAID_ONLINE: PaidState.PAID,
}

_OF_REFUND = {
    RefundStatus.REQUESTED: frozenset({PaidState.REFUND_REQUESTED}),
    RefundStatus.APPROVED: frozenset({PaidState.REFUND_APPROVED}),
    RefundStatus.COMPLETED: frozenset({PaidState.REFUND_APPROVED}),
    RefundStatus.FAILED: frozenset({PaidState.REFUND_APPROVED}),
}


def of(ledger: Ledger) -> PaidStanding:
    """The distinct labels of the ledger's invoices, and its refund (REQ-037, REF-028).

    An empty draft has no label, nor has an annulled invoice.
    """
    labelled = (one for one in ledger.invoices if one.positions and one.status in _STATES)
    states, refund = {_STATES[one.status] for one in labelled}, ledger.refund
    if refund is None:
        return PaidStanding(states=frozenset(states))
    states |= _OF_REFUND.get(refund.status, frozenset())
    going = RefundSum(status=refund.status, amount_minor=refund.amount.minor)
    return PaidStanding(states=frozenset(states), refund=going)


def due(ledger: Ledger) -> Money:
    """«Сумма к оплате»: of the invoices that are issued and not paid."""
    return Money.sum(one.total for one in ledger.invoices if one.status is InvoiceStatus.ISSUED)


def paid(ledger: Ledger) -> Money:
    """What was paid, here and elsewhere, before anything went back; also of what was annulled since."""
    return Money.sum(one.total for one in ledger.invoices if one.paid_at is not None)


def refunded(ledger: Ledger) -> Money:
    """What went back."""
    return Money.sum(one.refunded for one in ledger.invoices)


def by_hand(ledger: Ledger) -> Money:
    """What was paid elsewhere for what is annulled: employees give it back themselves (AMB-57)."""
    online = {one.invoice_id for one in ledger.payments if one.state is PaymentState.PAID}
    annulled = (one for one in ledger.invoices if one.status is InvoiceStatus.ANNULLED and one.paid_at)
    return Money.sum(one.total for one in annulled if one.id not in online)


def seen_by_client(invoice: Invoice) -> OwnInvoiceStatus | None:
    """How the client sees the invoice, None where he does not (INV-004, INV-019, AMB-56)."""
    if invoice.refunded:
        return OwnInvoiceStatus.REFUNDED
    if invoice.status is InvoiceStatus.ISSUED:
        return OwnInvoiceStatus.AWAITING_PAYMENT
    return OwnInvoiceStatus.PAID if invoice.status.is_paid else None
