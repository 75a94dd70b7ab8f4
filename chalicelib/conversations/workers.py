"""The clock of conversations."""

from chalicelib.conversations import service
from chalicelib.kit.lambdas import Lambdas

workers = Lambdas(__name__)


@workers.every('1 minute')
def sweep() -> None:
    """Deferred messages leave; a missed minute is caught up, a double run sends nothing twice."""
    service.sweep()
