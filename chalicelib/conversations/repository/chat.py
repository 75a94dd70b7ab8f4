"""Conversations with clients: a message, and how far each side has read, are judged on what is read here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.conversations.events import ChatEvent
from chalicelib.conversations.model.chat import Conversation, Message, ReadMark, Side
from chalicelib.conversations.model.refusals import MessageNotFound
from chalicelib.conversations.repository.rows import (
    CONVERSATION,
    LAST,
    MESSAGE,
    READ,
    WITH,
    ConversationRow,
    pk_of,
)
from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write, creating, putting, replacing
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered, announcing, event_key
from chalicelib.kit.pages import page, sealed
from chalicelib.kit.values import Page, Paging

HEADS = 1 + len(Side)
"""The rows that stand beside the messages of a conversation."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation as far as it has come, and how far each side has read in it."""

    conversation: Conversation
    staff: ReadMark
    client: ReadMark

    def of(self, side: Side) -> ReadMark:
        """How far the side has read."""
        return self.staff if side is Side.STAFF else self.client


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of a conversation, newest first, and where the whole stands."""

    standing: Standing
    messages: Page[Message]


Key = tuple[str, int, str]
"""Organisation, number of the request, and the client: what names a conversation."""


def newest(key: Key, limit: int) -> Opened:
    """The newest messages with all that their ticks need: one query, however many messages there are."""
    answer = ConversationRow._get_connection().query(
        pk_of(*key),
        ConversationRow.sk.between(MESSAGE, LAST),
        limit=HEADS + limit + 1,
        scan_index_forward=False,
        consistent_read=True,
    )
    rows = [ConversationRow.from_raw_data(item) for item in answer['Items']]
    heads = {row.sk: row for row in rows if not row.sk.startswith(MESSAGE)}
    found = [row for row in rows if row.sk.startswith(MESSAGE)]
    shown = found[:limit]
    cursor = None
    if len(found) > limit:
        last = {'pk': {'S': shown[-1].pk}, 'sk': {'S': shown[-1].sk}}
        cursor = sealed(last, _binding(key))
    messages = Page[Message](items=[_message_of(row) for row in shown], next_cursor=cursor)
    return Opened(standing_of(key, [heads.get(sk) for sk in _head_keys()]), messages)


def older(key: Key, paging: Paging) -> Page[Message]:
    """One of the pages after the newest: one query."""
    return page(
        ConversationRow,
        _message_of,
        pk_of(*key),
        paging=paging,
        binding=_binding(key),
        condition=ConversationRow.sk.startswith(MESSAGE),
    )


def standing(key: Key) -> Standing:
    """How far the conversation is, from its own rows: one batch."""
    return standing_of(key, dynamo.fetch(*reading_standing(key)))


def reading_standing(key: Key) -> list[Read[Any]]:
    """The looks at the rows that `standing_of` makes a standing of, to be fetched beside others."""
    return [Read(ConversationRow, (pk_of(*key), sk), lambda row: row) for sk in _head_keys()]


def standing_of(key: Key, rows: Sequence[Any]) -> Standing:
    """How far the conversation is, by what `reading_standing` has found."""
    head, staff, client = rows
    organisation, number, client_id = key
    conversation = Conversation(organisation=organisation, number=number, client_id=client_id)
    if head is not None:
        conversation = Conversation.model_validate_json(head.body or '')
    return Standing(conversation, _mark_of(staff, Side.STAFF), _mark_of(client, Side.CLIENT))


def reading_message(key: Key, position: int) -> Read[Message]:
    """The message at that place of the conversation."""
    return Read(ConversationRow, (pk_of(*key), _message_key(position)), _message_of, MessageNotFound)


def last_until(key: Key, position: int) -> Message | None:
    """The newest message up to the position, deleted ones too: one query."""
    rows = ConversationRow.query(
        pk_of(*key),
        ConversationRow.sk.between(MESSAGE, _message_key(position)),
        limit=1,
        scan_index_forward=False,
        consistent_read=True,
    )
    return next(map(_message_of, rows), None)


def changed_since(key: Key, version: int, limit: int) -> tuple[int, list[Message]]:
    """Up to which version the first `limit` changes after `version` lead, and their messages as they are."""
    rows = ConversationRow.query(
        pk_of(*key),
        ConversationRow.sk.between(event_key(version + 1), event_key(_LAST_VERSION)),
        limit=limit,
        page_size=limit,
        consistent_read=True,
    )
    events = [_delivered_of(row).event for row in rows]
    positions = sorted({int(event['position']) for event in events})
    messages = dynamo.fetch_all(reading_message(key, position) for position in positions)
    # A version of a conversation is one change of one message, and so one event.
    return version + len(events), messages


def writing(before: Conversation, after: Conversation, message: Message, event: ChatEvent) -> list[Write]:
    """The message will be so, the conversation in its next version, and the change announced."""
    key = (after.organisation, after.number, after.client_id)
    pk = pk_of(*key)
    head = ConversationRow(pk=pk, sk=CONVERSATION, version=after.version, body=after.model_dump_json())
    row = ConversationRow(
        pk=pk, sk=_message_key(message.position), version=message.version, body=message.model_dump_json()
    )
    writes = [
        putting(row, ConversationRow.version == message.version - 1) if message.version > 1 else creating(row)
    ]
    if before.version:
        writes.append(replacing(head, before.version))
    else:
        beside = ConversationRow(pk=pk_of(after.organisation, after.number), sk=WITH + after.client_id)
        writes += [creating(head), creating(beside)]
    return [*writes, *announcing(ConversationRow, pk, after.version, event)]


def marking(key: Key, before: ReadMark, after: ReadMark, *events: ChatEvent) -> list[Write]:
    """The side will have read so far, and that is announced; nothing to write where it had before."""
    if after == before:
        return []
    sk = READ + after.side
    row = ConversationRow(pk=pk_of(*key), sk=sk, version=after.version, body=after.model_dump_json())
    same = ConversationRow.version == before.version
    write = putting(row, same) if before.version else creating(row)
    return [write, *announcing(ConversationRow, f'{pk_of(*key)}#read#{after.side}', after.version, *events)]


def clients_of(organisation: str, number: int) -> list[str]:
    """The clients with whom there is a conversation around the request, a hundred of them at most."""
    rows = ConversationRow.query(
        pk_of(organisation, number), ConversationRow.sk.startswith(WITH), limit=100, consistent_read=True
    )
    return [row.sk.removeprefix(WITH) for row in rows]


def events_of(key: Key) -> Iterator[Delivered]:
    """What was ever announced of the conversation's messages, in its order: for those who tell it anew."""
    rows = ConversationRow.query(pk_of(*key), ConversationRow.sk.startswith(EVENT_PREFIX), page_size=100)
    return map(_delivered_of, rows)


_LAST_VERSION = 999_999_999


def _mark_of(row: ConversationRow | None, side: Side) -> ReadMark:
    return ReadMark(side=side) if row is None else ReadMark.model_validate_json(row.body or '')


def _head_keys() -> list[str]:
    return [CONVERSATION, READ + Side.STAFF, READ + Side.CLIENT]


def _binding(key: Key) -> tuple[str, ...]:
    organisation, number, client_id = key
    return organisation, 'messages', str(number), client_id


def _message_key(position: int) -> str:
    return f'{MESSAGE}{position:09d}'


def _message_of(row: ConversationRow) -> Message:
    return Message.model_validate_json(row.body or '')


def _delivered_of(row: ConversationRow) -> Delivered:
    return Delivered.model_validate_json(row.body or '')
