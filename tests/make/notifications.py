"""Events of requests as the bus delivers them, for tests of who is told; every argument is optional."""

import json
from datetime import timedelta
from typing import Any

from chalicelib.conversations.events import ConversationEvent
from chalicelib.kit import clock
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, Actor, ActorKind, Delivered
from chalicelib.notifications import repository
from chalicelib.notifications.model import Notification, id_of
from chalicelib.requests import events as said
from chalicelib.requests.model.request import Customer, Person
from chalicelib.requests.model.status import Status
from tests.make import requests as make_requests

UNTIL = timedelta(days=7)


def delivered(kind: type[said.RequestEvent | ConversationEvent], **changes: Any) -> Delivered:
    """The event about request 17, done by nobody of those told unless `by` says so.

    `assignees`, `controller` and `client` are ids; `event_id` makes it another delivery of the same event.
    """
    by, event_id = changes.pop('by', SYSTEM), changes.pop('event_id', f'demo#request#17@{new_id()}')
    at = changes.pop('at', clock.now())
    request = make_requests.request(
        changes.pop('status', Status.IN_PROGRESS),
        organisation=changes.pop('organisation', 'demo'),
        number=changes.pop('number', 17),
        assignees=tuple(Person(id=one, name=one) for one in changes.pop('assignees', ())),
        controller=_person(changes.pop('controller', None)),
        customer=_customer(changes.pop('client', None)),
    )
    more = {**{name: value for name, value in _usual(kind).items() if name in kind.model_fields}, **changes}
    event = kind.of(request, by, at, **more)
    return Delivered(id=event_id, type=event.type, event=event.model_dump(mode='json'))


def _usual(kind: type[said.RequestEvent | ConversationEvent]) -> dict[str, Any]:
    until = clock.now() + UNTIL
    return {
        'channel': 'incoming_call', 'was': 3 if kind is said.RatingChanged else Status.WAITING,
        'resume_until': until, 'was_until': until, 'warn_at': until, 'until': until, 'turn': 1, 'points': 4,
        'comment': '', 'changes': {'address': ('ул. Мира, 3', 'ул. Мира, 5')},
        'mark': 'invoice_issued', 'is_set': True, 'comment_id': new_id(), 'is_important': False,
    }  # fmt: skip


def _person(identity: str | None) -> Person | None:
    return Person(id=identity, name=identity) if identity else None


def _customer(identity: str | None) -> Customer | None:
    return Customer(id=identity, name='Петров Пётр') if identity else None


def employee_actor(identity: str) -> Actor:
    """The employee as the one who did it."""
    return Actor(kind=ActorKind.STAFF, id=identity, name='Кто-то')


def resident_actor(identity: str) -> Actor:
    """The resident as the one who did it."""
    return Actor(kind=ActorKind.RESIDENT, id=identity, name='Житель')


def payload(*messages: Delivered | dict[str, Any]) -> dict[str, Any]:
    """What Lambda receives from the queue: message ids are `m0`, `m1` and so on."""
    bodies = [one.model_dump_json() if isinstance(one, Delivered) else json.dumps(one) for one in messages]
    return {
        'Records': [
            {'messageId': f'm{number}', 'receiptHandle': 'r', 'body': body, 'eventSource': 'aws:sqs'}
            for number, body in enumerate(bodies)
        ]
    }


def notification(recipient: str = 'staff:e1', organisation: str = 'demo', **changes: Any) -> Notification:
    """A notice in the list of an employee."""
    event_id, at = changes.pop('event_id', new_id()), changes.pop('at', clock.now())
    fields = {'kind': 'assigned', 'number': 17, 'title': 'Заявка № 17', 'text': 'Вас назначили.', **changes}
    made = Notification(
        id=id_of(event_id, at),
        organisation=organisation,
        recipient=recipient,
        at=at,
        event_id=event_id,
        **fields,
    )
    repository.keep([made])
    return made
