"""Messages as each side reads them, and what the doors of the chat take."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.conversations.model.chat import Side
from chalicelib.files.model import FileView
from chalicelib.kit.values import Id, Instant, Page, Paging, Prose, Stored, Value

LONGEST = 4000
"""Characters of a message."""


class Said(Value):
    """Words, a file, or both: one of them at least."""

    text: Annotated[str, Prose(LONGEST, least=0)] = ''
    file_id: Id | None = Field(
        None, description="Of a clean upload of the caller's own, asked for with the purpose `chat`."
    )

    @model_validator(mode='after')
    def _says_something(self) -> Self:
        if not self.text and self.file_id is None:
            raise PydanticCustomError('message_empty', 'a message has words or a file')
        return self


class NewMessage(Said):
    """What is sent."""


class MessageChanges(Value):
    """What becomes different about a message; what is left out stays."""

    text: Annotated[str, Prose(LONGEST)] | None = None


class MessagesQuery(Paging):
    """Which page of the chat; the first is the newest."""

    client_id: Id | None = Field(
        None,
        description='A former client of the request, as `conversations` names him.',
    )


class ChangesQuery(Value):
    """What has changed since what was told before; 0 for everything."""

    since: int = Field(ge=0, le=10**9, description='`as_of` of the page or of the changes read before.')
    limit: int = Field(100, ge=1, le=100, description='How many changes to go through at most.')


class ReadUntil(Value):
    """How far the caller has read."""

    until: int = Field(ge=1, le=10**9, description='The position of the newest message seen.')


class MessageStatus(StrEnum):
    """The ticks (CHAT-013, AMB-47)."""

    SENT = 'sent'  # one tick: it is kept here
    READ = 'read'  # two: the other side opened the chat after it


class ConversationBrief(Stored):
    """With whom there is, or was, a conversation around a request."""

    client_id: str
    client_name: str | None = Field(description='Null where the client was erased.')
    is_present: bool = Field(description='Whether the request is still his; a former one is only read.')


class _Told(Stored):
    position: int = Field(description='Its place in the conversation, and its name in addresses.')
    side: Side = Field(description='Who wrote it.')
    text: str = Field(description='Empty where it was deleted, or only a file was sent.')
    file: FileView | None = Field(description='The file of the message (CHAT-004).')
    status: MessageStatus
    sent_at: Instant
    edited_at: Instant | None
    is_deleted: bool


class StaffMessage(_Told):
    """A message as colleagues read it."""

    author_id: str
    author: str = Field(description='The name as it was then.')
    changeable_until: Instant | None = Field(
        description="Until when the caller may edit and delete it; null where it is not the caller's own."
    )
    version: int


class OwnMessage(_Told):
    """A message as the client reads it."""

    author: str | None = Field(
        description='Null for an employee where the organisation shows no names of employees.'
    )


class StaffChatPage(Page[StaffMessage]):
    """A page of the chat, newest first."""

    as_of: int = Field(description='Up to which change of the conversation it tells.')
    unread: int = Field(description='How many messages of the client no employee has read.')
    read_until: int = Field(description='The position up to which the client has read.')


class OwnChatPage(Page[OwnMessage]):
    """A page of the chat, newest first."""

    as_of: int = Field(description='Up to which change of the conversation it tells.')
    unread: int = Field(description='How many messages of the company the client has not read.')
    read_until: int = Field(description='The position up to which the company has read.')


class _Changes(Stored):
    as_of: int = Field(description='Up to which change it tells: the next `since`.')
    has_more: bool = Field(description='Whether there is more to ask for at once.')
    unread: int
    read_until: int = Field(description='The position up to which the other side has read.')


class StaffChanges(_Changes):
    """What was sent, edited and deleted since, each message once and as it is now."""

    items: list[StaffMessage]


class OwnChanges(_Changes):
    """What was sent, edited and deleted since, each message once and as it is now."""

    items: list[OwnMessage]


class Unread(Stored):
    """What is left to read."""

    unread: int
