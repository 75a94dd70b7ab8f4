"""The only room that knows the rows of live updates.

    pk                        sk            what
    ticket#<digest>           ticket        who may open a socket with it, once, for a minute
    socket#<id>               socket        whose it is, and what it listens to
    <org>#person#<aud>#<id>   sockets       which sockets he has open
    <topic>                   socket#<id>   who listens to it
    <topic>#news              <at>#<id>     what was told there, in the order of writing; for a day

A topic is <org>#number#<number>, <org>#staff or <org>#client#<client>; news is kept for the last two.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.identity.model import Seat
from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.live.model import Listener, News, Socket, Sockets, SocketUnknown, Ticket, TicketSpent
from chalicelib.live.rules import NEWS_KEPT, stale_at

SHARDS = 8
TICKET, SOCKET, SOCKETS = 'ticket', 'socket', 'sockets'
LATEST = '~'
"""Sorts after every digit and letter of a key."""


class Stale(GlobalSecondaryIndex['LiveRow']):
    """Sockets by when the gateway has closed them at the latest; the sweep reads it."""

    class Meta(TableMeta):
        index_name = 'stale'
        projection = KeysOnlyProjection()

    stale_key = UnicodeAttribute(hash_key=True)
    stale_at = UnicodeAttribute(range_key=True)


class LiveRow(Row):
    """A row of the table of live updates."""

    class Meta(TableMeta):
        table_name = settings.table('live')

    stale_key = UnicodeAttribute(null=True)
    stale_at = UnicodeAttribute(null=True)

    stale = Stale()


def keeping_ticket(secret: str, ticket: Ticket) -> Write:
    """The ticket will open a socket. The secret itself is not kept."""
    row = LiveRow(pk=_ticket(secret), sk=TICKET, body=ticket.model_dump_json(), ttl=_epoch(ticket.expires_at))
    return dynamo.creating(row)


def reading_ticket(secret: str) -> Read[Ticket]:
    """A look at the ticket; `missing` is TicketSpent."""
    return Read(LiveRow, (_ticket(secret), TICKET), _entity(Ticket), TicketSpent)


def using_ticket(secret: str) -> Write:
    """The ticket will open nothing any more. Raises TicketSpent where another was faster."""
    return dynamo.removing(LiveRow(pk=_ticket(secret), sk=TICKET), LiveRow.pk.exists(), TicketSpent)


def reading_socket(socket_id: str) -> Read[Socket]:
    """A look at the socket; `missing` is SocketUnknown."""
    return Read(LiveRow, (f'{SOCKET}#{socket_id}', SOCKET), _entity(Socket), SocketUnknown)


def keeping(socket: Socket) -> Write:
    """The socket will be as given in its next version, if nobody changed it since."""
    stale, saved = stale_at(socket), socket.model_copy(update={'version': socket.version + 1})
    row = LiveRow(
        pk=f'{SOCKET}#{socket.id}',
        sk=SOCKET,
        version=saved.version,
        body=saved.model_dump_json(),
        stale_key=f'stale#{crc32(socket.id.encode()) % SHARDS}',
        stale_at=clock.text(stale),
        ttl=_epoch(stale + NEWS_KEPT),
    )
    return dynamo.replacing(row, socket.version) if socket.version else dynamo.creating(row)


def forgetting(socket: Socket) -> list[Write]:
    """There will be no such socket, and nobody listens through it, if nobody changed it since."""
    row = LiveRow(pk=f'{SOCKET}#{socket.id}', sk=SOCKET)
    listening = [leaving(socket, topic) for topic in socket.topics]
    return [dynamo.removing(row, LiveRow.version == socket.version), *listening]


def listening(socket: Socket, topic: str) -> Write:
    """What happens to the topic will be told through the socket."""
    row = LiveRow(pk=topic, sk=f'{SOCKET}#{socket.id}', body=socket.seat.model_dump_json())
    row.ttl = _epoch(socket.opened_at + NEWS_KEPT)
    return dynamo.putting(row)


def leaving(socket: Socket, topic: str) -> Write:
    """It will not any more."""
    return dynamo.removing(LiveRow(pk=topic, sk=f'{SOCKET}#{socket.id}'))


def reading_sockets(seat: Seat) -> Read[Sockets]:
    """A look at which sockets the person has open."""
    return Read(LiveRow, (_person(seat), SOCKETS), _entity(Sockets))


def sockets_of(seat: Seat) -> Sockets:
    """Which sockets the person has open."""
    return dynamo.find(reading_sockets(seat)) or Sockets()


def counting(seat: Seat, sockets: Sockets) -> Write:
    """The person will have these sockets open, if that was not changed since."""
    saved = sockets.model_copy(update={'version': sockets.version + 1})
    row = LiveRow(pk=_person(seat), sk=SOCKETS, version=saved.version, body=saved.model_dump_json())
    row.ttl = _epoch(clock.now() + NEWS_KEPT)
    # A row that was forgotten by its time to live counts as none.
    same = LiveRow.version == sockets.version
    return dynamo.putting(row, same if sockets.version else LiveRow.pk.does_not_exist())


def listeners(topic: str) -> Iterator[Listener]:
    """Who listens to the topic: a query a page, consistent."""
    for row in LiveRow.query(topic, LiveRow.sk.startswith(f'{SOCKET}#'), consistent_read=True, page_size=500):
        yield Listener(str(row.sk).partition('#')[2], Seat.model_validate_json(row.body or ''))


def keep_news(topic: str, news: News, now: datetime) -> None:
    """The news is told to those who ask for changes, as written at this moment."""
    row = LiveRow(pk=f'{topic}#news', sk=f'{clock.text(now)}#{news.id}', body=news.model_dump_json())
    row.ttl = _epoch(now + NEWS_KEPT)
    dynamo.write_now(row)


def news_since(topic: str, after: str, limit: int) -> list[tuple[str, News]]:
    """At most that many pieces of news with their places, after the one given: one query."""
    known = LiveRow.sk.between(after + '!', LATEST)
    rows = LiveRow.query(f'{topic}#news', known, consistent_read=True, limit=limit)
    return [(str(row.sk), News.model_validate_json(row.body or '')) for row in rows]


def stale_by(now: datetime, shard: int) -> Iterator[str]:
    """The id of each socket of the shard that is closed by now, the oldest first."""
    until = LiveRow.stale_at <= clock.text(now)
    for row in LiveRow.stale.query(f'stale#{shard}', until, page_size=100):
        yield str(row.pk).partition('#')[2]


def _ticket(secret: str) -> str:
    return f'{TICKET}#{hashlib.sha256(secret.encode()).hexdigest()}'


def _person(seat: Seat) -> str:
    return f'{seat.organisation}#person#{seat.audience}#{seat.subject_id}'


def _epoch(at: datetime) -> int:
    return int(at.timestamp())


def _entity(kind: Any) -> Any:
    return lambda row: kind.model_validate_json(row.body or '')
