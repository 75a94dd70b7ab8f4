"""The rows of offerings and categories; index `by_name` lists all, `offered` what residents see."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any, TypeVar

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.catalogue.events import OfferingAdded, OfferingArchived, OfferingChanged
from chalicelib.catalogue.model import (
    Category,
    CategoryNotFound,
    CategoryQuery,
    Offering,
    OfferingNotFound,
    OfferingQuery,
    OfferingState,
)
from chalicelib.kit import settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, commit, creating, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import order, spelled, words

E = TypeVar('E', Offering, Category)
OFFERING, CATEGORY = 'offering', 'category'


class ByName(GlobalSecondaryIndex['CatalogueRow']):
    """Everything of one kind in an organisation, in the order of names (categories: of positions)."""

    class Meta(TableMeta):
        index_name = 'by_name'
        projection = AllProjection()

    listed = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class Offered(GlobalSecondaryIndex['CatalogueRow']):
    """What residents of an organisation may order, in the order of names; sparse."""

    class Meta(TableMeta):
        index_name = 'offered'
        projection = AllProjection()

    offered = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class CatalogueRow(Row):
    """An offering, a category, or an event of one. `words` holds ` word word` for search by beginnings."""

    class Meta(TableMeta):
        table_name = settings.table('catalogue')

    listed = UnicodeAttribute(null=True)
    offered = UnicodeAttribute(null=True)
    name_key = UnicodeAttribute(null=True)
    words = UnicodeAttribute(null=True)
    kind = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    category_id = UnicodeAttribute(null=True)
    building_ids = UnicodeSetAttribute(null=True)
    by_name = ByName()
    offered_index = Offered()


def reading_offering(organisation: str, offering_id: str) -> Read[Offering]:
    """A look at the offering; it refuses with OfferingNotFound."""
    key = (_pk(organisation, OFFERING, offering_id), OFFERING)
    return Read(CatalogueRow, key, _offering, OfferingNotFound)


def reading_category(organisation: str, category_id: str) -> Read[Category]:
    """A look at the category; it refuses with CategoryNotFound."""
    return Read(
        CatalogueRow, (_pk(organisation, CATEGORY, category_id), CATEGORY), _category, CategoryNotFound
    )


def add(offering: Offering, event: OfferingAdded) -> Offering:
    """The new offering is kept, and its event beside it."""
    row = _offering_row(offering)
    commit(creating(row), *announcing(CatalogueRow, row.pk, offering.version, event))
    return offering


def save(offering: Offering, event: OfferingChanged | OfferingArchived) -> Offering:
    """The offering is kept as the next version, and its event beside it."""
    after = offering.model_copy(update={'version': offering.version + 1})
    row = _offering_row(after)
    commit(replacing(row, offering.version), *announcing(CatalogueRow, row.pk, after.version, event))
    return after


def add_category(category: Category) -> Category:
    """The new category is kept."""
    commit(creating(_category_row(category)))
    return category


def save_category(category: Category) -> Category:
    """The category is kept as the next version."""
    after = category.model_copy(update={'version': category.version + 1})
    commit(replacing(_category_row(after), category.version))
    return after


def list_offerings(organisation: str, query: OfferingQuery) -> Page[Offering]:
    """Offerings of the organisation by name, those that fit the query."""
    conditions = _spelled_like(query.search)
    if query.state:
        conditions.append(CatalogueRow.state == query.state)
    if query.kind:
        conditions.append(CatalogueRow.kind == query.kind)
    if query.category_id:
        conditions.append(CatalogueRow.category_id == query.category_id)
    return page(
        CatalogueRow,
        _offering,
        _listed(organisation, OFFERING),
        index=CatalogueRow.by_name,
        paging=query,
        binding=_binding(organisation, 'offerings', query),
        filters=_all_of(conditions),
        forward=True,
    )


def list_categories(organisation: str, query: CategoryQuery) -> Page[Category]:
    """Categories of the organisation by position and name."""
    conditions: list[Condition] = [CatalogueRow.state == query.state] if query.state else []
    return page(
        CatalogueRow,
        _category,
        _listed(organisation, CATEGORY),
        index=CatalogueRow.by_name,
        paging=query,
        binding=_binding(organisation, 'categories', query),
        filters=_all_of(conditions),
        forward=True,
    )


def list_offered(
    organisation: str, building_id: str, paging: Paging, search: str | None, category_id: str | None
) -> Page[Offering]:
    """Offerings that residents of the building may order, by name."""
    there: Any = CatalogueRow.building_ids
    conditions = [there.does_not_exist() | there.contains(building_id), *_spelled_like(search)]
    if category_id:
        conditions.append(CatalogueRow.category_id == category_id)
    return page(
        CatalogueRow,
        _offering,
        organisation,
        index=CatalogueRow.offered_index,
        paging=paging,
        binding=(organisation, 'offered', building_id, search or '', category_id or ''),
        filters=_all_of(conditions),
        forward=True,
    )


def _pk(organisation: str, noun: str, identifier: str) -> str:
    return f'{organisation}#{noun}#{identifier}'


def _listed(organisation: str, noun: str) -> str:
    return f'{organisation}#{noun}'


def _binding(organisation: str, name: str, query: Paging) -> Sequence[str]:
    return organisation, name, query.model_dump_json(exclude={'limit', 'cursor'})


def _spelled_like(search: str | None) -> list[Condition]:
    return [CatalogueRow.words.contains(f' {word}') for word in words(search or '')]


def _all_of(conditions: list[Condition]) -> Condition | None:
    return reduce(and_, conditions) if conditions else None


def _offering_row(offering: Offering) -> CatalogueRow:
    return CatalogueRow(
        pk=_pk(offering.organisation, OFFERING, offering.id),
        sk=OFFERING,
        version=offering.version,
        body=offering.model_dump_json(),
        listed=_listed(offering.organisation, OFFERING),
        offered=offering.organisation if offering.is_open_to_residents else None,
        name_key=f'{order(offering.name)}#{offering.id}',
        words=f' {spelled(offering.name)}',
        kind=offering.kind,
        state=offering.state,
        category_id=offering.category_id,
        building_ids=set(offering.building_ids) if offering.building_ids else None,
    )


def _category_row(category: Category) -> CatalogueRow:
    return CatalogueRow(
        pk=_pk(category.organisation, CATEGORY, category.id),
        sk=CATEGORY,
        version=category.version,
        body=category.model_dump_json(),
        listed=_listed(category.organisation, CATEGORY),
        name_key=f'{category.position:06d} {order(category.name)}#{category.id}',
        state=OfferingState(category.state),
    )


def _offering(row: CatalogueRow) -> Offering:
    return Offering.model_validate_json(row.body or '')


def _category(row: CatalogueRow) -> Category:
    return Category.model_validate_json(row.body or '')
