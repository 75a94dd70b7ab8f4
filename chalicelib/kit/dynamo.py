"""Rows, prepared reads and writes, and the unit of work that makes several writes one.

A house's repository is the only reader of its rows. What another house may carry into its own
transaction is an opaque `Write`; what it may fetch in the same round trip is an opaque `Read`.
"""

import contextlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Generic, TypeVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection.table import TableConnection
from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.kit.connection import TableMeta as TableMeta
from chalicelib.kit.connection import connection
from chalicelib.kit.errors import ChangedMeanwhile, StaleVersion

R = TypeVar('R', bound='Row')
T = TypeVar('T')

CONFLICT_TRIES = 12
BATCH_READ_LIMIT = 100


class Row(Model):
    """One item of a house's table. Subclasses add the attributes that an index or a filter must see.

    `body` holds the entity as JSON; whatever else stands beside it is a copy made for an index.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)

    @classmethod
    def _get_connection(cls) -> TableConnection:
        # One client for all tables of the process: a client costs 25-50 ms of a cold start.
        table, shared = super()._get_connection(), connection()
        if table.connection is not shared:
            with contextlib.suppress(ValueError):  # another class of the same table was here first
                shared.add_meta_table(table.connection.get_meta_table(table.table_name))
            table.connection = shared
        return table


class _Act(IntEnum):
    # The order in which DynamoDB's answer lists the reasons of a cancelled transaction here.
    CHECK = 0
    REMOVE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True)
class Write:
    """One prepared change of one row, opaque outside its house, and the refusal if its condition fails."""

    act: _Act
    request: dict[str, Any]
    refusal: Callable[[], Exception]


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """One prepared look at one row, opaque outside its house; `missing` is raised where there is none."""

    row: type[Row]
    key: tuple[str, str]
    entity: Callable[[Any], T]
    missing: Callable[[], Exception] | None = None


def putting(
    row: Row, condition: Condition | None = None, refusal: Callable[[], Exception] = ChangedMeanwhile
) -> Write:
    """The row will be as given, if `condition` holds."""
    return Write(_Act.PUT, row.get_save_kwargs_from_instance(condition=condition), refusal)


def creating(row: Row, refusal: Callable[[], Exception] = ChangedMeanwhile) -> Write:
    """The row will exist, if there was none of its key."""
    return putting(row, type(row).pk.does_not_exist(), refusal)


def replacing(row: Row, was: int) -> Write:
    """The row will be as given, if its version is still `was`.

    The first row a call replaces is the one its `If-Match` speaks of, where no service said `agree` before.
    """
    agree(was)
    return putting(row, type(row).version == was, ChangedMeanwhile)


def updating(
    row: Row,
    actions: Sequence[Action],
    condition: Condition | None = None,
    refusal: Callable[[], Exception] = ChangedMeanwhile,
) -> Write:
    """The row's attributes will be changed by `actions`, if `condition` holds."""
    request = row.get_update_kwargs_from_instance(actions=list(actions), condition=condition)
    return Write(_Act.UPDATE, request, refusal)


def removing(
    row: Row, condition: Condition | None = None, refusal: Callable[[], Exception] = ChangedMeanwhile
) -> Write:
    """The row will be gone, if `condition` holds."""
    return Write(_Act.REMOVE, row.get_delete_kwargs_from_instance(condition=condition), refusal)


def checking(
    row: type[Row], key: tuple[str, str], condition: Condition, refusal: Callable[[], Exception]
) -> Write:
    """Nothing will change, but the transaction fails with `refusal` unless `condition` holds."""
    request = row.get_operation_kwargs_from_class(key[0], range_key=key[1], condition=condition)
    return Write(_Act.CHECK, request, refusal)


@dataclass(slots=True)
class Unit:
    """The writes of one call at a door, sent together when the call has its answer.

    `if_match` is the version the caller spoke of, None where it named none.
    """

    if_match: int | None = None
    is_agreed: bool = False
    writes: list[Write] = field(default_factory=list)


_unit: ContextVar[Unit | None] = ContextVar('unit', default=None)


@contextlib.contextmanager
def unit_of_work(if_match: int | None = None) -> Iterator[Unit]:
    """Inside the block `commit` only collects; the door that opened it sends the writes with `send`."""
    unit = Unit(if_match)
    token = _unit.set(unit)
    try:
        yield unit
    finally:
        _unit.reset(token)


def agree(version: int) -> None:
    """Refuses when the caller's `If-Match` names another version than the present one (412).

    A service says it of the thing addressed, before it judges; what is said later in the call is of others.
    """
    unit = _unit.get()
    if unit is None or unit.is_agreed:
        return
    if unit.if_match not in (None, version):
        raise StaleVersion(version=version)
    unit.is_agreed = True


def commit(*writes: Write) -> None:
    """All of the writes take effect or none: at the end of the unit of work, or at once outside one.

    Raises the refusal of the first write whose condition fails.
    """
    unit = _unit.get()
    if unit is None:
        send(writes)
    else:
        unit.writes.extend(writes)


def send(writes: Sequence[Write]) -> None:
    """Sends the writes as one transaction now; a transaction that met another one is tried again."""
    if not writes:
        return
    ordered = sorted(writes, key=lambda write: write.act)
    requests: dict[_Act, list[dict[str, Any]]] = {act: [] for act in _Act}
    for write in ordered:
        requests[write.act].append(write.request)
    for attempt in range(CONFLICT_TRIES):
        try:
            connection().transact_write_items(
                condition_check_items=requests[_Act.CHECK],
                delete_items=requests[_Act.REMOVE],
                put_items=requests[_Act.PUT],
                update_items=requests[_Act.UPDATE],
            )
            return
        except TransactWriteError as error:
            codes = [reason.code if reason else None for reason in error.cancellation_reasons]
            for write, code in zip(ordered, codes, strict=False):
                if code == 'ConditionalCheckFailed':
                    raise write.refusal() from error
            if attempt + 1 == CONFLICT_TRIES or not _was_contended(error, codes):
                raise
            _pause(attempt)


def write_now(
    row: Row, condition: Condition | None = None, refusal: Callable[[], Exception] = ChangedMeanwhile
) -> None:
    """One row is written outside any unit of work: for facts that stand even when the call is refused."""
    _now(lambda: row.save(condition), refusal)


def update_now(
    row: Row,
    actions: Sequence[Action],
    condition: Condition | None = None,
    refusal: Callable[[], Exception] = ChangedMeanwhile,
) -> None:
    """One row is changed outside any unit of work, and `row` is as it is afterwards."""
    _now(lambda: row.update(list(actions), condition), refusal)


def _now(act: Callable[[], Any], refusal: Callable[[], Exception]) -> None:
    # A single write that meets a transaction on its row is refused by DynamoDB, not queued.
    for attempt in range(CONFLICT_TRIES):
        try:
            act()
            return
        except (PutError, UpdateError) as error:
            if error.cause_response_code == 'ConditionalCheckFailedException':
                raise refusal() from error
            if attempt + 1 == CONFLICT_TRIES or error.cause_response_code not in _CONTENTION:
                raise
        _pause(attempt)


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
        _pause(attempt)
    raise TimeoutError('DynamoDB kept back keys of a batch')


_CONTENTION = {'TransactionInProgressException', 'TransactionConflictException', 'ThrottlingException'}


def _was_contended(error: TransactWriteError, codes: Sequence[str | None]) -> bool:
    names = {'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'}
    return bool(names & set(codes)) or error.cause_response_code in _CONTENTION


def _pause(attempt: int) -> None:
    # Full jitter, from 10 ms to at most half a second: a lost race is short.
    time.sleep(random.uniform(0, min(0.5, 0.01 * 2**attempt)))  # noqa: S311
