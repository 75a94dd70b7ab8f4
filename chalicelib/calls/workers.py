"""The queue of what was created and answered, and the clock that closes calls without an end."""

from chalicelib.calls import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered

workers = Lambdas(__name__)


@workers.each_message
def follow(delivered: Delivered) -> None:
    """What was created during a call is attached to it."""
    service.follow(delivered)


@workers.every('1 minute')
def sweep() -> None:
    """Calls whose end was never told are over; a missed minute is caught up by the next."""
    service.sweep()
