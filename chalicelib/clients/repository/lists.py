"""Lists and searches. None is a scan; each says its index and what it costs."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from pynamodb.expressions.condition import Condition

from chalicelib.clients.model import Client, ClientNotFound, ClientsQuery, Space, Tenure
from chalicelib.clients.repository.rows import (
    TENURE,
    ClientRow,
    client_of,
    pk,
    reading_client,
    tenure_of,
    words_shelf,
)
from chalicelib.kit import dynamo, finding, pages, tags
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import tag_key

LONGEST_FILTER = 100
"""Buildings of a scope that a filter names."""


def find_all(organisation: str, ids: Iterable[str]) -> dict[str, Client]:
    """The clients of these ids that exist, in one round trip for each hundred."""
    reads = (reading_client(organisation, id) for id in dict.fromkeys(ids))
    return {client.id: client for client in dynamo.fetch_all(reads)}


def get_whole(organisation: str, client_id: str) -> tuple[Client, list[Tenure]]:
    """A client and all his tenures in one Query, strongly consistent; raises ClientNotFound."""
    condition = ClientRow.sk.startswith('client')
    rows = list(ClientRow.query(pk(organisation, client_id), condition, consistent_read=True))
    if not rows or rows[0].sk != 'client':
        raise ClientNotFound()
    return client_of(rows[0]), [tenure_of(row) for row in rows[1:]]


def list_tenures(organisation: str, client_id: str) -> list[Tenure]:
    """All tenures of a client in one Query, strongly consistent."""
    condition = ClientRow.sk.startswith(TENURE)
    rows = ClientRow.query(pk(organisation, client_id), condition, consistent_read=True)
    return [tenure_of(row) for row in rows]


def history(organisation: str, client_id: str, paging: Paging) -> Page[Delivered]:
    """What happened to a client, newest first."""
    return pages.page(
        ClientRow,
        lambda row: Delivered.model_validate_json(row.body or ''),
        pk(organisation, client_id),
        paging=paging,
        binding=(organisation, 'clients.history', client_id),
        condition=ClientRow.sk.startswith(EVENT_PREFIX),
    )


def list_in_premises(organisation: str, premises_id: str, paging: Paging) -> Page[Tenure]:
    """The tenures of premises. Index `by_premises`."""
    return pages.page(
        ClientRow,
        tenure_of,
        f'{organisation}#{premises_id}',
        paging=paging,
        binding=(organisation, 'premises', premises_id),
        index=ClientRow.by_premises,
        forward=True,
    )


def list_in_building(organisation: str, building_id: str, paging: Paging) -> Page[Client]:
    """The clients who have premises in a building. Index `by_building` and one batch read."""
    page = pages.page(
        ClientRow,
        tenure_of,
        f'{organisation}#{building_id}',
        paging=paging,
        binding=(organisation, 'building', building_id),
        index=ClientRow.by_building,
        forward=True,
    )
    known = find_all(organisation, (tenure.client_id for tenure in page.items))
    return Page(items=list(known.values()), next_cursor=page.next_cursor)


def list_by_name(organisation: str, scope: Scope, query: ClientsQuery) -> Page[Client]:
    """Clients by name who have the marks the query names (CLI-001). Index `by_list`, marks by filter."""
    filters = [_within(scope)]
    if query.state is not None:
        filters.append(ClientRow.state == query.state)
    if query.kind is not None:
        filters.append(ClientRow.kind == query.kind)
    if query.tag is not None:
        filters.append(ClientRow.tags.contains(tag_key(query.tag)))
    given = [condition for condition in filters if condition is not None]
    return pages.page(
        ClientRow,
        client_of,
        organisation,
        paging=query,
        binding=(organisation, 'clients', query.state or '', query.kind or '', query.tag or ''),
        index=ClientRow.by_list,
        filters=reduce(lambda one, other: one & other, given) if given else None,
        forward=True,
    )


def search(organisation: str, words: Sequence[str], scope: Scope, paging: Paging) -> Page[Client]:
    """Clients who have a word of name or telephone beginning with each of `words` (CLI-026, REQ-058).

    One search among the word rows, and one batch read of what was found.
    """
    found = finding.found(
        ClientRow,
        words_shelf(organisation),
        words,
        paging=paging,
        binding=(organisation, 'search'),
        filters=_within(scope),
    )
    known = find_all(organisation, found.items)
    return Page(items=[known[id] for id in found.items if id in known], next_cursor=found.next_cursor)


def find_by_external_id(organisation: str, system: Space, value: str) -> str | None:
    """Whose the identifier is: the id of a client, or None."""
    key = (f'{organisation}#external#{system}', value)
    return dynamo.find(dynamo.Read(ClientRow, key, lambda row: str(row.body)))


def list_tags(organisation: str, beginning: str, limit: int) -> list[str]:
    """The tags that begin so, in their order: one Query."""
    return tags.listed(ClientRow, organisation, beginning, limit)


def _within(scope: Scope) -> Condition | None:
    """Fills pages with whom the caller may see; the service still judges each client by himself."""
    if scope.places is None or len(scope.places) > LONGEST_FILTER:
        return None
    seen = [ClientRow.places.contains(place) for place in sorted(scope.places)]
    return reduce(or_, seen, ClientRow.places.does_not_exist())
