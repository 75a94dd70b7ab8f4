"""Events of requests as the bus delivers them, for tests of who is told; every argument is optional."""

import json
from datetime import datetime, timedelta
from typing import Any

from chalicelib.billing.events import MoneyEvent
from chalicelib.conversations.events import ConversationEvent
from chalicelib.incidents.events import IncidentAnnounced
from chalicelib.incidents.model.job import News
from chalicelib.kit import clock
from chalicelib.kit.ids import new_id
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import SYSTEM, Actor, ActorKind, Delivered
from chalicelib.notifications import repository
from chalicelib.notifications.model import Notification, id_of
from chalicelib.registers.events import ReconciliationDiffered, ReconciliationEvent
from chalicelib.requests import events as said
from chalicelib.requests.model.request import Customer, Person
from chalicelib.requests.model.status import Status
from chalicelib.tasks.events import TaskEvent
from tests.make import incidents as make_incidents
from tests.make import registers as make_registers
from tests.make import requests as make_requests
from tests.make import tasks as make_tasks

UNTIL = timedelta(days=7)
RequestFact = (
    said.RequestEvent | ConversationEvent | MoneyEvent | IncidentAnnounced | TaskEvent | ReconciliationEvent
)


def delivered(kind: type[RequestFact], **changes: Any) -> Delivered:
    """The event about request 17, done by nobody of those told unless `by` says so.

    `assignees`, `controller` and `client` are ids; `event_id` makes it another delivery of the same event.
    """
    by, event_id = changes.pop('by', SYSTEM), changes.pop('event_id', f'demo#request#17@{new_id()}')
    at = changes.pop('at', clock.now())
    if issubclass(kind, IncidentAnnounced):
        return announced(event_id, at, **changes)
    if issubclass(kind, TaskEvent):
        return set_task(kind, event_id, by, at, **changes)
    if issubclass(kind, ReconciliationEvent):
        return compared(event_id, at, **changes)
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


def announced(event_id: str, at: datetime, **changes: Any) -> Delivered:
    """An incident is announced to residents, `client_ids`, of whom there is one."""
    changes.pop('status', None)
    news, ids = changes.pop('news', News.OPENED), changes.pop('client_ids', ('client',))
    told: dict[str, Any] = {'title': 'Ремонт стояка 17', 'text': 'В доме 17 не будет воды.', **changes}
    zone = told.pop('zone', None)
    incident = make_incidents.kept(updated_at=at, **told)
    event = IncidentAnnounced.about(incident, news, ids, at, zone)
    return Delivered(id=event_id, type=event.type, event=event.model_dump(mode='json'))


def set_task(kind: type[TaskEvent], event_id: str, by: Actor, at: datetime, **changes: Any) -> Delivered:
    """A task about request 17; `number` None makes one alone, `executor_id` says whose it is."""
    changes.pop('status', None)
    task = make_tasks.kept(due_at=at + UNTIL, remind_at=at + UNTIL, created_at=at, **changes)
    request = make_requests.request(organisation=task.organisation, number=task.number or 17)
    more = {'was_executor_id': 'pyotr'} if 'was_executor_id' in kind.model_fields else {}
    event = kind.of(task, request if task.number else None, by, at, **more)
    return Delivered(id=event_id, type=event.type, event=event.model_dump(mode='json'))


def compared(event_id: str, at: datetime, **changes: Any) -> Delivered:
    """A day of a shop, the 17th, was not the same there."""
    changes.pop('status', None)
    known: dict[str, Any] = {'theirs': 3, 'ours': 2, 'differences': 2, 'settled': 1, **changes}
    job = make_registers.reconciliation(organisation=known.pop('organisation', 'demo'))
    event = ReconciliationDiffered.of(job, at, **known)
    return Delivered(id=event_id, type=event.type, event=event.model_dump(mode='json'))


def _usual(kind: type[RequestFact]) -> dict[str, Any]:
    until = clock.now() + UNTIL
    return {
        'channel': 'incoming_call', 'was': 3 if kind is said.RatingChanged else Status.WAITING,
        'resume_until': until, 'was_until': until, 'warn_at': until, 'until': until, 'turn': 1, 'points': 4,
        'comment': '', 'changes': {'address': ('ул. Мира, 3', 'ул. Мира, 5')},
        'mark': 'invoice_issued', 'is_set': True, 'comment_id': new_id(), 'is_important': False,
        'position': 3, 'deferred_id': new_id(), 'author_id': 'ivan', 'send_at': until,
        'reason': 'client_changed', 'invoice_id': '17-1', 'amount': Money(minor=125000),
        'payment_id': '17-1-p', 'refund_id': 'r', 'refund_status': 'requested', 'is_automatic': False,
        'wish': '', 'rejection': 'Работа сделана', 'email': None,
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
            {
                'messageId': f'm{number}',
                'receiptHandle': 'r',
                'body': body,
                'eventSource': 'aws:sqs',
                'eventSourceARN': 'arn:aws:sqs:eu-central-1:123456789012:test-notifications',
            }
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
