"""The clock of tasks, and the queue of checklists that requests await."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.tasks import service

workers = Lambdas(__name__)


@workers.each_message
def follow(delivered: Delivered) -> None:
    """The checklist of the offering is with its request."""
    service.follow(delivered)


@workers.every('1 minute')
def sweep() -> None:
    """Executors are reminded; a missed minute is caught up, a double run tells nothing twice."""
    service.sweep()
