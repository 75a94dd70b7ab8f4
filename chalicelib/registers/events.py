"""What the register announces: how reconciliations go, and what they found."""

from typing import Any, ClassVar, Self

from chalicelib.kit.outbox import SYSTEM, Actor, Event
from chalicelib.kit.values import Day, Instant
from chalicelib.registers.model.reconciliation import Reconciliation, ReconciliationFailure


class ReconciliationEvent(Event):
    """A fact about one reconciliation."""

    source: ClassVar[str] = 'registers'

    reconciliation_id: str
    legal_entity_id: str
    provider: str
    shop_id: str
    day: Day

    @classmethod
    def of(cls, job: Reconciliation, at: Instant, by: Actor = SYSTEM, **more: Any) -> Self:
        """The fact about the reconciliation as it is."""
        return cls(
            organisation=job.organisation,
            at=at,
            by=by,
            reconciliation_id=job.id,
            legal_entity_id=job.shop.legal_entity_id,
            provider=job.shop.provider,
            shop_id=job.shop.shop_id,
            day=job.day,
            **more,
        )


class ReconciliationStarted(ReconciliationEvent):
    """A day of a shop is to be compared, by the clock or by hand."""


class ReconciliationHandedOn(ReconciliationEvent):
    """A worker has done his share, or was not heard of any more: the next one goes on from there."""


class ReconciliationAgreed(ReconciliationEvent):
    """The day is the same here and there."""

    theirs: int
    ours: int


class ReconciliationDiffered(ReconciliationEvent):
    """The day is not the same here and there: somebody has to look."""

    theirs: int
    ours: int
    differences: int
    settled: int


class ReconciliationFailed(ReconciliationEvent):
    """The day could not be compared."""

    failure: ReconciliationFailure


class ReconciliationCancelled(ReconciliationEvent):
    """An employee does not want it any more."""
