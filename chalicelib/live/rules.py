"""Which event is whose news, what a topic is called, and how long a socket is believed to be open."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.billing import events as billed
from chalicelib.conversations import events as spoken
from chalicelib.documents import events as filed
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.outbox import Delivered, Event
from chalicelib.live.model import Kind, News, Socket, Sockets
from chalicelib.requests import events as said
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Permission

TICKET_LIFETIME = timedelta(seconds=60)
MOST_SUBSCRIPTIONS, MOST_SOCKETS = 50, 10
LONGEST_SILENCE = timedelta(minutes=10)
"""API Gateway closes a socket through which nothing went for so long."""
LONGEST_LIFE = timedelta(hours=2)
"""API Gateway closes every socket then."""
NEWS_KEPT = timedelta(days=1)
OVERLAP = timedelta(seconds=10)
"""News is written by many hands: what was written so lately is told again rather than missed."""


@dataclass(frozen=True, slots=True)
class Line:
    """What an event is to those who listen; the client of the request hears of it only where it says so."""

    event: type[Event]
    kind: Kind
    is_for_client: bool = False


K = Kind
BOTH = True
TABLE = (
    Line(said.RequestCreated,            K.REQUEST,  BOTH),
    Line(said.RequestStarted,            K.STATUS,   BOTH),
    Line(said.RequestSuspended,          K.STATUS,   BOTH),
    Line(said.RequestCompleted,          K.STATUS,   BOTH),
    Line(said.RequestSentToCheck,        K.STATUS,   BOTH),
    Line(said.RequestReturned,           K.STATUS,   BOTH),
    Line(said.RequestCancelled,          K.STATUS,   BOTH),
    Line(said.RequestReopened,           K.STATUS,   BOTH),
    Line(said.RequestApproved,           K.STATUS,   BOTH),
    Line(said.ClarificationAsked,        K.STATUS,   BOTH),
    Line(said.ClarificationGiven,        K.STATUS,   BOTH),
    Line(said.SuspensionMoved,           K.REQUEST,  BOTH),
    Line(said.AssigneesChanged,          K.REQUEST,  BOTH),
    Line(said.RequestEdited,             K.REQUEST,  BOTH),
    Line(said.RequestRated,              K.REQUEST,  BOTH),
    Line(said.RatingChanged,             K.REQUEST,  BOTH),
    Line(said.ControllerNamed,           K.REQUEST),
    Line(said.StatusCommentChanged,      K.REQUEST),
    Line(said.ReactionBreached,          K.REQUEST),
    Line(said.ExecutionBreached,         K.REQUEST),
    Line(said.RequestMarked,             K.REQUEST),
    Line(said.LabelsChanged,             K.REQUEST),
    Line(said.CallAttached,              K.REQUEST),
    Line(said.CallDetached,              K.REQUEST),
    Line(said.AttachedToIncident,        K.REQUEST),
    Line(said.DetachedFromIncident,      K.REQUEST),
    Line(said.LinkTexted,                K.REQUEST),
    Line(said.TaskNoted,                 K.REQUEST),
    Line(said.ChecklistNoted,            K.REQUEST),
    Line(spoken.MessageSent,             K.MESSAGE,  BOTH),
    Line(spoken.MessageEdited,           K.MESSAGE,  BOTH),
    Line(spoken.MessageDeleted,          K.MESSAGE,  BOTH),
    Line(spoken.MessagesRead,            K.TICK,     BOTH),
    Line(spoken.CommentAdded,            K.COMMENT),
    Line(spoken.DeferredMessagePlanned,  K.DEFERRED),
    Line(spoken.DeferredMessageMoved,    K.DEFERRED),
    Line(spoken.DeferredMessageDeleted,  K.DEFERRED),
    Line(spoken.DeferredMessageHeld,     K.DEFERRED),
    Line(filed.DocumentAttached,         K.DOCUMENT),
    Line(filed.DocumentDeleted,          K.DOCUMENT),
    Line(billed.InvoiceDrawn,            K.INVOICE),
    Line(billed.InvoiceEdited,           K.INVOICE),
    Line(billed.InvoiceIssued,           K.INVOICE,  BOTH),
    Line(billed.InvoiceWithdrawn,        K.INVOICE,  BOTH),
    Line(billed.InvoiceMarkedPaid,       K.INVOICE,  BOTH),
    Line(billed.InvoiceMadeUnpaid,       K.INVOICE,  BOTH),
    Line(billed.InvoiceAnnulled,         K.INVOICE,  BOTH),
    Line(billed.InvoiceLinkTexted,       K.INVOICE),
    Line(billed.InvoicePaid,             K.INVOICE,  BOTH),
    Line(billed.PaymentDeclined,         K.INVOICE,  BOTH),
    Line(billed.MoneyUnwanted,           K.INVOICE,  BOTH),
    Line(billed.UnwantedMoneyReturned,   K.INVOICE,  BOTH),
    Line(billed.UnwantedMoneyStuck,      K.INVOICE),
    Line(billed.UnwantedMoneyRetried,    K.INVOICE),
    Line(billed.ClosingReceiptStuck,     K.INVOICE),
    Line(billed.ClosingReceiptRetried,   K.INVOICE),
    Line(billed.ClosingReceiptConfirmed, K.INVOICE),
    Line(billed.RefundRequested,         K.INVOICE,  BOTH),
    Line(billed.RefundRejected,          K.INVOICE,  BOTH),
    Line(billed.RefundApproved,          K.INVOICE,  BOTH),
    Line(billed.RefundCompleted,         K.INVOICE,  BOTH),
    Line(billed.RefundFailed,            K.INVOICE),
)  # fmt: skip

LINES = {line.event.__name__: line for line in TABLE}


def news_of(delivered: Delivered, line: Line) -> News:
    """The sign of the event: never its words (REQ-107)."""
    event: Any = line.event.model_validate(delivered.event)
    more: dict[str, Any] = {}
    if line.kind is Kind.STATUS:
        more = {'status': event.status}
    elif line.kind is Kind.MESSAGE:
        more = {'position': event.position}
    elif line.kind is Kind.TICK:
        more = {'side': event.side, 'until': event.until}
    return News(
        type=line.kind,
        # The id of an event names its client and more: a listener needs only to know it again.
        id=hashlib.sha256(delivered.id.encode()).hexdigest()[:20],
        number=event.number,
        version=int(delivered.id.rpartition('@')[2].partition('.')[0]),
        at=event.at,
        **more,
    )


def client_of(delivered: Delivered, line: Line) -> str | None:
    """The client who may hear of the event, None where it is the staff's alone."""
    return delivered.event.get('client_id') if line.is_for_client else None


def may_hear(caller: Caller, request: Request, client_id: str | None) -> bool:
    """Whether the caller may know of the news about the request, as both are now.

    A client hears of his own only: not of what was said with the client before him.
    """
    if caller.audience is Audience.STAFF:
        return request.is_visible_to_staff(caller, caller.may(Permission.REQUESTS_VIEW))
    is_his = caller.id == client_id and request.belongs_to(caller.id)
    return caller.audience is Audience.RESIDENT and is_his


def topic_of_number(organisation: str, number: int) -> str:
    """What listens to one request."""
    return f'{organisation}#number#{number}'


def topic_of_list(organisation: str, audience: Audience, subject_id: str) -> str:
    """What listens to the requests of the organisation, or of the client."""
    return f'{organisation}#{"staff" if audience is Audience.STAFF else f"client#{subject_id}"}'


def topics_of(organisation: str, number: int, client_id: str | None) -> Sequence[str]:
    """Where the listeners of the news are to be found."""
    topics = [
        topic_of_number(organisation, number),
        topic_of_list(organisation, Audience.STAFF, ''),
    ]
    if client_id:
        topics.append(topic_of_list(organisation, Audience.RESIDENT, client_id))
    return topics


def stale_at(socket: Socket) -> datetime:
    """When the gateway has closed the socket at the latest, told or not; at once if its session is over."""
    if socket.is_over:
        return socket.opened_at
    return min(socket.heard_at + LONGEST_SILENCE, socket.opened_at + LONGEST_LIFE)


def with_socket(sockets: Sockets, socket: Socket, now: datetime) -> Sockets | None:
    """The person's sockets with one more, None where there are too many; those that died do not count."""
    alive = {name: at for name, at in sockets.opened.items() if now < at + LONGEST_LIFE}
    if len(alive) >= MOST_SOCKETS:
        return None
    return sockets.model_copy(update={'opened': alive | {socket.id: socket.opened_at}})


def without_socket(sockets: Sockets, socket_id: str) -> Sockets:
    """The person's sockets without that one."""
    kept = {name: at for name, at in sockets.opened.items() if name != socket_id}
    return sockets.model_copy(update={'opened': kept})
