"""What an incident is about, and who may know of it and act on it."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.incidents.model.doors import MOST_BUILDINGS
from chalicelib.incidents.model.incident import Incident
from chalicelib.incidents.model.refusals import (
    IncidentAboutNothing,
    IncidentBeyondScope,
    IncidentTooWide,
    WorksEndTooEarly,
)
from chalicelib.kit.caller import Caller

Places = tuple[str, ...] | None


def places(building_ids: Iterable[str], of_groups: Iterable[str], is_anywhere: bool) -> Places:
    """The buildings it is about, each once; None where it is about services wherever they are ordered.

    Raises IncidentAboutNothing, IncidentTooWide.
    """
    found = tuple(dict.fromkeys((*building_ids, *of_groups)))
    if not found and not is_anywhere:
        raise IncidentAboutNothing()
    if len(found) > MOST_BUILDINGS:
        raise IncidentTooWide(limit=MOST_BUILDINGS)
    return found or None


def must_end_after_it_begins(since: datetime | None, until: datetime | None) -> None:
    """Raises WorksEndTooEarly."""
    if since is not None and until is not None and until <= since:
        raise WorksEndTooEarly()


def must_be_reached(incident_places: Places, by: Caller) -> None:
    """Refuses who does not see all of the buildings himself: the incident would reach beyond his scope."""
    own = by.scope.places
    if own is not None and (incident_places is None or not own.issuperset(incident_places)):
        raise IncidentBeyondScope()


def differing(before: Incident, after: Incident) -> tuple[str, ...]:
    """The names of the fields that differ, in the order of the alphabet."""
    were, are = before.model_dump(), after.model_dump()
    told = set(Incident.model_fields) - {'version', 'updated_at', 'places'}
    return tuple(sorted(name for name in told if were[name] != are[name]))


def is_told_otherwise(before: Incident, after: Incident) -> bool:
    """Whether residents are to hear of the change: of other words, another time, or other buildings."""
    return any(getattr(before, name) != getattr(after, name) for name in _RESIDENTS_HEAR)


_RESIDENTS_HEAR = ('title', 'text', 'works_since', 'works_until', 'places')
