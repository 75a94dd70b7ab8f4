"""What the house of money announces. Each event carries who has a part, so that a listener need not ask."""

from datetime import datetime
from typing import Any, ClassVar, Self

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.payment import Payment, RepaymentState
from chalicelib.billing.model.refund import Refund
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Actor, Event
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import RefundStatus


class MoneyEvent(Event):
    """A fact about the money of a request."""

    source: ClassVar[str] = 'billing'

    number: int
    amount: Money
    offering_name: str
    address: str
    building_id: str
    client_id: str | None = None
    assignee_ids: tuple[str, ...] = ()
    controller_id: str | None = None

    @classmethod
    def of(cls, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the money of the request as it is."""
        return cls(
            organisation=request.organisation,
            at=at,
            by=by,
            number=request.number,
            offering_name=request.terms.offering_name,
            address=request.place.address,
            building_id=request.place.building_id,
            client_id=request.customer.id if request.customer else None,
            assignee_ids=request.assignee_ids,
            controller_id=request.controller.id if request.controller else None,
            **more,
        )


class BillingEvent(MoneyEvent):
    """A fact about one invoice of a request."""

    invoice_id: str

    @classmethod
    def about(cls, invoice: Invoice, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the invoice as it is now."""
        return cls.of(request, by, at, invoice_id=invoice.id, amount=invoice.total, **more)


class InvoiceDrawn(BillingEvent):
    """There is a draft, by staff (I1, I13)."""


class InvoiceEdited(BillingEvent):
    """A draft has other positions (I3)."""

    was: Money
    """What it came to before."""


class InvoiceIssued(BillingEvent):
    """The client may pay (I2, I4)."""


class InvoiceWithdrawn(BillingEvent):
    """An issued invoice is a draft again; the client sees it no more (I6, I11)."""


class InvoiceMarkedPaid(BillingEvent):
    """An employee has said that it was paid elsewhere (I5, I8)."""


class InvoiceMadeUnpaid(BillingEvent):
    """What an employee had marked paid is a draft again (I9)."""


class InvoiceAnnulled(BillingEvent):
    """Its request was cancelled and nothing of it is owed any more (I10)."""

    was: InvoiceStatus
    """What was paid elsewhere has to be given back by hand (AMB-57)."""


class InvoiceLinkTexted(BillingEvent):
    """An employee has the link of the invoice sent to a client who is not registered (SMS-008)."""

    texted_id: str
    turn: int
    phone: str
    words: str
    """The text, with `{link}` in the place of the link: the link itself is kept nowhere."""


class PaymentEvent(BillingEvent):
    """A fact about one try to pay an invoice."""

    payment_id: str

    @classmethod
    def on(cls, payment: Payment, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the payment as it is now."""
        known = {'invoice_id': payment.invoice_id, 'payment_id': payment.id, 'amount': payment.amount}
        return cls.of(request, by, at, **known, **more)


class PaymentBegun(PaymentEvent):
    """The provider is asked for a page to pay on, or to take the money of a saved card."""


class InvoicePaid(PaymentEvent):
    """The provider has the money and the invoice is paid with it (I7)."""

    email: str | None = None
    """Where the confirmation goes (PAY-005)."""


class PaymentDeclined(PaymentEvent):
    """Nothing was paid; the client may try again."""

    decline: str


class MoneyUnwanted(PaymentEvent):
    """The provider has money for an invoice that was not to be paid any more: it goes back at once."""


class UnwantedMoneyReturned(PaymentEvent):
    """What nobody was to pay went back."""


class UnwantedMoneyStuck(PaymentEvent):
    """What nobody was to pay could not be sent back: somebody has to look."""


class UnwantedMoneyRetried(PaymentEvent):
    """The provider, who had refused, is asked again to return what nobody was to pay."""


class ClosingReceiptStuck(PaymentEvent):
    """The second receipt of a prepayment is refused, or nobody knows if it was made: somebody has to look."""


class ClosingReceiptRetried(PaymentEvent):
    """An employee has looked: there is none, and it is asked for again."""


class ClosingReceiptConfirmed(PaymentEvent):
    """An employee has looked: the tax office has it."""


class ReturnedElsewhere(PaymentEvent):
    """The provider has sent back money of it, or is about to, that nobody asked him for through us."""


class RepaymentEnded(PaymentEvent):
    """What goes back of this payment, as a part of the refund, has gone back or is refused for good."""

    repayment_id: str
    repayment_state: RepaymentState


class RefundEvent(MoneyEvent):
    """A fact about the refund of a request."""

    refund_id: str
    refund_status: RefundStatus
    is_automatic: bool

    @classmethod
    def on(cls, refund: Refund, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the refund as it is now."""
        known = {
            'refund_id': refund.id,
            'refund_status': refund.status,
            'is_automatic': refund.is_automatic,
            'amount': refund.amount,
        }
        return cls.of(request, by, at, **known, **more)


class RefundRequested(RefundEvent):
    """A client asks for his money back (F1)."""

    wish: str


class RefundRejected(RefundEvent):
    """An employee has said no, and the client reads why (F3)."""

    rejection: str


class RefundApproved(RefundEvent):
    """Money is on its way back (F2, F4, F7, F8)."""

    reason: str
    """For employees only."""


class RefundRetried(RefundEvent):
    """The provider, who had refused, is asked again for the same refund (F6)."""


class RefundCompleted(RefundEvent):
    """The provider has sent all of it (F5)."""


class RefundFailed(RefundEvent):
    """The provider refuses: somebody has to look (F6)."""


class PaymentAccountChanged(Event):
    """A legal entity is paid through this shop."""

    source: ClassVar[str] = 'billing'

    legal_entity_id: str
    provider: str
    shop_id: str
