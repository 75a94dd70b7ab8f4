"""Reading, saving and listing incidents."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.incidents.events import CourseChanged, IncidentEvent
from chalicelib.incidents.model.incident import Course, Incident
from chalicelib.incidents.repository.rows import IncidentRow
from chalicelib.kit import clock, dynamo, pages
from chalicelib.kit.caller import Scope
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered, announcing
from chalicelib.kit.values import Page, Paging
from chalicelib.requests.model.refusals import IncidentNotFound

INCIDENT, SETTINGS = 'incident', 'settings'

LONGEST_FILTER = 100
"""Buildings of a scope that a filter names."""


def reading(organisation: str, incident_id: str) -> Read[Incident]:
    """A look at the incident; `missing` is IncidentNotFound."""
    return Read(IncidentRow, (pk_of(organisation, incident_id), INCIDENT), _incident_of, IncidentNotFound)


def saving(
    before: Incident | None, after: Incident, events: Sequence[IncidentEvent]
) -> tuple[Incident, list[Write]]:
    """The incident in its next version, and the writes that make it so, its events beside it."""
    saved = after.model_copy(update={'version': after.version + 1})
    row = _row_of(saved)
    kept = dynamo.creating(row) if before is None else dynamo.replacing(row, before.version)
    return saved, [kept, *announcing(IncidentRow, str(row.pk), saved.version, *events)]


def list_newest(organisation: str, scope: Scope, is_open: bool | None, paging: Paging) -> Page[Incident]:
    """One page of the incidents that concern the scope, newest first. Index `by_list` or `by_state`."""
    index: Any = IncidentRow.by_list if is_open is None else IncidentRow.by_state
    places = sorted(scope.places) if scope.places is not None else ['*']
    return pages.page(
        IncidentRow,
        _incident_of,
        organisation if is_open is None else _state(organisation, is_open),
        paging=paging,
        binding=(organisation, 'incidents', str(is_open), *places),
        index=index,
        filters=_within(scope),
    )


def history(organisation: str, incident_id: str, paging: Paging) -> Page[Delivered]:
    """What happened to the incident, newest first: one query."""
    return pages.page(
        IncidentRow,
        lambda row: Delivered.model_validate_json(row.body or ''),
        pk_of(organisation, incident_id),
        paging=paging,
        binding=(organisation, 'incidents.history', incident_id),
        condition=IncidentRow.sk.startswith(EVENT_PREFIX),
    )


def reading_course(organisation: str) -> Read[Course]:
    """A look at what requests follow besides completion."""
    return Read(IncidentRow, (f'{organisation}#course', SETTINGS), _course_of)


def course_of(organisation: str) -> Course:
    """The settings, those of an organisation that made none where there are none."""
    return dynamo.find(reading_course(organisation)) or Course(organisation=organisation)


def saving_course(before: Course, after: Course, event: CourseChanged) -> list[Write]:
    """The settings will be as given in the next version, if nobody changed them since."""
    pk, version = f'{after.organisation}#course', before.version + 1
    saved = after.model_copy(update={'version': version})
    row = IncidentRow(pk=pk, sk=SETTINGS, version=version, body=saved.model_dump_json())
    kept = dynamo.replacing(row, before.version) if before.version else dynamo.creating(row)
    return [kept, *announcing(IncidentRow, f'{pk}#events', version, event)]


def pk_of(organisation: str, incident_id: str) -> str:
    """The partition an incident shares with all that happened to it."""
    return f'{organisation}#{incident_id}'


def _row_of(incident: Incident) -> IncidentRow:
    return IncidentRow(
        pk=pk_of(incident.organisation, incident.id),
        sk=INCIDENT,
        version=incident.version,
        body=incident.model_dump_json(),
        list_key=incident.organisation,
        state_key=_state(incident.organisation, incident.is_open),
        list_at=f'{clock.text(incident.created_at)}#{incident.id}',
        places=set(incident.places) if incident.places else None,
    )


def _state(organisation: str, is_open: bool) -> str:
    return f'{organisation}#{"open" if is_open else "over"}'


def _within(scope: Scope) -> Condition | None:
    """Fills pages with what the caller may see; the service still judges each by itself."""
    if scope.places is None or len(scope.places) > LONGEST_FILTER:
        return None
    everywhere = IncidentRow.places.does_not_exist()
    return reduce(or_, (IncidentRow.places.contains(one) for one in sorted(scope.places)), everywhere)


def _incident_of(row: Any) -> Incident:
    return Incident.model_validate_json(row.body or '')


def _course_of(row: Any) -> Course:
    return Course.model_validate_json(row.body or '')
