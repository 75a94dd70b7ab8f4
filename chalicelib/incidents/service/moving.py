"""The course of an incident: begun, resting, over."""

from datetime import UTC, date, datetime, time

from chalicelib.incidents import events as said
from chalicelib.incidents import repository
from chalicelib.incidents.model.doors import IncidentCard, IncidentMove, IncidentSuspension
from chalicelib.incidents.model.incident import Incident, IncidentAction
from chalicelib.incidents.model.job import Cascade, News
from chalicelib.incidents.rules import course
from chalicelib.incidents.service.announcing import ordering
from chalicelib.incidents.service.looking import opened, shown
from chalicelib.incidents.service.telling import standing_of
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.incidents import IncidentStep
from chalicelib.requests.model.status import Action

_NEWS = {IncidentAction.COMPLETE: News.COMPLETED, IncidentAction.CANCEL: News.CANCELLED}
_END_OF_DAY = time(23, 59, 59, 999000)


def start(incident_id: str, move: IncidentMove, *, by: Caller) -> IncidentCard:
    """Work on the cause goes on."""
    return _moved(incident_id, move, IncidentAction.START, said.IncidentStarted, by)


def suspend(incident_id: str, move: IncidentSuspension, *, by: Caller) -> IncidentCard:
    """Work on the cause rests until the date, with a reason; a resting one gets another date."""
    until = _end_of(move.resume_until, by) if move.resume_until is not None else None
    return _moved(incident_id, move, IncidentAction.SUSPEND, said.IncidentSuspended, by, until)


def complete(incident_id: str, move: IncidentMove, *, by: Caller) -> IncidentCard:
    """The cause is gone, and the requests attached will be done one after another (INC-005, R20)."""
    return _moved(incident_id, move, IncidentAction.COMPLETE, said.IncidentCompleted, by)


def cancel(incident_id: str, move: IncidentMove, *, by: Caller) -> IncidentCard:
    """Nothing more will be done about it, and it says why."""
    return _moved(incident_id, move, IncidentAction.CANCEL, said.IncidentCancelled, by)


def _moved(
    incident_id: str,
    move: IncidentMove,
    action: IncidentAction,
    event: type[said.IncidentMoved],
    by: Caller,
    until: datetime | None = None,
) -> IncidentCard:
    known = opened(incident_id, by=by)
    before = known.incident
    now = clock.now()
    asked = _asked(before, move, until)
    after = course.moved(asked, action, by=by, now=now)
    more = {'resume_until': after.resume_until} if event is said.IncidentSuspended else {}
    told = event.of(after, Actor.of(by), now, was=before.status, comment=after.comment, **more)
    saved, writes = repository.saving(before, after, [told])
    known = known._replace(incident=saved, standing=standing_of(saved, known.standing.attached))
    if not saved.is_open:
        writes.append(requests.incident_changing(known.standing))
    if known.course.follows(action):
        # Even where nothing seems to be attached: something may have been at this very moment.
        cascade = _cascade(saved, action, known.standing.attached)
        writes += repository.beginning(cascade)
        known = known._replace(cascade=cascade)
    elif known.cascade is not None and known.cascade.finished_at is None:
        # Nobody follows what is done now, and nobody goes on following what was done before.
        cascade, stopped = repository.stopping(known.cascade, saved.version, now)
        writes += stopped
        known = known._replace(cascade=cascade)
    if action in _NEWS and saved.text:
        announcement, ordered = ordering(saved, _NEWS[action])
        writes += ordered
        known = known._replace(announcement=announcement)
    dynamo.commit(*writes)
    return shown(known, by=by)


def _cascade(incident: Incident, action: IncidentAction, total: int) -> Cascade:
    step = IncidentStep(
        incident_id=incident.id,
        action=Action(action),
        comment=incident.comment,
        resume_until=incident.resume_until,
    )
    now = incident.updated_at
    return Cascade(
        organisation=incident.organisation,
        incident_id=incident.id,
        turn=incident.version,
        step=step,
        total=total,
        begun_at=now,
        worked_at=now,
    )


def _asked(before: Incident, move: IncidentMove, until: datetime | None) -> Incident:
    changes: dict[str, object] = {'resume_until': until}
    if 'comment' in move.model_fields_set:
        changes['comment'] = move.comment or ''
    return before.model_copy(update=changes)


def _end_of(until: datetime | date, by: Caller) -> datetime:
    if isinstance(until, datetime):
        return until
    return datetime.combine(until, _END_OF_DAY, by.zoneinfo).astimezone(UTC)
