"""What incidents announce. Listeners need not ask back: each event carries what they must know of it."""

from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from chalicelib.incidents.model.incident import Incident, IncidentStatus
from chalicelib.incidents.model.job import Job, JobKind, News
from chalicelib.kit.outbox import SYSTEM, Actor, Event
from chalicelib.kit.values import Instant

Timing = Literal['unknown', 'since', 'until', 'period']


class IncidentEvent(Event):
    """A fact about one incident."""

    source: ClassVar[str] = 'incidents'

    incident_id: str
    version: int
    status: IncidentStatus
    title: str

    @classmethod
    def of(cls, incident: Incident, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the incident as it is from now on (its next version)."""
        return cls(
            organisation=incident.organisation,
            at=at,
            by=by,
            incident_id=incident.id,
            version=incident.version + 1,
            status=incident.status,
            title=incident.title,
            **more,
        )


class IncidentOpened(IncidentEvent):
    """There is an incident: requests can be attached to it."""


class IncidentChanged(IncidentEvent):
    """Something else is said of it; the fields are named."""

    fields: tuple[str, ...]


class IncidentMoved(IncidentEvent):
    """The status changed; `comment` is for staff."""

    was: IncidentStatus
    comment: str = ''


class IncidentStarted(IncidentMoved):
    """Work goes on."""


class IncidentSuspended(IncidentMoved):
    """Work rests until a date; from suspended to suspended the date is another."""

    resume_until: Instant | None


class IncidentCompleted(IncidentMoved):
    """The cause is gone: the requests attached are done (INC-005)."""


class IncidentCancelled(IncidentMoved):
    """Nothing more will be done about it."""


def _ended(text: str) -> str:
    """The text with a full stop where its author left it out, so that another sentence can follow."""
    return f'{text}.' if text[-1:].isalnum() or text[-1:] in tuple('»”")') else text


class IncidentAnnounced(IncidentEvent):
    """Some of those who live there are to hear of it: a page of them, each named once."""

    news: News
    text: str
    timing: Timing = Field(description='What is known of when it lasts.')
    works_since: Instant | None
    works_until: Instant | None
    zone: str | None = Field(None, description='By whose clocks they live, if not by the organisation\'s.')
    client_ids: tuple[str, ...]

    @classmethod
    def about(
        cls,
        incident: Incident,
        news: News,
        client_ids: tuple[str, ...],
        at: datetime,
        zone: str | None = None,
    ) -> Self:
        """The incident, as it is, for these residents."""
        since, until = incident.works_since, incident.works_until
        timing: Timing = 'unknown'
        if since is not None:
            timing = 'since' if until is None else 'period'
        elif until is not None:
            timing = 'until'
        return cls(
            organisation=incident.organisation,
            at=at,
            by=SYSTEM,
            incident_id=incident.id,
            version=incident.version,
            status=incident.status,
            title=incident.title,
            news=news,
            text=incident.text if timing == 'unknown' else _ended(incident.text),
            timing=timing,
            works_since=since,
            works_until=until,
            zone=zone,
            client_ids=client_ids,
        )


class JobEvent(Event):
    """A fact about a job that follows a change of an incident."""

    source: ClassVar[str] = 'incidents'

    incident_id: str
    kind: JobKind
    turn: int = Field(description='The version of the incident that ordered it.')

    @classmethod
    def of(cls, job: Job, at: datetime, **more: Any) -> Self:
        """The fact about the job."""
        return cls(
            organisation=job.organisation,
            at=at,
            by=SYSTEM,
            incident_id=job.incident_id,
            kind=job.kind,
            turn=job.turn,
            **more,
        )


class JobBegun(JobEvent):
    """There is work to do."""


class JobWentOn(JobEvent):
    """Some of it is done, and there is more; or nobody was at it for long."""


class JobFinished(JobEvent):
    """All of it is done."""

    done: int


class CourseChanged(Event):
    """Requests follow other changes of incidents than before; the fields are named."""

    source: ClassVar[str] = 'incidents'

    fields: tuple[str, ...]
