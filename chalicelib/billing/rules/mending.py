"""What an employee may do where the provider has refused for good, or where nobody can tell what he did.

    second receipt       failed    retry_receipt      going    there is none: it is asked for again
    second receipt       failed    confirm_receipt    done     it is there: he has looked, or made it himself
    unwanted money       failed    retry_return       going    it is asked for again, as the same return

A refund that failed is retried as a whole (F6).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import ClosingState, Payment, RepaymentState
from chalicelib.billing.model.refusals import OnlyInCrm, PaymentMoveNotAllowed
from chalicelib.billing.model.views import PaymentAction
from chalicelib.billing.rules import closing, repaying
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.staff.model import Permission


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: who may, when, and what becomes of the money."""

    permission: Permission
    is_open: Callable[[Ledger, Payment], bool]
    done: Callable[[Ledger, Payment, datetime], Ledger]


def mended(ledger: Ledger, payment: Payment, action: PaymentAction, now: datetime, *, by: Caller) -> Ledger:
    """The ledger after the employee has seen to the payment. Raises OnlyInCrm, PaymentMoveNotAllowed."""
    if by.client is not ClientKind.CRM:
        raise OnlyInCrm()
    move = MOVES[action]
    if not move.is_open(ledger, payment):
        raise PaymentMoveNotAllowed(action=action)
    return move.done(ledger, payment, now)


def actions_open_to(ledger: Ledger, payment: Payment, by: Caller) -> tuple[PaymentAction, ...]:
    """What the employee may do about the payment now."""
    if by.client is not ClientKind.CRM:
        return ()
    return tuple(
        action for action, move in MOVES.items() if by.may(move.permission) and move.is_open(ledger, payment)
    )


def _has_lost_receipt(_: Ledger, payment: Payment) -> bool:
    return payment.closing is not None and payment.closing.state is ClosingState.FAILED


def _is_stuck(ledger: Ledger, payment: Payment) -> bool:
    """Whether nobody was to pay it and the provider would not return it."""
    back = ledger.repayment_of(payment)
    return back is not None and (back.refund_id, back.state) == (None, RepaymentState.FAILED)


def _returned_anew(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    back = ledger.repayment_of(payment)
    return repaying.retried(ledger, back, now) if back else ledger


MOVES = {
    PaymentAction.RETRY_RECEIPT:   Move(Permission.INVOICES_EDIT, _has_lost_receipt, closing.anew),
    PaymentAction.CONFIRM_RECEIPT: Move(Permission.INVOICES_EDIT, _has_lost_receipt, closing.confirmed),
    PaymentAction.RETRY_RETURN:    Move(Permission.REFUNDS,       _is_stuck,         _returned_anew),
}  # fmt: skip
