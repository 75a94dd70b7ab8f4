"""The second receipt of a prepayment (54-ФЗ): what was paid for is done, and the till says so.

It is begun once for each payment, says what has not gone back till then, and is sealed when it is first asked
for: asked again, it says the same.
"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import (
    Asking,
    Closing,
    ClosingState,
    Payment,
    PaymentState,
    RepaidLine,
    RepaymentState,
    Sending,
)
from chalicelib.billing.model.provider import (
    ClosingSnapshot,
    Decline,
    NewClosing,
    PaidAs,
    Receipt,
    ReceiptLine,
    RefundStatus,
)
from chalicelib.billing.rules.repaying import BETWEEN_TRIES, KEYS_LIVE, MOST_TRIES, Question
from chalicelib.kit.money import Money


def begun(ledger: Ledger, now: datetime) -> Ledger:
    """The ledger whose prepayments are all being closed; its request is completed."""
    after = ledger
    for payment in ledger.payments:
        is_prepaid = payment.has_receipt and payment.paid_as is PaidAs.FULL_PREPAYMENT
        if is_prepaid and payment.closing is None and payment.state is PaymentState.PAID:
            closing = Closing(asking=Asking(since=now, next_at=now))
            after = after.with_payment(payment.model_copy(update={'closing': closing}))
    return after


def question(ledger: Ledger, payment: Payment, now: datetime, *, knows_again: bool) -> Question:
    """What there is to ask; while money goes back it is not known yet what is handed over."""
    closing = payment.closing
    if closing is None or closing.state is not ClosingState.GOING or now < closing.asking.since:
        return Question.WAIT
    if closing.external_id is not None:
        return Question.LOOK
    if closing.sending is None:
        return Question.WAIT if _is_going_back(ledger, payment) else Question.MAKE
    if closing.sending.is_under_way(now):
        return Question.WAIT
    is_known = knows_again and now - closing.sending.at < KEYS_LIVE
    return Question.MAKE if is_known else Question.SEARCH


def sealed(ledger: Ledger, payment: Payment, sending: Sending) -> Ledger:
    """The ledger where this hand alone asks for the second receipt, and what it says is settled.

    Where all of the money went back there is none.
    """
    closing = payment.closing
    if closing is None or closing.sending is not None or _is_going_back(ledger, payment):
        return ledger
    lines = tuple(_left(ledger, payment))
    if not lines:
        return _with(ledger, payment, state=ClosingState.VOID, asking=closing.asking.over())
    return _with(ledger, payment, lines=lines, sending=sending)


def asked_for(payment: Payment, closing: Closing) -> NewClosing:
    """The second receipt in words that are the same at every asking."""
    sold = {position.id: position for position in payment.positions}
    lines = tuple(
        ReceiptLine(name=one.name, total=line.amount, vat=one.vat, unit=one.unit)
        for line in closing.lines
        for one in (sold[line.position_id],)
    )
    receipt = Receipt(email=payment.email, phone=payment.phone, lines=lines, tax_system=payment.tax_system)
    return NewClosing(
        closing_id=f'{payment.id}-c-{closing.tries}',
        external_id=str(payment.external_id),
        receipt=receipt,
    )


def heard(ledger: Ledger, payment: Payment, told: ClosingSnapshot, now: datetime) -> Ledger:
    """The ledger after the provider has told how the second receipt is."""
    closing = payment.closing
    if closing is None or closing.state is not ClosingState.GOING:
        return ledger
    if told.status is RefundStatus.CANCELED:
        return refused(ledger, payment, now)
    if told.status is RefundStatus.PENDING:
        return _with(ledger, payment, external_id=told.external_id, asking=closing.asking.again(now))
    done = {'state': ClosingState.DONE, 'done_at': now, 'decline': None, 'asking': closing.asking.over()}
    return _with(ledger, payment, external_id=told.external_id, **done)


def refused(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the provider will not: he is asked anew after a while, and given up in the end."""
    closing = payment.closing
    if closing is None:
        return ledger
    if closing.tries >= MOST_TRIES:
        return failed(ledger, payment)
    after = now + BETWEEN_TRIES * closing.tries
    return _again(ledger, payment, Asking(since=after, next_at=after), Decline.OTHER)


def failed(ledger: Ledger, payment: Payment) -> Ledger:
    """The ledger where somebody has to look: it is refused, or nobody can tell whether it was made."""
    closing = payment.closing
    if closing is None:
        return ledger
    return _with(ledger, payment, state=ClosingState.FAILED, asking=closing.asking.over())


def anew(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where a second receipt that was given up is asked for again: there is none."""
    return _again(ledger, payment, Asking.begun(now), None)


def confirmed(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where a second receipt that was given up is there."""
    return _with(ledger, payment, state=ClosingState.DONE, done_at=now, decline=None)


def unheard(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the provider is asked again later."""
    return _with(ledger, payment, asking=payment.closing.asking.again(now)) if payment.closing else ledger


def not_sent(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the asking surely led to nothing, so that anybody may ask again."""
    later = unheard(ledger, payment, now)
    return _with(later, later.payment(payment.id), sending=None, lines=())


def _left(ledger: Ledger, payment: Payment) -> Iterator[RepaidLine]:
    gone: dict[str, int] = {}
    for repayment in ledger.repayments:
        if repayment.payment_id == payment.id and repayment.state is RepaymentState.DONE:
            if repayment.is_full:
                return
            for line in repayment.lines:
                gone[line.position_id] = gone.get(line.position_id, 0) + line.amount.minor
    for position in payment.positions:
        left = position.total.minor - gone.get(position.id, 0)
        if left > 0:
            yield RepaidLine(position_id=position.id, amount=Money(minor=left))


def _is_going_back(ledger: Ledger, payment: Payment) -> bool:
    return any(
        one.payment_id == payment.id and one.state is RepaymentState.GOING for one in ledger.repayments
    )


def _again(ledger: Ledger, payment: Payment, asking: Asking, decline: str | None) -> Ledger:
    """Another one, which says anew what has not gone back."""
    tries = payment.closing.tries + 1 if payment.closing else 1
    fresh = {'external_id': None, 'sending': None, 'lines': (), 'decline': decline, 'asking': asking}
    return _with(ledger, payment, state=ClosingState.GOING, tries=tries, **fresh)


def _with(ledger: Ledger, payment: Payment, **changes: object) -> Ledger:
    closing = payment.closing.model_copy(update=changes) if payment.closing else None
    return ledger.with_payment(payment.model_copy(update={'closing': closing}))
