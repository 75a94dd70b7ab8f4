"""Incidents on the engine: two thousand requests follow, hands die, two are at once at it, some come late."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from chalicelib.incidents import repository, service
from chalicelib.incidents.events import JobEvent
from chalicelib.incidents.model.job import Cascade
from chalicelib.incidents.repository.rows import IncidentRow
from chalicelib.incidents.service import cascading
from chalicelib.kit import dynamo
from chalicelib.kit.connection import connection
from chalicelib.requests import service as requests
from chalicelib.requests.model.status import Status
from chalicelib.requests.repository.rows import RequestRow
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, at_once, call
from tests.engine.filling import fill
from tests.engine.test_races import requests_there_are
from tests.engine.watching import watched
from tests.make import incidents as make

INCIDENTS = '/v1/staff/incidents'


def there_is_no_water(desk: Desk) -> str:
    """The id of an incident in the building."""
    return make.incident(desk.dispatcher, building_ids=[desk.building]).id


def attached(desk: Desk, incident: str, numbers: list[int]) -> list[str | None]:
    """What became of each of the requests when a hundred at a time were attached."""
    codes: list[str | None] = []
    for start in range(0, len(numbers), 100):
        some = {'numbers': numbers[start : start + 100]}
        said = call('POST', f'{INCIDENTS}/{incident}/requests/attach', some, token=desk.token)
        assert said.status == 200, said
        codes += [line['code'] for line in said.body['items']]
    return codes


def cascade_of(incident: str) -> Cascade:
    """How far the requests are."""
    return dynamo.get(repository.reading_job(Cascade, ORGANISATION, incident))


def last_told(incident: str, turn: int) -> JobEvent:
    """What the queue brings next."""
    rows = IncidentRow.query(
        f'{ORGANISATION}#{incident}#cascade#{turn}', scan_index_forward=False, limit=1, consistent_read=True
    )
    return JobEvent.model_validate(json.loads(next(iter(rows)).body or '')['event'])


def completions() -> Counter[str]:
    """How often each request says that it was completed."""
    rows = RequestRow.scan(RequestRow.sk.startswith('event#'))
    return Counter(str(row.pk) for row in rows if '"type":"RequestCompleted"' in (row.body or ''))


class Killed(BaseException):
    """The process is gone: nothing of ours hears of it."""


@contextmanager
def dying_at(turn: int) -> Iterator[None]:
    """Inside the block whoever writes for the `turn`-th time does not live to hear that it was done."""
    written = [0]

    def die(**_: Any) -> None:
        written[0] += 1
        if written[0] == turn:
            raise Killed()

    events = connection().client.meta.events
    events.register('after-call.dynamodb.TransactWriteItems', die)
    try:
        yield
    finally:
        events.unregister('after-call.dynamodb.TransactWriteItems', die)


@pytest.mark.proves('INC-005')
@pytest.mark.parametrize('many', [500, pytest.param(2000, marks=pytest.mark.slow)])
def test_thousands_of_requests_follow_in_bounded_runs_each_once_whoever_dies_meanwhile(desk, many):
    fill(desk, many)
    numbers = [one.number for one in requests_there_are()]
    incident = there_is_no_water(desk)
    with watched() as seen:
        assert attached(desk, incident, numbers[:100]) == [None] * 100
    # A batch read of all that are named, and a transaction for each; the rest does not grow with them.
    assert (seen.calls.count('TransactWriteItems'), len(seen.calls) <= 106) == (100, True)
    attached(desk, incident, numbers[100:])
    with watched() as seen:
        done = call('POST', f'{INCIDENTS}/{incident}/complete', {}, token=desk.token)
    assert (done.status, done.body['cascade']['total']) == (200, many)
    assert Counter(seen.calls) == {'BatchGetItem': 2, 'TransactWriteItems': 1}

    job, deaths, runs = cascade_of(incident), 0, 0
    while job.finished_at is None:
        asked, before = last_told(incident, job.turn), job.done
        if runs % 8 == 3:  # it dies in the middle, just after a write that it does not hear of
            with pytest.raises(Killed), dying_at(10):
                service.work(asked)
            deaths += 1
            job = cascade_of(incident)
            assert job.done == before + 10
            service.work(asked)  # the message comes again
        elif runs % 8 == 5:  # two hands at once
            at_once([partial(service.work, asked)] * 2)
        else:
            with watched() as seen:
                service.work(asked)
            assert len(seen.calls) <= cascading.MOST_A_RUN + 4
        job, runs = cascade_of(incident), runs + 1
        shown = call('GET', f'{INCIDENTS}/{incident}', token=desk.token).body['cascade']
        assert (shown['done'], shown['is_finished']) == (job.done, job.finished_at is not None)
    assert deaths
    assert (job.done, job.skipped, job.failed) == (many, 0, 0)
    assert {one.status for one in requests_there_are()} == {Status.DONE}
    assert completions() == {f'{ORGANISATION}#{number}': 1 for number in numbers}


def test_what_is_attached_while_the_incident_ends_either_follows_or_is_refused(desk):
    numbers = [desk.create() for _ in range(60)]
    incident = there_is_no_water(desk)

    def attach(number: int) -> Callable[[], int]:
        body = {'incident_id': incident}
        return lambda: call('PUT', f'{REQUESTS}/{number}/incident', body, token=desk.token).status

    def complete() -> int:
        status = call('POST', f'{INCIDENTS}/{incident}/complete', {}, token=desk.token).status
        while (job := cascade_of(incident)).finished_at is None:  # who comes later is too late for it
            service.work(last_told(incident, job.turn))
        return status

    tasks = [attach(number) for number in numbers]
    tasks.insert(25, complete)
    answers = at_once(tasks, threads=20)
    assert answers.pop(25) == 200
    assert set(answers) == {200, 409}
    job = cascade_of(incident)
    follows = {number for number, status in zip(numbers, answers, strict=True) if status == 200}
    there = {one.number: one for one in requests_there_are()}
    assert {number for number in numbers if there[number].status is Status.DONE} == follows
    assert {number for number in numbers if there[number].incident_id == incident} == follows
    standing = dynamo.get(requests.reading_incident(ORGANISATION, incident))
    assert (standing.attached, job.done) == (len(follows), len(follows))


def test_of_two_incidents_one_gets_the_request(desk):
    number = desk.create()
    incidents = [there_is_no_water(desk) for _ in range(8)]

    def attach(incident: str) -> Callable[[], int]:
        body = {'incident_id': incident}
        return lambda: call('PUT', f'{REQUESTS}/{number}/incident', body, token=desk.token).status

    answers = at_once([attach(one) for one in incidents])
    assert sorted(answers) == [200] + [409] * 7
    winner = incidents[answers.index(200)]
    standings = [dynamo.get(requests.reading_incident(ORGANISATION, one)).attached for one in incidents]
    assert standings == [int(one == winner) for one in incidents]


def test_a_resident_who_reopens_while_the_cascade_runs_is_never_carried_back(desk):
    numbers = [desk.create() for _ in range(30)]
    incident = there_is_no_water(desk)
    attached(desk, incident, numbers)
    call('POST', f'{INCIDENTS}/{incident}/complete', {}, token=desk.token)
    job = cascade_of(incident)

    def reopen(number: int) -> Callable[[], int]:
        def tried() -> int:
            door = f'/v1/resident/requests/{number}/reopen'
            return call('POST', door, {}, token=desk.resident_token).status

        return tried

    asked = last_told(incident, job.turn)
    tasks: list[Callable[[], Any]] = [lambda: service.work(asked), *(reopen(one) for one in numbers[::3])]
    answers = at_once(tasks, threads=4)[1:]
    service.work(last_told(incident, job.turn))
    there = {one.number: one for one in requests_there_are()}
    for number, status in zip(numbers[::3], answers, strict=True):
        expected = (Status.REOPENED, None) if status == 200 else (Status.DONE, incident)
        assert (there[number].status, there[number].incident_id) == expected
    assert cascade_of(incident).done == 30
    assert set(completions().values()) == {1}
