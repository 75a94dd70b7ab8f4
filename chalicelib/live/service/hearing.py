"""What comes through a socket: one frame, one answer."""

from pydantic import ValidationError

from chalicelib.identity import service as identity
from chalicelib.identity.model import SessionEnded
from chalicelib.kit import clock, dynamo, texts
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.errors import ChangedMeanwhile, DomainError
from chalicelib.live import repository, rules
from chalicelib.live.model import (
    ASKED,
    Answer,
    FrameUnreadable,
    Ping,
    Socket,
    Subscribe,
    TooManySubscriptions,
)
from chalicelib.requests import service as requests

LONGEST_FRAME = 2000


def hear(socket_id: str, text: str) -> Answer:
    """The frame is obeyed, or its answer says why not."""
    asked: Subscribe | Ping | None = None
    locale = texts.DEFAULT
    try:
        socket = dynamo.get(repository.reading_socket(socket_id))
        locale = socket.locale
        asked = _read(text)
        return _obeyed(socket, asked)
    except ChangedMeanwhile:
        raise
    except DomainError as refusal:
        return Answer(
            type='refused',
            ref=asked.ref if asked else None,
            code=refusal.code,
            detail=texts.say(refusal.code, locale, **refusal.details),
            params=dict(refusal.details) or None,
        )


def _read(text: str) -> Subscribe | Ping:
    if len(text) > LONGEST_FRAME:
        raise FrameUnreadable()
    try:
        asked = ASKED.validate_json(text)
    except ValidationError:
        raise FrameUnreadable() from None
    if isinstance(asked, Subscribe) and (asked.number is None) == (asked.list is None):
        raise FrameUnreadable()
    return asked


def _obeyed(socket: Socket, asked: Subscribe | Ping) -> Answer:
    caller = identity.standing([socket.seat]).get(socket.seat)
    if caller is None:
        dynamo.commit(repository.keeping(socket.model_copy(update={'is_over': True})))
        raise SessionEnded()
    heard = socket.model_copy(update={'heard_at': clock.now()})
    if isinstance(asked, Ping):
        dynamo.commit(repository.keeping(heard))
        return Answer(type='pong', ref=asked.ref, at=heard.heard_at)
    if asked.action == 'unsubscribe':
        return _left(heard, asked, caller)
    return _listening(heard, asked, caller)


def _listening(socket: Socket, asked: Subscribe, caller: Caller) -> Answer:
    topic = _topic(asked, caller)
    if asked.number is not None:
        _seen(asked.number, caller)
    if topic not in socket.topics:
        if len(socket.topics) >= rules.MOST_SUBSCRIPTIONS:
            raise TooManySubscriptions(limit=rules.MOST_SUBSCRIPTIONS)
        socket = socket.model_copy(update={'topics': (*socket.topics, topic)})
    dynamo.commit(repository.keeping(socket), repository.listening(socket, topic))
    # Read after one listens: whoever holds an older version has missed something, and knows it.
    version = _seen(asked.number, caller) if asked.number is not None else None
    return Answer(type='subscribed', ref=asked.ref, number=asked.number, list=asked.list, version=version)


def _left(socket: Socket, asked: Subscribe, caller: Caller) -> Answer:
    topic = _topic(asked, caller)
    kept = tuple(one for one in socket.topics if one != topic)
    left = socket.model_copy(update={'topics': kept})
    dynamo.commit(repository.keeping(left), repository.leaving(socket, topic))
    return Answer(type='unsubscribed', ref=asked.ref, number=asked.number, list=asked.list)


def _seen(number: int, caller: Caller) -> int:
    """The version of the request. Raises RequestNotFound for one that the caller may not see."""
    if caller.audience is Audience.STAFF:
        return requests.seen(number, by=caller).version
    return requests.find_own(number, by=caller).version


def _topic(asked: Subscribe, caller: Caller) -> str:
    if asked.number is None:
        return rules.topic_of_list(caller.organisation, caller.audience, caller.id)
    return rules.topic_of_number(caller.organisation, asked.number)
