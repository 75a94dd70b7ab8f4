"""A message as each side reads it, and one that is not sent yet as staff do."""

from typing import Any

from chalicelib.conversations.model.chat import Message, Side
from chalicelib.conversations.model.deferred import Deferred, DeferredCard, DeferredState
from chalicelib.conversations.model.views import OwnMessage, StaffMessage
from chalicelib.conversations.repository import Standing
from chalicelib.conversations.rules import chatting
from chalicelib.conversations.service.enclosing import shown
from chalicelib.kit.caller import Caller
from chalicelib.requests.model.request import Request


def to_staff(message: Message, standing: Standing, *, by: Caller) -> StaffMessage:
    """The message with its author, and whether the caller may still change it."""
    is_own = message.side is Side.STAFF and message.author_id == by.id and message.deleted_at is None
    return StaffMessage(
        author_id=message.author_id,
        author=message.author,
        changeable_until=message.sent_at + chatting.CHANGEABLE if is_own else None,
        version=message.version,
        **_told(message, standing),
    )


def to_client(message: Message, standing: Standing, request: Request) -> OwnMessage:
    """The message with its author, but without names of employees where the organisation shows none."""
    is_named = message.side is Side.CLIENT or request.terms.are_names_shown
    return OwnMessage(author=message.author if is_named else None, **_told(message, standing))


def deferred(deferred: Deferred) -> DeferredCard:
    """The deferred message in its section; of one that is deleted the file is gone."""
    is_deleted = deferred.state is DeferredState.DELETED
    plain = {name: getattr(deferred, name) for name in DeferredCard.model_fields if name != 'file'}
    return DeferredCard(file=None if is_deleted else shown(deferred.enclosed), **plain)


def _told(message: Message, standing: Standing) -> dict[str, Any]:
    is_deleted = message.deleted_at is not None
    return {
        'position': message.position,
        'side': message.side,
        'text': '' if is_deleted else message.text,
        'file': None if is_deleted else shown(message.enclosed),
        'status': chatting.status(message, standing.of(message.side.other)),
        'sent_at': message.sent_at,
        'edited_at': message.edited_at,
        'is_deleted': is_deleted,
    }
