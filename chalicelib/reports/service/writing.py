"""A worker takes a job and writes its file.

Whoever claims the job raises its version, and so does whoever ends it or begins it anew: of two workers one
writes, and one whose job was taken away learns of it with the next thing he tells. The file has no link
before the job is ready, and each attempt writes a file of its own. So it may stop after any line: the sweep
finds the job, and what was sent of its file is deleted by the bucket.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO, cast

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.kit.xlsx import Workbook
from chalicelib.premises import service as premises
from chalicelib.reports import gateway, repository
from chalicelib.reports.events import ReportEvent, ReportFailed, ReportReady
from chalicelib.reports.gateway import Upload
from chalicelib.reports.model import CannotBeMade, Failure, Order, Report, ReportField, ReportFile, TakenAway
from chalicelib.reports.rules import columns, life
from chalicelib.reports.rules.columns import LINES, Around
from chalicelib.reports.service import wording
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff import service as staff

TOLD_EVERY = timedelta(seconds=2)
MOST_UNTOLD = 1000
"""Requests after which a worker tells how far he is, though it were sooner."""


def write(asked: ReportEvent) -> None:
    """The report's file is there and its job says so, once however often this is asked.

    A job that is over, or in another's hands, is left alone. What breaks off leaves the job to the next
    attempt, or as failed after the last, and is raised.
    """
    report = claim(asked)
    if report is None:
        return
    try:
        file, rows = make_file(report)
    except TakenAway:
        return
    except CannotBeMade as refusal:
        _fail(report, refusal.failure)
    except Exception:
        _break_off(report)
        raise
    else:
        finish(report, file, rows)


def claim(asked: ReportEvent) -> Report | None:
    """The job is this worker's, None if it is nobody's any more or in another hand."""
    report = dynamo.find(repository.reading(asked.organisation, asked.report_id))
    now = clock.now()
    if report is None or not life.may_be_claimed(report, now):
        return None
    claimed = life.claimed(report, now)
    try:
        dynamo.commit(*repository.changing(claimed))
    except ChangedMeanwhile:
        return None  # another has it, or begins it anew with a message of its own
    return claimed


def make_file(report: Report) -> tuple[ReportFile, int]:
    """The workbook lies in the bucket, of so many rows, and nobody has a link to it yet.

    Raises TakenAway and CannotBeMade.
    """
    order = dynamo.get(repository.reading_order(report.organisation, report.id))
    by = order.author.calling(report.organisation)
    employee = dynamo.find(staff.reading_employee(by.organisation, by.id))
    if employee is None or not employee.is_active:
        raise CannotBeMade(Failure.EMPLOYEE_DISMISSED)
    chosen = requests.select(order.selection, by=by)
    if len(chosen) > life.MOST_ROWS:
        raise CannotBeMade(Failure.TOO_MANY_ROWS)
    progress = Progress(report, total=len(chosen))
    progress.tell()
    key = f'{report.organisation}/{report.id}/{report.attempts}.xlsx'
    with (
        Upload(key, wording.file_name(report, by)) as upload,
        _workbook(cast(BinaryIO, upload), order, by) as book,
    ):
        _fill(book, order, requests.each_chosen(chosen, by=by), progress, by)
    return ReportFile(key=key, size=upload.size), book.rows


def _workbook(upload: BinaryIO, order: Order, by: Caller) -> Workbook:
    return Workbook(
        upload,
        zone=by.zoneinfo,
        sheet=wording.sheet(by.locale),
        columns=[wording.heading(LINES[field], by.locale) for field in order.fields],
    )


def _fill(
    book: Workbook, order: Order, chosen: Iterator[Request], progress: 'Progress', by: Caller
) -> None:
    lines = [LINES[field] for field in order.fields]
    around = Around(words=wording.words(by.locale), names={})
    while batch := list(islice(chosen, dynamo.BATCH_READ_LIMIT)):
        around = replace(around, names=_named(batch, order, around, by))
        for request in batch:
            book.add(columns.row(request, lines, around))
        progress.add(len(batch))


_READING: dict[ReportField, Any] = {
    ReportField.QUARTER: premises.reading_quarter,
    ReportField.GROUP: premises.reading_group,
    ReportField.DEPARTMENT: staff.reading_department,
}


def _named(batch: Sequence[Request], order: Order, around: Around, by: Caller) -> dict[str, str]:
    """The names known so far, and those of the batch: one batch read for what is new, none as a rule."""
    known = dict(around.names)
    asked = {(f, id_) for f, id_ in columns.unnamed(batch, order.fields) if id_ not in known}
    reads: list[Read[Any]] = [_READING[f](by.organisation, id_) for f, id_ in sorted(asked)]
    return known | {found.id: found.name for found in dynamo.fetch_all(reads)}


@dataclass(slots=True)
class Progress:
    """How far the work is, told now and then: so its author sees it, and the worker hears of his wishes."""

    report: Report
    total: int
    done: int = 0
    untold: int = 0
    told_at: datetime = field(default_factory=clock.now)

    def add(self, done: int) -> None:
        """So many more requests are written. Raises TakenAway."""
        self.done += done
        self.untold += done
        if self.untold >= MOST_UNTOLD or clock.now() - self.told_at >= TOLD_EVERY:
            self.tell()

    def tell(self) -> None:
        """The job's row says how far the work is. Raises TakenAway."""
        self.told_at, self.untold = clock.now(), 0
        repository.tell(self.report, self.done, life.percent(self.done, self.total), self.told_at)


def finish(report: Report, file: ReportFile, rows: int) -> None:
    """The job is ready and its file can be saved; a file whose job was taken away is gone."""
    now = clock.now()
    event = ReportReady(**_about(report, now), rows=rows, size=file.size)
    try:
        dynamo.commit(*repository.changing(life.ready(report, file, rows, now), event))
    except ChangedMeanwhile:
        gateway.remove(file.key)  # cancelled at the last moment


def _fail(report: Report, failure: Failure) -> None:
    now = clock.now()
    event = ReportFailed(**_about(report, now), failure=failure)
    with suppress(ChangedMeanwhile):
        dynamo.commit(*repository.changing(life.failed(report, failure, now), event))


def _break_off(report: Report) -> None:
    if report.attempts >= life.MOST_ATTEMPTS:
        _fail(report, Failure.INTERRUPTED)
        return
    with suppress(ChangedMeanwhile):
        dynamo.commit(*repository.changing(life.put_back(report, clock.now())))


def _about(report: Report, now: datetime) -> dict[str, Any]:
    return {'organisation': report.organisation, 'at': now, 'by': SYSTEM, 'report_id': report.id}
