"""What the doors of reconciliations take and tell."""

from typing import Self

from pydantic import Field

from chalicelib.billing.model.provider import ProviderCode
from chalicelib.kit.money import Money
from chalicelib.kit.values import Day, Id, Instant, Stored, Value
from chalicelib.registers.model.entry import EntryKind
from chalicelib.registers.model.reconciliation import (
    Difference,
    DifferenceKind,
    ReconciliationFailure,
    ReconciliationStatus,
)


class NewReconciliation(Value):
    """A day to be compared by hand."""

    legal_entity_id: Id = Field(description='Whose shop: the one it is paid through now.')
    day: Day = Field(description='A day that is over, local time.')


class WhyFailed(Stored):
    """Why the day could not be compared."""

    code: ReconciliationFailure
    message: str


class ReconciliationLinks(Stored):
    """Where to look next."""

    reconciliation: str
    differences: str


class ReconciliationCard(Stored):
    """A reconciliation as employees see it."""

    id: str
    version: int
    status: ReconciliationStatus
    progress: int = Field(description='Per cent.')
    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    day: Day
    is_one_by_one: bool = Field(
        description='The provider keeps no list: payments that he alone knows of could not be found.'
    )
    theirs: int = Field(description='Payments and refunds that the provider listed.')
    ours: int = Field(description='Payments and refunds of ours of that day.')
    differences: int
    settled: int = Field(description='Those of the differences that were set right at once.')
    started_by: str | None = Field(description='Who began it by hand; null where the clock did.')
    started_at: Instant
    finished_at: Instant | None
    failure: WhyFailed | None
    links: ReconciliationLinks


class DifferenceView(Stored):
    """A line of a reconciliation: one thing that is not the same here and there."""

    kind: DifferenceKind
    kind_name: str = Field(description='The same in the words of the reader.')
    thing: EntryKind
    external_id: str | None = Field(description='By which the provider knows it.')
    payment_id: str | None = Field(
        description='Of the register: a payment, or what goes back of one; of an unknown refund its payment.'
    )
    number: int | None = Field(description='The request.')
    ours: Money | None
    theirs: Money | None = Field(description='Null also where the provider does not say how much.')
    our_state: str | None
    their_state: str | None
    is_settled: bool = Field(description='Whether it was set right at once.')
    found_at: Instant

    @classmethod
    def of(cls, one: Difference, kind_name: str) -> Self:
        """The difference, with its kind in words."""
        known = one.model_dump(include=set(cls.model_fields) - {'payment_id', 'kind_name'})
        return cls(kind_name=kind_name, payment_id=one.entry_id, **known)
