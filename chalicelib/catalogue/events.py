"""What the catalogue announces."""

from typing import Self

from chalicelib.catalogue.model import Offering
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Id, Instant


class _OfferingEvent(Event):
    source = 'catalogue'

    offering_id: Id
    name: str

    @classmethod
    def of(cls, offering: Offering, *, at: Instant, by: Actor) -> Self:
        """The event about the offering as it is now."""
        return cls(
            organisation=offering.organisation, at=at, by=by, offering_id=offering.id, name=offering.name
        )


class OfferingAdded(_OfferingEvent):
    """An offering can be ordered that did not exist before."""


class OfferingChanged(_OfferingEvent):
    """An offering is different in `fields`; requests that exist keep what they were ordered with."""

    fields: tuple[str, ...]

    @classmethod
    def between(cls, before: Offering, after: Offering, *, at: Instant, by: Actor) -> Self:
        """The event about what became different."""
        names = (name for name in Offering.model_fields if name != 'version')
        return cls(
            organisation=after.organisation,
            at=at,
            by=by,
            offering_id=after.id,
            name=after.name,
            fields=tuple(name for name in names if getattr(before, name) != getattr(after, name)),
        )


class OfferingArchived(_OfferingEvent):
    """An offering can no longer be ordered."""
