"""Reading and saving reconciliations: the job, what it has seen, and what it found."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.payment import Payment
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import Event, announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.registers.model.entry import Entry
from chalicelib.registers.model.reconciliation import Difference, Reconciliation
from chalicelib.registers.model.refusals import ReconciliationNotFound, ReconciliationUnderWay
from chalicelib.registers.repository.entries import entry_of
from chalicelib.registers.repository.rows import RegisterRow
from chalicelib.registers.repository.shops import name_of
from chalicelib.registers.rules import life

JOB, SEEN, DIFFERENCE = 'reconciliation', 'seen#', 'difference#'
UNFINISHED = 'unfinished'
"""All of them are one partition: one a shop and night, whatever the number of organisations."""


def reading(organisation: str, reconciliation_id: str) -> Read[Reconciliation]:
    """A look at the reconciliation; `missing` is ReconciliationNotFound."""
    return Read(RegisterRow, (_pk(organisation, reconciliation_id), JOB), _job_of, ReconciliationNotFound)


def list_reconciliations(organisation: str, paging: Paging) -> Page[Reconciliation]:
    """One page of them, those started last first; index `by_time`."""
    return page(
        RegisterRow,
        _job_of,
        _list_key(organisation),
        paging=paging,
        binding=(organisation, 'reconciliations'),
        index=RegisterRow.by_time,
    )


def starting(job: Reconciliation, event: Event) -> list[Write]:
    """The day will be compared, unless it is being compared already: ReconciliationUnderWay."""
    slot = RegisterRow(*_slot(job), body=job.id)
    return [
        dynamo.creating(_row_of(job)),
        dynamo.creating(slot, ReconciliationUnderWay),
        *announcing(RegisterRow, _pk(job.organisation, job.id), job.version, event),
    ]


def going_on(
    job: Reconciliation, events: Iterable[Event] = (), *, seen: Iterable[str] | None = None
) -> list[Write]:
    """The reconciliation will be as given in place of the version before; ChangedMeanwhile for another.

    `seen` are the entries that this step met there. Where it is over, its day may be compared again.
    """
    pk = _pk(job.organisation, job.id)
    writes = [
        dynamo.putting(_row_of(job), RegisterRow.version == job.version - 1),
        *announcing(RegisterRow, pk, job.version, *events),
    ]
    if seen is not None:
        met = RegisterRow(pk=pk, sk=f'{SEEN}{job.step:06d}', body=json.dumps(sorted(seen)))
        met.ttl = _forgotten_at(job)
        writes.append(dynamo.putting(met))
    if job.is_over:
        writes.append(dynamo.removing(RegisterRow(*_slot(job))))
    return writes


def seen_by(job: Reconciliation) -> set[str]:
    """The ids of the entries that were met there so far: a row for each hundred."""
    rows = RegisterRow.query(
        _pk(job.organisation, job.id), RegisterRow.sk.startswith(SEEN), consistent_read=True
    )
    return {one for row in rows for one in json.loads(row.body or '[]')}


def keep(job: Reconciliation, difference: Difference) -> None:
    """The difference is known, once however often it is found."""
    row = RegisterRow(
        pk=_pk(job.organisation, job.id),
        sk=DIFFERENCE + difference.name,
        body=difference.model_dump_json(),
        ttl=_forgotten_at(job),
    )
    dynamo.write_now(row)


def differences(job: Reconciliation) -> Iterator[Difference]:
    """All that was found so far."""
    rows = RegisterRow.query(
        _pk(job.organisation, job.id), RegisterRow.sk.startswith(DIFFERENCE), consistent_read=True
    )
    return (_difference_of(row) for row in rows)


def list_differences(job: Reconciliation, paging: Paging) -> Page[Difference]:
    """One page of what was found: payments, then refunds."""
    return page(
        RegisterRow,
        _difference_of,
        _pk(job.organisation, job.id),
        paging=paging,
        binding=(job.organisation, 'differences', job.id),
        condition=RegisterRow.sk.startswith(DIFFERENCE),
        forward=True,
    )


def of_day(job: Reconciliation, after: str | None, most: int) -> tuple[list[Entry], str | None]:
    """Up to `most` entries of the legal entity's day from a place on, and the place where the next follow.

    Index `by_entity`.
    """
    first = after + '\x00' if after else clock.text(job.since)
    key = f'{job.organisation}#{job.shop.legal_entity_id}'
    rows = list(
        RegisterRow.by_entity.query(
            key, RegisterRow.list_at.between(first, clock.text(job.before)), limit=most
        )
    )
    place = str(rows[-1].list_at) if len(rows) == most else None
    return [entry_of(row) for row in rows], place


def returned(payment: Payment, organisation: str) -> list[Write]:
    """That money went back of the payment, by another hand than ours, is to be looked at with that day.

    Nothing where none did; the same however often it is told.
    """
    if payment.elsewhere is None:
        return []
    shop = ShopName(
        legal_entity_id=payment.legal_entity_id, provider=payment.provider, shop_id=payment.shop_id
    )
    at = payment.elsewhere.heard_at
    row = RegisterRow(pk=_returned(organisation, shop), sk=f'{clock.text(at)}#{payment.id}', body=payment.id)
    row.ttl = int((at + life.LOOKED_AT_AGAIN).timestamp())
    return [dynamo.putting(row)]


def returned_on(job: Reconciliation) -> list[str]:
    """The payments of the shop of which was told on that day that money went back elsewhere: one query."""
    day = RegisterRow.sk.between(clock.text(job.since), clock.text(job.before))
    rows = RegisterRow.query(_returned(job.organisation, job.shop), day, consistent_read=True)
    return list(dict.fromkeys(str(row.body) for row in rows))


def unattended(until: datetime, most: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of the reconciliations that no hand was on since, the longest first."""
    last = RegisterRow.due_at <= clock.text(until)
    for row in RegisterRow.due.query(UNFINISHED, last, limit=most):
        organisation, _, reconciliation_id = str(row.pk).partition('#reconciliation#')
        yield organisation, reconciliation_id


def _pk(organisation: str, reconciliation_id: str) -> str:
    return f'{organisation}#reconciliation#{reconciliation_id}'


def _list_key(organisation: str) -> str:
    return f'{organisation}#reconciliations'


def _slot(job: Reconciliation) -> tuple[str, str]:
    return f'{job.organisation}#days', f'{name_of(job.shop)}#{job.day}'


def _returned(organisation: str, shop: ShopName) -> str:
    return f'{organisation}#returned#{name_of(shop)}'


def _forgotten_at(job: Reconciliation) -> int:
    return int((job.started_at + life.REMEMBERED).timestamp())


def _row_of(job: Reconciliation) -> RegisterRow:
    row = RegisterRow(
        pk=_pk(job.organisation, job.id),
        sk=JOB,
        version=job.version,
        body=job.model_dump_json(),
        list_key=_list_key(job.organisation),
        list_at=f'{clock.text(job.started_at)}#{job.id}',
    )
    if job.is_over:
        row.ttl = _forgotten_at(job)
    else:
        row.due_key, row.due_at = UNFINISHED, clock.text(job.worked_at)
    return row


def _job_of(row: Any) -> Reconciliation:
    return Reconciliation.model_validate_json(row.body or '')


def _difference_of(row: Any) -> Difference:
    return Difference.model_validate_json(row.body or '')
