"""A ticket is given at an ordinary door, opens one socket, and the socket is forgotten when it is closed."""

import secrets

from chalicelib.identity import service as identity
from chalicelib.identity.model import Seat, SessionEnded
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.live import gateway, repository, rules
from chalicelib.live.model import Socket, Ticket, TicketCard, TicketSpent, TooManySockets

RETRY_AFTER = 60


def give_ticket(*, by: Caller) -> TicketCard:
    """One socket may be opened within a minute, by whoever has the address.

    An access token would be good for ten minutes and any door, and addresses end up in logs.
    """
    secret = secrets.token_urlsafe(32)
    ticket = Ticket(seat=Seat.of(by), expires_at=clock.now() + rules.TICKET_LIFETIME)
    dynamo.commit(repository.keeping_ticket(secret, ticket))
    return TicketCard(
        url=f'{gateway.address()}?ticket={secret}', expires_in=int(rules.TICKET_LIFETIME.total_seconds())
    )


def open_socket(socket_id: str, secret: str) -> None:
    """The person of the ticket listens through the socket; the ticket is spent.

    Raises TicketSpent, SessionEnded, TooManySockets.
    """
    now = clock.now()
    ticket = dynamo.get(repository.reading_ticket(secret))
    if ticket.expires_at <= now:
        raise TicketSpent()
    caller = identity.standing([ticket.seat]).get(ticket.seat)
    if caller is None:
        raise SessionEnded()
    socket = Socket(id=socket_id, seat=ticket.seat, locale=caller.locale, opened_at=now, heard_at=now)
    counted = rules.with_socket(repository.sockets_of(ticket.seat), socket, now)
    if counted is None:
        raise TooManySockets(retry_after=RETRY_AFTER, limit=rules.MOST_SOCKETS)
    dynamo.commit(
        repository.using_ticket(secret),
        repository.keeping(socket),
        repository.counting(ticket.seat, counted),
    )


def forget(socket_id: str) -> None:
    """Nobody listens through the socket; nothing happens where that is so already."""
    socket = dynamo.find(repository.reading_socket(socket_id))
    if socket is None:
        return
    sockets = repository.sockets_of(socket.seat)
    dynamo.commit(
        *repository.forgetting(socket),
        repository.counting(socket.seat, rules.without_socket(sockets, socket_id)),
    )
