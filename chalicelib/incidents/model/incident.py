"""An incident as it is kept, and the settings of an organisation about its course."""

from enum import StrEnum

from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Instant, Stored


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    PLANNED = 'planned'  # known of, nobody has begun
    IN_PROGRESS = 'in_progress'  # «В работе»
    SUSPENDED = 'suspended'  # «Приостановлен» until a date
    COMPLETED = 'completed'  # «Выполнен»: final
    CANCELLED = 'cancelled'  # «Отменён»: final

    @property
    def is_open(self) -> bool:
        """Whether anything may still change about it."""
        return self not in (IncidentStatus.COMPLETED, IncidentStatus.CANCELLED)


class IncidentAction(StrEnum):
    """What may be done to an incident's status; each is a door of that name."""

    START = 'start'
    SUSPEND = 'suspend'
    COMPLETE = 'complete'
    CANCEL = 'cancel'


class Incident(Stored):
    """One incident. `places` are the buildings it is about, those of its groups included; None: all."""

    id: str
    organisation: str
    version: int = 0
    status: IncidentStatus = IncidentStatus.PLANNED
    title: str
    text: str = ''
    """What residents are told of it; empty: nothing."""
    building_ids: tuple[str, ...] = ()
    group_ids: tuple[str, ...] = ()
    offering_ids: tuple[str, ...] = ()
    places: tuple[str, ...] | None = None
    works_since: Instant | None = None
    works_until: Instant | None = None
    comment: str = ''
    """Why it stands as it does, for staff; requests that follow take it over."""
    resume_until: Instant | None = None
    created_by: Actor
    created_at: Instant
    updated_at: Instant
    finished_at: Instant | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything may still change about it."""
        return self.status.is_open


class Course(Stored):
    """Which changes of an incident its requests follow besides its completion (R21, AMB-15)."""

    organisation: str
    version: int = 0
    is_start_followed: bool = False
    is_suspension_followed: bool = False
    is_cancelling_followed: bool = False

    def follows(self, action: IncidentAction) -> bool:
        """Whether requests follow; completion is always followed (INC-005)."""
        return {
            IncidentAction.START: self.is_start_followed,
            IncidentAction.SUSPEND: self.is_suspension_followed,
            IncidentAction.CANCEL: self.is_cancelling_followed,
        }.get(action, True)
