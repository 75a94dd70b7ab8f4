"""The queue of what becomes of payments."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import service

workers = Lambdas(__name__)


@workers.each_message
def enter(delivered: Delivered) -> None:
    """The register shows the money that the event is about."""
    service.follow(delivered)
