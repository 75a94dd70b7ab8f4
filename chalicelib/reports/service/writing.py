"""A worker takes a job and writes its file.

Whoever claims the job raises its version, and so does whoever ends it or begins it anew: of two workers one
writes, and one whose job was taken away learns of it with the next thing he tells. The file has no link
before the job is ready, and each attempt writes a file of its own. So it may stop after any line: the sweep
finds the job, and what was sent of its file is deleted by the bucket.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO, cast

from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.kit.xlsx import Workbook
from chalicelib.reports import gateway, repository
from chalicelib.reports.events import ReportEvent, ReportFailed, ReportReady
from chalicelib.reports.gateway import Upload
from chalicelib.reports.model import CannotBeMade, Failure, Report, ReportFile, TakenAway
from chalicelib.reports.rules import life
from chalicelib.reports.service import filling, wording
from chalicelib.staff import service as staff


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
    content = filling.content(report, order, by)
    key = f'{report.organisation}/{report.id}/{report.attempts}.xlsx'
    with (
        Upload(key, wording.file_name(report, by)) as upload,
        Workbook(
            cast(BinaryIO, upload),
            zone=by.zoneinfo,
            sheet=wording.sheet(order.kind, by.locale),
            columns=content.columns,
        ) as book,
    ):
        content.fill(book)
    return ReportFile(key=key, size=upload.size), content.progress.done


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
