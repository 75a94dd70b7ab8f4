"""Pushes and letters: every phone once, stale phones left alone, one letter for one id."""

import json

import boto3
import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns import sns_backends

from chalicelib.messaging import repository, service
from chalicelib.messaging.model import Channel, Outcome, Platform
from tests.conftest import NOON
from tests.make import messaging as make
from tests.messaging.conftest import letters, outcome

pytestmark = pytest.mark.usefixtures('world', 'time')

REGION = 'eu-central-1'


def pushes(device):
    """What the endpoint of a phone was told."""
    endpoint = sns_backends[DEFAULT_ACCOUNT_ID][REGION].platform_endpoints[device.endpoint]
    return [json.loads(message) for message in endpoint.messages.values()]


def test_every_phone_of_the_recipient_is_told_once(push, queue):
    android = make.device()
    apple = make.device(device_id='phone-2', token='token-0002', platform=Platform.IOS)
    stranger = make.device(recipient='resident:c2', device_id='phone-3', token='token-0003')
    message = make.message(Channel.PUSH, data={'request': '12'})
    service.send(message)
    service.send(message)
    assert queue('push').deliver() == []
    assert [len(pushes(phone)) for phone in (android, apple, stranger)] == [1, 1, 0]
    google = json.loads(pushes(android)[0]['GCM'])['fcmV1Message']['message']
    assert google['data'] == {'request': '12'}


def test_nobody_listens_and_nothing_comes_again(deliver, counted):
    message = make.message(Channel.PUSH)
    assert deliver(message) == []
    assert counted() == ['MessagesWithoutPhone']


def test_a_stale_phone_is_left_alone_and_the_others_are_told(push, deliver):
    stale, gone, good = (make.device(device_id=f'phone-{n}', token=f'token-000{n}') for n in range(3))
    client = boto3.client('sns', region_name=REGION)
    client.set_endpoint_attributes(EndpointArn=stale.endpoint, Attributes={'Enabled': 'false'})
    client.delete_endpoint(EndpointArn=gone.endpoint)
    assert deliver(make.message(Channel.PUSH)) == []
    assert len(pushes(good)) == 1
    kept = {phone.id: phone.is_active for phone in repository.devices('demo', 'resident:c1')}
    assert kept == {'phone-0': False, 'phone-2': True}
    make.device(device_id='phone-0', token='token-0000')
    assert repository.find_device('demo', stale.token_hash).is_active


def test_a_phone_that_was_told_is_not_told_again_for_the_sake_of_another(push, deliver):
    first = make.device()
    second = make.device(device_id='phone-2', token='token-0002')
    message = make.message(Channel.PUSH)
    half = repository.Delivery.of(message, NOON).model_copy(update={'reached': (first.token_hash,)})
    repository.open_delivery(half.ended(Outcome.WAITING, NOON, 'Throttled'))
    assert deliver(message) == []
    assert [len(pushes(phone)) for phone in (first, second)] == [0, 1]


def test_a_letter_is_sent_once_as_text_and_as_html(mail_domain, queue):
    message = make.message(Channel.EMAIL, title='Оплата\nпринята', text='Спасибо & до встречи!')
    service.send(message)
    service.send(message)
    assert queue('email').deliver() == []
    [letter] = letters()
    assert letter.destinations['ToAddresses'] == ['anna@example.ru']
    assert letter.source.isascii()
    assert letter.source.endswith('<noreply@domovoy.example>')
    assert letter.subject == 'Оплата принята'
    assert outcome(message) is Outcome.SENT


def test_a_letter_that_ses_rejects_is_final(deliver):
    message = make.message(Channel.EMAIL)
    assert deliver(message) == []
    assert outcome(message) is Outcome.REJECTED
    assert repository.find_delivery(message).reason == 'MessageRejected'
