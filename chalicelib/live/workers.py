"""The three routes of the socket, the queue of what is to be told, and the clock that closes the stale."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.kit.sockets import Frame, Opening, Sockets
from chalicelib.live import service
from chalicelib.live.model import Answer

workers = Lambdas(__name__)
sockets = Sockets(__name__)


@sockets.on_connect
def connect(opening: Opening) -> None:
    """A program with a ticket has a socket."""
    service.open_socket(opening.socket_id, opening.query.get('ticket', ''))


@sockets.on_message
def message(frame: Frame) -> Answer:
    """A frame is answered."""
    return service.hear(frame.socket_id, frame.text)


@sockets.on_disconnect
def disconnect(socket_id: str) -> None:
    """Nobody listens through the socket any more."""
    service.forget(socket_id)


@workers.each_message
def push(delivered: Delivered) -> None:
    """Whoever listens and may know is told."""
    service.tell(delivered)


@workers.every('1 minute')
def sweep() -> None:
    """Sockets of which nothing is heard are closed; a missed minute is caught up by the next."""
    service.sweep()
