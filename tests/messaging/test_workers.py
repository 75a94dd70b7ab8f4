"""From the topic to the phone: fan-out, the ledger, what comes again and what never does."""

import json
from datetime import timedelta
from pathlib import Path
from time import time as clock_of_the_wall

import boto3
import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns import sns_backends
from moto.sqs.models import sqs_backends

from chalicelib.kit import texts
from chalicelib.kit.errors import DomainError
from chalicelib.messaging import model, repository, service
from chalicelib.messaging.model import Channel, MessagesNotTaken, Outcome, SmsTrouble
from tests.conftest import NOON
from tests.make import messaging as make
from tests.messaging.conftest import letters, outcome

pytestmark = pytest.mark.usefixtures('world', 'time')

REGION = 'eu-central-1'
EVENTS = Path(__file__).parents[2] / 'events' / 'messaging' / 'in'


def sns_texts():
    """Texts that went to phone numbers through SNS."""
    backend = sns_backends[DEFAULT_ACCOUNT_ID][REGION]
    return list(backend.sms_messages.values())


def test_each_message_reaches_the_queue_of_its_channel_only(queue):
    by_channel = {channel: make.message(channel) for channel in Channel}
    service.send(*by_channel.values())
    for channel, message in by_channel.items():
        bodies = [json.loads(record['body']) for record in queue(channel).waiting()]
        assert [body['id'] for body in bodies] == [message.id]


def test_many_messages_all_arrive(queue):
    messages = [make.message(id=f'm{number}') for number in range(23)]
    service.send(*messages)
    texts = queue('sms')
    received = {json.loads(record['body'])['id'] for _ in range(5) for record in texts.waiting()}
    assert received == {message.id for message in messages}


def test_a_topic_that_is_away_is_said(monkeypatch):
    monkeypatch.setenv('MESSAGES_TOPIC', 'arn:aws:sns:eu-central-1:123456789012:none')
    with pytest.raises(MessagesNotTaken):
        service.send(make.message())


def test_nothing_to_send_asks_nobody(monkeypatch):
    monkeypatch.delenv('MESSAGES_TOPIC')
    service.send()


@pytest.mark.proves('SMS-002')
def test_an_sms_goes_through_the_organisations_own_centre_once(sms_centre, queue, counted):
    make.sms_account(user='ours')
    message = make.message(text='Оплатите счёт: https://pay.example/x')
    service.send(message)
    service.send(message)
    assert queue('sms').deliver() == []
    [form] = sms_centre.sent
    assert (form['login'], form['phones'], form['mes']) == ('ours', message.to, message.text)
    kept = repository.find_delivery(message)
    assert (kept.outcome, kept.reference, kept.cost_minor) == (Outcome.SENT, '77', 490)
    assert counted() == ['MessagesSent']


def test_without_an_account_the_sandbox_takes_texts_locally(sms_centre, deliver):
    assert deliver(make.message()) == []
    assert [form['login'] for form in sms_centre.sent] == ['demo']


def test_without_an_account_the_platform_sends_through_sns(deliver):
    message = make.message()
    assert deliver(message) == []
    assert sns_texts() == [(message.to, message.text)]


def test_only_the_failed_message_of_a_batch_comes_again_and_soon(sms_centre, queue):
    make.sms_account()
    first, second, third = (make.message(id=f'm{number}', text=f'Текст {number}') for number in range(3))
    service.send(first, second, third)
    texts = queue('sms')
    records = sorted(texts.waiting(), key=lambda record: json.loads(record['body'])['id'])
    sms_centre.script += [(200, {'id': 1}), (200, {'error': 'busy', 'error_code': 9}), (200, {'id': 3})]
    assert texts.deliver(records) == ['m1']
    assert [outcome(message) for message in (first, second, third)] == [
        Outcome.SENT,
        Outcome.WAITING,
        Outcome.SENT,
    ]
    assert texts.deliver(records) == []
    assert [form['mes'] for form in sms_centre.sent] == ['Текст 0', 'Текст 1', 'Текст 2', 'Текст 1']


def test_a_failed_message_is_hidden_for_the_first_wait_only(sms_centre, queue):
    make.sms_account()
    service.send(make.message())
    sms_centre.fails(9)
    texts = queue('sms')
    assert len(texts.deliver()) == 1
    [hidden] = sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues['test-sms']._messages
    assert 0 < hidden.visible_at / 1000 - clock_of_the_wall() <= 5


@pytest.mark.parametrize('trouble', [(500, b'<html>'), (200, b'garbage'), (200, 'hang up')])
def test_an_sms_that_may_have_been_sent_is_never_sent_again(sms_centre, deliver, counted, trouble):
    make.sms_account()
    message = make.message()
    sms_centre.script.append(trouble)
    assert deliver(message) == []
    assert deliver(message) == []
    assert len(sms_centre.sent) == 1
    assert outcome(message) is Outcome.UNKNOWN
    assert counted() == ['MessagesUnknown']


def test_a_refused_number_is_final(sms_centre, deliver):
    make.sms_account()
    message = make.message()
    sms_centre.fails(7)
    assert deliver(message) == []
    assert deliver(message) == []
    assert len(sms_centre.sent) == 1
    assert repository.find_delivery(message).reason == 'error 7'


def test_an_sms_whose_deliverer_died_is_left_alone_after_its_lease(sms_centre, deliver, time, counted):
    make.sms_account()
    message = make.message()
    repository.open_delivery(repository.Delivery.of(message, NOON))
    assert deliver(message) == [message.id]
    time.advance(minutes=4)
    assert deliver(message) == []
    assert sms_centre.sent == []
    assert outcome(message) is Outcome.UNKNOWN
    assert 'MessagesUnknown' in counted()


def test_a_letter_whose_deliverer_died_is_sent_after_its_lease(mail_domain, deliver, time):
    message = make.message(Channel.EMAIL)
    repository.open_delivery(repository.Delivery.of(message, NOON))
    assert deliver(message) == [message.id]
    assert letters() == []
    time.advance(minutes=4)
    assert deliver(message) == []
    assert len(letters()) == 1


@pytest.mark.parametrize('channel', list(Channel))
def test_what_expired_is_not_sent(channel, deliver, time, push, counted):
    make.device()
    message = make.message(channel, expires_at=NOON + timedelta(minutes=5))
    time.advance(minutes=5)
    assert deliver(message) == []
    assert (sns_texts(), letters()) == ([], [])
    assert repository.find_delivery(message) is None
    assert counted() == ['MessagesExpired']


def test_a_code_stands_in_no_row_and_no_log(sms_centre, queue, everything_logged):
    make.sms_account()
    message = make.message(text='Код 908070', is_secret=True, expires_at=NOON + timedelta(minutes=5))
    sms_centre.fails(9)
    sms_centre.script.append((500, b''))
    service.send(message)
    texts = queue('sms')
    records = texts.waiting()
    texts.deliver(records)
    texts.deliver(records)
    texts.deliver([{**records[0], 'body': records[0]['body'].replace('"sms"', '"fax"')}])
    rows = boto3.client('dynamodb', region_name=REGION).scan(TableName='test-messaging')['Items']
    assert len(sms_centre.sent) == 2
    assert 'handler failed' in everything_logged.text
    assert '908070' not in everything_logged.text
    assert '908070' not in str(rows)
    assert message.to not in str(rows)


@pytest.mark.parametrize('code, trouble', [(2, SmsTrouble.LOGIN_WRONG), (3, SmsTrouble.NO_MONEY)])
def test_a_refused_account_is_flagged_once_and_announced(sms_centre, deliver, code, trouble):
    make.sms_account()
    for number in range(2):
        sms_centre.fails(code)
        assert deliver(make.message(id=f'm{number}')) == []
    shown = service.sms_settings('demo')
    assert (shown.trouble, shown.trouble_at, shown.version) == (trouble, NOON, 2)
    assert len(sms_centre.sent) == 2
    rows = boto3.client('dynamodb', region_name=REGION).scan(TableName='test-messaging')['Items']
    events = [json.loads(row['body']['S']) for row in rows if row['sk']['S'].startswith('event#')]
    assert [event['type'] for event in events] == ['SmsSettingsChanged', 'SmsAccountRefused']
    assert make.sms_account().trouble is None


def test_a_code_goes_by_the_platform_when_the_centre_refuses_the_account(sms_centre, deliver):
    make.sms_account(user='broken')
    sms_centre.fails(2)
    message = make.message(is_secret=True)
    assert deliver(message) == []
    assert [form['login'] for form in sms_centre.sent] == ['broken', 'demo']
    assert outcome(message) is Outcome.SENT


def test_messages_of_two_organisations_with_one_id_are_two(deliver):
    assert deliver(make.message(id='m1'), make.message(id='m1', organisation='other')) == []
    assert len(sns_texts()) == 2


@pytest.mark.parametrize('channel', list(Channel))
def test_the_sample_of_each_deliverer_is_delivered(channel, queue, push, mail_domain):
    make.device(recipient='resident:01m83t4cm03c25bzpad1z57arj')
    sample = json.loads((EVENTS / f'deliver_{channel}.json').read_text(encoding='utf-8'))
    assert queue(channel).deliver(sample['Records']) == []
    message = make.message(channel, id=f'sample-{channel}')
    assert outcome(message) is Outcome.SENT


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_refusal_has_words(locale):
    for refusal in (getattr(model, name) for name in model.__all__):
        if isinstance(refusal, type) and issubclass(refusal, DomainError):
            assert texts.say(refusal.__name__, locale, retry_after=60)
