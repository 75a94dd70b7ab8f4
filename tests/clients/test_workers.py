"""What clients hear of from the bus."""

import json
from datetime import timedelta

import pytest

from chalicelib.clients import service
from chalicelib.clients.workers import note_sign_in
from chalicelib.identity.events import SignedIn
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.outbox import SYSTEM, Delivered
from tests.make import clients as make

pytestmark = pytest.mark.usefixtures('world', 'time')


def payload(*events):
    def record(number, event):
        body = Delivered(id=f'{number}', type=event.type, event=event.model_dump(mode='json'))
        return {
            'messageId': f'm{number}',
            'receiptHandle': 'r',
            'body': body.model_dump_json(),
            'eventSourceARN': 'arn:aws:sqs:eu-central-1:123456789012:test-clients-sign-ins',
        }

    return {'Records': [record(number, event) for number, event in enumerate(events)]}


def signed_in(client_id, at, audience=Audience.RESIDENT):
    return SignedIn(
        organisation='demo',
        at=at,
        by=SYSTEM,
        audience=audience,
        subject_id=client_id,
        session_id='s1',
        client=ClientKind.RESIDENT_APP,
    )


def test_the_last_sign_in_is_on_the_card_and_never_moves_back(call, time):
    client, noon = make.client(), clock.now()
    early, late = signed_in(client.id, noon - timedelta(hours=1)), signed_in(client.id, noon)
    for events in ((early, late), (late,), (early,)):
        assert note_sign_in(payload(*events), None) == {'batchItemFailures': []}
    card = call('GET', f'/v1/staff/clients/{client.id}').json_body
    assert (card['last_seen_at'], card['version']) == ('2026-11-23T09:00:00.000Z', 3)
    call('PATCH', f'/v1/staff/clients/{client.id}', {'note': 'a'}, if_match='"3"')
    assert dynamo.get(service.reading_client('demo', client.id)).last_seen_at == noon


def test_who_is_no_client_is_passed_over(call):
    client = make.client()
    events = signed_in(client.id, clock.now(), Audience.STAFF), signed_in('nobody', clock.now())
    assert note_sign_in(payload(*events), None) == {'batchItemFailures': []}
    assert dynamo.get(service.reading_client('demo', client.id)).last_seen_at is None
    assert dynamo.find(service.reading_client('demo', 'nobody')) is None


def test_what_cannot_be_read_comes_again_alone():
    client = make.client()
    broken = payload(signed_in(client.id, clock.now()), signed_in(client.id, clock.now()))
    broken['Records'][0]['body'] = json.dumps({'id': 'x', 'type': 'SignedIn', 'event': {}})
    assert note_sign_in(broken, None) == {'batchItemFailures': [{'itemIdentifier': 'm0'}]}
    assert dynamo.get(service.reading_client('demo', client.id)).last_seen_at == clock.now()
