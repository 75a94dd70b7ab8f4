"""The requests of an incident follow it, one by one: a step that is saved is never done again.

Each request changes in one transaction with the job that says it was dealt with. So the work can stop
anywhere: whoever goes on begins with the next request; of two hands one saves and the other learns that the
job is not his; and a change of the incident takes the job over between two requests, not within one.
"""

from collections.abc import Sequence

from chalicelib.incidents import repository
from chalicelib.incidents.events import JobEvent, JobFinished, JobWentOn
from chalicelib.incidents.model.job import Cascade, TakenAway
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile, Contended, DomainError, Unavailable
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

MOST_A_RUN = 50
"""Requests one run deals with; the next goes on with the rest."""

MOST_TRIES = 8
MOST_STUMBLES = 3
"""How often a request may break the work off before it is passed over."""


def cascade(asked: JobEvent) -> None:
    """Up to fifty more requests follow the incident, each once however often this is asked (INC-005).

    A query and a batch read, and a transaction for each request. What is over by now, was detached, or may
    not go that way is passed over and counted.
    """
    job = dynamo.find(repository.reading_job(Cascade, asked.organisation, asked.incident_id))
    if job is None or job.turn != asked.turn or job.finished_at is not None:
        return
    try:
        _gone_on(job)
    except TakenAway:
        return  # another change of the incident has its own cascade, or another hand is at this one


def _gone_on(job: Cascade) -> None:
    numbers = requests.attached_after(job.organisation, job.incident_id, job.after, MOST_A_RUN)
    found = _found(job.organisation, numbers)
    for number in numbers:
        job = _dealt_with(job, number, found.get(number))
    now = clock.now()
    changes: dict[str, object] = {'worked_at': now}
    event: JobEvent = JobWentOn.of(job, now)
    if len(numbers) < MOST_A_RUN:
        changes |= {'finished_at': now, 'total': job.dealt_with}
        event = JobFinished.of(job, now, done=job.done)
    dynamo.commit(*repository.going_on(job.model_copy(update=changes), event)[1])


def _found(organisation: str, numbers: Sequence[int]) -> dict[int, Request]:
    try:
        read = dynamo.fetch_all(requests.reading(organisation, number) for number in numbers)
    except Exception:
        return {}  # one of them cannot be read: each is looked at by itself
    return {request.number: request for request in read}


def _dealt_with(job: Cascade, number: int, request: Request | None) -> Cascade:
    try:
        return _carried(job, number, request)
    except (TakenAway, Unavailable):
        raise
    except Exception:
        if job.stumbles + 1 < MOST_STUMBLES:
            stumbled = job.model_copy(update={'stumbles': job.stumbles + 1, 'worked_at': clock.now()})
            dynamo.commit(*repository.going_on(stumbled)[1])
            raise
        telemetry.log.exception('request passed over', organisation=job.organisation, number=number)
        telemetry.count('CascadeFaults')
        return _passed(job, number, failed=job.failed + 1)


def _carried(job: Cascade, number: int, request: Request | None) -> Cascade:
    """The job after the request: saved if that changed, else to be saved with the next one that does."""
    for _ in range(MOST_TRIES):
        request = request or dynamo.find(requests.reading(job.organisation, number))
        writes = _following(job, request)
        if not writes:
            return _passed(job, number, skipped=job.skipped + 1)
        saved, told = repository.going_on(_passed(job, number, done=job.done + 1))
        try:
            dynamo.commit(*writes, *told)
            return saved
        except ChangedMeanwhile:
            request = None  # somebody changed the request: it is judged again as it is now
    raise Contended()


def _following(job: Cascade, request: Request | None) -> list[Write]:
    if request is None:
        return []
    try:
        return requests.carrying(request, job.step)
    except DomainError:
        return []


def _passed(job: Cascade, number: int, **counted: int) -> Cascade:
    return job.model_copy(update={'after': number, 'stumbles': 0, **counted})
