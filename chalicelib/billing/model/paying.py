"""What a client says when he pays, and how he sees his payment."""

from enum import StrEnum

from pydantic import Field

from chalicelib.billing.model.payment import Payment, PaymentState
from chalicelib.billing.model.provider import Method
from chalicelib.kit.money import Money
from chalicelib.kit.values import Email, Id, Instant, Stored, Value


class PaymentInput(Value):
    """How the client pays an invoice (PAY-002, PAY-003)."""

    method: Method = Field(Method.ANY, description='`any`: he chooses on the page of the provider.')
    card_id: Id | None = Field(None, description='One of his saved cards; nothing more is asked then.')
    is_card_kept: bool = Field(False, description='Whether the card may be kept for the next time (PAY-013).')
    email: Email | None = Field(None, description='Where the receipt and the confirmation go (PAY-005).')


class OwnPaymentStatus(StrEnum):
    """How the client sees a payment."""

    OPEN = 'open'  # he may pay at `confirmation_url`
    PAID = 'paid'
    DECLINED = 'declined'  # nothing was paid; `decline` says why
    RETURNING = 'returning'  # the invoice was not to be paid any more: the money goes back by itself
    RETURNED = 'returned'


class OwnPayment(Stored):
    """A payment as its client sees it."""

    id: Id
    number: int
    invoice_id: Id
    status: OwnPaymentStatus
    amount: Money
    confirmation_url: str | None = Field(description='Where to pay; null when there is nothing to do.')
    decline: str | None = Field(description='Why nothing was paid.')
    email: str | None
    created_at: Instant
    paid_at: Instant | None

    @classmethod
    def of(cls, payment: Payment) -> 'OwnPayment':
        """The payment without what is the provider's and ours."""
        status = _STATUSES[payment.state]
        if payment.state is PaymentState.UNWANTED and not payment.left:
            status = OwnPaymentStatus.RETURNED
        page = payment.confirmation_url if payment.state is PaymentState.OPEN else None
        shown = payment.model_dump(include=set(cls.model_fields) - {'status', 'confirmation_url'})
        return cls(status=status, confirmation_url=page, **shown)


_STATUSES = {
    PaymentState.OPENING: OwnPaymentStatus.OPEN,
    PaymentState.OPEN: OwnPaymentStatus.OPEN,
    PaymentState.PAID: OwnPaymentStatus.PAID,
    PaymentState.DECLINED: OwnPaymentStatus.DECLINED,
    PaymentState.UNWANTED: OwnPaymentStatus.RETURNING,
}
