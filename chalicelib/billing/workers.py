"""The queue of what becomes of requests and of their money, and the clock that asks the provider."""

from chalicelib.billing import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered

workers = Lambdas(__name__)


@workers.each_message
def follow(delivered: Delivered) -> None:
    """The money of the request is as what became of it asks for, and what goes back is on its way."""
    service.follow(delivered)


@workers.every('1 minute')
def sweep() -> None:
    """Whatever the provider is to be asked about is asked; a missed minute is caught up."""
    service.sweep()
