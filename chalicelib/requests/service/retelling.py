"""Telling anew what a request announced, for copies that houses above keep and make again."""

from collections.abc import Iterator

from chalicelib.kit.outbox import Delivered
from chalicelib.kit.values import Paging
from chalicelib.requests import repository

AT_ONCE = 100


def retold(organisation: str, number: int) -> Iterator[Delivered]:
    """Everything the request ever announced, newest first, as it was delivered: a query for each hundred."""
    cursor: str | None = None
    while True:
        page = repository.history(organisation, number, Paging(limit=AT_ONCE, cursor=cursor))
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
