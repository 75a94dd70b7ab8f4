"""Deferred messages leave when their time has come, each once, whoever else is at it (CHAT-018)."""

from chalicelib.conversations import repository
from chalicelib.conversations.events import DeferredMessageHeld
from chalicelib.conversations.model.deferred import Deferred
from chalicelib.conversations.repository import Due
from chalicelib.conversations.rules import planning
from chalicelib.conversations.service.opening import key_of
from chalicelib.conversations.service.sending import sending
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.connection import pause
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM, Actor, ActorKind
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

MOST_A_SHARD = 250
"""How many messages of a shard leave in one run: all eight in less than a minute; the next goes on."""

TRIES = 6
"""How often a message is tried whose conversation is being written in at the same moment."""


def sweep() -> int:
    """Whatever is due by now has left or is held, however long ago its time was; returns how many.

    One that fails stays due and keeps back no other.
    """
    done, oldest = 0, clock.now()
    for shard in range(repository.SHARDS):
        found = repository.due_by(clock.now(), shard, MOST_A_SHARD)
        if len(found) == MOST_A_SHARD:
            telemetry.count('SweepBehind')
        oldest = min([oldest, *(due.planned_at for due in found)])
        done += sum(map(_left, found))
    if done:
        telemetry.count('DeferredMessageLag', (clock.now() - oldest).total_seconds(), 'Seconds')
    return done


def _left(due: Due) -> bool:
    try:
        for attempt in range(TRIES):
            try:
                return leave(due)
            except ChangedMeanwhile:
                pause(attempt)  # another hand wrote in the conversation, or sent this very message
    except Exception:
        telemetry.log.exception('a deferred message could not leave', number=due.number, deferred=due.id)
        telemetry.count('SweepFaults')
    return False


def leave(due: Due) -> bool:
    """The message stands in the chat, if it is still due; whether this call did it.

    It turns to sent in the transaction that makes it a message, so a clock that fires twice, or a sender that
    died, changes nothing. Where the request has another client it is held, and its author told (AMB-46).
    Raises ChangedMeanwhile where another hand was first.
    """
    key = (due.organisation, due.number, due.client_id)
    deferred, request, *rows = dynamo.fetch(
        repository.reading_deferred(due.organisation, due.number, due.id),
        requests.reading(due.organisation, due.number),
        *repository.reading_standing(key),
    )
    if not planning.is_due(deferred, clock.now()):
        return False
    if deferred.client_id != due.client_id:  # the index was behind the row
        raise ChangedMeanwhile()
    if key_of(request) != key:
        dynamo.commit(*_holding(deferred, request))
        return True
    author = Actor(kind=ActorKind.STAFF, id=deferred.author_id, name=deferred.author)
    standing = repository.standing_of(key, rows)
    message, writes = sending(
        request, standing, deferred.text, deferred.enclosed, author, clock.now(), deferred_id=due.id
    )
    dynamo.commit(*repository.saving_deferred(planning.sent(deferred, message.position)), *writes)
    return True


def _holding(deferred: Deferred, request: Request) -> list[Write]:
    held = planning.held(deferred)
    return repository.saving_deferred(
        held, DeferredMessageHeld.about(held, request, SYSTEM, clock.now(), reason='client_changed')
    )
