"""The queue: repetition, one bad message among good ones, what is stored of a home."""

import json
from pathlib import Path

from chalicelib.activity import workers
from chalicelib.activity.model import Entry
from chalicelib.clients import events as of_clients
from chalicelib.kit.outbox import Delivered
from chalicelib.premises.service import dwellings
from chalicelib.requests import events as of_requests
from tests.activity.conftest import bus, kept
from tests.make import activity as make
from tests.make import premises as make_premises
from tests.world import template

SAMPLE = Path(__file__).parents[2] / 'events' / 'activity' / 'in' / 'note.json'


def _failed(*messages):
    answer = workers.note(make.payload(*messages), None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def _entries():
    return [Entry.model_validate_json(body) for body in kept().values()]


def test_the_same_event_again_adds_nothing(world, time):
    event = make.delivered(of_requests.RequestRated)
    bus(event, event)
    first = kept()
    time.advance(hours=1)
    bus(event)
    assert kept() == first
    assert len(first) == 1


def test_events_of_one_instant_stand_side_by_side(world, time):
    bus(make.delivered(of_requests.RequestCreated), make.delivered(of_requests.RequestRated))
    assert len(kept()) == 2


def test_a_bad_message_comes_again_alone(world, time):
    broken = Delivered(id='x', type='RequestRated', event={'organisation': 'demo'})
    good = make.delivered(of_requests.RequestRated)
    assert _failed(broken, good, {'no': 'envelope'}) == ['m0', 'm2']
    assert len(kept()) == 1


def test_what_is_nobodys_activity_stores_nothing(world, time):
    unknown = Delivered(id='x', type='SomethingOfAnotherHouse', event={})
    by_staff = make.delivered(of_requests.RequestCancelled, by=make.DARYA)
    assert _failed(unknown, by_staff) == []
    assert kept() == {}


def test_a_home_is_kept_with_its_address_as_far_as_it_exists(world, time):
    flat = make_premises.premises(number='12')
    bus(make.delivered(of_clients.ClientSettled, premises_id=flat.id))
    [given] = _entries()
    assert given.details == {
        'premises_id': flat.id,
        'right': 'owner',
        'address': 'Москва, улица Лесная, дом 5',
        'premises_number': '12',
    }
    dwellings.remove(flat.id, by=make_premises.caller())
    bus(make.delivered(of_clients.ClientUnsettled, premises_id=flat.id))
    assert [entry.details for entry in _entries() if entry.kind == 'home_ended'] == [{'premises_id': flat.id}]


def test_the_sample_event_is_noted(world, time):
    assert workers.note(json.loads(SAMPLE.read_text()), None) == {'batchItemFailures': []}
    [entry] = _entries()
    assert (entry.kind, entry.number) == ('request_created', 17)


def test_what_fails_for_good_ends_in_the_dead_letters_and_rings():
    resources = template()['Resources']
    queue, worker = (resources[name]['Properties'] for name in ('ActivityQueue', 'ActivityNote'))
    assert queue['RedrivePolicy']['deadLetterTargetArn'] == {'Fn::GetAtt': ['ActivityDeadLetters', 'Arn']}
    assert worker['Events']['Announced']['Properties']['FunctionResponseTypes'] == ['ReportBatchItemFailures']
    assert queue['VisibilityTimeout'] >= worker['Timeout']
    [target] = resources['ActivityRule']['Properties']['Targets']
    assert target['InputPath'] == '$.detail'
    assert resources['ActivityDeadLettersAlarm']['Properties']['AlarmActions'] == [{'Ref': 'AlarmsTopic'}]
