"""The rows of reports.

    pk                       sk             what
    <org>#<report>           report         the job
    <org>#<report>           order          what is to be in it, and for whom
    <org>#<report>           event#<v>.<n>  what happened at version v: audit and outbox
    <org>#desk#<employee>    desk           what he ticked last, and for how many reports he waits
    <org>#desk#<employee>    desk#payments  for how many reports of payments he waits

What a worker tells while he writes (`progress`, `rows`, `worked_at`) changes no version: whoever changes the
version takes the job away from him. Unfinished jobs stand in the sparse index `unfinished` until they end.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.outbox import Event, announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.reports.model import (
    Desk,
    Order,
    Report,
    ReportKind,
    ReportNotFound,
    TakenAway,
    TooManyReports,
)
from chalicelib.reports.rules import life

REPORT, ORDER, DESK = 'report', 'order', 'desk'
UNFINISHED = 'unfinished'
"""All of them are one partition: few are unfinished at a time, whatever the number of organisations."""


class ByAuthor(GlobalSecondaryIndex['ReportRow']):
    """An employee's own reports, by the time of their order."""

    class Meta(TableMeta):
        index_name = 'by_author'
        projection = AllProjection()

    author_key = UnicodeAttribute(hash_key=True)
    report_id = UnicodeAttribute(range_key=True)


class Unfinished(GlobalSecondaryIndex['ReportRow']):
    """Jobs that are not over, by when they were last in any hand; the sweep reads those of everybody."""

    class Meta(TableMeta):
        index_name = 'unfinished'
        projection = KeysOnlyProjection()

    unfinished = UnicodeAttribute(hash_key=True)
    worked_at = UnicodeAttribute(range_key=True)


class ReportRow(Row):
    """A row of the table of reports; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('reports')

    author_key = UnicodeAttribute(null=True)
    report_id = UnicodeAttribute(null=True)
    unfinished = UnicodeAttribute(null=True)
    worked_at = UnicodeAttribute(null=True)
    progress = NumberAttribute(null=True)
    rows = NumberAttribute(null=True)
    waited_for = NumberAttribute(null=True)

    by_author = ByAuthor()
    by_worked_at = Unfinished()


def reading(organisation: str, report_id: str) -> Read[Report]:
    """A look at the job; `missing` is ReportNotFound."""
    return Read(ReportRow, (_pk(organisation, report_id), REPORT), _report_of, ReportNotFound)


def reading_order(organisation: str, report_id: str) -> Read[Order]:
    """A look at what is to be in it."""
    return Read(ReportRow, (_pk(organisation, report_id), ORDER), _order_of, ReportNotFound)


def reading_desk(organisation: str, employee_id: str) -> Read[Desk]:
    """A look at what the employee ticked last."""
    return Read(ReportRow, _desk_key(organisation, employee_id), _desk_of)


def list_by_author(organisation: str, author_id: str, kind: ReportKind, paging: Paging) -> Page[Report]:
    """One page of the employee's own reports of the kind, newest first; index `by_author`."""
    return page(
        ReportRow,
        _report_of,
        _author_key(organisation, author_id, kind),
        paging=paging,
        binding=(organisation, 'reports', author_id, kind),
        index=ReportRow.by_author,
    )


def unattended(until: datetime, most: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of unfinished jobs that no hand was on since, the longest first."""
    last = ReportRow.worked_at <= clock.text(until)
    for row in ReportRow.by_worked_at.query(UNFINISHED, last, limit=most):
        organisation, _, report_id = row.pk.partition('#')
        yield organisation, report_id


def ordering(report: Report, order: Order, ticks: tuple[str, ...] | None, event: Event) -> list[Write]:
    """The job will be there, and its ticks remembered, if its author does not wait for too many already.

    A report of payments has none. Of each kind one waits for as many.
    """
    pk, now = _pk(report.organisation, report.id), report.created_at
    asked = ReportRow(pk=pk, sk=ORDER, body=order.model_dump_json())
    asked.ttl = int((now + life.REMEMBERED).timestamp())
    desk = ReportRow(*_desk_key(report.organisation, report.author_id, report.kind))
    remembered: list[Action] = [ReportRow.waited_for.add(1)]
    if ticks is not None:
        remembered.append(ReportRow.body.set(Desk(ticks=ticks).model_dump_json()))
    has_room = ReportRow.waited_for.does_not_exist() | (ReportRow.waited_for < life.MOST_OPEN)
    return [
        dynamo.creating(_row_of(report)),
        dynamo.creating(asked),
        dynamo.updating(desk, remembered, has_room, lambda: TooManyReports(limit=life.MOST_OPEN)),
        *announcing(ReportRow, pk, report.version, event),
    ]


def changing(report: Report, event: Event | None = None) -> list[Write]:
    """The job will be as given in place of the version before; its author no longer waits if it is over."""
    writes = [dynamo.replacing(_row_of(report), report.version - 1)]
    if report.status.is_over:
        desk = ReportRow(*_desk_key(report.organisation, report.author_id, report.kind))
        writes.append(dynamo.updating(desk, [ReportRow.waited_for.add(-1)]))
    if event is not None:
        writes += announcing(ReportRow, _pk(report.organisation, report.id), report.version, event)
    return writes


def tell(report: Report, rows: int, progress: int, now: datetime) -> None:
    """The worker lives, and is so far. Raises TakenAway if the job has another version by now."""
    row = ReportRow(_pk(report.organisation, report.id), REPORT)
    told = [
        ReportRow.rows.set(rows),
        ReportRow.progress.set(progress),
        ReportRow.worked_at.set(clock.text(now)),
    ]
    dynamo.update_now(row, told, ReportRow.version == report.version, TakenAway)


def _pk(organisation: str, report_id: str) -> str:
    return f'{organisation}#{report_id}'


def _author_key(organisation: str, author_id: str, kind: ReportKind) -> str:
    # Reports of requests stand as they did when there were no others.
    key = f'{organisation}#{author_id}'
    return key if kind is ReportKind.REQUESTS else f'{key}#{kind}'


def _desk_key(
    organisation: str, employee_id: str, kind: ReportKind = ReportKind.REQUESTS
) -> tuple[str, str]:
    name = DESK if kind is ReportKind.REQUESTS else f'{DESK}#{kind}'
    return f'{organisation}#{DESK}#{employee_id}', name


def _row_of(report: Report) -> ReportRow:
    row = ReportRow(
        pk=_pk(report.organisation, report.id),
        sk=REPORT,
        version=report.version,
        body=report.model_dump_json(),
        author_key=_author_key(report.organisation, report.author_id, report.kind),
        report_id=report.id,
        worked_at=clock.text(report.worked_at),
        progress=report.progress,
        rows=report.rows,
    )
    if report.finished_at is None:
        row.unfinished = UNFINISHED
    else:
        row.ttl = int((report.finished_at + life.REMEMBERED).timestamp())
    return row


def _report_of(row: Any) -> Report:
    report = Report.model_validate_json(row.body or '')
    told = {
        'rows': int(row.rows or 0),
        'progress': int(row.progress or 0),
        'worked_at': clock.instant(row.worked_at),
    }
    return report.model_copy(update=told)


def _order_of(row: Any) -> Order:
    return Order.model_validate_json(row.body or '')


def _desk_of(row: Any) -> Desk:
    return Desk.model_validate_json(row.body or '')
