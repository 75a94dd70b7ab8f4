"""Positions, ticks and counts of a conversation, beside a recount of all its messages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.conversations.model.chat import Conversation, Message, ReadMark, Side
from chalicelib.conversations.model.refusals import MessageTooOld, NotYourMessage
from chalicelib.conversations.model.views import MessageStatus
from chalicelib.conversations.rules import chatting
from chalicelib.kit.outbox import Actor, ActorKind
from tests.conftest import NOON

DARYA = Actor(kind=ActorKind.STAFF, id='darya', name='Дарья')
PYOTR = Actor(kind=ActorKind.RESIDENT, id='pyotr', name='Пётр')
WRITERS = {Side.STAFF: DARYA, Side.CLIENT: PYOTR}


class Talk:
    """A conversation as the rules lead it, and everything that was said in it."""

    def __init__(self):
        self.conversation = Conversation(organisation='demo', number=17, client_id='pyotr')
        self.messages: dict[int, Message] = {}
        self.marks = {side: ReadMark(side=side) for side in Side}
        self.seen = dict.fromkeys(Side, 0)
        self.now = NOON

    def say(self, side):
        self.now += timedelta(minutes=2)
        after, message = chatting.said(self.conversation, 'Слово', None, WRITERS[side], self.now)
        self.conversation = after
        self.messages[message.position] = message

    def delete(self, pick):
        mine = [m for m in self.messages.values() if m.side is Side.STAFF and m.deleted_at is None]
        if not mine:
            return
        message = mine[pick % len(mine)]
        self.marks[Side.CLIENT] = chatting.without(self.marks[Side.CLIENT], message)
        self.conversation = chatting.changed(self.conversation)
        self.messages[message.position] = chatting.deleted(message, self.now)

    def read(self, side, pick):
        if not self.messages:
            return
        message = list(self.messages.values())[pick % len(self.messages)]
        self.marks[side] = chatting.read_up_to(self.marks[side], message)
        self.seen[side] = max(self.seen[side], message.position)

    def unread(self, side):
        """By looking at every message."""
        there = [m for m in self.messages.values() if m.side is side.other and m.deleted_at is None]
        return sum(message.position > self.seen[side] for message in there)


STEPS = some.lists(
    some.one_of(
        some.tuples(some.just('say'), some.sampled_from(Side)),
        some.tuples(some.just('delete'), some.integers(0, 50)),
        some.tuples(some.just('read'), some.sampled_from(Side), some.integers(0, 50)),
    ),
    max_size=40,
)


@pytest.mark.proves('CHAT-013', 'AMB-47')
@given(STEPS)
def test_counts_and_ticks_are_what_a_recount_finds(steps):
    talk = Talk()
    for act, *given_ in steps:
        getattr(talk, act)(*given_)
        for side in Side:
            assert chatting.unread(talk.conversation, talk.marks[side]) == talk.unread(side)
    positions = list(talk.messages)
    assert positions == sorted(positions)
    assert all(position <= talk.conversation.version for position in positions)
    for message in talk.messages.values():
        is_read = message.position <= talk.seen[message.side.other]
        shown = chatting.status(message, talk.marks[message.side.other])
        assert (shown is MessageStatus.READ) == is_read


@pytest.mark.proves('CHAT-011', 'AMB-44')
@given(some.integers(0, 2 * 3600 * 1000))
def test_the_hour_ends_exactly(milliseconds):
    conversation = Conversation(organisation='demo', number=17, client_id='pyotr')
    _, message = chatting.said(conversation, 'Слово', None, DARYA, NOON)
    then = NOON + timedelta(milliseconds=milliseconds)
    if milliseconds <= 3600 * 1000:
        chatting.must_be_changeable(message, 'darya', then)
    else:
        with pytest.raises(MessageTooOld):
            chatting.must_be_changeable(message, 'darya', then)
    with pytest.raises(NotYourMessage):
        chatting.must_be_changeable(message, 'pyotr', then)
