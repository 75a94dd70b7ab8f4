"""The clock and the queue of requests."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service

workers = Lambdas(__name__)


@workers.every('1 minute')
def sweep() -> None:
    """Whatever has fallen due is recorded; a missed minute is caught up, a double run changes nothing."""
    service.sweep()


@workers.each_message
def follow(delivered: Delivered) -> None:
    """The machine that follows the status is at work."""
    service.follow(delivered)
