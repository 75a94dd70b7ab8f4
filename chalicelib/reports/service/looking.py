"""An employee looks at his own reports, and cancels them; another's are not there for anybody."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.reports import repository
from chalicelib.reports.events import ReportCancelled
from chalicelib.reports.model import Report, ReportAlreadyOver, ReportCard, ReportKind, ReportNotFound
from chalicelib.reports.rules import life
from chalicelib.reports.service import wording
from chalicelib.reports.service.ordering import JUDGES


def read(report_id: str, *, by: Caller, kind: ReportKind = ReportKind.REQUESTS) -> ReportCard:
    """The job as it stands; with a link to its file when there is one (RPT-005). Raises ReportNotFound."""
    return _shown(_own(report_id, kind, by), by)


def list_own(
    paging: Paging, *, by: Caller, kind: ReportKind = ReportKind.REQUESTS
) -> Page[ReportCard]:
    """One page of the caller's own reports of the kind, newest first."""
    JUDGES[kind](by)
    return repository.list_by_author(by.organisation, by.id, kind, paging).shown_as(
        lambda report: _shown(report, by)
    )


def cancel(report_id: str, *, by: Caller, kind: ReportKind = ReportKind.REQUESTS) -> None:
    """The report will not be made; a worker who is at it stops before long.

    Raises ReportNotFound, and ReportAlreadyOver for one that is finished.
    """
    report = _own(report_id, kind, by)
    dynamo.agree(report.version)
    if report.status.is_over:
        raise ReportAlreadyOver()
    now = clock.now()
    event = ReportCancelled(organisation=by.organisation, at=now, by=Actor.of(by), report_id=report.id)
    dynamo.commit(*repository.changing(life.cancelled(report, now), event))


def _own(report_id: str, kind: ReportKind, by: Caller) -> Report:
    JUDGES[kind](by)
    report = dynamo.get(repository.reading(by.organisation, report_id))
    if (report.author_id, report.kind) != (by.id, kind):
        raise ReportNotFound()
    return report


def _shown(report: Report, by: Caller) -> ReportCard:
    until = life.file_until(report)
    return wording.card(report, by, is_kept=until is not None and clock.now() < until)
