"""Looks at clients and their past for houses above, which show or copy what is around a client."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from chalicelib.clients import repository, rules
from chalicelib.clients.model import Client, ClientNotFound, ClientsQuery
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.outbox import Delivered
from chalicelib.kit.values import Page, Paging

T = TypeVar('T')

AT_ONCE = 100
MOST_WITH_ONE_PHONE = 10


def seen(client_id: str, *, by: Caller) -> Client:
    """The client, documents hidden, if this employee may know of him; raises ClientNotFound."""
    client = dynamo.get(repository.reading_client(by.organisation, client_id))
    if not rules.is_visible(client, by.scope):
        raise ClientNotFound()
    return rules.masked(client)


def having_phone(organisation: str, phone: str) -> list[Client]:
    """The clients with this telephone, E.164, documents hidden: one query and one batch read."""
    digits = phone.removeprefix('+')
    found = repository.search(organisation, (digits,), Scope(), Paging(limit=MOST_WITH_ONE_PHONE))
    return [rules.masked(client) for client in found.items if client.phone == phone]


def everybody(organisation: str) -> Iterator[str]:
    """The ids of all clients, each once: two queries for each hundred, index `by_list`.

    Who is renamed during a walk may have been passed by: another walk follows until nobody new is met.
    """
    met: set[str] = set()
    while True:
        known = len(met)
        for client in _each(lambda cursor: _by_name(organisation, cursor)):
            if client.id not in met:
                met.add(client.id)
                yield client.id
        if len(met) == known:
            return


def residing(organisation: str, building_id: str | None, paging: Paging) -> Page[Client]:
    """A page of the clients with premises in the building, documents hidden; None: of all there are.

    Who has several premises there may be met again, next to where he was met first. Two calls a page.
    """
    if building_id is None:
        page = repository.list_by_name(organisation, Scope(), ClientsQuery(**paging.model_dump()))
    else:
        page = repository.list_in_building(organisation, building_id, paging)
    return page.shown_as(rules.masked)


def retold(organisation: str, client_id: str) -> Iterator[Delivered]:
    """Everything this house ever announced of the client, newest first: a query for each hundred.

    Not that his documents were read, which is on record elsewhere.
    """
    return _each(
        lambda cursor: repository.history(organisation, client_id, Paging(limit=AT_ONCE, cursor=cursor))
    )


def _by_name(organisation: str, cursor: str | None) -> Page[Client]:
    return repository.list_by_name(organisation, Scope(), ClientsQuery(limit=AT_ONCE, cursor=cursor))


def _each(list_page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    cursor: str | None = None
    while True:
        page = list_page(cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
