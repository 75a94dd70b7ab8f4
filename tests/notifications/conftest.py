"""People to be told, the lists they read, and what left for their phones and mailboxes."""

from collections.abc import Callable, Iterable

import boto3
import pytest

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.values import Paging
from chalicelib.messaging.model import Message
from chalicelib.notifications import routes, service, workers
from chalicelib.staff.model import Employee, NotificationKind
from tests.doors import opening
from tests.make import notifications as make
from tests.make import staff as make_staff
from tests.world import arn_of, name_of

EMAIL = 'olga@domovoy.example'


@pytest.fixture(autouse=True)
def _messages_topic(monkeypatch):
    monkeypatch.setenv('MESSAGES_TOPIC', arn_of('MessagesTopic'))


@pytest.fixture
def organisation(world, time):
    """The organisation `demo`, in Moscow."""
    return make_staff.organisation()


@pytest.fixture
def who_ticks(organisation) -> Callable[..., Employee]:
    """An employee whose role ticks the kinds, by push unless `by` says otherwise."""

    def hire(*kinds: NotificationKind, by: Iterable[str] = ('push',), permissions=(), **changes) -> Employee:
        role = make_staff.role(
            name=f'Роль {make_staff.phone()}',
            matrix={kind: frozenset(by) for kind in kinds},
            permissions=frozenset(permissions),
        )
        return make_staff.employee(role_id=role.id, **changes)

    return hire


@pytest.fixture
def announce(world, time):
    """Gives an event to the fan-out, as the queue does; it must not come again."""

    def run(kind, **changes):
        delivered = make.delivered(kind, **changes)
        assert workers.fan_out(make.payload(delivered), None) == {'batchItemFailures': []}
        return delivered

    return run


def inbox(identity: str, audience: Audience = Audience.STAFF, organisation='demo'):
    """What the person sees in his list."""
    caller = Caller(organisation, audience, identity)
    return service.list_newest(Paging(limit=100), by=caller)


def kinds(identity: str, audience: Audience = Audience.STAFF) -> list[str]:
    """The kinds of the person's notices, newest first."""
    return [notice.kind for notice in inbox(identity, audience).items]


@pytest.fixture
def sent(world):
    """Takes what waits in the queue of a channel."""
    sqs = boto3.client('sqs', region_name='eu-central-1')

    def take(channel: str) -> list[Message]:
        url = sqs.get_queue_url(QueueName=name_of(f'{channel.capitalize()}Queue'))['QueueUrl']
        taken = []
        while received := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get('Messages'):
            for one in received:
                taken.append(Message.model_validate_json(one['Body']))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=one['ReceiptHandle'])
        return sorted(taken, key=lambda message: message.id)

    return take


@pytest.fixture
def call(monkeypatch, world, time):
    """`call(method, path, body, by=caller)` on the doors of this house."""
    return opening(routes.doors, monkeypatch)


def unread_of(identity: str, audience: Audience = Audience.STAFF, organisation='demo') -> int:
    """The number beside the bell."""
    return inbox(identity, audience, organisation).unread
