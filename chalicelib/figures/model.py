"""What is counted, by what, and what the doors of the dashboard take and tell."""

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Day, Paging, Stored, Value
from chalicelib.requests.model.status import Status

EVERYWHERE = '*'
"""The place of what is counted for the whole organisation; no building has that id."""

NOW = 'now'
"""The period of what is so at present."""

MOST_DAYS = 731
"""Days of a period: two years, one of them a leap year."""


class Kind(StrEnum):
    """What the requests of a place are told apart by."""

    TOTAL = 'total'  # nothing: all of them
    OFFERING = 'offering'  # «услуга»
    BUILDING = 'building'  # of the whole organisation only: of a building all are of that building
    EXECUTOR = 'executor'  # a request of several counts for each of them


class By(StrEnum):
    """What a breakdown is by."""

    OFFERING = 'offering'  # «по услугам»
    BUILDING = 'building'  # «по объектам»
    EXECUTOR = 'executor'  # «по исполнителям»


class Measure(StrEnum):
    """What is counted of a day; of now it is the status of requests instead."""

    CREATED = 'created'
    DONE = 'done'  # and not taken up again since
    CANCELLED = 'cancelled'
    REACTION_KEPT = 'reaction_kept'
    REACTION_BROKEN = 'reaction_broken'  # on the day that it was promised for
    EXECUTION_KEPT = 'execution_kept'
    EXECUTION_BROKEN = 'execution_broken'  # on the day that it was promised for
    REACTIONS = 'reactions'  # how many were begun
    REACTION_MS = 'reaction_ms'  # from their creation to their first start
    EXECUTIONS = 'executions'  # how many were done after they had been begun
    EXECUTION_MS = 'execution_ms'  # from their first start to their completion
    RATINGS = 'ratings'
    POINTS = 'points'  # of all the ratings together


class Slot(NamedTuple):
    """Where something is counted; `period` is a day, a month or now."""

    place: str
    kind: Kind
    value: str
    period: str


class Cell(NamedTuple):
    """One number among the counters."""

    slot: Slot
    measure: str


Sums = Counter[Cell]


class Ledger(NamedTuple):
    """What a request has added to the counters, by which of its versions, and how often that was written."""

    version: int = 0
    revision: int = 0
    sums: Sums = Counter()  # noqa: RUF012 - a default nobody adds to: `with_step` makes another


class Generations(Stored):
    """Which of the organisation's generations of counters is looked at, and which is being counted anew.

    No number is given twice. Those up to `wiped` are gone.
    """

    standing: int = 1
    building: int | None = None
    wiped: int = 0
    revision: int = 0

    @property
    def kept(self) -> tuple[int, ...]:
        """Those that every change is counted in."""
        return (self.standing,) if self.building is None else (self.standing, self.building)


class Difference(NamedTuple):
    """A counter that does not say what the requests do."""

    cell: Cell
    counted: int
    true: int


class Period(Value):
    """The days that are looked at, in the zone of the organisation."""

    since: Day = Field(description='The first day.')
    until: Day = Field(description='The last day; a period has 731 days at most.')

    @field_validator('until')
    @classmethod
    def _follows(cls, until: date, info: ValidationInfo) -> date:
        since = info.data.get('since')
        if since is None:
            return until
        if until < since:
            raise PydanticCustomError('period_reversed', 'the period ends before it begins')
        if (until - since).days >= MOST_DAYS:
            raise PydanticCustomError('period_too_long', 'the period is too long', {'days': MOST_DAYS})
        return until


class BreakdownQuery(Period, Paging):
    """Which page of which breakdown."""

    by: By = Field(description='What the figures are told by.')


class Figures(Stored):
    """What happened in a period."""

    created: int
    done: int = Field(description='Done in the period and not taken up again since.')
    cancelled: int
    reaction_kept: int = Field(description='Taken into work in time, by the day of the first start.')
    reaction_broken: int = Field(description='Not taken into work in time, by the day of the deadline.')
    execution_kept: int = Field(description='Done in time, by the day of completion.')
    execution_broken: int = Field(description='Not done in time, by the day of the deadline.')
    mean_reaction: timedelta | None = Field(description='From creation to the first start.')
    mean_execution: timedelta | None = Field(description='From the first start to completion.')
    ratings: int
    mean_rating: float | None = Field(description='Of one to five points.')


class DayFigures(Figures):
    """What happened on a day."""

    on: Day


class Present(Stored):
    """How many requests there are now."""

    open: int = Field(description='Neither done nor cancelled.')
    total: int
    statuses: dict[Status, int] = Field(description='How many there are in each status.')


class Dashboard(Period):
    """The dashboard: how it stands, what happened in the period, and on each of its days."""

    now: Present
    totals: Figures
    days: list[DayFigures] = Field(description='A point for every day of the period, in their order.')


class BreakdownLine(Stored):
    """The figures of one offering, building or executor."""

    id: str
    name: str | None = Field(description='As it is called now; null where it is no more.')
    now: Present
    figures: Figures
