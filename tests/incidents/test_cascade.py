"""The requests of an incident follow it: each once, a bounded number a run, whatever happens meanwhile."""

from datetime import timedelta

import pytest

from chalicelib.incidents import service
from chalicelib.incidents.events import JobEvent
from chalicelib.incidents.service import cascading
from chalicelib.kit import clock, dynamo
from chalicelib.requests import service as requests
from chalicelib.requests.model.status import Mark, Status, Verdict
from chalicelib.requests.repository.rows import RequestRow
from tests.incidents.conftest import REQUESTS, announced, card, happened, request_of, standing_of
from tests.make import incidents as make
from tests.requests.conftest import crew_of


@pytest.fixture
def runs_of_three(monkeypatch):
    """A run deals with three requests."""
    monkeypatch.setattr(cascading, 'MOST_A_RUN', 3)


def statuses(numbers):
    return [request_of(number).status for number in numbers]


@pytest.mark.proves('INC-004', 'INC-005', 'REQ-130', 'REQ-131', 'R20')
def test_a_completed_incident_completes_its_requests_and_is_named_as_the_cause(
    house, call, dispatcher, ordered, water, do, deliver
):
    waiting, strict = ordered(incident_id=water), ordered('strict', incident_id=water)
    apart = ordered()
    done = do('complete', {'comment': 'Стояк заменён'})
    assert (done.status_code, done.json_body['status']) == (200, 'completed')
    assert statuses([waiting, strict]) == [Status.WAITING, Status.WAITING]
    deliver()
    assert statuses([waiting, strict, apart]) == [Status.DONE, Status.DONE, Status.WAITING]
    (entry,) = happened(call, dispatcher, waiting, 'RequestCompleted')
    assert (entry['author'], entry['comment']) == (None, 'Стояк заменён')
    assert entry['details']['incident_id'] == water
    assert standing_of(water)[1] == [waiting, strict]
    assert call('GET', f'{REQUESTS}?tab=all', by=dispatcher).json_body['items'][0]['number'] == apart


@pytest.mark.proves('AMB-24')
def test_what_nobody_began_with_was_neither_in_time_nor_late(ordered, water, do, deliver, time, call, house):
    number = ordered(incident_id=water)
    do('complete')
    deliver()
    request = request_of(number)
    assert (request.reaction.verdict, request.execution.verdict) == (None, None)
    time.advance(hours=9)
    call('POST', f'/v1/resident/requests/{number}/reopen', {}, by=house.resident)
    time.advance(hours=9)
    requests.sweep()
    assert request_of(number).reaction.verdict is None


def test_what_was_late_before_stays_late(ordered, water, do, deliver, time):
    number = ordered(incident_id=water)
    time.advance(hours=2)
    do('complete')
    deliver()
    assert request_of(number).reaction.verdict is Verdict.BREACHED


@pytest.mark.proves('AMB-15')
def test_what_is_over_or_waits_for_approval_is_passed_over_and_counted(
    house, call, dispatcher, ordered, water, do, deliver
):
    plain, over = ordered(incident_id=water), ordered(incident_id=water)
    approval = ordered('routed', incident_id=water)
    call('POST', f'{REQUESTS}/{over}/cancel', {'comment': 'не нужно'}, by=dispatcher)
    do('complete')
    version = request_of(over).version
    deliver()
    assert statuses([plain, over, approval]) == [Status.DONE, Status.CANCELLED, Status.APPROVAL]
    assert request_of(over).version == version
    shown = card(do)['cascade']
    told = {'action': 'complete', 'is_finished': True, 'progress': 100, 'total': 3, 'done': 1, 'skipped': 2}
    assert {name: shown[name] for name in told} == told


@pytest.mark.proves('INC-005')
def test_a_run_is_bounded_the_next_goes_on_and_the_card_shows_how_far_it_is(
    ordered, water, do, deliver, runs_of_three
):
    numbers = [ordered(incident_id=water) for _ in range(8)]
    assert do('complete').json_body['cascade']['progress'] == 0
    assert deliver(most=1) == 1
    assert statuses(numbers).count(Status.DONE) == 3
    shown = card(do)['cascade']
    assert (shown['done'], shown['total'], shown['progress'], shown['is_finished']) == (3, 8, 37, False)
    assert deliver() == 2
    assert set(statuses(numbers)) == {Status.DONE}
    shown = card(do)['cascade']
    assert (shown['done'], shown['progress'], shown['is_finished']) == (8, 100, True)
    assert [one.event['done'] for one in announced('JobFinished')] == [8]


def test_what_is_brought_twice_is_done_once(call, dispatcher, ordered, water, do, deliver, runs_of_three):
    numbers = [ordered(incident_id=water) for _ in range(4)]
    do('complete')
    deliver()
    for one in announced('JobBegun', 'JobWentOn'):
        service.work(JobEvent.model_validate(one.event))
    for number in numbers:
        assert len(happened(call, dispatcher, number, 'RequestCompleted')) == 1
    assert card(do)['cascade']['done'] == 4


def test_a_request_that_changes_meanwhile_is_judged_again(ordered, water, do, deliver, monkeypatch):
    number = ordered(incident_id=water)
    do('complete')
    real, seen = requests.carrying, []

    def changed_meanwhile(request, step):
        if not seen:
            seen.append(request.version)
            dynamo.send(requests.marking(request, Mark.DOCUMENT_ATTACHED, is_set=True, by=request.created_by))
        return real(request, step)

    monkeypatch.setattr(requests, 'carrying', changed_meanwhile)
    deliver()
    assert statuses([number]) == [Status.DONE]
    assert card(do)['cascade']['done'] == 1


@pytest.mark.proves('AMB-15')
def test_only_completion_is_followed_unless_the_organisation_says_otherwise(ordered, water, do, deliver):
    number = ordered(incident_id=water)
    assert do('start').json_body['cascade'] is None
    do('suspend', {'comment': 'ждём деталь', 'resume_until': '2026-11-25'})
    do('cancel', {'comment': 'ложный вызов'})
    assert deliver() == 0
    assert statuses([number]) == [Status.WAITING]


@pytest.mark.proves('INC-004', 'AMB-15', 'R21')
def test_requests_follow_the_whole_course_where_the_organisation_wants_it(
    call, dispatcher, ordered, water, do, deliver, followed
):
    followed(is_start_followed=True, is_suspension_followed=True, is_cancelling_followed=True)
    number = ordered(incident_id=water)
    do('start')
    deliver()
    begun = request_of(number)
    assert (begun.status, begun.reaction.verdict) == (Status.IN_PROGRESS, Verdict.OBSERVED)
    do('suspend', {'comment': 'ждём деталь', 'resume_until': '2026-11-25'})
    deliver()
    rests = request_of(number)
    assert (rests.status, rests.status_comment) == (Status.SUSPENDED, 'ждём деталь')
    assert clock.text(rests.resume_until) == '2026-11-25T20:59:59.999Z'
    do('suspend', {'resume_until': '2026-11-26'})
    deliver()
    assert request_of(number).resume_until == rests.resume_until + timedelta(days=1)
    do('cancel', {'comment': 'дом снесён'})
    deliver()
    assert (request_of(number).status, request_of(number).status_comment) == (Status.CANCELLED, 'дом снесён')
    kinds = ('RequestStarted', 'RequestSuspended', 'SuspensionMoved', 'RequestCancelled')
    told = happened(call, dispatcher, number, *kinds)
    assert [one['type'] for one in told] == list(kinds)
    assert {one['details']['incident_id'] for one in told} == {water}


def test_a_change_takes_the_place_of_one_that_is_still_followed(
    ordered, water, do, deliver, followed, runs_of_three
):
    followed(is_start_followed=True)
    numbers = [ordered(incident_id=water) for _ in range(5)]
    do('start')
    deliver(most=1)
    do('complete')
    deliver()
    assert set(statuses(numbers)) == {Status.DONE}
    assert [request_of(number).first_started_at is None for number in numbers] == [False] * 3 + [True] * 2
    assert [(one.event['turn'], one.event['done']) for one in announced('JobFinished')] == [(3, 5)]


@pytest.mark.parametrize('action', ['suspend', 'cancel'])
def test_what_is_done_after_it_ends_what_requests_still_followed(
    ordered, water, do, deliver, followed, runs_of_three, action
):
    followed(is_start_followed=True)
    numbers = [ordered(incident_id=water) for _ in range(5)]
    do('start')
    deliver(most=1)
    until = {'resume_until': '2026-12-01'} if action == 'suspend' else {}
    cascade = do(action, {'comment': 'ошибка', **until}).json_body['cascade']
    told = ('action', 'is_finished', 'progress', 'total', 'done')
    assert [cascade[name] for name in told] == ['start', True, 100, 3, 3]
    deliver()
    assert statuses(numbers) == [Status.IN_PROGRESS] * 3 + [Status.WAITING] * 2
    assert [(one.event['turn'], one.event['done']) for one in announced('JobFinished')] == [(3, 3)]


def test_a_job_that_no_hand_is_on_is_found_by_the_clock(ordered, water, do, deliver, time):
    number = ordered(incident_id=water)
    do('complete')
    assert service.sweep() == 0
    time.advance(minutes=5)
    assert service.sweep() == 1
    assert service.sweep() == 0
    service.work(JobEvent.model_validate(announced('JobWentOn')[-1].event))
    assert statuses([number]) == [Status.DONE]
    time.advance(minutes=5)
    assert service.sweep() == 0


def test_a_request_that_cannot_be_read_is_passed_over_after_three_tries(ordered, water, do, deliver):
    first, broken, last = (ordered(incident_id=water) for _ in range(3))
    row = RequestRow.get(f'demo#{broken}', 'request')
    row.update([RequestRow.body.set('{}')])
    do('complete')
    begun = JobEvent.model_validate(announced('JobBegun')[0].event)
    for _ in range(2):
        with pytest.raises(ValueError, match='validation errors'):
            service.work(begun)
        assert statuses([first, last]) == [Status.DONE, Status.WAITING]
    service.work(begun)
    assert statuses([last]) == [Status.DONE]
    shown = card(do)['cascade']
    assert (shown['done'], shown['failed'], shown['is_finished']) == (2, 1, True)


@pytest.mark.proves('REQ-133', 'INC-006')
def test_what_was_done_with_its_incident_is_reopened_and_done_on_its_own(
    house, call, dispatcher, ordered, water, do, deliver
):
    number = ordered(incident_id=water)
    do('complete')
    deliver()
    call('POST', f'/v1/resident/requests/{number}/reopen', {}, by=house.resident)
    assert request_of(number).incident_id is None
    for one in announced('JobBegun'):
        service.work(JobEvent.model_validate(one.event))
    assert statuses([number]) == [Status.REOPENED]
    call('POST', f'{REQUESTS}/{number}/start', crew_of(house, 0), by=dispatcher)
    done = call('POST', f'{REQUESTS}/{number}/complete', {}, by=dispatcher)
    assert done.json_body['status']['code'] == 'done'
    kinds = ('RequestCompleted', 'RequestReopened', 'DetachedFromIncident', 'RequestStarted')
    told = [one['type'] for one in happened(call, dispatcher, number, *kinds)]
    assert told == [*kinds, 'RequestCompleted']


def test_a_refund_that_is_asked_for_keeps_a_request_from_being_cancelled(
    ordered, water, do, deliver, followed
):
    followed(is_cancelling_followed=True)
    number = ordered(incident_id=water)
    request = request_of(number)
    dynamo.send(requests.marking(request, Mark.REFUND_PENDING, is_set=True, by=request.created_by))
    do('cancel', {'comment': 'ложный вызов'})
    deliver()
    assert statuses([number]) == [Status.WAITING]
    assert card(do)['cascade']['skipped'] == 1


def test_an_incident_elsewhere_is_not_carried_along(house, dispatcher, ordered, water, do, deliver):
    other = make.incident(dispatcher, building_ids=[house.other_building]).id
    here, there = ordered(incident_id=water), ordered(incident_id=other)
    do('complete', incident=other)
    deliver()
    assert statuses([here, there]) == [Status.WAITING, Status.DONE]
