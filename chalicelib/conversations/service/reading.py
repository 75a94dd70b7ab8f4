"""The chat is read: a page of it, what has changed in it, and that it was read."""

from collections.abc import Iterator
from typing import Any

from chalicelib.clients import service as clients
from chalicelib.conversations import repository
from chalicelib.conversations.events import MessagesRead
from chalicelib.conversations.model.chat import Conversation, Message, ReadMark, Side
from chalicelib.conversations.model.refusals import ChangesUnknown
from chalicelib.conversations.model.views import (
    ChangesQuery,
    ConversationBrief,
    MessagesQuery,
    OwnChanges,
    OwnChatPage,
    ReadUntil,
    StaffChanges,
    StaffChatPage,
    Unread,
)
from chalicelib.conversations.repository import Key, Opened, Standing
from chalicelib.conversations.rules import chatting
from chalicelib.conversations.service import showing
from chalicelib.conversations.service.opening import key_of, own
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor, Delivered
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request


def list_messages(number: int, query: MessagesQuery, *, by: Caller) -> StaffChatPage:
    """One page of the chat, newest first; of a former client's too (CHAT-001, AMB-46).

    Raises RequestNotFound.
    """
    request = requests.seen(number, by=by)
    key = (by.organisation, number, query.client_id) if query.client_id else key_of(request)
    if key is None:
        return StaffChatPage(items=[], as_of=0, unread=0, read_until=0)
    found = _page(key, query)
    items = [showing.to_staff(message, found.standing, by=by) for message in found.messages.items]
    return StaffChatPage(
        items=items, next_cursor=found.messages.next_cursor, **_counted(found.standing, Side.STAFF)
    )


def list_own(number: int, paging: Paging, *, by: Caller) -> OwnChatPage:
    """One page of the client's own conversation, newest first (CHAT-001). Raises RequestNotFound."""
    request, key = own(number, by)
    found = _page(key, paging)
    items = [showing.to_client(message, found.standing, request) for message in found.messages.items]
    return OwnChatPage(
        items=items, next_cursor=found.messages.next_cursor, **_counted(found.standing, Side.CLIENT)
    )


def list_conversations(number: int, *, by: Caller) -> Page[ConversationBrief]:
    """With whom there is a conversation around the request, former clients too (REQ-006, AMB-46).

    Raises RequestNotFound.
    """
    request = requests.seen(number, by=by)
    present = request.customer.id if request.customer else None
    ids = repository.clients_of(by.organisation, number)
    found = dynamo.fetch_all(clients.reading_client(by.organisation, client_id) for client_id in ids)
    names = {client.id: client.full_name for client in found}
    return Page(
        items=[ConversationBrief(client_id=i, client_name=names.get(i), is_present=i == present) for i in ids]
    )


def changes(number: int, query: ChangesQuery, *, by: Caller) -> StaffChanges:
    """What has become of the chat since. Raises RequestNotFound, ChangesUnknown."""
    request = requests.seen(number, by=by)
    standing, until, messages = _changed(key_of(request), query)
    items = [showing.to_staff(message, standing, by=by) for message in messages]
    return StaffChanges(items=items, **_followed(standing, until, Side.STAFF))


def own_changes(number: int, query: ChangesQuery, *, by: Caller) -> OwnChanges:
    """What has become of the client's conversation since. Raises as `changes`."""
    request, key = own(number, by)
    standing, until, messages = _changed(key, query)
    items = [showing.to_client(message, standing, request) for message in messages]
    return OwnChanges(items=items, **_followed(standing, until, Side.CLIENT))


def read(number: int, seen: ReadUntil, *, by: Caller) -> Unread:
    """The client's messages up to there have two ticks, whichever employee it was that read them (AMB-47).

    Raises RequestNotFound.
    """
    request = requests.seen(number, by=by)
    key = key_of(request)
    return _read(request, key, Side.STAFF, seen, by) if key else Unread(unread=0)


def read_own(number: int, seen: ReadUntil, *, by: Caller) -> Unread:
    """The company's messages up to there have two ticks (CHAT-013). Raises RequestNotFound."""
    request, key = own(number, by)
    return _read(request, key, Side.CLIENT, seen, by)


def retold(organisation: str, number: int) -> Iterator[Delivered]:
    """What was ever announced of the messages around the request, the conversations one after another."""
    for client_id in repository.clients_of(organisation, number):
        yield from repository.events_of((organisation, number, client_id))


def _page(key: Key, paging: Paging) -> Opened:
    if paging.cursor is None:
        return repository.newest(key, paging.limit)
    return Opened(repository.standing(key), repository.older(key, paging))


def _changed(key: Key | None, query: ChangesQuery) -> tuple[Standing, int, list[Message]]:
    standing = repository.standing(key) if key else _nothing()
    version = standing.conversation.version
    if query.since > version:
        raise ChangesUnknown()
    if key is None or query.since == version:
        return standing, version, []
    until, messages = repository.changed_since(key, query.since, query.limit)
    return standing, until, messages


def _nothing() -> Standing:
    nobody = Conversation(organisation='', number=0, client_id='')
    return Standing(nobody, ReadMark(side=Side.STAFF), ReadMark(side=Side.CLIENT))


def _read(request: Request, key: Key, side: Side, seen: ReadUntil, by: Caller) -> Unread:
    standing, message = repository.standing(key), repository.last_until(key, seen.until)
    before = standing.of(side)
    after = chatting.read_up_to(before, message) if message else before
    event = MessagesRead.of(request, Actor.of(by), clock.now(), side=side, until=after.until)
    dynamo.commit(*repository.marking(key, before, after, event))
    return Unread(unread=chatting.unread(standing.conversation, after))


def _counted(standing: Standing, side: Side) -> dict[str, Any]:
    return {
        'as_of': standing.conversation.version,
        'unread': chatting.unread(standing.conversation, standing.of(side)),
        'read_until': standing.of(side.other).until,
    }


def _followed(standing: Standing, until: int, side: Side) -> dict[str, Any]:
    counted = _counted(standing, side)
    return {**counted, 'as_of': until, 'has_more': until < standing.conversation.version}
