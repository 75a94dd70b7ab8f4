"""The doors of the chat («Переписка с клиентом») inside a request, for staff and for its client."""

from chalicelib.conversations import service
from chalicelib.conversations.model.views import (
    ChangesQuery,
    ConversationBrief,
    MessageChanges,
    MessagesQuery,
    NewMessage,
    OwnChanges,
    OwnChatPage,
    OwnMessage,
    ReadUntil,
    StaffChanges,
    StaffChatPage,
    StaffMessage,
    Unread,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)
resident = Api(__name__, '/v1/resident/requests', Audience.RESIDENT)


@staff.get('/{number}/conversations')
def list_conversations(number: int, caller: Caller) -> Page[ConversationBrief]:
    """List with whom there is a chat around a request: its present client, and former ones."""
    return service.list_conversations(number, by=caller)


@staff.get('/{number}/messages')
def read_messages(number: int, query: MessagesQuery, caller: Caller) -> StaffChatPage:
    """Read the chat with the client of a request, newest first."""
    return service.list_messages(number, query, by=caller)


@staff.post('/{number}/messages', status=201, permission=Permission.REQUESTS_CHAT)
def send_message(number: int, body: NewMessage, caller: Caller) -> StaffMessage:
    """Write to the client of a request, in any status of it."""
    return service.send(number, body, by=caller)


@staff.patch('/{number}/messages/{position}', permission=Permission.REQUESTS_CHAT)
def edit_message(number: int, position: int, body: MessageChanges, caller: Caller) -> StaffMessage:
    """Say one's own message otherwise, within 60 minutes of its sending."""
    return service.edit(number, position, body, by=caller)


@staff.delete('/{number}/messages/{position}', permission=Permission.REQUESTS_CHAT)
def delete_message(number: int, position: int, caller: Caller) -> None:
    """Take one's own message back, within 60 minutes of its sending."""
    service.delete(number, position, by=caller)


@staff.get('/{number}/messages/changes')
def read_changes(number: int, query: ChangesQuery, caller: Caller) -> StaffChanges:
    """Read what was sent, edited, deleted and read in the chat since: for who polls."""
    return service.changes(number, query, by=caller)


@staff.post('/{number}/messages/read')
def read_until(number: int, body: ReadUntil, caller: Caller) -> Unread:
    """Say that the chat was opened and read up to a message."""
    return service.read(number, body, by=caller)


@resident.get('/{number}/messages')
def read_own_messages(number: int, query: Paging, caller: Caller) -> OwnChatPage:
    """Read the chat of one's own request, newest first."""
    return service.list_own(number, query, by=caller)


@resident.post('/{number}/messages', status=201)
def send_own_message(number: int, body: NewMessage, caller: Caller) -> OwnMessage:
    """Write about one's own request, in any status of it. What is written cannot be taken back."""
    return service.send_own(number, body, by=caller)


@resident.get('/{number}/messages/changes')
def read_own_changes(number: int, query: ChangesQuery, caller: Caller) -> OwnChanges:
    """Read what was sent, edited, deleted and read in the chat since: for who polls."""
    return service.own_changes(number, query, by=caller)


@resident.post('/{number}/messages/read')
def read_own_until(number: int, body: ReadUntil, caller: Caller) -> Unread:
    """Say that the chat was opened and read up to a message."""
    return service.read_own(number, body, by=caller)
