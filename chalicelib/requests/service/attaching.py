"""A request becomes part of an incident, and ceases to be: by hand, one or many at a time.

By itself it is detached when it is reopened (`moving`).
"""

from collections.abc import Callable, Sequence
from functools import partial

from chalicelib.kit import clock, dynamo, texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile, DomainError
from chalicelib.kit.outbox import Actor
from chalicelib.kit.pages import opened as unsealed
from chalicelib.kit.pages import sealed
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import repository
from chalicelib.requests.events import AttachedToIncident, DetachedFromIncident
from chalicelib.requests.model.incidents import Attachment, IncidentStanding
from chalicelib.requests.model.refusals import (
    AttachedToAnother,
    IncidentNotFound,
    IncidentOver,
    NotAttached,
    RequestNotFound,
    RequestOver,
)
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.views import RequestBrief
from chalicelib.requests.service.opening import must_be_seen, opened
from chalicelib.staff.model import Permission

MOST_TRIES = 8

Deed = Callable[[Request], tuple[Request, list[Write]]]


def attach(number: int, incident_id: str | None, *, by: Caller) -> Request:
    """The request belongs to the incident, or to none, and its history says so (INC-002, INC-008).

    Nothing happens where it is so already. Raises RequestNotFound, IncidentNotFound, IncidentOver,
    AttachedToAnother, RequestOver.
    """
    before = opened(number, by)
    if before.incident_id == incident_id:
        return before
    if incident_id is None:
        after, writes = _detached(before, by)
    else:
        after, writes = _attached(before, open_to(incident_id, by), by)
    dynamo.commit(*writes)
    return after


def attach_all(numbers: Sequence[int], incident_id: str, *, by: Caller) -> list[Attachment]:
    """Each of the requests that can be attached is, by itself; an answer for each.

    A batch read for them all and a transaction for each. Raises IncidentNotFound, IncidentOver.
    """
    incident = open_to(incident_id, by)
    again = partial(open_to, incident_id, by)  # it may have ended at this very moment
    return _each(numbers, lambda request: _attached(request, incident, by), by, again)


def detach_all(numbers: Sequence[int], incident_id: str, *, by: Caller) -> list[Attachment]:
    """Each of the requests that is attached to this incident is not any more; an answer for each."""

    def detach(request: Request) -> tuple[Request, list[Write]]:
        if request.incident_id != incident_id:
            raise NotAttached()
        return _detached(request, by)

    return _each(numbers, detach, by)


def list_attached(incident_id: str, paging: Paging, *, by: Caller) -> Page[RequestBrief]:
    """A page of the requests that are attached and that the caller may see, by number, as they are now.

    One query and one batch read; a page may be short and still have a next one.
    """
    binding = (by.organisation, 'requests.attached', incident_id)
    place = unsealed(paging.cursor, binding)
    after = place['after'] if place else 0
    numbers = repository.attached_after(by.organisation, incident_id, after, paging.limit + 1)
    shown = numbers[: paging.limit]
    found = repository.find_all(by.organisation, shown) if shown else []
    may_view = by.may(Permission.REQUESTS_VIEW)
    return Page(
        items=[RequestBrief.of(one) for one in found if one.is_visible_to_staff(by, may_view)],
        next_cursor=sealed({'after': shown[-1]}, binding) if len(numbers) > len(shown) else None,
    )


def open_to(incident_id: str, by: Caller) -> IncidentStanding:
    """The incident, if requests can be attached to it and the caller may know of it."""
    reading = repository.reading_incident(by.organisation, incident_id)
    incident = dynamo.find(reading)
    if incident is None or not is_visible(incident.places, by):
        raise IncidentNotFound(field='body.incident_id')
    if not incident.is_open:
        raise IncidentOver(field='body.incident_id')
    return incident


def is_visible(places: Sequence[str] | None, by: Caller) -> bool:
    """Whether the employee may know of what is about these buildings: he sees one of them."""
    own = by.scope.places
    return own is None or places is None or not own.isdisjoint(places)


def part_of(incident: IncidentStanding, request: Request) -> Request:
    """The request as one that belongs to the incident."""
    return request.model_copy(update={'incident_id': incident.id, 'incident_title': incident.title})


def attached_event(request: Request, incident: IncidentStanding, by: Actor) -> AttachedToIncident:
    """What is announced of the request that becomes part of the incident."""
    return AttachedToIncident.of(
        request, by, clock.now(), incident_id=incident.id, incident_title=incident.title
    )


def _attached(request: Request, incident: IncidentStanding, by: Caller) -> tuple[Request, list[Write]]:
    if request.incident_id == incident.id:
        return request, []
    if request.incident_id is not None:
        raise AttachedToAnother()
    if not request.is_open:
        raise RequestOver()
    after = part_of(incident, request)
    return repository.saving(request, after, [attached_event(after, incident, Actor.of(by))])


def _detached(request: Request, by: Caller) -> tuple[Request, list[Write]]:
    after = request.model_copy(update={'incident_id': None, 'incident_title': None})
    event = DetachedFromIncident.of(
        after, Actor.of(by), clock.now(), incident_id=request.incident_id, is_automatic=False
    )
    return repository.saving(request, after, [event])


def _each(
    numbers: Sequence[int], deed: Deed, by: Caller, again: Callable[[], object] = lambda: None
) -> list[Attachment]:
    known = {request.number: request for request in repository.find_all(by.organisation, numbers)}
    return [_one(number, known.get(number), deed, by, again) for number in dict.fromkeys(numbers)]


def _one(
    number: int, request: Request | None, deed: Deed, by: Caller, again: Callable[[], object]
) -> Attachment:
    reread = partial(dynamo.find, repository.reading(by.organisation, number))
    try:
        for _ in range(MOST_TRIES):
            if request is None:
                raise RequestNotFound()
            must_be_seen(request, by)
            try:
                # Each stands for itself: together they would be more than a transaction holds.
                dynamo.send(deed(request)[1])
                return Attachment(number=number, is_done=True)
            except ChangedMeanwhile:
                again()
                request = reread()
        raise ChangedMeanwhile()
    except DomainError as refusal:
        words = texts.say(refusal.code, by.locale, **refusal.details)
        return Attachment(number=number, is_done=False, code=refusal.code, detail=words)
