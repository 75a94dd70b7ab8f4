"""Prepared reads: one alone, or many of several houses in one round trip."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pynamodb.exceptions import DoesNotExist

from chalicelib.kit.connection import CONFLICT_TRIES, connection, pause
from chalicelib.kit.errors import DomainError
from chalicelib.kit.rows import Row

T = TypeVar('T')

BATCH_READ_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """One prepared look at one row, opaque outside its house; `missing` is raised where there is none."""

    row: type[Row]
    key: tuple[str, str]
    entity: Callable[[Any], T]
    missing: Callable[[], Exception] | None = None


def naming(path: str, read: Read[T]) -> Read[T]:
    """The same look, whose refusal names the field of the input where it finds nothing."""

    def missing() -> Exception:
        refusal = read.missing() if read.missing else KeyError()
        if isinstance(refusal, DomainError):
            refusal.path = path
        return refusal

    return replace(read, missing=missing)


def find(read: Read[T]) -> T | None:
    """What the read shows, or None; strongly consistent."""
    try:
        return read.entity(read.row.get(*read.key, consistent_read=True))
    except DoesNotExist:
        return None


def get(read: Read[T]) -> T:
    """What the read shows; raises its `missing`."""
    found = find(read)
    if found is None:
        raise (read.missing or KeyError)()
    return found


def fetch(*reads: Read[Any]) -> tuple[Any, ...]:
    """What all the reads show, strongly consistent, in one round trip across tables, in their order.

    Raises the `missing` of the first read that has one and finds nothing; gives None for the others.
    """
    found = _batch([(read.row, read.key) for read in reads])
    entities: list[Any] = []
    for read in reads:
        row = found.get((read.row.Meta.table_name, *read.key))
        if row is None and read.missing is not None:
            raise read.missing()
        entities.append(None if row is None else read.entity(row))
    return tuple(entities)


def fetch_all(reads: Iterable[Read[T]]) -> list[T]:
    """What those of the reads show that find anything, in their order: a round trip for each hundred."""
    wanted = [replace(read, missing=None) for read in reads]
    found: list[T] = []
    for start in range(0, len(wanted), BATCH_READ_LIMIT):
        shown = fetch(*wanted[start : start + BATCH_READ_LIMIT])
        found += [entity for entity in shown if entity is not None]
    return found


def _batch(keys: Sequence[tuple[type[Row], tuple[str, str]]]) -> dict[tuple[str, str, str], Row]:
    rows = {row.Meta.table_name: row for row, _ in keys}
    wanted: dict[str, Any] = {name: {'Keys': [], 'ConsistentRead': True} for name in rows}
    for row, (pk, sk) in dict.fromkeys(keys):
        wanted[row.Meta.table_name]['Keys'].append({'pk': {'S': pk}, 'sk': {'S': sk}})
    found: dict[tuple[str, str, str], Row] = {}
    for attempt in range(CONFLICT_TRIES):
        client: Any = connection().client
        answer = client.batch_get_item(RequestItems=wanted)
        for name, items in answer['Responses'].items():
            for item in items:
                found[name, item['pk']['S'], item['sk']['S']] = rows[name].from_raw_data(item)
        wanted = answer.get('UnprocessedKeys') or {}
        if not wanted:
            return found
        pause(attempt)
    raise TimeoutError('DynamoDB kept back keys of a batch')
