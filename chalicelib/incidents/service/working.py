"""Jobs are worked on as the queue brings them, and found by the clock where no hand is on them."""

from datetime import timedelta

from chalicelib.incidents import repository
from chalicelib.incidents.events import JobEvent, JobWentOn
from chalicelib.incidents.model.job import Announcement, Cascade, Job, TakenAway
from chalicelib.incidents.service.announcing import announce
from chalicelib.incidents.service.cascading import cascade
from chalicelib.kit import clock, dynamo, telemetry

UNATTENDED = timedelta(minutes=5)
"""A job that no hand was on for so long is told of again: a run takes some seconds."""

MOST_AT_ONCE = 200
"""Jobs one run of the sweep looks at, the longest unattended first; the next run goes on."""

KINDS: dict[str, type[Job]] = {kind.kind: kind for kind in (Cascade, Announcement)}
_WORK = {Cascade.kind: cascade, Announcement.kind: announce}


def work(asked: JobEvent) -> None:
    """The job is further than before, or finished, or in another hand."""
    _WORK[asked.kind](asked)


def sweep() -> int:
    """Every unfinished job that no hand was on for long goes on; returns how many there were.

    One that another hand changes at the same moment is left to it; one that cannot be judged does not keep
    back the others.
    """
    found = list(repository.unattended(clock.now() - UNATTENDED, MOST_AT_ONCE))
    return sum(_told_again(*place) for place in found)


def _told_again(organisation: str, incident_id: str, kind: str) -> bool:
    try:
        job = dynamo.find(repository.reading_job(KINDS[kind], organisation, incident_id))
        now = clock.now()
        if job is None or job.finished_at is not None or now - job.worked_at < UNATTENDED:
            return False
        again = job.model_copy(update={'worked_at': now})
        dynamo.commit(*repository.going_on(again, JobWentOn.of(job, now))[1])
    except TakenAway:
        return False
    except Exception:
        telemetry.log.exception('sweep could not judge a job', organisation=organisation, job=incident_id)
        telemetry.count('SweepFaults')
        return False
    return True
