"""The queue: repetition, failure in the middle, one bad message among good ones."""

import json
from pathlib import Path

import pytest

from chalicelib.kit.outbox import Delivered
from chalicelib.notifications import workers
from chalicelib.notifications.repository import NotificationRow
from chalicelib.requests import events as said
from chalicelib.staff.model import NotificationKind as K
from tests.make import notifications as make
from tests.make import staff as make_staff
from tests.notifications.conftest import inbox, kinds, unread_of
from tests.world import arn_of, template

pytestmark = pytest.mark.usefixtures('organisation')
EVENTS = Path(__file__).parents[2] / 'events' / 'notifications' / 'in'


def _failed(*messages):
    answer = workers.fan_out(make.payload(*messages), None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def test_the_same_event_again_adds_nothing_and_counts_nothing(who_ticks, sent):
    worker = who_ticks(K.STATUS_CHANGED)
    event = make.delivered(said.RequestStarted, assignees=[worker.id])
    assert _failed(event, event) == []
    assert _failed(event) == []
    assert (kinds(worker.id), unread_of(worker.id)) == (['status_changed'], 1)
    assert {message.id for message in sent('push')} == {f'{event.id}:staff:{worker.id}:push'}


def test_what_stopped_before_the_messages_left_is_completed_by_the_next_delivery(
    who_ticks, sent, monkeypatch
):
    worker = who_ticks(K.STATUS_CHANGED)
    event = make.delivered(said.RequestStarted, assignees=[worker.id])
    monkeypatch.setenv('MESSAGES_TOPIC', 'arn:aws:sns:eu-central-1:123456789012:none')
    assert _failed(event) == ['m0']
    assert (unread_of(worker.id), sent('push')) == (1, [])
    monkeypatch.setenv('MESSAGES_TOPIC', arn_of('MessagesTopic'))
    assert _failed(event) == []
    assert (unread_of(worker.id), len(sent('push'))) == (1, 1)


def test_what_stopped_between_two_lists_is_completed_by_the_next_delivery(who_ticks, sent):
    first, second = who_ticks(K.STATUS_CHANGED), who_ticks(K.STATUS_CHANGED)
    event = make.delivered(said.RequestStarted, assignees=[first.id, second.id])
    make.notification(f'staff:{first.id}', event_id=event.id, kind='status_changed')
    assert _failed(event) == []
    assert [unread_of(one.id) for one in (first, second)] == [1, 1]
    assert len(sent('push')) == 2


def test_a_bad_message_comes_again_alone(who_ticks):
    worker = who_ticks(K.STATUS_CHANGED)
    good = make.delivered(said.RequestStarted, assignees=[worker.id])
    broken = Delivered(id='x', type='RequestStarted', event={'organisation': 'demo'})
    homeless = make.delivered(said.RequestStarted, organisation='nobody', assignees=[worker.id])
    assert _failed(broken, good, homeless, {'no': 'envelope'}) == ['m0', 'm2', 'm3']
    assert unread_of(worker.id) == 1


def test_an_event_nobody_is_told_of_is_passed_over():
    unknown = Delivered(id='x', type='SomethingOfAnotherHouse', event={})
    assert _failed(unknown) == []


def test_many_people_are_told_at_once(who_ticks, announce, sent):
    role = who_ticks(K.REQUEST_CREATED).role_id
    crowd = [make_staff.employee(role_id=role) for _ in range(29)]
    announce(said.RequestCreated)
    assert all(unread_of(one.id) == 1 for one in crowd)
    assert len(sent('push')) == 30


def test_a_notice_and_its_tally_are_forgotten_together(who_ticks, announce):
    worker = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestStarted, assignees=[worker.id])
    rows = list(NotificationRow.query(f'demo#staff:{worker.id}'))
    assert [row.sk.partition('#')[0] for row in rows] == ['notice', 'unread']
    assert len({int(row.ttl) for row in rows}) == 1


def test_the_sample_event_is_told(who_ticks, monkeypatch):
    payload = json.loads((EVENTS / 'fan_out.json').read_text())
    assert workers.fan_out(payload, None) == {'batchItemFailures': []}
    types = [json.loads(record['body'])['type'] for record in payload['Records']]
    assert types == ['RequestCreated']
    assert inbox('e1').unread == 0


def test_what_fails_for_good_ends_in_the_dead_letters_and_rings():
    resources = template()['Resources']
    queue = resources['NotificationsQueue']['Properties']
    assert queue['RedrivePolicy']['deadLetterTargetArn'] == {
        'Fn::GetAtt': ['NotificationsDeadLetters', 'Arn']
    }
    worker = resources['NotificationsFanOut']['Properties']
    assert worker['Events']['Announced']['Properties']['FunctionResponseTypes'] == ['ReportBatchItemFailures']
    assert queue['VisibilityTimeout'] >= worker['Timeout']
    [target] = resources['NotificationsRule']['Properties']['Targets']
    assert target['InputPath'] == '$.detail'
    assert resources['NotificationsDeadLettersAlarm']['Properties']['AlarmActions'] == [
        {'Ref': 'AlarmsTopic'}
    ]
