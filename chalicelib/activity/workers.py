"""The queue of what the houses below announce."""

from chalicelib.activity import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered

workers = Lambdas(__name__)


@workers.each_message
def note(delivered: Delivered) -> None:
    """What a client did stands in his activity."""
    service.note(delivered)
