"""A message of a queue: it loses races without failing, and comes again soon where it fails."""

import json
from time import time as clock_of_the_wall

import boto3
import pytest

from chalicelib.kit import queues
from chalicelib.kit.errors import ChangedMeanwhile, Conflict
from chalicelib.kit.lambdas import TRIES_OF_A_LOST_RACE, Lambdas
from chalicelib.kit.values import Value

pytestmark = pytest.mark.usefixtures('world')

ARN = 'arn:aws:sqs:eu-central-1:123456789012:test-billing'


class Note(Value):
    text: str


class Reader:
    """What a worker did with each message, and what it raises."""

    def __init__(self, *troubles: Exception | None) -> None:
        self.read: list[str] = []
        self._troubles = list(troubles)
        workers = Lambdas(__name__)

        @workers.each_message
        def follow(note: Note) -> None:
            """A worker."""
            self.read.append(note.text)
            trouble = self._troubles.pop(0) if self._troubles else None
            if trouble:
                raise trouble

        self._follow = follow

    def gets(self, *texts: str, tries: int = 1) -> list[str]:
        """The messages that come again after the worker had these."""
        sqs = boto3.client('sqs', region_name='eu-central-1')
        url = sqs.get_queue_url(QueueName='test-billing')['QueueUrl']
        for text in texts:
            sqs.send_message(QueueUrl=url, MessageBody=json.dumps({'text': text}))
        taken = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)['Messages']
        records = [
            {
                'messageId': one['MessageId'],
                'receiptHandle': one['ReceiptHandle'],
                'body': one['Body'],
                'eventSourceARN': ARN,
                'attributes': {'ApproximateReceiveCount': str(tries)},
            }
            for one in taken
        ]
        answer = self._follow({'Records': records}, None)
        again = {one['itemIdentifier'] for one in answer['batchItemFailures']}
        return [json.loads(one['body'])['text'] for one in records if one['messageId'] in again]


def hidden_for() -> list[float]:
    """Seconds until each message of the queue may be taken again."""
    from moto.core import DEFAULT_ACCOUNT_ID
    from moto.sqs.models import sqs_backends

    kept = sqs_backends[DEFAULT_ACCOUNT_ID]['eu-central-1'].queues['test-billing']._messages
    return [one.visible_at / 1000 - clock_of_the_wall() for one in kept]


def test_a_lost_race_is_run_again_at_once():
    reader = Reader(ChangedMeanwhile(), ChangedMeanwhile())
    assert reader.gets('a') == []
    assert reader.read == ['a', 'a', 'a']


def test_who_loses_every_race_comes_again_later():
    reader = Reader(*[ChangedMeanwhile()] * TRIES_OF_A_LOST_RACE)
    assert reader.gets('a') == ['a']
    assert reader.read == ['a'] * TRIES_OF_A_LOST_RACE


@pytest.mark.parametrize(('tries', 'seconds'), [(1, 5), (3, 80), (9, 900)])
def test_what_failed_comes_again_after_its_wait_and_not_when_its_visibility_ends(tries, seconds):
    reader = Reader(Conflict(), None)
    assert reader.gets('a', 'b', tries=tries) == ['a']
    assert reader.read == ['a', 'b']
    assert any(seconds - 3 < wait <= seconds for wait in hidden_for())


def test_a_queue_that_cannot_be_asked_to_wait_changes_nothing():
    queues.postpone([{'eventSourceARN': 'arn:aws:sqs:eu-central-1:1:none', 'receiptHandle': 'x'}])
