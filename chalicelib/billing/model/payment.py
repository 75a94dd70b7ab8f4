"""A payment of an invoice, and what goes back of it, as we know of them from the provider.

Each is written before the provider is asked, so that a death in between is found: `asking` says since when we
ask and when we ask again.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field

from chalicelib.billing.model.invoice import Position
from chalicelib.billing.model.provider import (
    Method,
    PaidAs,
    PaymentSnapshot,
    ProviderCode,
    RefundStatus,
    TaxSystem,
)
from chalicelib.kit.money import Money
from chalicelib.kit.values import Id, Instant, Stored

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)
CALL_LASTS = timedelta(minutes=1)
"""Longer than a hand waits for what it asks a provider: two calls of 23 seconds each."""


class Asking(Stored):
    """Since when the provider is asked, and when next."""

    since: Instant
    next_at: Instant | None
    """None when there is nothing more to ask."""

    @classmethod
    def begun(cls, now: datetime) -> 'Asking':
        """Asked at once, and again in a minute if that leads nowhere."""
        return cls(since=now, next_at=now + SOONEST)

    def again(self, now: datetime) -> 'Asking':
        """Asked later: the longer it lasts, the more seldom, from a minute to six hours."""
        pause = min(max((now - self.since) / 2, SOONEST), LATEST)
        return self.model_copy(update={'next_at': now + pause})

    def over(self) -> 'Asking':
        """Nothing more to ask."""
        return self.model_copy(update={'next_at': None})


class Sending(Stored):
    """Who asks a provider that takes no idempotency key, and since when: nobody else asks for the same."""

    by: Id
    at: Instant

    def is_under_way(self, now: datetime) -> bool:
        """Whether the answer may still come; later whoever asked has it, or is dead."""
        return now - self.at < CALL_LASTS


class PaymentState(StrEnum):
    """Where a payment stands with us."""

    OPENING = 'opening'  # the provider is asked to make it
    OPEN = 'open'  # the client may pay
    PAID = 'paid'  # the money is in the shop and the invoice is paid with it
    DECLINED = 'declined'  # nothing was paid
    UNWANTED = 'unwanted'  # the money is in the shop, but nothing was to be paid with it: it goes back

    @property
    def is_awaited(self) -> bool:
        """Whether it may still be paid."""
        return self in (PaymentState.OPENING, PaymentState.OPEN)

    @property
    def has_money(self) -> bool:
        """Whether the provider has taken the client's money."""
        return self in (PaymentState.PAID, PaymentState.UNWANTED)


class RepaidLine(Stored):
    """How much of one position goes back."""

    position_id: Id
    amount: Money


class ClosingState(StrEnum):
    """Where the second receipt of a prepayment stands (54-ФЗ)."""

    GOING = 'going'  # the provider is asked for it, or soon
    DONE = 'done'  # the till has it
    VOID = 'void'  # all of the money went back: there is nothing to hand over
    FAILED = 'failed'  # refused as often as we try, or nobody knows whether it was made: somebody has to look


class Closing(Stored):
    """The second receipt of a prepayment: what was paid for is handed over now."""

    state: ClosingState = ClosingState.GOING
    lines: tuple[RepaidLine, ...] = ()
    """What it says of each position, from the first asking on."""
    tries: int = 1
    external_id: str | None = None
    decline: str | None = None
    done_at: Instant | None = None
    asking: Asking
    sending: Sending | None = None


class Elsewhere(Stored):
    """What the provider says went back of a payment, and not by us: somebody did it in his cabinet."""

    status: RefundStatus
    is_all: bool
    left: Money
    """The sum that he then told of the payment: some take off what went back."""
    heard_at: Instant


class Payment(Stored):
    """One try to pay an invoice: what is paid for is frozen in it."""

    id: Id
    """`<invoice>-<ulid>`; ours, and the idempotency key of the provider."""
    number: int
    invoice_id: Id
    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    client_id: str | None = Field(description='None where a client who is not registered pays by a link.')
    positions: tuple[Position, ...]
    amount: Money
    description: str
    method: Method = Method.ANY
    """By what he chose to pay with us; `paid_by` says what it was, where the provider tells."""
    paid_by: Method | None = None
    card_id: str | None = None
    card_token: str | None = Field(None, repr=False)
    is_card_kept: bool = False
    was_card_kept: bool = False
    email: str | None = None
    phone: str | None = None
    return_url: str = ''
    """Empty where he pays by a link: it is made anew for each asking, and stands in no row."""
    link_turn: int | None = Field(None, description='Of which turn of the invoice his link is.')
    client_ip: str | None = None
    has_receipt: bool
    tax_system: TaxSystem | None = None
    paid_as: PaidAs = PaidAs.FULL_PAYMENT
    state: PaymentState = PaymentState.OPENING
    external_id: str | None = None
    confirmation_url: str | None = None
    decline: str | None = None
    is_test: bool = False
    refunded: Money = Money(minor=0)
    created_at: Instant
    paid_at: Instant | None = None
    asking: Asking
    sending: Sending | None = None
    closing: Closing | None = None
    elsewhere: Elsewhere | None = None
    """What went back of it that is no repayment of ours."""

    @property
    def due_at(self) -> datetime | None:
        """When the provider is to be asked about it next."""
        closing = self.closing.asking.next_at if self.closing else None
        return self.asking.next_at or closing

    def is_known_elsewhere(self, told: PaymentSnapshot) -> bool:
        """Whether what went back of it there is just what is known to be by another hand."""
        seen = (told.went_back, told.is_all_back, told.amount)
        known = self.elsewhere
        return known is not None and (known.status, known.is_all, known.left) == seen

    @property
    def left(self) -> Money:
        """What the provider still has of it."""
        return self.amount - self.refunded if self.state.has_money else Money(minor=0)


class RepaymentState(StrEnum):
    """Where money that goes back stands."""

    GOING = 'going'  # the provider is asked to
    DONE = 'done'  # the provider has sent it
    FAILED = 'failed'  # refused as often as we try: somebody has to look


class Repayment(Stored):
    """Money of one payment that goes back to where it came from, at most once for each payment."""

    id: Id
    """`<payment>-r`."""
    payment_id: Id
    refund_id: Id | None = Field(description='The refund it is part of; None for money nobody wanted.')
    amount: Money
    is_full: bool
    lines: tuple[RepaidLine, ...] = ()
    reason: str
    tries: int = 1
    state: RepaymentState = RepaymentState.GOING
    external_id: str | None = None
    decline: str | None = None
    created_at: Instant
    done_at: Instant | None = None
    asking: Asking
    sending: Sending | None = None

    @property
    def attempt_id(self) -> str:
        """Its name for the provider: another one only after he refused the one before for good."""
        return f'{self.id}-{self.tries}'

    def explains(self, told: PaymentSnapshot) -> bool:
        """Whether what went back of the payment there may be this: a part never is the whole, nor it a part.

        One that is going may be sent already, though we have no answer; one that was given up was not.
        """
        is_as_much = told.went_back is RefundStatus.PENDING or self.is_full is told.is_all_back
        return is_as_much and self.state is not RepaymentState.FAILED
