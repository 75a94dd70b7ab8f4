"""The queue of jobs, and the clock that finds those nobody is at."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.reports import service
from chalicelib.reports.events import ReportEvent

workers = Lambdas(__name__)


@workers.each_message
def write(delivered: Delivered) -> None:
    """The file of the report is written."""
    service.write(ReportEvent.model_validate(delivered.event))


@workers.every('5 minutes')
def sweep() -> None:
    """Jobs that no hand is on are begun anew or given up; a missed run is caught up by the next."""
    service.sweep()
