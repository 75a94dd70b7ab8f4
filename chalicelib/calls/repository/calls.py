"""Reading and saving one call, and what is remembered of the desks of those who talk."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from chalicelib.calls.events import CallEvent
from chalicelib.calls.model.call import Call
from chalicelib.calls.model.refusals import CallNotFound
from chalicelib.calls.repository.rows import SHARDS, CallRow
from chalicelib.calls.rules import hearing, listing
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import Actor, announcing
from chalicelib.kit.values import Instant, Stored

CALL, HEARD, AT_DESK, MADE = 'call', 'heard#', 'call#', 'made#'
NEWS_KEPT, DESK_KEPT = timedelta(days=30), timedelta(days=1)
LATEST = '~'
"""Sorts after every digit and letter of a key."""


class Made(Stored):
    """A request that an employee created."""

    number: int
    at: Instant
    by: Actor


def reading(organisation: str, call_id: str) -> Read[Call]:
    """A look at the call; `missing` is CallNotFound."""
    return Read(CallRow, (_pk(organisation, call_id), CALL), call_of, CallNotFound)


def reading_heard(organisation: str, call_id: str, event_id: str) -> Read[bool]:
    """A look at whether the news was heard before."""
    return Read(CallRow, (_pk(organisation, call_id), HEARD + event_id), lambda row: True)


def saving(before: Call | None, after: Call, events: Sequence[CallEvent]) -> list[Write]:
    """The call will be as given in its next version, its events beside it, if nobody changed it since."""
    saved = after.model_copy(update={'version': after.version + 1})
    row = _row_of(saved)
    kept = dynamo.creating(row) if before is None else dynamo.replacing(row, before.version)
    return [kept, *announcing(CallRow, str(row.pk), saved.version, *events), *_at_desks(before, saved)]


def hearing_once(call: Call, event_id: str, now: datetime) -> Write:
    """The news will be known; it was not before."""
    row = CallRow(pk=_pk(call.organisation, call.id), sk=HEARD + event_id)
    row.ttl = int((now + NEWS_KEPT).timestamp())
    return dynamo.creating(row)


def calls_at_desk(
    organisation: str, employee_id: str, since: datetime, until: datetime, most: int
) -> list[Call]:
    """The calls that came to the employee's telephone in that time, the last first, as they are now.

    One consistent query and one batch read.
    """
    known = CallRow.sk.between(AT_DESK + clock.text(since), AT_DESK + clock.text(until) + LATEST)
    rows = CallRow.query(
        _desk(organisation, employee_id), known, consistent_read=True, scan_index_forward=False, limit=most
    )
    ids = dict.fromkeys(str(row.sk).rpartition('#')[2] for row in rows)
    return dynamo.fetch_all(reading(organisation, call_id) for call_id in ids)


def remember_made(organisation: str, employee_id: str, made: Made) -> None:
    """That he created the request is known to calls whose answer comes later."""
    row = CallRow(
        *_made_key(organisation, employee_id, made),
        body=made.model_dump_json(),
        ttl=int((made.at + DESK_KEPT).timestamp()),
    )
    dynamo.write_now(row)


def made_at_desk(
    organisation: str, employee_id: str, since: datetime, until: datetime, most: int
) -> list[Made]:
    """What the employee created in that time during no call known so far, the first first: one query."""
    known = CallRow.sk.between(MADE + clock.text(since), MADE + clock.text(until) + LATEST)
    rows = CallRow.query(_desk(organisation, employee_id), known, consistent_read=True, limit=most)
    return [Made.model_validate_json(row.body or '') for row in rows]


def forgetting_made(organisation: str, employee_id: str, made: Made) -> Write:
    """What he created has its call."""
    return dynamo.removing(CallRow(*_made_key(organisation, employee_id, made)))


def due_by(now: datetime, shard: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of each call of the shard that is taken to be over, the oldest first."""
    until = CallRow.due_at <= clock.text(now)
    for row in CallRow.due.query(f'due#{shard}', until, page_size=100):
        organisation, _, call_id = str(row.pk).rpartition('#')
        yield organisation, call_id


def call_of(row: Any) -> Call:
    """The call a row holds."""
    return Call.model_validate_json(row.body or '')


def _pk(organisation: str, call_id: str) -> str:
    return f'{organisation}#{call_id}'


def _desk(organisation: str, employee_id: str) -> str:
    return f'{organisation}#desk#{employee_id}'


def _made_key(organisation: str, employee_id: str, made: Made) -> tuple[str, str]:
    return _desk(organisation, employee_id), f'{MADE}{clock.text(made.at)}#{made.number}'


def _row_of(call: Call) -> CallRow:
    organisation, due = call.organisation, hearing.closed_at(call)
    return CallRow(
        pk=_pk(organisation, call.id),
        sk=CALL,
        version=call.version,
        body=call.model_dump_json(),
        list_key=organisation,
        list_at=f'{clock.text(call.rang_at)}#{call.id}',
        direction_key=f'{organisation}#{call.direction}',
        missed_key=f'{organisation}#{listing.is_missed(call)}',
        linked_key=f'{organisation}#{call.number is not None}',
        employee_key=f'{organisation}#{call.employee.id}' if call.employee else None,
        phone_key=f'{organisation}#{call.phone}' if call.phone else None,
        request_key=f'{organisation}#{call.number}' if call.number is not None else None,
        due_key=f'due#{crc32(call.id.encode()) % SHARDS}' if due else None,
        due_at=clock.text(due) if due else None,
        places=set(call.all_places) or None,
        people=set(call.people) or None,
    )


def _at_desks(before: Call | None, after: Call) -> list[Write]:
    known = {*before.rung, *before.held} if before else set()
    # A telephone may ring and be answered in the same millisecond: one row says both.
    rows = {
        (leg.employee.id, clock.text(leg.since)): leg
        for leg in (*after.rung, *after.held)
        if leg not in known
    }
    return [
        dynamo.putting(
            CallRow(
                pk=_desk(after.organisation, employee_id),
                sk=f'{AT_DESK}{since}#{after.id}',
                ttl=int((leg.since + DESK_KEPT).timestamp()),
            )
        )
        for (employee_id, since), leg in rows.items()
    ]
