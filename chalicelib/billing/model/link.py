"""The link by which a client who is not registered sees his invoice and pays it, and the SMS that brings it.

Whoever has the link may see and pay: what it shows names neither the client nor his address.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field

from chalicelib.billing.model.invoice import Texted
from chalicelib.billing.model.paying import OwnPayment, OwnPaymentStatus
from chalicelib.billing.model.payment import Payment
from chalicelib.billing.model.provider import Method
from chalicelib.billing.model.views import OwnPosition
from chalicelib.kit.money import Money
from chalicelib.kit.values import Email, Id, Instant, Phone, Stored, Value
from chalicelib.messaging.model import Amount, Outcome


class Link(Stored):
    """Whose a link is. Its words are kept nowhere: a row is found by their digest."""

    organisation: str
    number: int
    invoice_id: Id
    turn: int


class SmsQuery(Value):
    """To which telephone the SMS would go."""

    phone: Phone | None = Field(None, description='Not said: that of the request.')


class SmsInput(Value):
    """To which telephone the SMS shall go (SMS-006)."""

    phone: Phone | None = Field(None, description='Kept with the request; not said: that of the request.')


class TextedLine(Texted):
    """An SMS that was sent, and what the SMS centre said to it."""

    outcome: Outcome | None = Field(description='What became of it; null while it is on its way there.')


class SmsPreview(Stored):
    """The window «Отправить СМС» (SMS-007)."""

    phone: str | None
    text: str = Field(
        description='What is sent, to the letter (SMS-004). It holds the link: whoever has it may pay.'
    )
    total: Money = Field(description='To pay.')
    segments: int | None = Field(description='The parts the text is sent in; null without a telephone.')
    cost: Amount | None = Field(
        description='About what it costs, by the SMS centre; null without a telephone.'
    )
    balance: Amount = Field(description='What is left on the account at the SMS centre.')
    is_enough: bool | None = Field(description='Whether the balance pays for it; null without a telephone.')
    texted: tuple[TextedLine, ...] = Field(description='What was sent before, the last ones.')
    version: int = Field(description='Of the invoice: the same text is sent while `If-Match` holds.')


class SmsOnItsWay(Stored):
    """The SMS was given to be sent."""

    id: Id
    phone: str
    total: Money
    segments: int
    cost: Amount
    sent_at: Instant
    version: int = Field(description='Of the invoice.')


class LinkedStatus(StrEnum):
    """How the invoice of a link stands."""

    AWAITING_PAYMENT = 'awaiting_payment'  # «Ожидает оплаты»
    PAID = 'paid'  # «Оплачено»
    REFUNDED = 'refunded'  # «Осуществлен возврат»: money of it went back
    CLOSED = 'closed'  # it was taken back, and this link leads to nothing any more


class LinkedInvoice(Stored):
    """An invoice as who has its link sees it: nothing of who ordered, nor where."""

    status: LinkedStatus
    organisation: str = Field(description='The name of the managing company.')
    seller: str | None = Field(description='The legal entity that is paid; null when it is closed.')
    inn: str | None
    number: int = Field(description='The request.')
    offering_name: str | None
    positions: tuple[OwnPosition, ...]
    total: Money | None
    refunded: Money | None
    issued_at: Instant | None
    paid_at: Instant | None
    may_pay: bool
    is_being_paid: bool = Field(description='Whether a payment was begun of which nothing is known yet.')
    is_email_needed: bool = Field(description='Whether the receipt has nowhere to go without an e-mail.')

    @classmethod
    def closed(cls, organisation: str, number: int) -> Self:
        """What is left to say of an invoice that was taken back."""
        nothing = dict.fromkeys(
            ('seller', 'inn', 'offering_name', 'total', 'refunded', 'issued_at', 'paid_at')
        )
        never = dict.fromkeys(('may_pay', 'is_being_paid', 'is_email_needed'), False)
        known = {'status': LinkedStatus.CLOSED, 'organisation': organisation, 'number': number}
        return cls(positions=(), **known, **nothing, **never)


class LinkPaymentInput(Value):
    """How who has the link pays (SMS-009)."""

    method: Method = Field(Method.ANY, description='`any`: he chooses on the page of the provider.')
    email: Email | None = Field(None, description='Where the receipt and the confirmation go.')


class LinkPayment(Stored):
    """A payment by a link."""

    status: OwnPaymentStatus
    amount: Money
    confirmation_url: str | None = Field(description='Where to pay; null when there is nothing to do.')
    created_at: Instant

    @classmethod
    def of(cls, payment: Payment) -> 'LinkPayment':
        """The payment without what is the provider's and ours."""
        return cls(**OwnPayment.of(payment).model_dump(include=set(cls.model_fields)))
