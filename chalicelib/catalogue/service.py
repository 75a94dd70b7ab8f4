"""Use cases of the catalogue: what can be ordered, where, and by which rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from chalicelib.catalogue import repository, rules
from chalicelib.catalogue.events import OfferingAdded, OfferingArchived, OfferingChanged
from chalicelib.catalogue.model import (
    Answers,
    Category,
    CategoryChanges,
    CategoryNotActive,
    CategoryQuery,
    NewCategory,
    NewOffering,
    OfferedQuery,
    Offering,
    OfferingChanges,
    OfferingNotActive,
    OfferingNotFound,
    OfferingQuery,
    OfferingReferenceUnknown,
    OfferingState,
)
from chalicelib.clients import service as clients
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import BATCH_READ_LIMIT, Read
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.premises import service as premises
from chalicelib.premises.model import PremisesNotFound
from chalicelib.prices import service as prices
from chalicelib.prices.model import Price
from chalicelib.staff import service as staff


def reading_offering(organisation: str, offering_id: str) -> Read[Offering]:
    """A look at an offering for a house above; it refuses with OfferingNotFound."""
    return repository.reading_offering(organisation, offering_id)


def answers(offering: Offering, given: Mapping[str, Any]) -> Answers:
    """The answers to the offering's order form, judged (REQ-056, REQ-057). Raises FormInvalid."""
    return rules.answers(offering, given)


def automatic_invoice(offering: Offering, given: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    """The prices of the invoice made at ordering, and how many units of each; none where staff make it."""
    found = rules.automatic(offering, given)
    return [(offering.automatic_invoice[place].price_id, units) for place, units in found.items()]


def get(organisation: str, offering_id: str) -> Offering:
    """The offering, archived or not. Raises OfferingNotFound."""
    return dynamo.get(reading_offering(organisation, offering_id))


def find_all(caller: Caller, query: OfferingQuery) -> Page[Offering]:
    """A page of the organisation's offerings by name, those that fit the query."""
    return repository.list_offerings(caller.organisation, query)


def create(new: NewOffering, *, by: Caller) -> Offering:
    """The offering exists and can be ordered (SVC-004..012). Raises OfferingReferenceUnknown."""
    offering = Offering.model_validate(
        {'id': new_id(), 'organisation': by.organisation, **new.model_dump()},
    )
    rules.must_be_coherent(offering)
    _judge_references(None, offering, by)
    return repository.add(offering, OfferingAdded.of(offering, at=clock.now(), by=Actor.of(by)))


def change(offering_id: str, changes: OfferingChanges, *, by: Caller) -> Offering:
    """The given fields of the offering are different; requests that exist keep their assignees (AMB-40).

    Raises OfferingNotActive for an archived one and OfferingReferenceUnknown.
    """
    before = _active_offering(offering_id, by)
    after = Offering.model_validate({**before.model_dump(), **changes.model_dump(exclude_unset=True)})
    if after == before:
        return before
    rules.must_be_coherent(after)
    _judge_references(before, after, by)
    return repository.save(after, OfferingChanged.between(before, after, at=clock.now(), by=Actor.of(by)))


def set_checklist(offering_id: str, template_id: str | None, *, by: Caller) -> Offering:
    """Requests of the offering that are made from now on bring that checklist, or none.

    The template is of the house above, which has looked that it is there. Raises OfferingNotActive.
    """
    before = _active_offering(offering_id, by)
    after = before.model_copy(update={'checklist_template_id': template_id})
    if after == before:
        return before
    return repository.save(after, OfferingChanged.between(before, after, at=clock.now(), by=Actor.of(by)))


def archive(offering_id: str, *, by: Caller) -> Offering:
    """The offering can be read and no longer ordered. Raises OfferingNotActive if it is so already."""
    before = _active_offering(offering_id, by)
    after = before.model_copy(update={'state': OfferingState.ARCHIVED})
    return repository.save(after, OfferingArchived.of(after, at=clock.now(), by=Actor.of(by)))


def offered_in(
    organisation: str,
    building_id: str,
    paging: Paging,
    *,
    search: str | None = None,
    category_id: str | None = None,
) -> Page[Offering]:
    """A page of what residents of the building may order, by name (SVC-004)."""
    return repository.list_offered(organisation, building_id, paging, search, category_id)


def offered_to(caller: Caller, query: OfferedQuery) -> Page[Offering]:
    """A page of what the resident may order for his premises. Raises PremisesNotFound for others' ones."""
    reading = clients.reading_tenure(caller.organisation, caller.id, query.premises_id)
    tenure = dynamo.get(replace(reading, missing=PremisesNotFound))
    paging = Paging(limit=query.limit, cursor=query.cursor)
    return offered_in(
        caller.organisation,
        tenure.building_id,
        paging,
        search=query.search,
        category_id=query.category_id,
    )


def get_offered(offering_id: str, *, to: Caller) -> Offering:
    """The offering, if the resident may order it in one of his buildings. Raises OfferingNotFound."""
    offering: Offering
    offering, client = dynamo.fetch(
        reading_offering(to.organisation, offering_id), clients.reading_client(to.organisation, to.id)
    )
    is_near = any(offering.is_available_in(building) for building in client.places)
    if not offering.is_open_to_residents or not is_near:
        raise OfferingNotFound()
    return offering


def get_category(organisation: str, category_id: str) -> Category:
    """The category, archived or not. Raises CategoryNotFound."""
    return dynamo.get(repository.reading_category(organisation, category_id))


def find_categories(caller: Caller, query: CategoryQuery) -> Page[Category]:
    """A page of the organisation's categories, by position and name."""
    return repository.list_categories(caller.organisation, query)


def find_shown_categories(caller: Caller, paging: Paging) -> Page[Category]:
    """A page of the categories a resident's marketplace has, by position and name."""
    shown = CategoryQuery(limit=paging.limit, cursor=paging.cursor, state=OfferingState.ACTIVE)
    return repository.list_categories(caller.organisation, shown)


def create_category(new: NewCategory, *, by: Caller) -> Category:
    """The category exists and offerings may stand in it (SVC-020)."""
    return repository.add_category(
        Category(id=new_id(), organisation=by.organisation, **new.model_dump()),
    )


def change_category(category_id: str, changes: CategoryChanges, *, by: Caller) -> Category:
    """The given fields of the category are different. Raises CategoryNotActive for an archived one."""
    before = _active_category(category_id, by)
    after = before.model_copy(update=changes.model_dump(exclude_unset=True))
    return before if after == before else repository.save_category(after)


def archive_category(category_id: str, *, by: Caller) -> Category:
    """Nothing new can be put into the category; what stands in it stays. Raises CategoryNotActive."""
    before = _active_category(category_id, by)
    return repository.save_category(before.model_copy(update={'state': OfferingState.ARCHIVED}))


def _active_offering(offering_id: str, by: Caller) -> Offering:
    offering = get(by.organisation, offering_id)
    dynamo.agree(offering.version)
    if not offering.is_active:
        raise OfferingNotActive()
    return offering


def _active_category(category_id: str, by: Caller) -> Category:
    category = get_category(by.organisation, category_id)
    dynamo.agree(category.version)
    if category.state is not OfferingState.ACTIVE:
        raise CategoryNotActive()
    return category


def _judge_references(before: Offering | None, after: Offering, by: Caller) -> None:
    """Refuses unless all that `after` names and `before` did not is there for the caller to name."""
    known = set(before.building_ids or ()) if before else set()
    for building_id in after.building_ids or ():
        if building_id not in known and not by.scope.covers(building_id):
            raise OfferingReferenceUnknown(field='body.building_ids')
    reads = list(_new_references(before, after, known))
    for start in range(0, len(reads), BATCH_READ_LIMIT):
        for found in dynamo.fetch(*reads[start : start + BATCH_READ_LIMIT]):
            if isinstance(found, Category) and found.state is not OfferingState.ACTIVE:
                raise CategoryNotActive(field='body.category_id')
            if isinstance(found, Price) and not found.is_active:
                raise OfferingReferenceUnknown(field='body.automatic_invoice')


def _new_references(before: Offering | None, after: Offering, known: set[str]) -> Iterator[Read[Any]]:
    organisation = after.organisation
    single: Sequence[tuple[str, Any]] = (
        ('category_id', repository.reading_category),
        ('controller_id', staff.reading_employee),
        ('department_id', staff.reading_department),
        ('legal_entity_id', staff.reading_legal_entity),
    )
    for name, reading in single:
        named = getattr(after, name)
        if named is not None and (before is None or getattr(before, name) != named):
            yield _or_unknown(reading(organisation, named), name)
    if before is None or _list_of(before) != _list_of(after):
        for price_id in sorted({position.price_id for position in after.automatic_invoice}):
            reading = prices.reading_price(organisation, str(after.legal_entity_id), price_id)
            yield _or_unknown(reading, 'automatic_invoice')
    for building_id in after.building_ids or ():
        if building_id not in known:
            yield _or_unknown(premises.reading_building(organisation, building_id), 'building_ids')


def _list_of(offering: Offering) -> tuple[Any, ...]:
    return offering.legal_entity_id, {position.price_id for position in offering.automatic_invoice}


def _or_unknown(read: Read[Any], name: str) -> Read[Any]:
    return replace(read, missing=partial(OfferingReferenceUnknown, field=f'body.{name}'))
