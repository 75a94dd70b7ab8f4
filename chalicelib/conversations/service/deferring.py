"""Deferred messages: planned, listed, moved, deleted and sent at once by their author (CHAT-014..020)."""

from chalicelib.conversations import repository
from chalicelib.conversations.events import (
    DeferredMessageDeleted,
    DeferredMessageMoved,
    DeferredMessagePlanned,
)
from chalicelib.conversations.model.deferred import Deferred, DeferredCard, DeferredChanges, NewDeferred
from chalicelib.conversations.model.views import StaffMessage
from chalicelib.conversations.rules import planning
from chalicelib.conversations.service import showing
from chalicelib.conversations.service.enclosing import enclosing, letting_go
from chalicelib.conversations.service.opening import opened, writable
from chalicelib.conversations.service.sending import sending
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request


def defer(number: int, new: NewDeferred, *, by: Caller) -> DeferredCard:
    """The message waits for its time; the client sees nothing of it (CHAT-014, CHAT-017).

    Its file is taken now, for what nobody owns is thrown away after a day. Raises RequestNotFound,
    NobodyToWriteTo, SendingTimePast, SendingTimeTooFar, and what the file is refused for.
    """
    request, (_, _, client_id) = opened(number, by)
    now = clock.now()
    enclosed, taking = enclosing(new.file_id, by=by)
    deferred = Deferred(
        id=new_id(),
        organisation=by.organisation,
        number=number,
        client_id=client_id,
        author_id=by.id,
        author=by.name,
        text=new.text,
        enclosed=enclosed,
        send_at=planning.instant(new.send_on, new.send_time, by.zoneinfo, now),
        created_at=now,
    )
    event = DeferredMessagePlanned.about(deferred, request, Actor.of(by), now)
    dynamo.commit(*repository.saving_deferred(deferred, event), *taking)
    return showing.deferred(deferred)


def list_deferred(number: int, paging: Paging, *, by: Caller) -> Page[DeferredCard]:
    """One page of what waits under the request, the first to leave first (CHAT-015).

    Raises RequestNotFound.
    """
    requests.seen(number, by=by)
    return repository.list_pending(by.organisation, number, paging).shown_as(showing.deferred)


def deferred(number: int, deferred_id: str, *, by: Caller) -> DeferredCard:
    """The deferred message, whatever became of it. Raises RequestNotFound, DeferredMessageNotFound."""
    requests.seen(number, by=by)
    return showing.deferred(dynamo.get(repository.reading_deferred(by.organisation, number, deferred_id)))


def move(number: int, deferred_id: str, wanted: DeferredChanges, *, by: Caller) -> DeferredCard:
    """It leaves at another time; one that was held leaves for the client the request has now (CHAT-016).

    Raises what `defer` raises; DeferredMessageNotFound, NotYourMessage, DeferredMessageOver.
    """
    request, before = _own(number, deferred_id, by)
    if wanted.send_on is None and wanted.send_time is None:
        return showing.deferred(before)
    now, was = clock.now(), before.send_at.astimezone(by.zoneinfo)
    send_at = planning.instant(
        wanted.send_on or was.date(), wanted.send_time or f'{was:%H:%M}', by.zoneinfo, now
    )
    _, _, client_id = writable(request)
    after = planning.moved(before, send_at, client_id)
    event = DeferredMessageMoved.about(after, request, Actor.of(by), now)
    dynamo.commit(*repository.saving_deferred(after, event))
    return showing.deferred(after)


def delete_deferred(number: int, deferred_id: str, *, by: Caller) -> None:
    """It is sent never (CHAT-020). Raises what `move` raises."""
    request, before = _own(number, deferred_id, by)
    after = planning.deleted(before)
    event = DeferredMessageDeleted.about(after, request, Actor.of(by), clock.now())
    dynamo.commit(
        *repository.saving_deferred(after, event),
        *letting_go(before.enclosed, by.organisation, by=Actor.of(by)),
    )


def send_now(number: int, deferred_id: str, *, by: Caller) -> StaffMessage:
    """It is a message of the chat with the present client, and leaves no second time. Raises as `move`."""
    request, before = _own(number, deferred_id, by)
    key = writable(request)
    standing = repository.standing(key)
    message, writes = sending(
        request, standing, before.text, before.enclosed, Actor.of(by), clock.now(), deferred_id=deferred_id
    )
    dynamo.commit(*repository.saving_deferred(planning.sent(before, message.position)), *writes)
    return showing.to_staff(message, standing, by=by)


def _own(number: int, deferred_id: str, by: Caller) -> tuple[Request, Deferred]:
    request = requests.seen(number, by=by)
    found = dynamo.get(repository.reading_deferred(by.organisation, number, deferred_id))
    dynamo.agree(found.version)
    planning.must_be_decided_by(found, by.id)
    return request, found
