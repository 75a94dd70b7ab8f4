"""Use cases of price lists: who issues invoices chooses from them, who edits offerings keeps them."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page
from chalicelib.kit.words import asked
from chalicelib.prices import repository
from chalicelib.prices.events import PriceAdded, PriceArchived, PriceChanged, PriceEvent, PriceRestored
from chalicelib.prices.model import (
    NewPrice,
    Price,
    PriceActive,
    PriceChanges,
    PriceNotActive,
    PriceQuery,
    PriceState,
)
from chalicelib.staff import service as staff


def reading_price(
    organisation: str, legal_entity_id: str, price_id: str, field: str | None = None
) -> Read[Price]:
    """A look at a price for a house above; it refuses with PriceNotFound, blaming `field` (PRC-002)."""
    return repository.reading(organisation, legal_entity_id, price_id, field)


def list_prices(legal_entity_id: str, query: PriceQuery, *, by: Caller) -> Page[Price]:
    """One page of the list by name, or of what search finds among the active ones (PRC-006).

    Raises LegalEntityNotFound.
    """
    dynamo.get(staff.reading_legal_entity(by.organisation, legal_entity_id))
    if query.search is not None and query.state is PriceState.ACTIVE:
        return repository.search(by.organisation, legal_entity_id, asked(query.search), query)
    return repository.list_by_name(by.organisation, legal_entity_id, query.state, query)


def read(legal_entity_id: str, price_id: str, *, by: Caller) -> Price:
    """The price, archived or not. Raises PriceNotFound."""
    return dynamo.get(reading_price(by.organisation, legal_entity_id, price_id))


def add(legal_entity_id: str, new: NewPrice, *, by: Caller) -> Price:
    """The price stands in the list (PRC-003). Raises LegalEntityNotFound and PriceNameTaken."""
    dynamo.get(staff.reading_legal_entity(by.organisation, legal_entity_id))
    price = Price(id=new_id(), organisation=by.organisation, legal_entity_id=legal_entity_id, **dict(new))
    return _saved(None, price, PriceAdded.of(price, Actor.of(by), clock.now()))


def change(legal_entity_id: str, price_id: str, changes: PriceChanges, *, by: Caller) -> Price:
    """The given fields of the price are different from now on (PRC-004).

    Raises PriceNotActive for an archived one, and PriceNameTaken.
    """
    before = _addressed(legal_entity_id, price_id, by)
    if not before.is_active:
        raise PriceNotActive()
    given = {name: getattr(changes, name) for name in changes.model_fields_set}
    after = before.model_copy(update=given)
    if after == before:
        return before
    return _saved(before, after, PriceChanged.between(before, after, Actor.of(by), clock.now()))


def archive(legal_entity_id: str, price_id: str, *, by: Caller) -> Price:
    """The price can no longer be chosen, its name is free. Raises PriceNotActive."""
    before = _addressed(legal_entity_id, price_id, by)
    if not before.is_active:
        raise PriceNotActive()
    after = before.model_copy(update={'state': PriceState.ARCHIVED})
    return _saved(before, after, PriceArchived.of(after, Actor.of(by), clock.now()))


def restore(legal_entity_id: str, price_id: str, *, by: Caller) -> Price:
    """The price can be chosen again. Raises PriceActive; PriceNameTaken where its name went to another."""
    before = _addressed(legal_entity_id, price_id, by)
    if before.is_active:
        raise PriceActive()
    after = before.model_copy(update={'state': PriceState.ACTIVE})
    return _saved(before, after, PriceRestored.of(after, Actor.of(by), clock.now()))


def _addressed(legal_entity_id: str, price_id: str, by: Caller) -> Price:
    price = read(legal_entity_id, price_id, by=by)
    dynamo.agree(price.version)
    return price


def _saved(before: Price | None, after: Price, event: PriceEvent) -> Price:
    if before is not None:
        after = after.model_copy(update={'version': before.version + 1})
    dynamo.commit(*repository.saving(before, after, event))
    return after
