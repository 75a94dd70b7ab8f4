"""What the house of prices announces."""

from typing import Any, ClassVar, Self

from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Id, Instant
from chalicelib.prices.model import Price, PriceImport


class PriceEvent(Event):
    """A fact about one line of a price list, as it is afterwards."""

    source: ClassVar[str] = 'prices'

    price_id: Id
    legal_entity_id: Id
    name: str
    tariff: Money

    @classmethod
    def of(cls, price: Price, by: Actor, at: Instant) -> Self:
        """The fact about the price as it is now."""
        return cls(
            organisation=price.organisation,
            at=at,
            by=by,
            price_id=price.id,
            legal_entity_id=price.legal_entity_id,
            name=price.name,
            tariff=price.tariff,
        )


class PriceAdded(PriceEvent):
    """A price can be chosen that was not there before."""


class PriceChanged(PriceEvent):
    """A price is different from now on; what was issued before keeps what it was."""

    was_name: str = ''
    was_tariff: Money = Money(minor=0)

    @classmethod
    def between(cls, before: Price, after: Price, by: Actor, at: Instant) -> Self:
        """The fact about what became different."""
        changed = cls.of(after, by, at)
        return changed.model_copy(update={'was_name': before.name, 'was_tariff': before.tariff})


class PriceArchived(PriceEvent):
    """A price can no longer be chosen."""


class PriceRestored(PriceEvent):
    """A price that was archived can be chosen again."""


class PriceImportEvent(Event):
    """A fact about an import into the list of a legal entity."""

    source: ClassVar[str] = 'prices'

    import_id: Id
    legal_entity_id: Id
    is_check: bool

    @classmethod
    def of(cls, made: PriceImport, by: Actor, at: Instant, **more: Any) -> Self:
        """The fact about the import as it is now."""
        return cls(
            organisation=made.organisation,
            at=at,
            by=by,
            import_id=made.id,
            legal_entity_id=made.legal_entity_id,
            is_check=made.is_check,
            **more,
        )


class PriceImportOrdered(PriceImportEvent):
    """A workbook is to be imported, or checked only."""


class PriceImportBegunAnew(PriceImportEvent):
    """A worker broke off, or none came: the import waits for the next."""

    attempts: int


class PriceImportChecked(PriceImportEvent):
    """Every row of the workbook is right; nothing was changed."""


class PriceImportApplied(PriceImportEvent):
    """The list is as the workbook says."""

    added: int
    changed: int
    unchanged: int


class PriceImportRefused(PriceImportEvent):
    """Rows are wrong; nothing was changed."""

    problems: int


class PriceImportFailed(PriceImportEvent):
    """The workbook could not be read by a fault of ours; nothing was changed."""
