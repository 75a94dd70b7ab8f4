"""What happened, written beside what it changed, and carried to the bus from there.

An event row stands in the item collection of its aggregate under `event#<version>.<n>`: it is the history
the staff see, the audit trail and the outbox in one. The table's stream, filtered to event rows, feeds
`forward`, so nothing is lost between the row and the bus and an event's id is the same at every retry.
"""

import json
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from chalicelib.kit import clock, settings, telemetry
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import Row, Write, creating
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.values import Instant, Stored

forwarding = Lambdas(__name__)

EVENT_PREFIX = 'event#'


class ActorKind(StrEnum):
    """Who caused an event."""

    STAFF = 'staff'
    RESIDENT = 'resident'
    PARTNER = 'partner'
    SYSTEM = 'system'


class Actor(Stored):
    """The one whose deed an event was; `name` is as it was then."""

    kind: ActorKind
    id: str = ''
    name: str = ''

    @classmethod
    def of(cls, caller: Caller) -> 'Actor':
        """The actor behind a call."""
        kinds = {Audience.STAFF: ActorKind.STAFF, Audience.RESIDENT: ActorKind.RESIDENT}
        return cls(kind=kinds.get(caller.audience, ActorKind.PARTNER), id=caller.id, name=caller.name)


SYSTEM = Actor(kind=ActorKind.SYSTEM)


class Event(Stored):
    """A fact about one aggregate. Subclasses are named in the past tense; the class name is the type."""

    organisation: str
    at: Instant
    by: Actor

    source: ClassVar[str] = ''

    @property
    def type(self) -> str:
        """The name listeners subscribe to."""
        return type(self).__name__


class Delivered(Stored):
    """The envelope an event travels in."""

    id: str = Field(description='The same at every delivery: what a consumer remembers it by.')
    type: str
    correlation: str = ''
    event: dict[str, Any]


def event_key(version: int, position: int = 0) -> str:
    """The sort key of the event at `position` among those of the aggregate's `version`."""
    return f'{EVENT_PREFIX}{version:09d}.{position:02d}'


def announcing(row: type[Row], pk: str, version: int, *events: Event, **columns: Any) -> list[Write]:
    """The events will stand beside the aggregate `pk`, in their order, as of its `version`."""
    return [
        creating(
            row(
                pk=pk,
                sk=event_key(version, position),
                body=Delivered(
                    id=f'{pk}@{version}.{position}',
                    type=event.type,
                    correlation=telemetry.correlation(),
                    event=event.model_dump(mode='json'),
                ).model_dump_json(),
                **columns,
            )
        )
        for position, event in enumerate(events)
    ]


class BusAway(Unavailable):
    """The bus did not take an event; the stream brings it again."""


@forwarding.each_stream_record
def forward(record: dict[str, Any]) -> None:
    """The event of an event row is on the bus. Raises BusAway, so that the record comes again."""
    image = record['dynamodb'].get('NewImage')
    if record['eventName'] != 'INSERT' or image is None or not image['sk']['S'].startswith(EVENT_PREFIX):
        return
    body = image['body']['S']
    house = record['eventSourceARN'].split('/')[1].removeprefix(f'{settings.stack()}-')
    answer = _bus().put_events(
        Entries=[
            {
                'EventBusName': settings.required('EVENT_BUS'),
                'Source': f'domovoy.{house}',
                'DetailType': json.loads(body)['type'],
                'Detail': body,
                'Time': clock.now(),
            }
        ]
    )
    if answer['FailedEntryCount']:
        raise BusAway()


_client: Any = None


def _bus() -> Any:
    global _client
    if _client is None:
        import boto3  # only the forwarder needs it: the others spare its 25 ms

        _client = boto3.client('events', region_name=settings.region())
    return _client
