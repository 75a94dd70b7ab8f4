"""Sockets, what they listen to, and the frames that go both ways."""

from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from chalicelib.identity.model import Seat
from chalicelib.kit.errors import Conflict, Malformed, NotFound, Throttled, Unauthenticated
from chalicelib.kit.values import Instant, Stored, Value


class TicketSpent(Unauthenticated):
    """There is no such ticket: it has served, is older than a minute, or was never given."""


class SocketUnknown(NotFound):
    """The socket was closed meanwhile: open another one."""


class TooManySockets(Throttled):
    """The person has as many sockets open as one may have."""


class TooManySubscriptions(Conflict):
    """The socket listens to as many requests as one may."""


class SinceInvalid(Malformed):
    """It is none of our answers, or an answer to somebody else."""

    field = 'query.since'


class SinceForgotten(Conflict):
    """News is kept for a day: read the lists anew, and ask for changes from now on."""


class FrameUnreadable(Malformed):
    """What came through the socket is none of the frames there are."""


class Kind(StrEnum):
    """What the news is about: where a program has to look again."""

    REQUEST = 'request'  # its data, its people, its terms
    STATUS = 'status'  # it moved; `status` says where it stands
    MESSAGE = 'message'  # the chat: `version` is what `changes?since=` of the chat speaks of
    TICK = 'tick'  # a side of the chat has read up to a message
    COMMENT = 'comment'  # the internal comments
    DEFERRED = 'deferred'  # the deferred messages
    DOCUMENT = 'document'  # the documents
    INVOICE = 'invoice'  # the invoices


class News(Stored):
    """A sign that something changed. It may come twice: `id` is the same then."""

    type: Kind
    id: str
    number: int = Field(description='Of the request it is about.')
    version: int = Field(description='Of what changed: the request, the conversation, the comment.')
    at: Instant = Field(description='When it happened.')
    status: str | None = Field(None, description='Where the request stands, with `status`.')
    position: int | None = Field(None, description='The place of the message in the chat, with `message`.')
    side: str | None = Field(None, description='Who has read, with `tick`: `staff` or `client`.')
    until: int | None = Field(None, description='Up to which message, with `tick`.')


class Ticket(Stored):
    """What opens one socket, once. Only its digest is kept."""

    seat: Seat
    expires_at: Instant


class Socket(Stored):
    """An open socket: whose it is, and what it listens to."""

    id: str
    seat: Seat
    locale: str
    opened_at: Instant
    heard_at: Instant
    topics: tuple[str, ...] = ()
    is_over: bool = Field(False, description='Whether its session has ended: the sweep closes it.')
    version: int = 0


class Sockets(Stored):
    """The open sockets of one person: when each was opened, by its id."""

    opened: dict[str, Instant] = Field(default_factory=dict)
    version: int = 0


class Listener(NamedTuple):
    """Who listens to a topic."""

    socket_id: str
    seat: Seat


class TicketCard(Value):
    """Where the socket is opened, and what with."""

    url: str = Field(description='Open it within `expires_in` seconds; it serves once.')
    expires_in: int


class ChangesQuery(Value):
    """From where on."""

    since: str | None = Field(
        None,
        max_length=500,
        pattern=r'^[A-Za-z0-9._-]+$',
        description='`next` of the answer before; absent: now.',
    )
    limit: int = Field(100, ge=1, le=100)


class Changes(Value):
    """What a socket would have told since, the oldest first."""

    items: list[News]
    next: str = Field(description='What to ask `since` the next time.')
    has_more: bool = Field(description='Whether there is more already: ask again at once.')


# Programs name their frames or count them.
Ref = Annotated[str, Field(max_length=64)] | Annotated[int, Field(strict=True, ge=0, le=10**15)]


class _Frame(Value):
    ref: Ref | None = Field(None, description='Comes back with the answer.')


class Subscribe(_Frame):
    """Listen to a request, or to whatever concerns the requests the caller may see."""

    action: Literal['subscribe', 'unsubscribe']
    number: Annotated[int, Field(ge=1, le=10**12)] | None = None
    list: Literal['requests'] | None = None


class Ping(_Frame):
    """Say that one is still there; at least every nine minutes."""

    action: Literal['ping']


ASKED: TypeAdapter[Subscribe | Ping] = TypeAdapter(Annotated[Subscribe | Ping, Field(discriminator='action')])


class Answer(Stored):
    """What a frame is answered with."""

    type: Literal['subscribed', 'unsubscribed', 'pong', 'refused']
    ref: str | int | None = None
    at: Instant | None = None
    number: int | None = None
    list: str | None = None
    version: int | None = Field(None, description='Of the request, read after one began to listen.')
    code: str | None = None
    detail: str | None = None
    params: dict[str, Any] | None = None
