"""What may be refused about a report, and what ends the work on one without anybody being told."""

from chalicelib.kit.errors import Conflict, Forbidden, NotFound
from chalicelib.reports.model.job import Failure


class ReportNotFound(NotFound):
    """There is no such report, or it is somebody else's."""


class ReportAlreadyOver(Conflict):
    """The report is finished: there is nothing left to cancel."""


class TooManyReports(Conflict):
    """The employee waits for as many reports as one may wait for."""


class ReportsOnlyInCrm(Forbidden):
    """Reports are made in the CRM; the employees' application does not offer them (RPT-012)."""


class TakenAway(Exception):
    """The job is no longer this worker's: it was cancelled, or begun anew by another."""


class CannotBeMade(Exception):
    """There will be no file, however often it is tried."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure
