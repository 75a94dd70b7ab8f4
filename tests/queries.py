"""moto's queries without its sorting of whole tables: only items with the asked key are looked at in earnest.

moto sorts every item of a table for each query, comparing value by value in Python (four fifths of a long
test's time), then takes those of the key and sorts them once more. What it is given here are those alone.
"""

from collections.abc import Iterator
from typing import Any

from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

_original = Table.query


def _query(self: Table, hash_key: DynamoType, *args: Any, **kwargs: Any) -> Any:
    asked = kwargs.get('hash_key_conditions')
    # moto keeps account of the tables it makes: this one is none of them.
    narrow = object.__new__(Table)
    items = dict(_with_key(self, asked[0][0], asked[0][1].value) if asked else _with_hash(self, hash_key))
    vars(narrow).update(vars(self), items=items)
    return _original(narrow, hash_key, *args, **kwargs)


def _with_hash(table: Table, hash_key: DynamoType) -> Iterator[tuple[Any, Any]]:
    if hash_key in table.items:
        yield hash_key, table.items[hash_key]


def _with_key(table: Table, name: str, value: Any) -> Iterator[tuple[Any, Any]]:
    for key, kept in list(table.items.items()):
        # A table without a range key keeps its items bare.
        items = {None: kept} if isinstance(kept, Item) else kept
        found = {
            place: item
            for place, item in items.items()
            if (has := item.attrs.get(name)) is not None and has.value == value
        }
        if found:
            yield key, kept if kept is found.get(None) else found


def install() -> None:
    """moto's queries look only at items of the key from now on."""
    Table.query = _query
