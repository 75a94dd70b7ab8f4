"""The queue of jobs that follow incidents, and the clock that finds those nobody is at."""

from chalicelib.incidents import service
from chalicelib.incidents.events import JobEvent
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered

workers = Lambdas(__name__)


@workers.each_message
def work(delivered: Delivered) -> None:
    """The job is further than before."""
    service.work(JobEvent.model_validate(delivered.event))


@workers.every('5 minutes')
def sweep() -> None:
    """Jobs that no hand is on go on; a missed run is caught up by the next."""
    service.sweep()
