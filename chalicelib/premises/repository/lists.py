"""Lists and searches. None is a scan; each says its index and what it costs."""

from collections.abc import Iterable, Sequence
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.kit import dynamo, finding, pages, tags
from chalicelib.kit.caller import Scope
from chalicelib.kit.values import Page, Paging
from chalicelib.premises import rules
from chalicelib.premises.model import Building, Group, Premises, Quarter
from chalicelib.premises.repository.rows import KINDS, P, PlaceRow, list_key, pk, reading, words_shelf

LONGEST_FILTER = 100
"""Operands that DynamoDB takes in one `IN`."""


def find_all(kind: type[P], organisation: str, ids: Iterable[str]) -> dict[str, P]:
    """The places of these ids that exist, in one round trip for each hundred."""
    reads = (reading(kind, organisation, id) for id in dict.fromkeys(ids))
    return {place.id: place for place in dynamo.fetch_all(reads)}


def list_by_name(kind: type[P], organisation: str, scope: Scope, paging: Paging, within: str = '') -> Page[P]:
    """Places of a kind in their order; premises `within` one building by number. Index `by_list`."""
    return pages.page(
        PlaceRow,
        lambda row: kind.model_validate_json(row.body or ''),
        list_key(organisation, kind),
        paging=paging,
        binding=(organisation, 'places', KINDS[kind], within),
        index=PlaceRow.by_list,
        condition=PlaceRow.list_order.startswith(f'{within}#') if within else None,
        filters=None if within else _within(scope),
        forward=True,
    )


def list_buildings_of(area: Quarter | Group, scope: Scope, paging: Paging) -> Page[Building]:
    """The buildings of a quarter or group by name. Index `by_quarter` or `by_group`."""
    index: Any = PlaceRow.by_quarter if isinstance(area, Quarter) else PlaceRow.by_group
    return pages.page(
        PlaceRow,
        lambda row: Building.model_validate_json(row.body or ''),
        f'{area.organisation}#{area.id}',
        paging=paging,
        binding=(area.organisation, 'buildings', area.id),
        index=index,
        filters=_within(scope),
        forward=True,
    )


def search(kind: type[P], organisation: str, words: Sequence[str], scope: Scope, paging: Paging) -> Page[P]:
    """Places that have a word beginning with each of `words` (REQ-058).

    One search among the word rows, and one batch read of what was found.
    """
    found = finding.found(
        PlaceRow,
        words_shelf(organisation, kind),
        words,
        paging=paging,
        binding=(organisation, 'search', KINDS[kind]),
        filters=_within(scope),
    )
    known = find_all(kind, organisation, found.items)
    return Page(items=[known[id] for id in found.items if id in known], next_cursor=found.next_cursor)


def search_numbers(building: Building, number: str, paging: Paging) -> Page[Premises]:
    """Premises of the building whose number begins so: one Query on the numbers, one batch read."""
    key = rules.number_key(number)
    found = pages.page(
        PlaceRow,
        lambda row: row.body or '',
        pk(building.organisation, Building, building.id),
        paging=paging,
        binding=(building.organisation, 'numbers', building.id, key),
        condition=PlaceRow.sk.startswith(f'number#{key}'),
        forward=True,
    )
    known = find_all(Premises, building.organisation, found.items)
    return Page(items=[known[id] for id in found.items if id in known], next_cursor=found.next_cursor)


def list_tags(organisation: str, beginning: str, limit: int) -> list[str]:
    """The tags that begin so, in their order: one Query."""
    return tags.listed(PlaceRow, organisation, beginning, limit)


def _within(scope: Scope) -> Condition | None:
    """Fills pages with what the caller may see; the service still judges each place by itself."""
    if scope.places is None or not 0 < len(scope.places) <= LONGEST_FILTER:
        return None
    return PlaceRow.place.is_in(*sorted(scope.places))
