"""Deferred messages: each a row of its own, under its request and, while it waits, among what is due."""

from datetime import datetime
from typing import NamedTuple
from zlib import crc32

from chalicelib.conversations.events import DeferredEvent
from chalicelib.conversations.model.deferred import PENDING, Deferred, DeferredState
from chalicelib.conversations.model.refusals import DeferredMessageNotFound
from chalicelib.conversations.repository.rows import DEFERRED, SHARDS, ConversationRow, deferred_pk, pk_of
from chalicelib.kit import clock
from chalicelib.kit.dynamo import Read, Write, creating, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging


class Due(NamedTuple):
    """What the due index tells of a message whose time has come; the row may know better by now."""

    organisation: str
    number: int
    id: str
    client_id: str
    planned_at: datetime


def reading_deferred(organisation: str, number: int, deferred_id: str) -> Read[Deferred]:
    """The deferred message of that id."""
    key = (deferred_pk(organisation, number, deferred_id), DEFERRED)
    return Read(ConversationRow, key, _deferred_of, DeferredMessageNotFound)


def list_pending(organisation: str, number: int, paging: Paging) -> Page[Deferred]:
    """One page of what waits under the request, the first to leave first. Index `pending`."""
    return page(
        ConversationRow,
        _deferred_of,
        pk_of(organisation, number),
        paging=paging,
        binding=(organisation, 'deferred', str(number)),
        index=ConversationRow.pending,
        forward=True,
    )


def due_by(now: datetime, shard: int, most: int) -> list[Due]:
    """At most so many of the shard whose time has come, the oldest first. Index `due`."""
    rows = ConversationRow.due.query(
        f'due#{shard}', ConversationRow.planned_at <= clock.text(now), limit=most, page_size=most
    )
    return list(map(_due_of, rows))


def saving_deferred(deferred: Deferred, *events: DeferredEvent) -> list[Write]:
    """The deferred message will be so, in the version it says, and what became of it announced."""
    organisation, number = deferred.organisation, deferred.number
    pk = deferred_pk(organisation, number, deferred.id)
    is_due = deferred.state is DeferredState.SCHEDULED
    row = ConversationRow(
        pk=pk,
        sk=DEFERRED,
        version=deferred.version,
        body=deferred.model_dump_json(),
        client_id=deferred.client_id,
        planned_at=clock.text(deferred.send_at),
        pending_key=pk_of(organisation, number) if deferred.state in PENDING else None,
        due_key=f'due#{crc32(deferred.id.encode()) % SHARDS}' if is_due else None,
    )
    write = creating(row) if deferred.version == 1 else replacing(row, deferred.version - 1)
    return [write, *announcing(ConversationRow, pk, deferred.version, *events)]


def _due_of(row: ConversationRow) -> Due:
    organisation, number, _, deferred_id = row.pk.split('#')
    return Due(
        organisation, int(number), deferred_id, row.client_id or '', clock.instant(row.planned_at or '')
    )


def _deferred_of(row: ConversationRow) -> Deferred:
    return Deferred.model_validate_json(row.body or '')
