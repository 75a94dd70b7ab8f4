"""The queue of what requests announce."""

from chalicelib.figures import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.requests.events import RequestEvent

workers = Lambdas(__name__)


@workers.each_message
def count(delivered: Delivered) -> None:
    """The counters hold what the request says that the event is about."""
    event = RequestEvent.model_validate(delivered.event)
    service.count(event.organisation, event.number)
