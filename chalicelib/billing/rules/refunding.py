"""The life of a refund: the table F1-F8 of `tests/requirements.md`.

Money of a request goes back at most once (REF-009, AMB-64). Only what was paid online goes back through the
provider; what was paid elsewhere employees give back by hand (REF-002, AMB-57).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus, Position
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import Payment, PaymentState, RepaidLine, RepaymentState
from chalicelib.billing.model.refund import (
    LineInput,
    Refund,
    RefundAction,
    RefundAsked,
    RefundInput,
    RefundLine,
)
from chalicelib.billing.model.refusals import (
    AlreadyRefunded,
    NothingToRefund,
    PositionTwice,
    PositionUnknown,
    RefundAboveLimit,
    RefundAsksForDecision,
    RefundEmpty,
    RefundMoveNotAllowed,
    RefundNeedsWork,
    RefundNotFound,
    RefundNotOffered,
    SeveralInvoices,
)
from chalicelib.billing.rules import repaying
from chalicelib.billing.rules.amounts import priced
from chalicelib.kit.errors import DomainError
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Actor
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import RefundStatus, Status

AUTOMATIC = 'Отмена заявки'
"""The reason of a refund that nobody decided (F7)."""
NOTHING = Money(minor=0)


class Decision(NamedTuple):
    """Who decides, when, and by which id the refund is known where there was none."""

    by: Actor
    now: datetime
    new_id: str


def paid_online(ledger: Ledger) -> list[Invoice]:
    """The invoices whose money the provider has."""
    return [one for one in ledger.invoices if one.status is InvoiceStatus.PAID_ONLINE]


def most(ledger: Ledger) -> Money:
    """The most that can go back."""
    return Money.sum(invoice.total - invoice.refunded for invoice in paid_online(ledger))


def asked(ledger: Ledger, request: Request, wish: RefundAsked, decision: Decision) -> Ledger:
    """The ledger where the client asks for his money back (F1).

    Raises RefundNotOffered, AlreadyRefunded, SeveralInvoices, NothingToRefund, RefundEmpty, RefundAboveLimit.
    """
    must_be_askable(ledger, request)
    at_most = most(ledger)
    amount = at_most if wish.amount is None else wish.amount
    if not amount:
        raise RefundEmpty(field='body.amount')
    if not amount <= at_most:
        raise RefundAboveLimit(field='body.amount', most=at_most.minor)
    refund = Refund(
        id=decision.new_id,
        status=RefundStatus.REQUESTED,
        amount=amount,
        is_full=amount == at_most,
        asked=amount,
        wish=wish.comment,
        asked_at=decision.now,
    )
    return ledger.with_refund(refund)


def must_be_askable(ledger: Ledger, request: Request) -> None:
    """Refuses where the client may not ask (REF-013, AMB-67)."""
    if not request.terms.is_refundable:
        raise RefundNotOffered()
    if ledger.refund is not None:
        raise AlreadyRefunded()
    issued = [one for one in ledger.invoices if one.status is InvoiceStatus.ISSUED or one.status.is_paid]
    if len(issued) > 1:
        raise SeveralInvoices()
    if not most(ledger):
        raise NothingToRefund()


def rejected(ledger: Ledger, request: Request, reason: str, decision: Decision) -> Ledger:
    """The ledger where an employee has said no (F3). Raises RefundMoveNotAllowed, RefundNeedsWork."""
    refund = _decidable(ledger, request, RefundAction.REJECT)
    no = {'status': RefundStatus.REJECTED, 'rejection': reason}
    return ledger.with_refund(refund.model_copy(update={**no, **_decided(decision)}))


def approved(ledger: Ledger, request: Request, said: RefundInput, decision: Decision) -> Ledger:
    """The ledger where what the client asked for goes back, or what the employee says instead (F4).

    Raises RefundMoveNotAllowed, RefundNeedsWork, and what the lines are refused for.
    """
    return _granted(ledger, _decidable(ledger, request, RefundAction.APPROVE), said, decision)


def made(ledger: Ledger, said: RefundInput, decision: Decision) -> Ledger:
    """The ledger where money goes back by an employee's own decision (F2, F8).

    Raises AlreadyRefunded, RefundAsksForDecision, NothingToRefund, and what the lines are refused for.
    """
    must_be_makeable(ledger)
    before = ledger.refund or _blank(ledger, decision)
    return _granted(ledger, before, said, decision)


def must_be_makeable(ledger: Ledger) -> None:
    """Refuses where an employee may not begin a refund now."""
    refund = ledger.refund
    if refund is not None and refund.is_carried_out:
        raise AlreadyRefunded()
    if refund is not None and refund.status is RefundStatus.REQUESTED:
        raise RefundAsksForDecision()
    if not most(ledger):
        raise NothingToRefund()


def retried(ledger: Ledger, now: datetime) -> Ledger:
    """The ledger where the same refund is tried again (F6). Raises RefundMoveNotAllowed, RefundNotFound."""
    refund = _in(ledger, RefundStatus.FAILED, RefundAction.RETRY)
    after = ledger.with_refund(refund.model_copy(update={'status': RefundStatus.APPROVED}))
    for repayment in ledger.repayments:
        if repayment.refund_id == refund.id and repayment.state is RepaymentState.FAILED:
            after = repaying.retried(after, repayment, now)
    return after


def annulled(ledger: Ledger, decision: Decision) -> Ledger:
    """The ledger where nothing is owed any more and all that was paid online goes back (I10, F7)."""
    after = ledger
    if most(ledger):
        before = ledger.refund or _blank(ledger, decision)
        after = _granted(ledger, before, RefundInput(reason=AUTOMATIC), decision, is_automatic=True)
    for invoice in after.invoices:
        if invoice.status is InvoiceStatus.ISSUED or invoice.status.is_paid:
            ended = {'status': InvoiceStatus.ANNULLED, 'version': invoice.version + 1}
            after = after.replaced(invoice.model_copy(update=ended))
    return after


def settled(ledger: Ledger, now: datetime) -> Ledger:
    """The ledger whose invoices say what went back of them, its refund over when all of it did (F5)."""
    after = ledger
    for payment in ledger.payments:
        invoice = after.invoice(payment.invoice_id)
        if payment.state is PaymentState.PAID and invoice.refunded != payment.refunded:
            known = {'refunded': payment.refunded, 'version': invoice.version + 1}
            after = after.replaced(invoice.model_copy(update=known))
    refund = after.refund
    if refund is None or refund.status is not RefundStatus.APPROVED:
        return after
    states = {one.state for one in after.repayments if one.refund_id == refund.id}
    if RepaymentState.GOING in states:
        return after
    if RepaymentState.FAILED in states:
        return after.with_refund(refund.model_copy(update={'status': RefundStatus.FAILED}))
    ended = {'status': RefundStatus.COMPLETED, 'completed_at': now}
    return after.with_refund(refund.model_copy(update=ended))


def actions_open_to(ledger: Ledger, request: Request) -> tuple[RefundAction, ...]:
    """What an employee with the right to refund may do now."""
    needs: dict[RefundAction, Callable[[], object]] = {
        RefundAction.MAKE: lambda: must_be_makeable(ledger),
        RefundAction.APPROVE: lambda: _decidable(ledger, request, RefundAction.APPROVE),
        RefundAction.REJECT: lambda: _decidable(ledger, request, RefundAction.REJECT),
        RefundAction.RETRY: lambda: _in(ledger, RefundStatus.FAILED, RefundAction.RETRY),
    }
    return tuple(action for action, need in needs.items() if _is_met(need))


def may_ask(ledger: Ledger, request: Request) -> bool:
    """Whether `must_be_askable` lets the client."""
    return _is_met(lambda: must_be_askable(ledger, request))


def payment_of(ledger: Ledger, invoice: Invoice) -> Payment:
    """The payment that paid the invoice."""
    return next(one for one in ledger.payments_of(invoice) if one.state is PaymentState.PAID)


def _granted(
    ledger: Ledger, refund: Refund, said: RefundInput, decision: Decision, *, is_automatic: bool = False
) -> Ledger:
    lines = list(_all_lines(ledger)) if said.lines is None else _lines(ledger, said.lines)
    amount = Money.sum(line.amount for line in lines)
    offline = (one.total for one in ledger.invoices if one.status is InvoiceStatus.PAID_OFFLINE)
    yes = {
        'status': RefundStatus.APPROVED,
        'amount': amount,
        'is_full': amount == most(ledger),
        'lines': tuple(lines),
        'reason': said.reason,
        'rejection': '',
        'is_automatic': is_automatic,
        'offline': Money.sum(offline) if said.lines is None else NOTHING,
    }
    after = ledger.with_refund(refund.model_copy(update={**yes, **_decided(decision)}))
    for invoice in paid_online(ledger):
        parts = [line for line in lines if line.invoice_id == invoice.id]
        if parts:
            going = Money.sum(part.amount for part in parts)
            repaid = [RepaidLine(position_id=part.position_id, amount=part.amount) for part in parts]
            begun = repaying.begun(payment_of(ledger, invoice), going, repaid, refund.id, decision.now)
            after = after.with_repayment(begun)
    return after


def _all_lines(ledger: Ledger) -> Iterator[RefundLine]:
    for invoice in paid_online(ledger):
        for position in invoice.positions:
            if position.total:
                yield RefundLine(invoice_id=invoice.id, position_id=position.id, amount=position.total)


def _lines(ledger: Ledger, wanted: Sequence[LineInput]) -> list[RefundLine]:
    paid = {(one.id, position.id): position for one in paid_online(ledger) for position in one.positions}
    lines: list[RefundLine] = []
    for place, one in enumerate(wanted):
        field, key = f'body.lines[{place}]', (one.invoice_id, one.position_id)
        position = paid.get(key)
        if position is None:
            raise PositionUnknown(field=f'{field}.position_id')
        if any((line.invoice_id, line.position_id) == key for line in lines):
            raise PositionTwice(field=f'{field}.position_id')
        amount = _part(position, one)
        if not amount:
            raise RefundEmpty(field=field)
        if not amount <= position.total:
            raise RefundAboveLimit(field=field, most=position.total.minor)
        lines.append(RefundLine(invoice_id=key[0], position_id=key[1], amount=amount))
    return lines


def _part(position: Position, one: LineInput) -> Money:
    if one.amount is not None:
        return one.amount
    if one.quantity is None and one.tariff is None:
        return position.total
    tariff = position.tariff if one.tariff is None else one.tariff
    quantity = position.quantity if one.quantity is None else one.quantity
    return priced(tariff, quantity, position.discount)


def _decidable(ledger: Ledger, request: Request, action: RefundAction) -> Refund:
    refund = _in(ledger, RefundStatus.REQUESTED, action)
    # A cancelled request never gets in work again: the wish would wait for ever (AMB-65).
    if request.status not in (Status.IN_PROGRESS, Status.CANCELLED):
        raise RefundNeedsWork()
    return refund


def _in(ledger: Ledger, status: RefundStatus, action: RefundAction) -> Refund:
    if ledger.refund is None:
        raise RefundNotFound()
    if ledger.refund.status is not status:
        raise RefundMoveNotAllowed(action=action, status=ledger.refund.status)
    return ledger.refund


def _blank(ledger: Ledger, decision: Decision) -> Refund:
    return Refund(id=decision.new_id, status=RefundStatus.REQUESTED, amount=most(ledger), is_full=True)


def _decided(decision: Decision) -> dict[str, object]:
    return {'decided_by': decision.by, 'decided_at': decision.now}


def _is_met(need: Callable[[], object]) -> bool:
    try:
        need()
    except DomainError:
        return False
    return True
