"""Which lists a request stands in, where in them, and by which words it is found.

A *facet* is a side from which a request can be looked for: its status, its building, the month it was made
in. For each value of each facet there is a list. What `facets_of` says of the present request decides both
in which lists it stands and whether it fits filters, so a list can never show what its filter excludes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from chalicelib.kit.values import Instant, Stored
from chalicelib.kit.words import words
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Verdict

MOST_WORDS = 20
YES, NO = 'yes', 'no'


class Facet(StrEnum):
    """A side from which requests are looked for."""

    ALL = 'all'
    STATUS = 'status'
    OFFERING = 'offering'
    BUILDING = 'building'
    QUARTER = 'quarter'
    GROUP = 'group'
    PREMISES = 'premises'
    CLIENT = 'client'
    DEPARTMENT = 'department'
    ASSIGNEE = 'assignee'
    CHANNEL = 'channel'
    RATING = 'rating'
    OVERDUE = 'overdue'
    LABEL = 'label'
    INCIDENT = 'incident'
    CREATED_MONTH = 'created-month'
    CREATED_YEAR = 'created-year'
    DONE_MONTH = 'done-month'
    DONE_YEAR = 'done-year'


SEVERAL_VALUED = frozenset({Facet.ASSIGNEE, Facet.LABEL})
"""Facets of which a request may have several values."""

Values = Mapping[Facet, tuple[str, ...]]


class Rank(NamedTuple):
    """A place in any list; the greatest comes first."""

    is_pinned: bool
    at: datetime
    number: int


class Standing(Stored):
    """Where a request stands in the lists: everything its index rows are made of."""

    number: int
    version: int = Field(description='The version of the request that the lists show.')
    is_pinned: bool
    at: Instant
    is_attached: bool
    facets: tuple[str, ...]
    words: tuple[str, ...]
    created_at: Instant
    done_at: Instant | None

    @property
    def rank(self) -> Rank:
        """The place in every list it stands in."""
        return Rank(self.is_pinned, self.at, self.number)


def rank(request: Request) -> Rank:
    """Where the request stands in any list (AMB-33, REQ-024).

    Requests with an important comment nobody has seen, the newest comment first, then by the latest change.
    """
    pinned = request.important_at
    return Rank(pinned is not None, pinned or request.updated_at, request.number)


def facets_of(request: Request) -> Values:
    """The values of every facet the request has any of."""
    place, customer = request.place, request.customer
    single: dict[Facet, str | None] = {
        Facet.ALL: '',
        Facet.STATUS: request.status,
        Facet.OFFERING: request.terms.offering_id,
        Facet.BUILDING: place.building_id,
        Facet.QUARTER: place.quarter_id,
        Facet.GROUP: place.group_id,
        Facet.PREMISES: place.premises_id,
        Facet.CLIENT: customer.id if customer else None,
        Facet.DEPARTMENT: request.department_id,
        Facet.CHANNEL: request.channel,
        Facet.RATING: str(request.rating.points) if request.rating else None,
        Facet.OVERDUE: YES if request.execution.verdict is Verdict.BREACHED else NO,
        Facet.INCIDENT: request.incident_id,
        Facet.CREATED_MONTH: month_of(request.created_at),
        Facet.CREATED_YEAR: month_of(request.created_at)[:4],
        Facet.DONE_MONTH: month_of(request.done_at) if request.done_at else None,
        Facet.DONE_YEAR: month_of(request.done_at)[:4] if request.done_at else None,
    }
    values = {facet: (value,) for facet, value in single.items() if value is not None}
    return {**values, Facet.ASSIGNEE: request.assignee_ids, Facet.LABEL: request.labels}


def month_of(at: datetime) -> str:
    """The month in UTC, `YYYY-MM`: lists of months need no zone, the exact period is compared besides."""
    return at.astimezone(UTC).strftime('%Y-%m')


def spelled(facet: Facet, value: str) -> str:
    """A value of a facet as index rows name it."""
    return f'{facet}={value}'


def words_of(request: Request) -> tuple[str, ...]:
    """The words it is found by: of the client, the offering and the address, sorted (REQ-038)."""
    customer, place = request.customer, request.place
    texts = (
        customer.name if customer else '',
        request.terms.offering_name,
        place.address,
        place.premises_number or '',
    )
    return tuple(sorted(words(' '.join(texts))[:MOST_WORDS]))


def standing(request: Request) -> Standing:
    """Where the request stands now."""
    facets = facets_of(request)
    place = rank(request)
    return Standing(
        number=request.number,
        version=request.version,
        is_pinned=place.is_pinned,
        at=place.at,
        is_attached=request.incident_id is not None,
        facets=tuple(spelled(facet, value) for facet, values in facets.items() for value in values),
        words=words_of(request),
        created_at=request.created_at,
        done_at=request.done_at,
    )
