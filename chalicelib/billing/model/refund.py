"""The refund of a request («Возврат»): asked for by the client or made by staff, executed at most once."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.money import Money, Quantity
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Id, Instant, Prose, Stored, Value
from chalicelib.requests.model.status import RefundStatus

ARRIVES_IN_DAYS = (5, 10)
"""Working days until the money is back, by the bank (REF-012)."""
SHORTEST_REASON, MOST_LINES = 4, 200


class RefundLine(Stored):
    """How much of one position of an invoice goes back."""

    invoice_id: Id
    position_id: Id
    amount: Money


class Refund(Stored):
    """The one refund of a request."""

    id: Id
    status: RefundStatus
    amount: Money
    """What goes back, or what the client asked for while that is undecided."""
    is_full: bool
    asked: Money | None = None
    """What the client asked for; None where staff or the system began it."""
    wish: str = ''
    """What the client said of it."""
    reason: str = ''
    """For employees only (REF-006, REF-031)."""
    rejection: str = ''
    """Told to the client (REF-021)."""
    lines: tuple[RefundLine, ...] = ()
    offline: Money = Money(minor=0)
    """What was paid elsewhere and has to be given back by hand (AMB-57)."""
    is_automatic: bool = False
    asked_at: Instant | None = None
    decided_by: Actor | None = None
    decided_at: Instant | None = None
    completed_at: Instant | None = None

    @property
    def is_carried_out(self) -> bool:
        """Whether it is the one refund of its request: approved, or further (AMB-64)."""
        return self.status in (RefundStatus.APPROVED, RefundStatus.COMPLETED, RefundStatus.FAILED)


class RefundAsked(Value):
    """What a client asks back."""

    amount: Money | None = Field(None, description='Not said: all that was paid (REF-014).')
    comment: Annotated[str, Prose(1000, least=0)] = ''


class LineInput(Value):
    """A position to refund: whole, or a part of it by quantity, tariff or sum (REF-005)."""

    invoice_id: Id
    position_id: Id
    quantity: Quantity | None = Field(None, description='How many units go back.')
    tariff: Money | None = Field(None, description='How much of one unit goes back.')
    amount: Money | None = Field(None, description='How much goes back; instead of quantity and tariff.')

    @model_validator(mode='after')
    def _is_said_once(self) -> Self:
        if self.amount is not None and (self.quantity, self.tariff) != (None, None):
            raise PydanticCustomError('refund_said_twice', 'either amount or quantity and tariff')
        return self


class RefundInput(Value):
    """The decision to give money back: without lines, all that was paid online (REF-004, REF-007)."""

    reason: Annotated[str, Prose(1000, least=SHORTEST_REASON)] = Field(
        description='For employees only; at least four characters.'
    )
    lines: Annotated[tuple[LineInput, ...], Field(min_length=1, max_length=MOST_LINES)] | None = None


class Rejection(Value):
    """The decision not to."""

    reason: Annotated[str, Prose(1000)] = Field(description='The client reads it (REF-021).')


class RefundAction(StrEnum):
    """What staff may do about a refund."""

    MAKE = 'make'  # «Сделать возврат»
    APPROVE = 'approve'  # «Подтвердить»
    REJECT = 'reject'  # «Отклонить»
    RETRY = 'retry'  # after the provider failed


class RefundablePosition(Stored):
    """A position that was paid online, all of which can go back."""

    invoice_id: Id
    position_id: Id
    name: str
    tariff: Money
    quantity: Quantity
    paid: Money


class RefundCard(Stored):
    """The block «Возврат» with its «Подробнее» (REF-011, REF-017)."""

    refund: Refund | None
    positions: tuple[RefundablePosition, ...]
    most: Money = Field(description='All that can go back.')
    actions: tuple[RefundAction, ...] = Field(description='What the caller may do now.')


class OwnRefund(Stored):
    """The refund as the client sees it: the reason of staff is not his to read (REF-031)."""

    status: RefundStatus
    amount: Money
    is_full: bool
    rejection: str = Field(description='Why it was rejected; empty otherwise.')
    asked_at: Instant | None
    decided_at: Instant | None
    completed_at: Instant | None
    arrives_in_days: tuple[int, int] | None = Field(description='Working days, from and to, by the bank.')


class OwnRefundBlock(Stored):
    """What the client may know and do about a refund."""

    refund: OwnRefund | None
    may_ask: bool
    most: Money = Field(description='The most he may ask for.')
