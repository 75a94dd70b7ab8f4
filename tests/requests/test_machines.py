"""What follows a status: the drawings run with the real steps, and the sweep finds what they miss."""

from datetime import timedelta

import boto3
import pytest

from chalicelib.kit import clock, dynamo
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import repository, service, steps, workers
from chalicelib.requests.model.commands import NewOwnRequest, Start, Step, Suspension
from chalicelib.requests.model.status import Verdict
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.staff.service import employees
from tests.machines import Machines
from tests.world import resolve


@pytest.fixture
def machines(house, monkeypatch):
    return Machines(monkeypatch, 'requests', steps)


@pytest.fixture
def started(house):
    """A request of the resident in work; returns its number."""
    body = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    number = service.order_own(body, by=house.resident).number
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id, house.crew[1].id))
    service.start(number, crew, by=house.dispatcher)
    return number


def events(number):
    found = RequestRow.query(f'demo#{number}', RequestRow.sk.startswith('event#'))
    return [Delivered.model_validate_json(row.body) for row in found]


def kinds(number):
    return [event.type for event in events(number)]


def last(number, kind):
    return [event for event in events(number) if event.type == kind][-1]


def now(number):
    return dynamo.get(repository.reading('demo', number))


def state_of(machines_event):
    return {
        name: machines_event.event.get(name)
        for name in ('organisation', 'number', 'turn', 'warn_at', 'remind_at')
    }


@pytest.mark.proves('SLA-013', 'NTF-005')
def test_the_machine_of_a_suspension_warns_when_its_date_has_come(house, machines, started, time):
    until = time.at + timedelta(days=2)
    service.suspend(started, Suspension(resume_until=until, comment='ждём'), by=house.dispatcher)
    state = state_of(last(started, 'RequestSuspended'))
    time.move(until)
    status, entered = machines.run('SuspensionMachine', {**state, 'warn_at': '2020-01-01T00:00:00Z'})
    assert (status, entered) == ('SUCCEEDED', ['WaitForDate', 'WarnOfResumption'])
    assert kinds(started)[-1] == 'SuspensionEnding'
    machines.run('SuspensionMachine', {**state, 'warn_at': '2020-01-01T00:00:00Z'}, name='again')
    assert kinds(started).count('SuspensionEnding') == 1


def test_a_warning_of_a_suspension_that_is_over_says_nothing(house, machines, started, time):
    service.suspend(
        started, Suspension(resume_until=time.at + timedelta(days=2), comment='x'), by=house.dispatcher
    )
    state = state_of(last(started, 'RequestSuspended'))
    service.start(started, Start(), by=house.dispatcher)
    machines.run('SuspensionMachine', {**state, 'warn_at': '2020-01-01T00:00:00Z'})
    assert 'SuspensionEnding' not in kinds(started)


@pytest.mark.proves('REQ-111', 'NTF-022')
def test_the_machine_of_completion_asks_and_reminds_once(house, machines, started, time):
    service.complete(started, Step(), by=house.dispatcher)
    state = state_of(last(started, 'RequestCompleted'))
    time.advance(hours=24)
    # Asked late, after an outage: the reminder comes with the next look, not with the same.
    status, entered = machines.run('CompletionMachine', {**state, 'remind_at': '2020-01-01T00:00:00Z'})
    assert (status, entered) == (
        'SUCCEEDED',
        ['AskToRate', 'IsThereMore', 'WaitBeforeReminder', 'RemindToRate', 'NothingMore'],
    )
    assert kinds(started)[-2:] == ['RatingAsked', 'RatingReminded']


def test_a_rated_completion_is_not_reminded_of(house, machines, started, time):
    from chalicelib.requests.model.commands import Opinion

    service.complete(started, Step(), by=house.dispatcher)
    state = state_of(last(started, 'RequestCompleted'))
    service.rate(started, Opinion(points=5), by=house.resident)
    time.advance(hours=24)
    machines.run('CompletionMachine', {**state, 'remind_at': '2020-01-01T00:00:00Z'})
    assert 'RatingReminded' not in kinds(started)


def test_reopening_drops_those_who_left(house, machines, started):
    service.complete(started, Step(), by=house.dispatcher)
    employees.dismiss(house.crew[0].id, by=house.dispatcher)
    service.reopen(started, Step(comment='течёт'), by=house.dispatcher)
    status, entered = machines.run('ReopeningMachine', state_of(last(started, 'RequestReopened')))
    assert (status, entered) == ('SUCCEEDED', ['StopReminding', 'DropDismissed'])
    assert now(started).assignee_ids == (house.crew[1].id,)
    assert service.marking  # the door for houses above stays
    assert repository.loads('demo', [house.crew[0].id, house.crew[1].id]) == {
        house.crew[0].id: 0,
        house.crew[1].id: 1,
    }


def test_an_event_starts_its_machine_once_however_often_it_comes(house, machines, started):
    service.cancel(started, Step(comment='дубль'), by=house.dispatcher)
    record = {'messageId': 'm', 'body': last(started, 'RequestCancelled').model_dump_json()}
    for _ in range(3):
        assert workers.follow({'Records': [record]}, None) == {'batchItemFailures': []}
    assert machines.executions('CancellingMachine') == [f'demo-{started}-v{now(started).version}']


def test_a_step_that_fails_for_good_leaves_a_dead_letter(house, machines):
    status, entered = machines.run('ReopeningMachine', {'organisation': 'demo', 'number': 999, 'turn': 1})
    assert (status, entered[-2:]) == ('FAILED', ['DeadLetter', 'Failed'])
    queue = resolve({'Ref': 'RequestsFollowingDeadLetters'})
    [letter] = boto3.client('sqs').receive_message(QueueUrl=queue)['Messages']
    assert '"number": 999' in letter['Body'] or '"number":999' in letter['Body']


@pytest.mark.proves('SLA-003', 'SLA-006', 'SLA-009', 'SLA-019')
def test_an_hour_without_the_clock_is_caught_up_and_a_double_run_changes_nothing(house, started, time):
    waiting = service.order_own(
        NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat), by=house.resident
    ).number
    time.advance(hours=5)
    workers.sweep({'version': '0', 'account': '', 'region': '', 'detail': {}, 'detail-type': '', 'source': '',
                   'time': '', 'id': '', 'resources': []}, None)  # fmt: skip
    assert kinds(waiting)[-1] == 'ReactionBreached'
    assert kinds(started)[-1] == 'ExecutionBreached'
    assert now(waiting).reaction.verdict is Verdict.BREACHED
    versions = (now(waiting).version, now(started).version)
    assert service.sweep() == 0
    assert (now(waiting).version, now(started).version) == versions


def test_the_sweep_finds_what_no_machine_waited_for(house, started, time):
    service.suspend(
        started, Suspension(resume_until=time.at + timedelta(days=2), comment='x'), by=house.dispatcher
    )
    time.advance(days=3)
    service.sweep()
    assert 'SuspensionEnding' in kinds(started)
    service.start(started, Start(), by=house.dispatcher)
    service.complete(started, Step(), by=house.dispatcher)
    time.advance(minutes=6)
    service.sweep()
    assert kinds(started)[-1] == 'RatingAsked'


def test_one_request_that_cannot_be_judged_does_not_keep_back_the_others(house, started, time):
    broken = RequestRow(pk='demo#99', sk='request', body='{', due_key='due#3', due_at=clock.text(time.at))
    broken.save()
    time.advance(hours=5)
    assert service.sweep() == 1
    assert kinds(started)[-1] == 'ExecutionBreached'
