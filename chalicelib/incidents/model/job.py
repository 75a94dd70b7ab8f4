"""The jobs that follow a change of an incident; each can stop after any step and goes on from there.

A job is of one `turn`: the version of the incident that ordered it. The next change that orders a job of
the kind takes its place, and whoever still works on the former learns of it with the next step he saves.
"""

from enum import StrEnum
from typing import ClassVar, Literal

from chalicelib.kit.values import Instant, Stored
from chalicelib.requests.model.incidents import IncidentStep

JobKind = Literal['cascade', 'announcement']


class TakenAway(Exception):
    """The job is of another turn by now, or another hand went on with it."""


class Job(Stored):
    """How far a job is. `version` counts the steps that were saved."""

    kind: ClassVar[JobKind]

    organisation: str
    incident_id: str
    turn: int
    version: int = 0
    done: int = 0
    begun_at: Instant
    worked_at: Instant
    finished_at: Instant | None = None


class Cascade(Job):
    """The requests of an incident follow it one by one, by number (R20, R21, INC-005)."""

    kind: ClassVar[JobKind] = 'cascade'

    step: IncidentStep
    total: int
    """How many were attached when it began."""
    after: int = 0
    """The number of the request that was dealt with last."""
    skipped: int = 0
    """Those that were over, detached meanwhile, or may not go that way."""
    failed: int = 0
    """Those that could not be dealt with however often it was tried."""
    stumbles: int = 0
    """How often the next one has broken the work off."""

    @property
    def dealt_with(self) -> int:
        """How many requests are behind it."""
        return self.done + self.skipped + self.failed


class News(StrEnum):
    """What residents hear of an incident."""

    OPENED = 'opened'  # there is one
    CHANGED = 'changed'  # it is told otherwise, or lasts otherwise
    COMPLETED = 'completed'  # it is over
    CANCELLED = 'cancelled'  # it does not take place


class Announcement(Job):
    """Those who live where the incident is hear of it, building by building, a page at a time."""

    kind: ClassVar[JobKind] = 'announcement'

    news: News
    place: int = 0
    """Which of the incident's buildings is being told."""
    page: str | None = None
    """Where the next page of its residents begins; None: at the first."""
    last: str | None = None
    """Who was looked at last there: who has several premises is met several times in succession."""
