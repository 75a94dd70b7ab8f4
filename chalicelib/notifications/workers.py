"""The queue of what the houses below announce."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.notifications import service

workers = Lambdas(__name__)


@workers.each_message
def fan_out(delivered: Delivered) -> None:
    """Everybody whom the event concerns is told."""
    service.tell(delivered)
