"""When a payment or a refund is the same here and there, and what is to be done where it is not.

    ours            theirs
    awaited         pending, authorized    the same
    awaited         succeeded, canceled    news that has not come: it is heard now
    declined        canceled               the same
    declined        succeeded              news that has not come: he took what he had declined
    with money      succeeded              the same
    going           pending                the same
    going           succeeded, canceled    news that has not come
    sent back       succeeded              the same
    refused         canceled               the same

Anything else differs, and so does another sum whatever the state. Of a payment that we know to have been paid
and of which money went back, he tells only that: how it went back is compared with our refund of it.

    our refund              what went back there
    none                    a part, or all         unknown: somebody did it in his cabinet
    of all                  all                    compared as refunds are
    of a part               a part                 the same, unless that was there before ours
    of all                  a part                 unknown
    of a part               all                    what is more than ours is unknown
    given up                a part, or all         compared as refunds are, and differs
"""

from datetime import datetime
from enum import StrEnum

from chalicelib.billing.model.payment import Payment, PaymentState, Repayment, RepaymentState
from chalicelib.billing.model.provider import PaymentSnapshot, PaymentStatus, RefundSnapshot, RefundStatus
from chalicelib.kit.money import Money
from chalicelib.registers.model.entry import EntryKind
from chalicelib.registers.model.reconciliation import Difference, DifferenceKind


class Verdict(StrEnum):
    """What comes of a comparison."""

    SAME = 'same'
    NEWS = 'news'  # he tells what we have not heard yet
    DIFFERS = 'differs'


_AWAITED = (PaymentState.OPENING, PaymentState.OPEN)
_HAS_MONEY = (PaymentState.PAID, PaymentState.UNWANTED)
_UNDECIDED = (PaymentStatus.PENDING, PaymentStatus.AUTHORIZED)

_PAYMENTS = {
    **{(ours, theirs): Verdict.SAME for ours in _AWAITED for theirs in _UNDECIDED},
    **{(ours, PaymentStatus.SUCCEEDED): Verdict.NEWS for ours in _AWAITED},
    **{(ours, PaymentStatus.CANCELED): Verdict.NEWS for ours in _AWAITED},
    **{(ours, PaymentStatus.SUCCEEDED): Verdict.SAME for ours in _HAS_MONEY},
    (PaymentState.DECLINED, PaymentStatus.CANCELED): Verdict.SAME,
    (PaymentState.DECLINED, PaymentStatus.SUCCEEDED): Verdict.NEWS,
}
_REPAYMENTS = {
    (RepaymentState.GOING, RefundStatus.PENDING): Verdict.SAME,
    (RepaymentState.GOING, RefundStatus.SUCCEEDED): Verdict.NEWS,
    (RepaymentState.GOING, RefundStatus.CANCELED): Verdict.NEWS,
    (RepaymentState.DONE, RefundStatus.SUCCEEDED): Verdict.SAME,
    (RepaymentState.FAILED, RefundStatus.CANCELED): Verdict.SAME,
}


def of_payment(ours: Payment, theirs: PaymentSnapshot) -> tuple[Verdict, DifferenceKind]:
    """Whether the payment is the same, and in what it differs if not.

    Some providers take what went back off the sum that they tell of the payment, and some may not.
    """
    if ours.state in _HAS_MONEY and theirs.went_back is not None and theirs.amount <= ours.amount:
        return Verdict.SAME, DifferenceKind.OTHER_STATE
    if ours.amount != theirs.amount:
        return Verdict.DIFFERS, DifferenceKind.OTHER_SUM
    return _PAYMENTS.get((ours.state, theirs.status), Verdict.DIFFERS), DifferenceKind.OTHER_STATE


def is_ours(ours: Payment, theirs: PaymentSnapshot) -> bool:
    """Whether it is that very payment there, and not a second one made by the same id."""
    return ours.external_id in (None, theirs.external_id)


def of_repayment(ours: Repayment, theirs: RefundSnapshot) -> tuple[Verdict, DifferenceKind]:
    """Whether the refund is the same, and in what it differs if not.

    One that he refused for good was asked for again by another id; one that he sent by an earlier id than the
    present was sent twice. Some providers do not tell how much of a payment they sent back.
    """
    if theirs.refund_id not in (None, ours.attempt_id):
        is_refused = theirs.status is RefundStatus.CANCELED
        return Verdict.SAME if is_refused else Verdict.DIFFERS, DifferenceKind.REFUND_UNKNOWN
    if theirs.amount not in (None, ours.amount):
        return Verdict.DIFFERS, DifferenceKind.OTHER_SUM
    return _REPAYMENTS.get((ours.state, theirs.status), Verdict.DIFFERS), DifferenceKind.OTHER_STATE


def of_return(ours: Payment, repayment: Repayment | None, theirs: PaymentSnapshot) -> Verdict:
    """Whether what went back of the payment there may be by us; nothing can of what we never had."""
    if theirs.went_back is None or ours.state not in _HAS_MONEY:
        return Verdict.SAME
    is_ours = repayment is not None and repayment.explains(theirs)
    is_known = not theirs.is_all_back and ours.is_known_elsewhere(theirs)
    return Verdict.SAME if is_ours and not is_known else Verdict.DIFFERS


def payment_differs(
    kind: DifferenceKind, ours: Payment | None, theirs: PaymentSnapshot | None, at: datetime
) -> Difference:
    """The difference in a payment, as it is to be shown."""
    return Difference(
        kind=kind,
        thing=EntryKind.PAYMENT,
        external_id=theirs.external_id if theirs else ours and ours.external_id,
        entry_id=ours.id if ours else None,
        number=ours.number if ours else None,
        ours=ours.amount if ours else None,
        theirs=theirs.amount if theirs else None,
        our_state=ours.state if ours else None,
        their_state=theirs.status if theirs else None,
        found_at=at,
    )


def refund_differs(
    kind: DifferenceKind,
    ours: tuple[Payment, Repayment] | None,
    theirs: RefundSnapshot | None,
    at: datetime,
) -> Difference:
    """The difference in a refund, as it is to be shown."""
    payment, repayment = ours or (None, None)
    return Difference(
        kind=kind,
        thing=EntryKind.REFUND,
        external_id=theirs.external_id if theirs else repayment and repayment.external_id,
        entry_id=repayment.id if repayment else None,
        number=payment.number if payment else None,
        ours=repayment.amount if repayment else None,
        theirs=theirs.amount if theirs else None,
        our_state=repayment.state if repayment else None,
        their_state=theirs.status if theirs else None,
        found_at=at,
    )


def return_differs(
    ours: Payment, repayment: Repayment | None, theirs: PaymentSnapshot, at: datetime
) -> Difference:
    """What went back of the payment and not by us, as it is to be shown.

    How much a part was the provider does not tell; of the whole it is what we have not sent.
    """
    by_us = repayment.amount if repayment else Money(minor=0)
    return Difference(
        kind=DifferenceKind.REFUND_UNKNOWN,
        thing=EntryKind.REFUND,
        external_id=theirs.external_id,
        entry_id=ours.id,
        number=ours.number,
        theirs=ours.amount - by_us if theirs.is_all_back else None,
        their_state=theirs.went_back,
        found_at=at,
    )


def matters_alone(theirs: PaymentSnapshot | RefundSnapshot) -> bool:
    """Whether something there that we know nothing of is worth a line: nothing came of what was canceled."""
    return theirs.status not in (PaymentStatus.CANCELED, RefundStatus.CANCELED)
