"""Employees look at incidents: as far as these concern buildings that they see."""

from typing import NamedTuple

from chalicelib.incidents import repository
from chalicelib.incidents.model.doors import (
    IncidentCard,
    IncidentEntry,
    IncidentLine,
    IncidentsQuery,
    card_of,
    line_of,
)
from chalicelib.incidents.model.incident import Course, Incident
from chalicelib.incidents.model.job import Announcement, Cascade
from chalicelib.incidents.rules import course, subject
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.requests.model.incidents import IncidentStanding
from chalicelib.requests.model.refusals import IncidentNotFound


def list_incidents(query: IncidentsQuery, *, by: Caller) -> Page[IncidentLine]:
    """One page of the incidents that concern the caller's buildings, newest first: up to four queries."""
    page = repository.list_newest(by.organisation, by.scope, query.is_open, query)
    visible = [one for one in page.items if requests.is_visible(one.places, by)]
    return Page(items=[line_of(one) for one in visible], next_cursor=page.next_cursor)


class Known(NamedTuple):
    """An incident with what is known around it."""

    incident: Incident
    standing: IncidentStanding
    course: Course
    cascade: Cascade | None = None
    announcement: Announcement | None = None


def read(incident_id: str, *, by: Caller) -> IncidentCard:
    """The incident with what is attached to it and how far its jobs are: one batch read.

    Raises IncidentNotFound.
    """
    return shown(seen(incident_id, by=by), by=by)


def history(incident_id: str, paging: Paging, *, by: Caller) -> Page[IncidentEntry]:
    """What happened to the incident, newest first. Raises IncidentNotFound."""
    seen(incident_id, by=by)
    return repository.history(by.organisation, incident_id, paging).shown_as(IncidentEntry.of)


def shown(known: Known, *, by: Caller) -> IncidentCard:
    """The incident as the employee may act on it now."""
    actions = course.actions_open_to(known.incident, by)
    attached = known.standing.attached
    return card_of(known.incident, attached, actions, known.cascade, known.announcement)


def seen(incident_id: str, *, by: Caller) -> Known:
    """The incident and what is around it, if this employee may know of it. Raises IncidentNotFound."""
    organisation = by.organisation
    incident, standing, settings, cascade, announcement = dynamo.fetch(
        repository.reading(organisation, incident_id),
        requests.reading_incident(organisation, incident_id),
        repository.reading_course(organisation),
        repository.reading_job(Cascade, organisation, incident_id),
        repository.reading_job(Announcement, organisation, incident_id),
    )
    if not requests.is_visible(incident.places, by):
        raise IncidentNotFound()
    settings = settings or Course(organisation=organisation)
    return Known(incident, standing, settings, cascade, announcement)


def opened(incident_id: str, *, by: Caller) -> Known:
    """The same for a change: of the version the caller speaks of, and within his reach.

    Raises PermissionMissing, IncidentNotFound, IncidentOver, IncidentBeyondScope.
    """
    course.may_change(by)
    known = seen(incident_id, by=by)
    dynamo.agree(known.incident.version)
    course.must_be_open(known.incident)
    subject.must_be_reached(known.incident.places, by)
    return known
