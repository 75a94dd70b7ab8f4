"""What filters mean: the conditions a request must meet, and whether it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit.caller import Scope
from chalicelib.requests.model.filters import Filters, Tab
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import STANDINGS
from chalicelib.requests.rules.listing import NO, SEVERAL_VALUED, YES, Facet, facets_of

NEW = frozenset(status for status, standing in STANDINGS.items() if standing.is_new)


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the facet's values must be among these."""

    facet: Facet
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant on, and before another; None where the period is open."""

    since: datetime | None = None
    before: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """Whether the instant lies in the period; without an instant only the endless period holds."""
        if at is None:
            return not self.is_bounded
        return (self.since is None or self.since <= at) and (self.before is None or at < self.before)

    @property
    def is_bounded(self) -> bool:
        """Whether it leaves anything out."""
        return self.since is not None or self.before is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show: every condition holds, and both periods."""

    conditions: tuple[Condition, ...] = ()
    created: Period = Period()
    done: Period = Period()
    is_attached: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out but what is attached to incidents."""
        return not (self.conditions or self.is_attached or self.created.is_bounded or self.done.is_bounded)

    @property
    def is_impossible(self) -> bool:
        """Whether conditions contradict each other."""
        return any(not condition.values for condition in self.conditions)


def wanted(filters: Filters, tab: Tab, *, employee_id: str, scope: Scope, zone: ZoneInfo) -> Wanted:
    """What the filters mean on the tab for this employee; never more than the scope lets him see.

    His own work is his wherever it is (REQ-016). Requests attached to an incident are left out unless they
    are asked for (REQ-047, REQ-049, AMB-29).
    """
    given: list[tuple[Facet, Iterable[str]]] = [
        (Facet.OFFERING, filters.offering_id),
        (Facet.STATUS, filters.status),
        (Facet.RATING, map(str, filters.rating)),
        (Facet.ASSIGNEE, filters.assignee_id),
        (Facet.DEPARTMENT, filters.department_id),
        (Facet.BUILDING, filters.building_id),
        (Facet.GROUP, filters.group_id),
        (Facet.QUARTER, filters.quarter_id),
        (Facet.PREMISES, filters.premises_id),
        (Facet.CLIENT, filters.client_id),
        (Facet.CHANNEL, filters.channel),
        (Facet.LABEL, filters.label),
        (Facet.LABEL, filters.paid),
        (Facet.INCIDENT, [filters.incident_id] if filters.incident_id else []),
        (Facet.OVERDUE, [] if filters.is_overdue is None else [YES if filters.is_overdue else NO]),
    ]
    conditions = [Condition(facet, values) for facet, each in given if (values := frozenset(each))]
    if tab is Tab.NEW:
        conditions.append(Condition(Facet.STATUS, frozenset(NEW)))
    if tab is Tab.MINE:
        conditions.append(Condition(Facet.ASSIGNEE, frozenset({employee_id})))
    elif scope.places is not None:
        conditions.append(Condition(Facet.BUILDING, scope.places))
    return Wanted(
        conditions=_joined(conditions),
        created=_period(filters.created_since, filters.created_until, zone),
        done=_period(filters.done_since, filters.done_until, zone),
        is_attached=bool(filters.is_attached or filters.incident_id),
    )


def fits(request: Request, what: Wanted) -> bool:
    """Whether the list is to show the request."""
    if (request.incident_id is not None) is not what.is_attached:
        return False
    values = facets_of(request)
    return (
        all(condition.values.intersection(values.get(condition.facet, ())) for condition in what.conditions)
        and what.created.holds(request.created_at)
        and what.done.holds(request.done_at)
    )


def _joined(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Conditions on a facet of one value become one: the tab's and the filter's, the scope's and his."""
    joined: dict[Facet, frozenset[str]] = {}
    apart = []
    for condition in conditions:
        if condition.facet in SEVERAL_VALUED:
            apart.append(condition)
        else:
            joined[condition.facet] = joined.get(condition.facet, condition.values) & condition.values
    return (*(Condition(facet, values) for facet, values in joined.items()), *apart)


def _period(since: date | None, until: date | None, zone: ZoneInfo) -> Period:
    return Period(
        since=_midnight(since, zone) if since else None,
        before=_midnight(until + timedelta(days=1), zone) if until else None,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
