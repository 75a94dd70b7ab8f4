"""What becomes of a job, from its order to its end.

    waiting -> running -> ready | failed        a worker's
    waiting, running -> cancelled               its author's
    running -> waiting, waiting -> waiting      begun anew: it broke off, or nobody came
    waiting, running -> failed                  the sweep's, when it has been tried or has waited enough
"""

from datetime import datetime, timedelta

from chalicelib.reports.model import Failure, Report, ReportFile, ReportStatus

MOST_OPEN = 3
"""Reports an employee may wait for at a time."""

MOST_ROWS = 1_000_000
"""Requests in one report: they fit on a sheet, and into the time a worker has."""

MOST_ATTEMPTS = 3

UNATTENDED = timedelta(minutes=5)
"""A job that no hand was on for so long is begun anew: a worker shows that he lives every few seconds."""

LONGEST_WAIT = timedelta(days=1)
"""How long a job waits for its first worker, or its next, before it is given up."""

FILE_KEPT = timedelta(days=7)
"""The bucket deletes files no earlier (`infra/reports.yaml`)."""

REMEMBERED = timedelta(days=30)
"""How long after its end a job is listed."""


def may_be_claimed(report: Report, now: datetime) -> bool:
    """Whether a worker may take the job: nobody has it, or whoever had it is not heard of any more."""
    if report.status is ReportStatus.RUNNING:
        return report.attempts < MOST_ATTEMPTS and is_unattended(report, now)
    return report.status is ReportStatus.WAITING


def is_unattended(report: Report, now: datetime) -> bool:
    """Whether no hand was on the unfinished job for long."""
    return not report.status.is_over and now - report.worked_at >= UNATTENDED


def given_up(report: Report, now: datetime) -> Failure | None:
    """Why the unattended job is not begun anew, None if it is."""
    if report.attempts >= MOST_ATTEMPTS:
        return Failure.INTERRUPTED
    if now - report.created_at >= LONGEST_WAIT:
        return Failure.INTERRUPTED if report.attempts else Failure.NOT_STARTED
    return None


def claimed(report: Report, now: datetime) -> Report:
    """A worker has the job and begins with the first row."""
    return _next(
        report, status=ReportStatus.RUNNING, attempts=report.attempts + 1, worked_at=now, rows=0, progress=0
    )


def put_back(report: Report, now: datetime) -> Report:
    """The job waits for the next worker."""
    return _next(report, status=ReportStatus.WAITING, worked_at=now, rows=0, progress=0)


def ready(report: Report, file: ReportFile, rows: int, now: datetime) -> Report:
    """The file can be saved."""
    return _next(
        report, status=ReportStatus.READY, file=file, rows=rows, progress=100, worked_at=now, finished_at=now
    )


def failed(report: Report, failure: Failure, now: datetime) -> Report:
    """There is no file, and there will be none."""
    return _next(report, status=ReportStatus.FAILED, failure=failure, worked_at=now, finished_at=now)


def cancelled(report: Report, now: datetime) -> Report:
    """Its author does not want it any more."""
    return _next(report, status=ReportStatus.CANCELLED, worked_at=now, finished_at=now)


def file_until(report: Report) -> datetime | None:
    """Until when the file is there, None where there is none."""
    return report.finished_at + FILE_KEPT if report.file and report.finished_at else None


def percent(done: int, total: int) -> int:
    """How far the work is; all of it only when the file can be saved."""
    return min(99, done * 100 // total) if total else 0


def _next(report: Report, **changes: object) -> Report:
    return report.model_copy(update={'version': report.version + 1, **changes})
