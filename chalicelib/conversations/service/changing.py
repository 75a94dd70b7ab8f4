"""An employee's own message of the last hour is edited or deleted (CHAT-009..012, AMB-44)."""

from chalicelib.conversations import repository
from chalicelib.conversations.events import MessageDeleted, MessageEdited
from chalicelib.conversations.model.chat import Message
from chalicelib.conversations.model.views import MessageChanges, StaffMessage
from chalicelib.conversations.repository import Key, Standing
from chalicelib.conversations.rules import chatting
from chalicelib.conversations.service import showing
from chalicelib.conversations.service.enclosing import letting_go
from chalicelib.conversations.service.opening import opened
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests.model.request import Request


def edit(number: int, position: int, wanted: MessageChanges, *, by: Caller) -> StaffMessage:
    """The message reads otherwise, to both sides; its ticks and its place stay.

    Raises RequestNotFound, NobodyToWriteTo, MessageNotFound, NotYourMessage, MessageTooOld.
    """
    request, _, before, standing = _own(number, position, by)
    if wanted.text in (None, before.text):
        return showing.to_staff(before, standing, by=by)
    now = clock.now()
    after = chatting.edited(before, str(wanted.text), now)
    event = MessageEdited.of(request, Actor.of(by), now, position=position)
    conversation = standing.conversation
    dynamo.commit(*repository.writing(conversation, chatting.changed(conversation), after, event))
    return showing.to_staff(after, standing, by=by)


def delete(number: int, position: int, *, by: Caller) -> None:
    """Neither side reads the message any more; who has not read it has one less to read. Its file goes.

    Raises what `edit` raises.
    """
    request, key, before, standing = _own(number, position, by)
    now = clock.now()
    after = chatting.deleted(before, now)
    event = MessageDeleted.of(request, Actor.of(by), now, position=position)
    conversation, mark = standing.conversation, standing.of(before.side.other)
    dynamo.commit(
        *repository.writing(conversation, chatting.changed(conversation), after, event),
        *repository.marking(key, mark, chatting.without(mark, after)),
        *letting_go(before.enclosed, by.organisation, by=Actor.of(by)),
    )


def _own(number: int, position: int, by: Caller) -> tuple[Request, Key, Message, Standing]:
    request, key = opened(number, by)
    message = dynamo.get(repository.reading_message(key, position))
    dynamo.agree(message.version)
    chatting.must_be_changeable(message, by.id, clock.now())
    return request, key, message, repository.standing(key)
