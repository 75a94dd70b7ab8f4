"""The clock of tasks."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.tasks import service

workers = Lambdas(__name__)


@workers.every('1 minute')
def sweep() -> None:
    """Executors are reminded; a missed minute is caught up, a double run tells nothing twice."""
    service.sweep()
