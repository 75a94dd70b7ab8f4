"""Incidents are entered and described: what they are about, and what residents are told of them."""

from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.catalogue import service as catalogue
from chalicelib.incidents import repository
from chalicelib.incidents.events import IncidentChanged, IncidentOpened
from chalicelib.incidents.model.doors import MOST_BUILDINGS, IncidentCard, IncidentChanges, NewIncident
from chalicelib.incidents.model.incident import Course, Incident
from chalicelib.incidents.model.job import News
from chalicelib.incidents.rules import course, subject
from chalicelib.incidents.service.announcing import ordering
from chalicelib.incidents.service.looking import Known, opened, shown
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read, naming
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.premises import service as premises
from chalicelib.premises.model import Group
from chalicelib.requests import service as requests
from chalicelib.requests.model.incidents import IncidentStanding

_LOOKS: dict[str, Callable[[str, str], Read[Any]]] = {
    'building_ids': premises.reading_building,
    'group_ids':    premises.reading_group,
    'offering_ids': catalogue.reading_offering,
}  # fmt: skip
ABOUT = tuple(_LOOKS)


def enter(new: NewIncident, *, by: Caller) -> IncidentCard:
    """There is an incident that requests can be attached to.

    Raises BuildingNotFound, GroupNotFound, OfferingNotFound, IncidentAboutNothing, IncidentTooWide,
    WorksEndTooEarly, IncidentBeyondScope.
    """
    course.may_change(by)
    now = clock.now()
    incident = Incident(
        id=new_id(),
        organisation=by.organisation,
        created_by=Actor.of(by),
        created_at=now,
        updated_at=now,
        **{**new.model_dump(), **{name: _each_once(getattr(new, name)) for name in ABOUT}},
    )
    incident = _judged(incident, by)
    event = IncidentOpened.of(incident, Actor.of(by), now)
    saved, writes = repository.saving(None, incident, [event])
    standing, announcement = standing_of(saved), None
    if saved.text:
        announcement, ordered = ordering(saved, News.OPENED)
        writes += ordered
    dynamo.commit(*writes, requests.incident_opening(standing))
    settings = Course(organisation=by.organisation)
    return shown(Known(saved, standing, settings, announcement=announcement), by=by)


def change(incident_id: str, changes: IncidentChanges, *, by: Caller) -> IncidentCard:
    """The incident is as asked. Raises what `enter` raises, IncidentNotFound and IncidentOver."""
    known = opened(incident_id, by=by)
    before = known.incident
    wished: dict[str, Any] = {name: getattr(changes, name) for name in changes.model_fields_set}
    wished |= {name: _each_once(wished[name]) for name in ABOUT if name in wished}
    after = before.model_copy(update=wished)
    if wished.keys() & set(ABOUT):
        after = _judged(after, by)
    subject.must_end_after_it_begins(after.works_since, after.works_until)
    fields = subject.differing(before, after)
    if not fields:
        return shown(known, by=by)
    now = clock.now()
    after = after.model_copy(update={'updated_at': now})
    event = IncidentChanged.of(after, Actor.of(by), now, fields=fields)
    saved, writes = repository.saving(before, after, [event])
    standing = standing_of(saved, known.standing.attached)
    if saved.text and subject.is_told_otherwise(before, saved):
        announcement, ordered = ordering(saved, News.CHANGED if before.text else News.OPENED)
        known, writes = known._replace(announcement=announcement), [*writes, *ordered]
    dynamo.commit(*writes, requests.incident_changing(standing))
    return shown(known._replace(incident=saved, standing=standing), by=by)


def standing_of(incident: Incident, attached: int = 0) -> IncidentStanding:
    """The incident as requests are to know it, so many of which are attached."""
    return IncidentStanding(
        id=incident.id,
        organisation=incident.organisation,
        title=incident.title,
        is_open=incident.is_open,
        places=incident.places,
        attached=attached,
    )


def _each_once(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _judged(incident: Incident, by: Caller) -> Incident:
    """The incident with its buildings, if all that it names is there and within the caller's reach."""
    subject.must_end_after_it_begins(incident.works_since, incident.works_until)
    organisation = incident.organisation
    reads: list[Read[Any]] = [
        naming(f'body.{field}[{place}]', look(organisation, one))
        for field, look in _LOOKS.items()
        for place, one in enumerate(getattr(incident, field))
    ]
    found: list[Any] = []
    for start in range(0, len(reads), dynamo.BATCH_READ_LIMIT):
        found += dynamo.fetch(*reads[start : start + dynamo.BATCH_READ_LIMIT])
    chosen: list[Group] = [one for one in found if isinstance(one, Group)]
    in_groups = premises.in_groups(chosen, MOST_BUILDINGS)
    is_anywhere = bool(incident.offering_ids) and not (incident.building_ids or incident.group_ids)
    places = subject.places(incident.building_ids, in_groups, is_anywhere)
    subject.must_be_reached(places, by)
    return incident.model_copy(update={'places': places})
