"""What there is to tell of a change of money: the difference of the ledgers before and after."""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.billing import events as said
from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import ClosingState, Payment, PaymentState, Repayment, RepaymentState
from chalicelib.kit.outbox import Actor
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import RefundStatus

_OF_CLOSINGS: dict[tuple[ClosingState | None, ClosingState | None], type[said.PaymentEvent]] = {
    (ClosingState.GOING, ClosingState.FAILED): said.ClosingReceiptStuck,
    (ClosingState.FAILED, ClosingState.GOING): said.ClosingReceiptRetried,
    (ClosingState.FAILED, ClosingState.DONE):  said.ClosingReceiptConfirmed,
}  # fmt: skip


def told(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> list[said.MoneyEvent]:
    """All that happened between the two, each once."""
    found = (_invoices, _payments, _closings, _elsewhere, _repayments, _refund)
    return [event for look in found for event in look(before, after, request, by, at)]


def _invoices(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    were = {one.id: one.status for one in before.invoices}
    for invoice in after.invoices:
        was = were.get(invoice.id)
        if was is None or was is invoice.status:
            continue
        if invoice.status is InvoiceStatus.ANNULLED:
            yield said.InvoiceAnnulled.about(invoice, request, by, at, was=was)
        elif (was, invoice.status) == (InvoiceStatus.ISSUED, InvoiceStatus.DRAFT):
            yield said.InvoiceWithdrawn.about(invoice, request, by, at)


def _payments(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    were = {one.id: one.state for one in before.payments}
    for payment in after.payments:
        if were.get(payment.id) is payment.state:
            continue
        if payment.id not in were:
            yield said.PaymentBegun.on(payment, request, by, at)
        if payment.state is PaymentState.PAID:
            yield said.InvoicePaid.on(payment, request, by, at, email=payment.email)
        elif payment.state is PaymentState.DECLINED:
            yield said.PaymentDeclined.on(payment, request, by, at, decline=payment.decline)
        elif payment.state is PaymentState.UNWANTED:
            yield said.MoneyUnwanted.on(payment, request, by, at)


def _closings(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    were = {one.id: one.closing.state for one in before.payments if one.closing}
    for payment in after.payments:
        was, now = were.get(payment.id), payment.closing.state if payment.closing else None
        if event := _OF_CLOSINGS.get((was, now)):
            yield event.on(payment, request, by, at)


def _elsewhere(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    were = {one.id: one.elsewhere for one in before.payments}
    for payment in after.payments:
        if payment.elsewhere is not None and payment.elsewhere != were.get(payment.id):
            yield said.ReturnedElsewhere.on(payment, request, by, at)


def _repayments(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    were = {one.id: one.state for one in before.repayments}
    for repayment in after.repayments:
        if were.get(repayment.id) is repayment.state:
            continue
        payment = after.payment(repayment.payment_id)
        if repayment.refund_id is not None:
            if repayment.state is not RepaymentState.GOING:
                yield _ended(repayment, payment, request, by, at)
        elif repayment.state is RepaymentState.DONE:
            yield said.UnwantedMoneyReturned.on(payment, request, by, at)
        elif repayment.state is RepaymentState.FAILED:
            yield said.UnwantedMoneyStuck.on(payment, request, by, at)
        elif were.get(repayment.id) is RepaymentState.FAILED:
            yield said.UnwantedMoneyRetried.on(payment, request, by, at)


def _ended(
    repayment: Repayment, payment: Payment, request: Request, by: Actor, at: datetime
) -> said.MoneyEvent:
    known = {'repayment_id': repayment.id, 'repayment_state': repayment.state}
    event = said.RepaymentEnded.on(payment, request, by, at, **known)
    return event.model_copy(update={'amount': repayment.amount})


def _refund(
    before: Ledger, after: Ledger, request: Request, by: Actor, at: datetime
) -> Iterator[said.MoneyEvent]:
    refund, was = after.refund, before.refund.status if before.refund else None
    if refund is None or refund.status is was:
        return
    if refund.status is RefundStatus.REQUESTED:
        yield said.RefundRequested.on(refund, request, by, at, wish=refund.wish)
    elif refund.status is RefundStatus.REJECTED:
        yield said.RefundRejected.on(refund, request, by, at, rejection=refund.rejection)
    elif refund.status is RefundStatus.COMPLETED:
        yield said.RefundCompleted.on(refund, request, by, at)
    elif refund.status is RefundStatus.FAILED:
        yield said.RefundFailed.on(refund, request, by, at)
    elif was is RefundStatus.FAILED:
        yield said.RefundRetried.on(refund, request, by, at)
    else:
        yield said.RefundApproved.on(refund, request, by, at, reason=refund.reason)
