"""What a message does to its conversation, what reading does to its ticks, and how long it can be changed."""

from datetime import datetime, timedelta

from chalicelib.conversations.model.chat import Conversation, Enclosed, Message, ReadMark, Side
from chalicelib.conversations.model.refusals import (
    MessageNotFound,
    MessageTooOld,
    NotYourMessage,
    TooManyMessages,
)
from chalicelib.conversations.model.views import MessageStatus
from chalicelib.kit.outbox import Actor, ActorKind

CHANGEABLE = timedelta(minutes=60)
"""How long after its sending a message may be edited and deleted (CHAT-011, AMB-44)."""

MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 30
"""Messages of a client in one conversation and one minute."""


def said(
    conversation: Conversation, text: str, enclosed: Enclosed | None, by: Actor, now: datetime
) -> tuple[Conversation, Message]:
    """The conversation with one message more, and the message. Raises TooManyMessages."""
    side = Side.CLIENT if by.kind is ActorKind.RESIDENT else Side.STAFF
    if side is Side.CLIENT:
        conversation = _counted(conversation, now)
    totals = conversation.sent.with_one_more(side)
    after = conversation.model_copy(update={'version': conversation.version + 1, 'sent': totals})
    return after, Message(
        organisation=after.organisation,
        number=after.number,
        client_id=after.client_id,
        position=after.version,
        side=side,
        author_id=by.id,
        author=by.name,
        text=text,
        enclosed=enclosed,
        sent_at=now,
        totals=totals,
    )


def _counted(conversation: Conversation, now: datetime) -> Conversation:
    begun = conversation.minute
    if begun is None or now - begun >= MINUTE:
        return conversation.model_copy(update={'minute': now, 'in_minute': 1})
    if conversation.in_minute >= MOST_A_MINUTE:
        left = (begun + MINUTE - now).total_seconds()
        raise TooManyMessages(retry_after=max(1, round(left)))
    return conversation.model_copy(update={'in_minute': conversation.in_minute + 1})


def must_be_changeable(message: Message, author_id: str, now: datetime) -> None:
    """Refuses unless it is the author's own message of the last hour (CHAT-009..012).

    Raises MessageNotFound for a deleted one, NotYourMessage, MessageTooOld.
    """
    if message.deleted_at is not None:
        raise MessageNotFound()
    if message.side is not Side.STAFF or message.author_id != author_id:
        raise NotYourMessage()
    if now - message.sent_at > CHANGEABLE:
        raise MessageTooOld(minutes=int(CHANGEABLE.total_seconds() // 60))


def edited(message: Message, text: str, now: datetime) -> Message:
    """The message with other words; ticks stay."""
    return message.model_copy(update={'text': text, 'edited_at': now, 'version': message.version + 1})


def deleted(message: Message, now: datetime) -> Message:
    """The message hidden from both sides; its words stay in the row (AMB-44)."""
    return message.model_copy(update={'deleted_at': now, 'version': message.version + 1})


def changed(conversation: Conversation) -> Conversation:
    """The conversation after a change of one of its messages."""
    return conversation.model_copy(update={'version': conversation.version + 1})


def unread(conversation: Conversation, mark: ReadMark) -> int:
    """How many messages of the other side wait for the side of the mark."""
    return conversation.sent.of(mark.side.other) - mark.nth - len(mark.gone)


def read_up_to(mark: ReadMark, message: Message) -> ReadMark:
    """The mark after the side has seen the message; it never goes back."""
    nth = message.totals.of(mark.side.other)
    if nth <= mark.nth:
        return mark
    gone = tuple(one for one in mark.gone if one > nth)
    return mark.model_copy(
        update={'until': message.position, 'nth': nth, 'gone': gone, 'version': mark.version + 1}
    )


def without(mark: ReadMark, message: Message) -> ReadMark:
    """The reader's mark after a message to him was deleted: what he has not read he need not read."""
    if message.nth <= mark.nth:
        return mark
    gone = (*mark.gone, message.nth)
    return mark.model_copy(update={'gone': gone, 'version': mark.version + 1})


def status(message: Message, mark: ReadMark) -> MessageStatus:
    """One tick, or two once its reader, whose mark it is, has been that far."""
    return MessageStatus.READ if message.position <= mark.until else MessageStatus.SENT
