"""How money goes back to where it came from: the same repayment until the provider has sent it.

He is asked by the same id as long as he knows it again, and asked whether he has sent it after that; one who
knows no id again is asked once. Another id is used only where he has refused the one before for good.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import (
    Asking,
    Elsewhere,
    Payment,
    RepaidLine,
    Repayment,
    RepaymentState,
    Sending,
)
from chalicelib.billing.model.provider import (
    Decline,
    NewRefund,
    PaidAs,
    PaymentSnapshot,
    Receipt,
    ReceiptLine,
    RefundSnapshot,
    RefundStatus,
)
from chalicelib.kit.money import Money

KEYS_LIVE = timedelta(hours=23)
"""How long the provider surely knows our id again; he says 24 hours."""
SURELY_NOT_MADE = timedelta(minutes=10)
"""After that long a call that was under way is made or never will be."""
MOST_TRIES = 5
BETWEEN_TRIES = timedelta(minutes=30)


def begun(
    payment: Payment, amount: Money, lines: Sequence[RepaidLine], refund_id: str | None, now: datetime
) -> Repayment:
    """So much of the payment shall go back; lines where it is not all."""
    return Repayment(
        id=f'{payment.id}-r',
        payment_id=payment.id,
        refund_id=refund_id,
        amount=amount,
        is_full=amount == payment.amount,
        lines=tuple(lines),
        reason=f'Возврат по заявке № {payment.number}',
        created_at=now,
        asking=Asking.begun(now),
    )


def asked_for(repayment: Repayment, payment: Payment) -> NewRefund:
    """The repayment in words that are the same at every asking.

    One that is not whole repeats the lines that were sold, each with what goes back of it.
    """
    has_lines = payment.has_receipt and not repayment.is_full
    return NewRefund(
        refund_id=repayment.attempt_id,
        external_id=str(payment.external_id),
        amount=repayment.amount,
        is_full=repayment.is_full,
        # A part that somebody sent by hand was never ours, however often we were refused.
        is_anew=repayment.tries > 1 and payment.elsewhere is None,
        description=repayment.reason,
        receipt=_receipt(repayment, payment) if has_lines else None,
    )


def _receipt(repayment: Repayment, payment: Payment) -> Receipt:
    sold = {position.id: position for position in payment.positions}
    lines = tuple(
        ReceiptLine(name=one.name, total=line.amount, vat=one.vat, unit=one.unit)
        for line in repayment.lines
        for one in (sold[line.position_id],)
    )
    return Receipt(
        email=payment.email,
        phone=payment.phone,
        lines=lines,
        paid_as=_sold_as(payment),
        tax_system=payment.tax_system,
    )


def _sold_as(payment: Payment) -> PaidAs:
    """A prepayment goes back as one, unless what was paid for is handed over already."""
    is_closed = payment.closing is not None and payment.closing.sending is not None
    return PaidAs.FULL_PAYMENT if is_closed else payment.paid_as


class Question(StrEnum):
    """What the provider is asked about a payment or a repayment."""

    MAKE = 'make'  # to make it, or to tell what he made of the same asking before
    LOOK = 'look'  # how it is
    SEARCH = 'search'  # whether he ever made it
    WAIT = 'wait'  # nothing: another hand has asked and may still hear, or there is nothing to ask yet


def question(repayment: Repayment, now: datetime) -> Question:
    """What there is to ask. Where asking by the same id could be another refund, it is searched for."""
    if repayment.state is not RepaymentState.GOING or now < repayment.asking.since:
        return Question.WAIT
    if repayment.external_id is not None:
        return Question.LOOK
    if repayment.sending is not None:
        return Question.WAIT if repayment.sending.is_under_way(now) else Question.SEARCH
    return Question.SEARCH if now - repayment.asking.since >= KEYS_LIVE else Question.MAKE


def sent(ledger: Ledger, repayment: Repayment, sending: Sending) -> Ledger:
    """The ledger where this hand alone asks for the repayment."""
    if repayment.sending is not None:
        return ledger
    return ledger.with_repayment(repayment.model_copy(update={'sending': sending}))


def not_sent(ledger: Ledger, repayment: Repayment, now: datetime) -> Ledger:
    """The ledger where the asking surely led to nothing, so that anybody may ask again."""
    return unheard(ledger, repayment.model_copy(update={'sending': None}), now)


def is_of(repayment: Repayment, told: RefundSnapshot) -> bool:
    """Whether what the provider tells is of this repayment."""
    return (
        told.amount in (None, repayment.amount)
        and told.refund_id in (None, repayment.attempt_id)
        and repayment.external_id in (None, told.external_id)
    )


def heard(ledger: Ledger, repayment: Repayment, told: RefundSnapshot, now: datetime) -> Ledger:
    """The ledger after the provider has told how the repayment is; only money that is going changes."""
    if repayment.state is not RepaymentState.GOING:
        return ledger
    if told.status is RefundStatus.CANCELED:
        return refused(ledger, repayment, told.decline or Decline.OTHER, now)
    known = repayment.model_copy(update={'external_id': told.external_id})
    if told.status is RefundStatus.PENDING:
        return unheard(ledger, known, now)
    sent = {'state': RepaymentState.DONE, 'done_at': now, 'decline': None, 'asking': known.asking.over()}
    payment = ledger.payment(known.payment_id)
    repaid = payment.model_copy(update={'refunded': payment.refunded + known.amount})
    return ledger.with_payment(repaid).with_repayment(known.model_copy(update=sent))


def heard_elsewhere(ledger: Ledger, payment: Payment, told: PaymentSnapshot, now: datetime) -> Ledger:
    """The ledger that remembers what went back of the payment, if that is no repayment of ours.

    The same told again changes nothing. It is remembered and never booked: whose it was, an employee knows.
    """
    ours = ledger.repayment_of(payment)
    if not payment.state.has_money or (ours and ours.explains(told)):
        return ledger
    return sent_elsewhere(ledger, payment, told, now)


def sent_elsewhere(ledger: Ledger, payment: Payment, told: PaymentSnapshot, now: datetime) -> Ledger:
    """The ledger that remembers what went back of the payment, which surely is no repayment of ours."""
    if told.went_back is None or payment.is_known_elsewhere(told):
        return ledger
    seen = Elsewhere(status=told.went_back, is_all=told.is_all_back, left=told.amount, heard_at=now)
    return ledger.with_payment(payment.model_copy(update={'elsewhere': seen}))


def may_be(repayment: Repayment, payment: Payment, told: PaymentSnapshot) -> bool:
    """Whether the repayment is done, or going, by what went back of the payment there.

    Where all of it did there is nothing more to send, whoever it was; a part is ours unless we know better.
    """
    if told.is_all_back or told.went_back is RefundStatus.PENDING:
        return True
    return not repayment.is_full and not payment.is_known_elsewhere(told)


def refused(ledger: Ledger, repayment: Repayment, why: str, now: datetime) -> Ledger:
    """The ledger where the provider will not: he is asked anew after a while, and given up in the end."""
    if repayment.tries >= MOST_TRIES:
        ended = {'state': RepaymentState.FAILED, 'decline': why, 'asking': repayment.asking.over()}
        return ledger.with_repayment(repayment.model_copy(update=ended))
    after = now + BETWEEN_TRIES * repayment.tries
    return ledger.with_repayment(_anew(repayment, Asking(since=after, next_at=after), why))


def never_made(ledger: Ledger, repayment: Repayment, now: datetime) -> Ledger:
    """The ledger where the provider has no such refund, so that he can be asked for it as at first.

    Of one that was asked for without a key he may hear some minutes late.
    """
    if repayment.sending is not None and now - repayment.sending.at < SURELY_NOT_MADE:
        return unheard(ledger, repayment, now)
    fresh = {'asking': Asking(since=now, next_at=now), 'external_id': None, 'sending': None}
    return ledger.with_repayment(repayment.model_copy(update=fresh))


def retried(ledger: Ledger, repayment: Repayment, now: datetime) -> Ledger:
    """The ledger where a repayment that was given up goes again (F6)."""
    going = _anew(repayment, Asking.begun(now), None).model_copy(update={'state': RepaymentState.GOING})
    return ledger.with_repayment(going)


def unheard(ledger: Ledger, repayment: Repayment, now: datetime) -> Ledger:
    """The ledger where the provider is asked again later."""
    later = {'asking': repayment.asking.again(now)}
    return ledger.with_repayment(repayment.model_copy(update=later))


def _anew(repayment: Repayment, asking: Asking, decline: str | None) -> Repayment:
    anew = {'tries': repayment.tries + 1, 'external_id': None, 'decline': decline, 'asking': asking}
    return repayment.model_copy(update={**anew, 'sending': None})
