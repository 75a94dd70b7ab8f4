"""What the doors of incidents take and tell. Every field has its limit here; residents have none."""

from typing import Annotated

from pydantic import Field

from chalicelib.incidents.model.incident import Course, Incident, IncidentAction, IncidentStatus
from chalicelib.incidents.model.job import Announcement, Cascade, News
from chalicelib.kit.outbox import Delivered
from chalicelib.kit.values import Id, Instant, Line, Paging, Prose, Stored, Value
from chalicelib.requests.model.commands import Comment, InstantOrDay

LARGEST_NUMBER = 10**9
MOST_BUILDINGS = 300
"""Buildings of an incident, those of its groups included."""

Buildings = Annotated[list[Id], Field(max_length=100)]
Several = Annotated[list[Id], Field(max_length=20)]
Text = Annotated[str, Prose(2000, least=0)]
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]


class NewIncident(Value):
    """An incident: in these buildings and groups, or with these services wherever they are ordered."""

    title: Annotated[str, Line(200)]
    text: Text = ''
    """What residents of the buildings are told; empty: they are told nothing."""
    building_ids: Buildings = Field(default_factory=list)
    group_ids: Several = Field(default_factory=list)
    offering_ids: Several = Field(default_factory=list)
    works_since: Instant | None = None
    works_until: Instant | None = None


class IncidentChanges(Value):
    """Changes of an incident; a field left out stays as it is."""

    title: Annotated[str, Line(200)] = ''
    text: Text = ''
    building_ids: Buildings = Field(default_factory=list)
    group_ids: Several = Field(default_factory=list)
    offering_ids: Several = Field(default_factory=list)
    works_since: Instant | None = None
    works_until: Instant | None = None


class IncidentsQuery(Paging):
    """Which incidents are listed."""

    is_open: bool | None = Field(None, description='Whether they are neither completed nor cancelled.')


class IncidentMove(Value):
    """A move of an incident; `comment` left out keeps the comment, empty clears it."""

    comment: Comment | None = None


class IncidentSuspension(IncidentMove):
    """Until an instant, or until the end of a day of the organisation's zone (AMB-05)."""

    resume_until: InstantOrDay | None = None


class Numbers(Value):
    """Requests, by number."""

    numbers: Annotated[list[Number], Field(min_length=1, max_length=100)]


class Links(Stored):
    """Where to look next from an incident."""

    requests: str = Field(description='The requests that are attached.')
    suggestions: str = Field(description='Open requests of the same buildings and services.')
    history: str


class IncidentLine(Stored):
    """A line of «Инциденты»."""

    id: str
    version: int
    status: IncidentStatus
    title: str
    text: str = Field(description='What residents are told.')
    building_ids: tuple[str, ...]
    group_ids: tuple[str, ...]
    offering_ids: tuple[str, ...]
    works_since: Instant | None
    works_until: Instant | None
    comment: str
    resume_until: Instant | None
    created_by: str = Field(description='The employee who entered it.')
    created_at: Instant
    updated_at: Instant
    finished_at: Instant | None


class IncidentEntry(Stored):
    """A line of an incident's history."""

    id: str
    type: str
    at: Instant
    author: str = Field(description='The employee who did it.')
    status: IncidentStatus
    was: IncidentStatus | None = None
    comment: str | None = None
    resume_until: Instant | None = None
    fields: tuple[str, ...] = Field((), description='What was changed, by name.')

    @classmethod
    def of(cls, delivered: Delivered) -> 'IncidentEntry':
        """The line an event makes."""
        told = {**delivered.event, 'author': delivered.event['by']['name']}
        return cls.model_validate({**told, 'id': delivered.id, 'type': delivered.type})


class CascadeView(Stored):
    """How far the requests are that follow the last change they follow."""

    action: str = Field(description='What they follow.')
    is_finished: bool
    progress: int = Field(description='Per cent of those that were attached when it began.')
    total: int
    done: int = Field(description='Requests that went the way of the incident.')
    skipped: int = Field(description='Requests that were over, detached meanwhile, or may not go that way.')
    failed: int = Field(description='Requests that could not be dealt with, though it was tried.')
    begun_at: Instant
    finished_at: Instant | None

    @classmethod
    def of(cls, cascade: Cascade) -> 'CascadeView':
        """The job as staff see it."""
        dealt_with, is_finished = cascade.dealt_with, cascade.finished_at is not None
        progress = min(99, dealt_with * 100 // cascade.total) if cascade.total else 0
        return cls(
            action=cascade.step.action,
            is_finished=is_finished,
            progress=100 if is_finished else progress,
            total=cascade.total,
            done=cascade.done,
            skipped=cascade.skipped,
            failed=cascade.failed,
            begun_at=cascade.begun_at,
            finished_at=cascade.finished_at,
        )


class AnnouncementView(Stored):
    """How far it is that residents hear the last news."""

    news: News
    is_finished: bool
    done: int = Field(description='Residents who were told, or are about to be.')
    begun_at: Instant
    finished_at: Instant | None

    @classmethod
    def of(cls, job: Announcement) -> 'AnnouncementView':
        """The job as staff see it."""
        return cls(**job.model_dump(), is_finished=job.finished_at is not None)


class IncidentCard(IncidentLine):
    """All that staff see of an incident."""

    attached: int = Field(description='How many requests are attached.')
    actions: list[IncidentAction]
    cascade: CascadeView | None = Field(description='Null before the first change that requests follow.')
    announcement: AnnouncementView | None = Field(description='Null where residents were told nothing.')
    links: Links


class CourseChanges(Value):
    """What requests follow besides the completion; a field left out stays as it is."""

    is_start_followed: bool = False
    is_suspension_followed: bool = False
    is_cancelling_followed: bool = False


class CourseView(Stored):
    """Which changes of an incident its requests follow besides its completion (AMB-15)."""

    version: int
    is_start_followed: bool
    is_suspension_followed: bool
    is_cancelling_followed: bool

    @classmethod
    def of(cls, course: Course) -> 'CourseView':
        """The settings as staff see them."""
        return cls.model_validate(course.model_dump())


def line_of(incident: Incident) -> IncidentLine:
    """The incident as a list shows it."""
    return IncidentLine(**_told(incident))


def card_of(
    incident: Incident,
    attached: int,
    actions: list[IncidentAction],
    cascade: Cascade | None,
    announcement: Announcement | None,
) -> IncidentCard:
    """The incident as its card shows it."""
    own = f'/v1/staff/incidents/{incident.id}'
    return IncidentCard(
        **_told(incident),
        attached=attached,
        actions=actions,
        cascade=CascadeView.of(cascade) if cascade else None,
        announcement=AnnouncementView.of(announcement) if announcement else None,
        links=Links(requests=f'{own}/requests', suggestions=f'{own}/suggestions', history=f'{own}/history'),
    )


def _told(incident: Incident) -> dict[str, object]:
    return {**incident.model_dump(exclude={'created_by'}), 'created_by': incident.created_by.name}
