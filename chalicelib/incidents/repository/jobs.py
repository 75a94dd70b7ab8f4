"""Reading and saving the jobs that follow incidents."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from chalicelib.incidents.events import JobBegun, JobFinished
from chalicelib.incidents.model.job import Cascade, Job, TakenAway
from chalicelib.incidents.repository.incidents import pk_of
from chalicelib.incidents.repository.rows import IncidentRow
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import Event, announcing

J = TypeVar('J', bound=Job)

JOB, UNFINISHED = 'job#', 'unfinished'


def reading_job(kind: type[J], organisation: str, incident_id: str) -> Read[J]:
    """A look at the job of the kind; there is none before the first change that orders one."""
    key = (pk_of(organisation, incident_id), JOB + kind.kind)
    return Read(IncidentRow, key, partial(_job_of, kind))


def beginning(job: Job) -> list[Write]:
    """The job will be done, in the place of any other of the kind."""
    first = job.model_copy(update={'version': 1})
    event = JobBegun.of(first, first.begun_at)
    return [dynamo.putting(_row_of(first)), *announcing(IncidentRow, _events_pk(first), 1, event)]


def stopping(job: Cascade, turn: int, at: datetime) -> tuple[Cascade, list[Write]]:
    """The job as far as it is, to go no further in whatever hand: it is of another turn, and finished."""
    over = {'turn': turn, 'version': 1, 'total': job.dealt_with, 'worked_at': at, 'finished_at': at}
    last = job.model_copy(update=over)
    event = JobFinished.of(last, at, done=last.done)
    return last, [dynamo.putting(_row_of(last)), *announcing(IncidentRow, _events_pk(last), 1, event)]


def going_on(job: J, *events: Event) -> tuple[J, list[Write]]:
    """The job is as far as that, and the writes that say so; TakenAway if it is not in this hand any more."""
    saved = job.model_copy(update={'version': job.version + 1})
    same = (IncidentRow.turn == job.turn) & (IncidentRow.version == job.version)
    kept = dynamo.putting(_row_of(saved), same, TakenAway)
    return saved, [kept, *announcing(IncidentRow, _events_pk(saved), saved.version, *events)]


def unattended(before: datetime, most: int) -> Iterator[tuple[str, str, str]]:
    """Organisation, incident and kind of the unfinished jobs nobody was at since then, the oldest first."""
    until = IncidentRow.worked_at <= clock.text(before)
    for row in IncidentRow.unfinished.query(UNFINISHED, until, limit=most):
        organisation, _, incident_id = str(row.pk).rpartition('#')
        yield organisation, incident_id, str(row.sk).removeprefix(JOB)


def _row_of(job: Job) -> IncidentRow:
    return IncidentRow(
        pk=pk_of(job.organisation, job.incident_id),
        sk=JOB + job.kind,
        version=job.version,
        turn=job.turn,
        body=job.model_dump_json(),
        unfinished_key=None if job.finished_at else UNFINISHED,
        worked_at=clock.text(job.worked_at),
    )


def _events_pk(job: Job) -> str:
    return f'{pk_of(job.organisation, job.incident_id)}#{job.kind}#{job.turn}'


def _job_of(kind: type[J], row: Any) -> J:
    return kind.model_validate_json(row.body or '')
