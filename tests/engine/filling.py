"""Fills the table with requests as if they had been made one by one, but from one text and in batches."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from chalicelib.kit import clock, dynamo
from chalicelib.kit.connection import connection
from chalicelib.kit.dynamo import Row
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service
from chalicelib.requests.events import RequestCreated
from chalicelib.requests.repository import reading, saving
from chalicelib.requests.repository.index import IndexRow, rows_of
from chalicelib.requests.repository.rows import SHARDS, RequestRow
from chalicelib.requests.rules import listing
from tests.engine.desk import ORGANISATION, Desk

BATCH = 25
PATTERN_NUMBER, PATTERN_TIME = 1234567890, datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


def fill(desk: Desk, requests: int, *, is_indexed: bool = False) -> None:
    """There are `requests` more requests like the one the desk makes first, a second apart.

    With `is_indexed` they stand in lists and search too, as if the stream had brought them.
    """
    first = desk.create()
    pattern, others = _pattern(desk, first), requests - 1
    numbers, since = range(first + 1, first + requests), clock.now() - timedelta(seconds=requests)
    _put(RequestRow, _items(pattern, numbers, since))
    if is_indexed:
        made = dynamo.get(reading(ORGANISATION, first))
        service.index(made)
        standing = listing.standing(made)
        _put(IndexRow, _indexed(standing, numbers, since))
        for name in standing.facets:
            IndexRow(pk=f'{ORGANISATION}#sizes', sk=name).update([IndexRow.tally.add(others)])
    # The pattern was counted once by `create`; the others are counted here as their transactions would.
    for shard in range(SHARDS):
        _tally(
            f'{ORGANISATION}#new', f'total#{shard}', len(range((shard - first - 1) % SHARDS, others, SHARDS))
        )
    _tally(f'{ORGANISATION}#new', desk.building, others)
    _tally(f'{ORGANISATION}#numbers', 'last', others)


def _pattern(desk: Desk, number: int) -> str:
    made = dynamo.get(reading(ORGANISATION, number))
    changes = {
        'number': PATTERN_NUMBER,
        'version': 0,
        'created_at': PATTERN_TIME,
        'updated_at': PATTERN_TIME,
    }
    request, actor = made.model_copy(update=changes), Actor.of(desk.dispatcher)
    with clock.stopped(PATTERN_TIME):
        created = RequestCreated.of(request, actor, PATTERN_TIME, channel=request.channel)
        _, writes = saving(None, request, [created])
    return json.dumps([write.request['Item'] for write in writes if 'Item' in write.request])


def _items(pattern: str, numbers: range, since: datetime) -> Iterator[dict[str, Any]]:
    for number in numbers:
        at = clock.text(since + timedelta(seconds=number - numbers.start))
        text = pattern.replace(clock.text(PATTERN_TIME), at)
        for item in json.loads(text.replace(str(PATTERN_NUMBER), str(number))):
            if 'list_at' in item:
                item['list_at'] = {'S': f'0#{at}#{number:010d}'}
            yield item


def _indexed(standing: listing.Standing, numbers: range, since: datetime) -> Iterator[dict[str, Any]]:
    for number in numbers:
        at = since + timedelta(seconds=number - numbers.start)
        one = standing.model_copy(update={'number': number, 'at': at, 'created_at': at})
        for row in rows_of(ORGANISATION, one).values():
            yield row.to_dynamodb_dict()


def _put(kind: type[Row], items: Iterator[dict[str, Any]]) -> None:
    client, table = connection().client, kind.Meta.table_name
    while batch := list(islice(items, BATCH)):
        wanted = {table: [{'PutRequest': {'Item': item}} for item in batch]}
        while wanted:
            wanted = client.batch_write_item(RequestItems=wanted).get('UnprocessedItems') or {}


def _tally(pk: str, sk: str, more: int) -> None:
    RequestRow(pk=pk, sk=sk).update([RequestRow.tally.add(more)])
