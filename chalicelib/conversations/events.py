"""What conversations announce. Each event carries who has a part, so that a listener need not ask back."""

from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from chalicelib.conversations.model.chat import Side
from chalicelib.conversations.model.deferred import Deferred
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant
from chalicelib.requests.model.request import Request


class ConversationEvent(Event):
    """A fact about what is said around one request; never the words themselves."""

    source: ClassVar[str] = 'conversations'

    number: int
    offering_name: str
    address: str
    building_id: str
    assignee_ids: tuple[str, ...] = ()
    controller_id: str | None = None

    @classmethod
    def of(cls, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the conversation around the request as it is."""
        return cls(
            organisation=request.organisation,
            at=at,
            by=by,
            number=request.number,
            offering_name=request.terms.offering_name,
            address=request.place.address,
            building_id=request.place.building_id,
            assignee_ids=request.assignee_ids,
            controller_id=request.controller.id if request.controller else None,
            **more,
        )


class CommentAdded(ConversationEvent):
    """An employee wrote for his colleagues (COM-009)."""

    comment_id: str
    is_important: bool


class ChatEvent(ConversationEvent):
    """A fact about the conversation with the client of a request."""

    client_id: str | None = None

    @classmethod
    def of(cls, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the conversation with the present client of the request."""
        return super().of(
            request, by, at, client_id=request.customer.id if request.customer else None, **more
        )


class MessageSent(ChatEvent):
    """One side wrote to the other (CHAT-023, CHAT-027)."""

    position: int = Field(description='The place of the message in the conversation.')
    deferred_id: str | None = Field(None, description='The deferred message it was.')


class MessageEdited(ChatEvent):
    """Its author said it otherwise (CHAT-009)."""

    position: int


class MessageDeleted(ChatEvent):
    """Its author took it back (CHAT-010)."""

    position: int


class MessagesRead(ChatEvent):
    """A side has seen everything up to a message (CHAT-013)."""

    side: Side
    until: int


class DeferredEvent(ConversationEvent):
    """A fact about a deferred message, of which its client knows nothing (CHAT-017)."""

    deferred_id: str
    author_id: str
    send_at: Instant

    @classmethod
    def about(cls, deferred: Deferred, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the deferred message."""
        return cls.of(
            request,
            by,
            at,
            deferred_id=deferred.id,
            author_id=deferred.author_id,
            send_at=deferred.send_at,
            **more,
        )


class DeferredMessagePlanned(DeferredEvent):
    """A message waits for its time (CHAT-014)."""


class DeferredMessageMoved(DeferredEvent):
    """It leaves at another time (CHAT-016)."""


class DeferredMessageDeleted(DeferredEvent):
    """It is sent never (CHAT-016)."""


class DeferredMessageHeld(DeferredEvent):
    """Its time came and it was not sent (AMB-46)."""

    reason: Literal['client_changed']


class TemplateEvent(Event):
    """A fact about a reply template of the organisation."""

    source: ClassVar[str] = 'conversations'

    template_id: str
    name: str


class ReplyTemplateAdded(TemplateEvent):
    """An answer was prepared (SET-008)."""


class ReplyTemplateChanged(TemplateEvent):
    """It was prepared otherwise."""


class ReplyTemplateRemoved(TemplateEvent):
    """It is offered no longer."""
