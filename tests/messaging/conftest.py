"""The SMS centre, the queues and the deliverers of the tests of this house."""

import json
import logging

import boto3
import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses import ses_backends

from chalicelib.kit import telemetry
from chalicelib.messaging import repository, workers
from chalicelib.messaging.gateway import secrets, smsc
from tests.make import messaging as make
from tests.messaging.sms_centre import SmsCentre
from tests.world import arn_of, name_of

HANDLERS = {'push': workers.deliver_push, 'email': workers.deliver_email, 'sms': workers.deliver_sms}


@pytest.fixture(autouse=True)
def _messages_topic(monkeypatch):
    monkeypatch.setenv('MESSAGES_TOPIC', arn_of('MessagesTopic'))


@pytest.fixture
def sms_key(world):
    """The seal of the passwords."""
    secrets.unseal.cache_clear()
    return make.sms_key()


@pytest.fixture
def sms_centre(sms_key, monkeypatch):
    """An SMS centre in the place of smsc.ru, as the local runtime puts one."""
    with SmsCentre() as centre:
        monkeypatch.setenv('SANDBOX_SMS_URL', centre.url)
        smsc._client.cache_clear()
        yield centre


class Queue:
    """The queue of one channel and the deliverer behind it."""

    def __init__(self, channel):
        self.channel = channel
        self._sqs = boto3.client('sqs', region_name='eu-central-1')
        self._logical_id = f'{channel.capitalize()}Queue'
        self.url = self._sqs.get_queue_url(QueueName=name_of(self._logical_id))['QueueUrl']

    def waiting(self):
        """The messages as Lambda would receive them now; they are invisible then."""
        received = self._sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, AttributeNames=['ApproximateReceiveCount']
        )
        return [
            {
                'messageId': one['MessageId'],
                'receiptHandle': one['ReceiptHandle'],
                'body': one['Body'],
                'attributes': one['Attributes'],
                'eventSource': 'aws:sqs',
                'eventSourceARN': arn_of(self._logical_id),
            }
            for one in received.get('Messages', [])
        ]

    def deliver(self, records=None):
        """One run of the deliverer over what waits; the bodies of those that come again."""
        records = self.waiting() if records is None else records
        answer = HANDLERS[self.channel]({'Records': records}, None)
        failed = {one['itemIdentifier'] for one in answer['batchItemFailures']}
        return [json.loads(record['body'])['id'] for record in records if record['messageId'] in failed]

    def hidden(self):
        """How many messages were received and will come again."""
        attributes = self._sqs.get_queue_attributes(
            QueueUrl=self.url, AttributeNames=['ApproximateNumberOfMessagesNotVisible']
        )
        return int(attributes['Attributes']['ApproximateNumberOfMessagesNotVisible'])


@pytest.fixture
def queue(world):
    return Queue


def record_of(message, number=1):
    """The message as a queue gives it."""
    return {
        'messageId': f'm{number}',
        'receiptHandle': 'r',
        'body': message.model_dump_json(),
        'attributes': {'ApproximateReceiveCount': '1'},
        'eventSourceARN': arn_of(f'{message.channel.capitalize()}Queue'),
    }


@pytest.fixture
def deliver(world):
    """Gives messages to the deliverer of their channel at once; the ids of those that come again."""

    def run(*messages):
        records = [record_of(message, number) for number, message in enumerate(messages)]
        return Queue(messages[0].channel).deliver(records)

    return run


@pytest.fixture
def counted(monkeypatch, capsys):
    """The metrics that were counted so far, by name."""
    monkeypatch.setenv('METRICS', 'on')

    def read():
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
        return [line['_aws']['CloudWatchMetrics'][0]['Metrics'][0]['Name'] for line in lines]

    return read


@pytest.fixture
def everything_logged(caplog):
    """All log lines of a test from INFO on, ours and those of libraries."""
    ours = telemetry.log._logger
    level = ours.level
    caplog.set_level(logging.INFO)
    ours.setLevel(logging.INFO)
    ours.addHandler(caplog.handler)
    yield caplog
    ours.removeHandler(caplog.handler)
    ours.setLevel(level)


def letters():
    """The letters SES took."""
    return ses_backends[DEFAULT_ACCOUNT_ID]['eu-central-1'].sent_messages


def outcome(message):
    """What the ledger remembers of a message."""
    return repository.find_delivery(message).outcome


@pytest.fixture
def push(monkeypatch):
    make.push_applications(monkeypatch)


@pytest.fixture
def mail_domain():
    boto3.client('sesv2', region_name='eu-central-1').create_email_identity(
        EmailIdentity='noreply@domovoy.example'
    )
