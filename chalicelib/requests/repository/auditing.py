"""The rows of the index and the counters as a whole: what there is, beside what there should be.

Lists are compared by the number of their rows and a sum of their hashes, so that a comparison takes memory
by the number of lists and not of rows.
"""

import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from chalicelib.kit import dynamo
from chalicelib.requests.model.request import Request
from chalicelib.requests.repository.entries import list_names
from chalicelib.requests.repository.index import (
    IndexRow,
    Key,
    list_pk,
    number_at,
    number_of_word,
    reading_kept,
    rows_of,
    sizes_of,
    words_shelf,
)
from chalicelib.requests.repository.requests import counted
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.requests.rules import listing

_LETTERS = 'абвгдежзийклмнопрстуфхцчшщъыьэюя' + string.ascii_lowercase + string.digits
_LIMIT = 2**64


class Rows(NamedTuple):
    """How many rows a partition has, and the sum of their hashes."""

    size: int = 0
    hashes: int = 0

    def with_row(self, sk: str) -> 'Rows':
        """The same with a row more."""
        own = int.from_bytes(blake2b(sk.encode(), digest_size=8).digest(), 'big')
        return Rows(self.size + 1, (self.hashes + own) % _LIMIT)


class Counted(NamedTuple):
    """What a counter says, and how often it was changed."""

    tally: int = 0
    moves: int = 0


class Truth(NamedTuple):
    """What the requests ask for: rows by partition, and what each counter should say."""

    rows: dict[str, Rows]
    counters: Counter[Key]


def truth_of(organisation: str, requests: Iterable[Request]) -> Truth:
    """What should stand beside these requests, all of an organisation."""
    rows: dict[str, Rows] = defaultdict(Rows)
    counters: Counter[Key] = Counter()
    for request in requests:
        standing = listing.standing(request)
        for pk, sk in rows_of(organisation, standing):
            rows[pk] = rows[pk].with_row(sk)
        counters.update({(f'{organisation}#sizes', name): 1 for name in sizes_of(standing)})
        counters.update(counted(request))
    return Truth(dict(rows), counters)


def partitions(organisation: str) -> set[str]:
    """Every partition of lists and words that rows could stand in."""
    lists = {list_pk(organisation, name, is_attached=False) for name, *_ in list_names(organisation)}
    return lists | {f'{words_shelf(organisation)}#{letter}' for letter in _LETTERS}


def rows_in(pk: str) -> Rows:
    """The rows of a partition."""
    found = Rows()
    for key in keys_in(pk):
        found = found.with_row(key[1])
    return found


def keys_in(pk: str) -> Iterator[Key]:
    """The key of every row of a partition: a query for each megabyte."""
    for row in IndexRow.query(pk, consistent_read=True, attributes_to_get=['pk', 'sk']):
        yield row.pk, row.sk


def counters(organisation: str) -> dict[Key, Counted]:
    """Every counter of lists, of new requests and of employees' loads."""
    found: dict[Key, Counted] = {}
    for kind, pk in ((IndexRow, 'sizes'), (RequestRow, 'new'), (RequestRow, 'load')):
        for row in kind.query(f'{organisation}#{pk}', consistent_read=True):
            found[row.pk, row.sk] = Counted(int(row.tally or 0), int(row.moves or 0))
    return found


def is_wanted(organisation: str, key: Key) -> bool:
    """Whether the row of the index stands for a request that stands so."""
    pk, sk = key
    is_word = pk.startswith(words_shelf(organisation))
    number = number_of_word(sk.rpartition('#')[2]) if is_word else number_at(sk)
    kept = dynamo.find(reading_kept(organisation, number))
    return kept is not None and key in rows_of(organisation, kept.standing)


def remove(key: Key) -> None:
    """The row of the index is gone."""
    dynamo.commit(dynamo.removing(IndexRow(pk=key[0], sk=key[1])))


def set_counter(key: Key, was: Counted, tally: int) -> None:
    """The counter says so; raises ChangedMeanwhile if it was changed since it was read."""
    kind = IndexRow if key[0].endswith('#sizes') else RequestRow
    same = kind.moves == was.moves if was.moves else kind.moves.does_not_exist()
    actions = [kind.tally.set(tally), kind.moves.add(1)]
    dynamo.commit(dynamo.updating(kind(pk=key[0], sk=key[1]), actions, same))
