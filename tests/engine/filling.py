"""Fills the tables with requests as if they had been made one by one, but from one text and in batches."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from chalicelib.kit import clock, dynamo
from chalicelib.kit.connection import connection
from chalicelib.kit.dynamo import Row
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service
from chalicelib.requests.events import RequestCreated
from chalicelib.requests.model.request import Request
from chalicelib.requests.repository import reading, saving
from chalicelib.requests.repository.index import DIGITS, IndexRow, rows_of, word_id
from chalicelib.requests.repository.rows import SHARDS, RequestRow
from chalicelib.requests.rules import listing
from chalicelib.requests.rules.listing import Facet
from tests.engine.desk import ORGANISATION, Desk

BATCH = 25
PATTERN_TIME = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
PATTERN_NUMBER = 8191735
"""A number that no telephone and no identifier of the desk has in it, and shorter than DIGITS."""


class Series(NamedTuple):
    """Requests like one that was made at the door: their numbers, and the raw items of one, each a line."""

    numbers: range
    since: datetime
    rows: dict[type[Row], str]

    def items(self, kind: type[Row]) -> Iterator[str]:
        """The raw items of all requests in that table, as JSON."""
        pattern = self.rows[kind]
        for number in self.numbers:
            at = self.at(number)
            text = (
                dated(pattern.replace(clock.text(PATTERN_TIME), clock.text(at)), at)
                .replace(f'{PATTERN_NUMBER:0{DIGITS}d}', f'{number:0{DIGITS}d}')
                .replace(word_id(PATTERN_NUMBER), word_id(number))
                .replace(str(PATTERN_NUMBER), str(number))
            )
            yield from text.splitlines()

    def at(self, number: int) -> datetime:
        """When the request was made."""
        return self.since + timedelta(seconds=number - self.numbers.start)


def dated(text: str, at: datetime) -> str:
    """The text with the pattern's lists of a month and of a year named as those of the instant."""
    was, now = listing.month_of(PATTERN_TIME), listing.month_of(at)
    months = (listing.spelled(Facet.CREATED_MONTH, month) for month in (was, now))
    years = (listing.spelled(Facet.CREATED_YEAR, month[:4]) for month in (was, now))
    return text.replace(*months).replace(*years)


def fill(desk: Desk, requests: int, *, is_indexed: bool = False) -> None:
    """There are `requests` more requests like the one the desk makes first, a second apart.

    With `is_indexed` they stand in lists and search too, as if the stream had brought them.
    """
    series = begin(desk, requests, is_indexed=is_indexed)
    for kind in series.rows:
        _put(kind, map(json.loads, series.items(kind)))


def begin(desk: Desk, requests: int, *, is_indexed: bool) -> Series:
    """The first of `requests` is made and all of them are counted; the rows of the others are to be put."""
    first = desk.create()
    made, others = dynamo.get(reading(ORGANISATION, first)), requests - 1
    pattern = made.model_copy(
        update={
            'number': PATTERN_NUMBER,
            'version': 0,
            'created_at': PATTERN_TIME,
            'updated_at': PATTERN_TIME,
        }
    )
    since = clock.now() - timedelta(seconds=requests)
    series = Series(range(first + 1, first + requests), since, {RequestRow: _saved(pattern, desk)})
    if is_indexed:
        service.index(made)
        standing = listing.standing(pattern)
        found = rows_of(ORGANISATION, standing).values()
        series.rows[IndexRow] = _text(row.to_dynamodb_dict() for row in found)
        _grow(standing.facets, series)
    # The pattern was counted once by `create`; the others are counted here as their transactions would.
    for shard in range(SHARDS):
        _tally(
            f'{ORGANISATION}#new', f'total#{shard}', len(range((shard - first - 1) % SHARDS, others, SHARDS))
        )
    _tally(f'{ORGANISATION}#new', desk.building, others)
    _tally(f'{ORGANISATION}#numbers', 'last', others)
    return series


def _grow(facets: Iterable[str], series: Series) -> None:
    """The lists of the facets are known to hold the series too."""
    months = Counter(listing.month_of(series.at(number)) for number in series.numbers)
    for facet in facets:
        more = Counter[str]()
        for month, requests in months.items():
            more[dated(facet, datetime.strptime(month, '%Y-%m').replace(tzinfo=UTC))] += requests
        for name, requests in more.items():
            IndexRow(pk=f'{ORGANISATION}#sizes', sk=name).update([IndexRow.tally.add(requests)])


def _saved(request: Request, desk: Desk) -> str:
    with clock.stopped(PATTERN_TIME):
        created = RequestCreated.of(request, Actor.of(desk.dispatcher), PATTERN_TIME, channel=request.channel)
        _, writes = saving(None, request, [created])
    return _text(write.request['Item'] for write in writes if 'Item' in write.request)


def _text(items: Iterable[dict[str, Any]]) -> str:
    return '\n'.join(map(json.dumps, items))


def _put(kind: type[Row], items: Iterator[dict[str, Any]]) -> None:
    client, table = connection().client, kind.Meta.table_name
    while batch := list(islice(items, BATCH)):
        wanted = {table: [{'PutRequest': {'Item': item}} for item in batch]}
        while wanted:
            wanted = client.batch_write_item(RequestItems=wanted).get('UnprocessedItems') or {}


def _tally(pk: str, sk: str, more: int) -> None:
    RequestRow(pk=pk, sk=sk).update([RequestRow.tally.add(more)])
