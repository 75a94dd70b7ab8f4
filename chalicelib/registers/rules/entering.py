"""The entries that follow from a ledger. Made anew as often as one likes, they are the same."""

from collections.abc import Iterable, Iterator

from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import ClosingState, Payment, PaymentState, Repayment, RepaymentState
from chalicelib.registers.model.entry import FROZEN, Entry, EntryKind, EntryState
from chalicelib.requests.model.request import Request

_OF_PAYMENT = {
    PaymentState.OPENING:  EntryState.AWAITED,
    PaymentState.OPEN:     EntryState.AWAITED,
    PaymentState.PAID:     EntryState.PAID,
    PaymentState.DECLINED: EntryState.DECLINED,
    PaymentState.UNWANTED: EntryState.UNWANTED,
}  # fmt: skip
_OF_REPAYMENT = {
    RepaymentState.GOING:  EntryState.GOING,
    RepaymentState.DONE:   EntryState.RETURNED,
    RepaymentState.FAILED: EntryState.FAILED,
}  # fmt: skip


def entries(ledger: Ledger, request: Request, *, is_marketplace: bool) -> list[Entry]:
    """The payments of the ledger and what goes back of them, as they are now."""
    payments = [_payment(one, ledger, request, is_marketplace) for one in ledger.payments]
    return [*payments, *(_refund(one, ledger, payments) for one in ledger.repayments)]


def changed(now: Iterable[Entry], known: Iterable[Entry]) -> Iterator[Entry]:
    """Those of the entries that the register does not know so; what was frozen stays as it was."""
    before = {one.id: one for one in known}
    for entry in now:
        was = before.get(entry.id)
        if was is None:
            yield entry
            continue
        kept = entry.model_copy(update={name: getattr(was, name) for name in FROZEN})
        if kept.model_copy(update={'version': was.version}) != was:
            yield kept


def _payment(payment: Payment, ledger: Ledger, request: Request, is_marketplace: bool) -> Entry:
    customer, place = request.customer, request.place
    is_customers = customer is not None and payment.client_id in (None, customer.id)
    return Entry(
        id=payment.id,
        organisation=ledger.organisation,
        kind=EntryKind.PAYMENT,
        state=_OF_PAYMENT[payment.state],
        number=payment.number,
        invoice_id=payment.invoice_id,
        payment_id=payment.id,
        legal_entity_id=payment.legal_entity_id,
        provider=payment.provider,
        shop_id=payment.shop_id,
        external_id=payment.external_id,
        method=payment.paid_by or payment.method,
        amount=payment.amount,
        client_id=payment.client_id,
        client_name=customer.name if customer and is_customers else None,
        building_id=place.building_id,
        address=place.address,
        premises_id=place.premises_id,
        premises_number=place.premises_number,
        offering_name=request.terms.offering_name,
        is_marketplace=is_marketplace,
        is_test=payment.is_test,
        decline=payment.decline,
        needs_attention=payment.closing is not None and payment.closing.state is ClosingState.FAILED,
        created_at=payment.created_at,
        ended_at=payment.paid_at,
        version=ledger.version,
    )


def _refund(repayment: Repayment, ledger: Ledger, payments: list[Entry]) -> Entry:
    [paid] = [one for one in payments if one.id == repayment.payment_id]
    return paid.model_copy(
        update={
            'id': repayment.id,
            'kind': EntryKind.REFUND,
            'state': _OF_REPAYMENT[repayment.state],
            'external_id': repayment.external_id,
            'amount': repayment.amount,
            'decline': repayment.decline,
            'needs_attention': repayment.state is RepaymentState.FAILED,
            'created_at': repayment.created_at,
            'ended_at': repayment.done_at,
        }
    )
