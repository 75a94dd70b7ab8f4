"""The doors of live updates beside the socket itself."""

from http import HTTPStatus

from chalicelib.kit.caller import Caller
from chalicelib.kit.http import ANY_AUDIENCE, Api
from chalicelib.live import service
from chalicelib.live.model import Changes, ChangesQuery, TicketCard

own = Api(__name__, '/v1/live', ANY_AUDIENCE)
doors = [own]


@own.post('/tickets', status=HTTPStatus.CREATED)
def give_ticket(caller: Caller) -> TicketCard:
    """Get the address of a socket, good for one minute and one opening."""
    return service.give_ticket(by=caller)


@own.get('/changes')
def list_changes(query: ChangesQuery, caller: Caller) -> Changes:
    """List what a socket would have told since, for a program that cannot keep one.

    News of the last ten seconds comes again with the next answer; its `id` is the same then.
    """
    return service.list_changes(query, by=caller)
