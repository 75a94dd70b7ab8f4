"""The doors of sign-in on a test client, and what was posted to people."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from chalicelib.identity import gateway, service
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.identity.routes import doors
from chalicelib.messaging.model import Message
from tests.doors import Call, opening
from tests.make import identity as make

SECRET = 'a secret of the tests that is as long as it must be'
OLD_SECRET = 'another secret of the tests, that one was the current one'
SITE = '203.0.113.7'


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('TOKEN_KEYS', json.dumps({'current': SECRET, 'previous': ''}))
    for name in ('FIXED_CODES', 'REVIEW_PHONE', 'SMS_CODES_PER_DAY', 'SMS_CODES_PER_DAY_OF_ALL'):
        monkeypatch.delenv(name, raising=False)
    gateway.forget_keys()


class Post:
    """What was handed to the topic of messages, read as it comes."""

    def __init__(self) -> None:
        sns, self._sqs = boto3.client('sns'), boto3.client('sqs')
        self.topic = sns.create_topic(Name='posted')['TopicArn']
        self._queue = self._sqs.create_queue(QueueName='posted')['QueueUrl']
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=['QueueArn'])
        sns.subscribe(
            TopicArn=self.topic,
            Protocol='sqs',
            Endpoint=attributes['Attributes']['QueueArn'],
            Attributes={'RawMessageDelivery': 'true'},
        )

    def take(self) -> list[Message]:
        """What was posted since the last look."""
        taken: list[Message] = []
        while True:
            answer = self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10)
            if not answer.get('Messages'):
                return taken
            for message in answer['Messages']:
                taken.append(Message.model_validate_json(message['Body']))
                self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message['ReceiptHandle'])

    def code(self) -> str:
        """The code of the one message posted since the last look."""
        [message] = self.take()
        return message.text.split()[1].strip('.')


@pytest.fixture
def post(world: None, monkeypatch: pytest.MonkeyPatch) -> Post:
    post = Post()
    monkeypatch.setenv('MESSAGES_TOPIC', post.topic)
    return post


@pytest.fixture
def demo(world: None, time: Any) -> SimpleNamespace:
    """The organisation `demo` with a resident, a dispatcher and the dispatcher's role."""
    return SimpleNamespace(
        tenant=make.tenant(),
        grant=make.grant('demo', 'dispatcher', 'requests.edit', 'requests.view'),
        resident=make.login(),
        employee=make.employee(phone='+79031112233'),
    )


@pytest.fixture
def call(demo: SimpleNamespace, post: Post, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`call(method, path below /v1/auth, body, by=token)`."""
    opened = opening(doors, monkeypatch, authenticate=service.authenticate)

    def send(method: str, path: str, body: Any = None, **how: Any) -> Any:
        return opened(method, f'/v1/auth{path}', body, **how)

    return send


@pytest.fixture
def announced(world: None) -> Callable[[str], list[dict[str, Any]]]:
    """The events written so far of a type."""

    def read(kind: str) -> list[dict[str, Any]]:
        rows = IdentityRow.scan(IdentityRow.sk.startswith('event#'))
        envelopes = [json.loads(row.body or '') for row in rows]
        return [envelope['event'] for envelope in envelopes if envelope['type'] == kind]

    return read
