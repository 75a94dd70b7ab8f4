"""What reports announce: who took which data out of the house, and what became of the jobs."""

from typing import Any, ClassVar

from pydantic import Field

from chalicelib.kit.outbox import Event
from chalicelib.reports.model import Failure, ReportField, ReportKind


class ReportEvent(Event):
    """A fact about one report."""

    source: ClassVar[str] = 'reports'

    report_id: str


class ReportOrdered(ReportEvent):
    """An employee asked for a report: from here on there is a job."""

    kind: ReportKind = ReportKind.REQUESTS
    fields: tuple[ReportField, ...] = ()
    tab: str | None = None
    filters: dict[str, Any] = Field(description='Those that narrow the list, by their names.')
    search: str | None = None


class ReportBegunAnew(ReportEvent):
    """A worker broke off, or none came: the job waits for the next."""

    attempts: int = Field(description='How many workers have taken it so far.')


class ReportReady(ReportEvent):
    """The file can be saved."""

    rows: int
    size: int = Field(description='Bytes.')


class ReportFailed(ReportEvent):
    """There will be no file."""

    failure: Failure


class ReportCancelled(ReportEvent):
    """Its author does not want it any more."""
