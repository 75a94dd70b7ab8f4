"""A message is sent in whatever status its request is (CHAT-022, CHAT-026)."""

from datetime import datetime

from chalicelib.conversations import repository
from chalicelib.conversations.events import MessageSent
from chalicelib.conversations.model.chat import Enclosed, Message
from chalicelib.conversations.model.views import NewMessage, OwnMessage, StaffMessage
from chalicelib.conversations.repository import Key, Standing
from chalicelib.conversations.rules import chatting
from chalicelib.conversations.service import showing
from chalicelib.conversations.service.enclosing import enclosing
from chalicelib.conversations.service.opening import opened, own
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import Actor
from chalicelib.requests.model.refusals import ClientBlocked
from chalicelib.requests.model.request import Request


def send(number: int, new: NewMessage, *, by: Caller) -> StaffMessage:
    """The client has the message in his chat, and hears of it (CHAT-003, CHAT-027).

    Raises RequestNotFound, NobodyToWriteTo, and what the file is refused for.
    """
    request, key = opened(number, by)
    message, standing = _sent(request, key, new, by)
    return showing.to_staff(message, standing, by=by)


def send_own(number: int, new: NewMessage, *, by: Caller) -> OwnMessage:
    """Staff have the client's message in the chat, and those with a part hear of it (CHAT-023, NTF-012).

    Raises RequestNotFound; ClientBlocked (AMB-78); TooManyMessages; what the file is refused for.
    """
    request, key = own(number, by)
    if by.is_blocked:
        raise ClientBlocked()
    message, standing = _sent(request, key, new, by)
    return showing.to_client(message, standing, request)


def _sent(request: Request, key: Key, new: NewMessage, by: Caller) -> tuple[Message, Standing]:
    standing, author = repository.standing(key), Actor.of(by)
    enclosed, taking = enclosing(new.file_id, by=by)
    message, writes = sending(request, standing, new.text, enclosed, author, clock.now())
    dynamo.commit(*writes, *taking)
    return message, standing


def sending(
    request: Request,
    standing: Standing,
    text: str,
    enclosed: Enclosed | None,
    by: Actor,
    now: datetime,
    *,
    deferred_id: str | None = None,
) -> tuple[Message, list[Write]]:
    """The message as it will stand in the conversation, and the writes that make it so."""
    after, message = chatting.said(standing.conversation, text, enclosed, by, now)
    event = MessageSent.of(request, by, now, position=message.position, deferred_id=deferred_id)
    return message, repository.writing(standing.conversation, after, message, event)
