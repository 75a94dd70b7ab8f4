"""Those who live where an incident is hear of it: each once a piece of news, page after page.

A page is one transaction: the job that says how far it is, and the event that names whom the page concerns.
"""

from chalicelib.clients import service as clients
from chalicelib.clients.model import Client
from chalicelib.incidents import repository
from chalicelib.incidents.events import IncidentAnnounced, JobEvent, JobFinished, JobWentOn
from chalicelib.incidents.model.incident import Incident
from chalicelib.incidents.model.job import Announcement, News, TakenAway
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.kit.values import Paging
from chalicelib.premises import service as premises

AT_ONCE = 25
"""Residents on a page: as many notices are one transaction."""

MOST_PAGES = 20
"""Pages one run looks at; the next goes on with the rest."""


def ordering(incident: Incident, news: News) -> tuple[Announcement, list[Write]]:
    """Residents will hear that of the incident, in its version that is saved with it."""
    now = incident.updated_at
    job = Announcement(
        organisation=incident.organisation,
        incident_id=incident.id,
        turn=incident.version,
        news=news,
        begun_at=now,
        worked_at=now,
    )
    return job, repository.beginning(job)


def announce(asked: JobEvent) -> None:
    """Up to five hundred more residents will hear of the incident, each once however often this is asked.

    For each page a query, a batch read and a transaction, and a read where it is told when the works are.
    """
    job, incident = dynamo.fetch(
        repository.reading_job(Announcement, asked.organisation, asked.incident_id),
        repository.reading(asked.organisation, asked.incident_id),
    )
    if job is None or job.turn != asked.turn or job.finished_at is not None:
        return
    try:
        _gone_on(job, incident)
    except TakenAway:
        return  # there is other news by now, or another hand is at this


def _gone_on(job: Announcement, incident: Incident) -> None:
    places = incident.places or (None,)
    for _ in range(MOST_PAGES):
        if job.place >= len(places) or not incident.text:
            break
        job = _page_told(job, incident, places[job.place])
    now = clock.now()
    is_over = job.place >= len(places) or not incident.text
    event: JobEvent = JobFinished.of(job, now, done=job.done) if is_over else JobWentOn.of(job, now)
    changes = {'worked_at': now, 'finished_at': now if is_over else None}
    dynamo.commit(*repository.going_on(job.model_copy(update=changes), event)[1])


def _page_told(job: Announcement, incident: Incident, building: str | None) -> Announcement:
    page = clients.residing(job.organisation, building, Paging(limit=AT_ONCE, cursor=job.page))
    told = tuple(one.id for one in page.items if one.id != job.last and _is_first(one, incident, building))
    changes: dict[str, object] = {'done': job.done + len(told), 'page': page.next_cursor}
    if page.next_cursor is None:
        changes |= {'place': job.place + 1, 'last': None}
    elif page.items:
        changes['last'] = page.items[-1].id
    job = job.model_copy(update=changes)
    if not told:
        return job  # to be saved with the next page that concerns anybody, or at the end of the run
    event = IncidentAnnounced.about(incident, job.news, told, clock.now(), _zone(incident, building))
    job, writes = repository.going_on(job, event)
    dynamo.commit(*writes)
    return job


def _zone(incident: Incident, building: str | None) -> str | None:
    """By whose clocks those of the building live, where times are told and they are not everybody's."""
    if building is None or (incident.works_since, incident.works_until) == (None, None):
        return None
    there = dynamo.find(premises.reading_building(incident.organisation, building))
    return there.zone if there else None


def _is_first(client: Client, incident: Incident, building: str | None) -> bool:
    """Whether of the incident's buildings it is the first where he lives: he is told there alone."""
    if incident.places is None or building is None:
        return True
    return building == next((place for place in incident.places if place in client.places), building)
