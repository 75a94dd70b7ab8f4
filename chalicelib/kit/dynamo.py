"""Rows, prepared reads and writes, and the unit of work that makes several writes one.

A house's repository is the only reader of its rows. What another house may carry into its own
transaction is an opaque `Write`; what it may fetch in the same round trip is an opaque `Read`.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit.connection import CONFLICT_TRIES as CONFLICT_TRIES
from chalicelib.kit.connection import TableMeta as TableMeta
from chalicelib.kit.connection import connection, pause
from chalicelib.kit.errors import ChangedMeanwhile, Contended, StaleVersion
from chalicelib.kit.reads import BATCH_READ_LIMIT as BATCH_READ_LIMIT
from chalicelib.kit.reads import Read as Read
from chalicelib.kit.reads import fetch as fetch
from chalicelib.kit.reads import fetch_all as fetch_all
from chalicelib.kit.reads import find as find
from chalicelib.kit.reads import get as get
from chalicelib.kit.reads import naming as naming
from chalicelib.kit.rows import Row as Row

R = TypeVar('R', bound='Row')
T = TypeVar('T')

_CONTENTION = {'TransactionInProgressException', 'TransactionConflictException', 'ThrottlingException'}


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

    Raises the refusal of the first write whose condition fails, and Contended after a dozen lost races.
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
            _judge(error, ordered)
        pause(attempt)
    raise Contended()


def _judge(error: TransactWriteError, writes: Sequence[Write]) -> None:
    """Raises what the failed transaction means, unless it only met another one."""
    codes = [reason.code if reason else None for reason in error.cancellation_reasons]
    for write, code in zip(writes, codes, strict=False):
        if code == 'ConditionalCheckFailed':
            raise write.refusal() from error
    if not _was_contended(error, codes):
        raise error


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
        pause(attempt)


def _was_contended(error: TransactWriteError, codes: Sequence[str | None]) -> bool:
    names = {'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'}
    return bool(names & set(codes)) or error.cause_response_code in _CONTENTION
