"""What makes up a client's activity, for tests: events as the bus delivers them and entries; all optional."""

from typing import Any, TypeVar

from chalicelib.activity import repository
from chalicelib.activity.model import ActivityKind, Entry, id_of
from chalicelib.kit import clock
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor, ActorKind, Delivered, Event
from chalicelib.requests.events import RatingChanged
from tests.make import notifications

E = TypeVar('E', bound=Event)

payload = notifications.payload

CLIENT = Actor(kind=ActorKind.RESIDENT, id='client', name='Петров Пётр')
DARYA = Actor(kind=ActorKind.STAFF, id='darya', name='Диспетчер Дарья')


def event(kind: type[E], **changes: Any) -> E:
    """Any event of the table: the client's own deed about request 17, or of premises `p1`."""
    usual = {
        'organisation': 'demo', 'at': clock.now(), 'by': CLIENT, 'client_id': 'client',
        'number': 17, 'version': 2, 'status': 'done', 'was': 3 if kind is RatingChanged else 'done',
        'offering_name': 'Сантехник', 'address': 'ул. Мира, 5', 'building_id': 'b1', 'channel': 'app',
        'turn': 1, 'answer': 'Нет', 'points': 4, 'comment': 'Быстро', 'full_name': 'Петров Пётр',
        'phone': None, 'position': 3, 'premises_id': 'p1', 'right': 'owner',
        'changes': [{'field': 'right', 'was': 'tenant', 'now': 'owner'}],
        'audience': 'resident', 'subject_id': 'client', 'session_id': 's1', 'client': 'resident-app',
        'invoice_id': '17-1', 'payment_id': '17-1-p', 'amount': {'minor': 125000}, 'wish': '',
        'refund_id': 'r', 'refund_status': 'requested', 'is_automatic': False,
        'call_id': 'call', 'direction': 'incoming', 'rang_at': clock.now(), 'duration_seconds': 192,
        **changes,
    }  # fmt: skip
    return kind.model_validate({name: value for name, value in usual.items() if name in kind.model_fields})


def delivered(kind: type[Event], **changes: Any) -> Delivered:
    """The event in its envelope; `event_id` makes it another delivery of the same event."""
    event_id = changes.pop('event_id', f'demo#17@{new_id()}')
    made = event(kind, **changes)
    return Delivered(id=event_id, type=made.type, event=made.model_dump(mode='json'))


def entry(client_id: str = 'client', organisation: str = 'demo', **changes: Any) -> Entry:
    """An entry that stands in the client's activity: he signed in."""
    at = changes.pop('at', clock.now())
    fields = {'kind': ActivityKind.SIGNED_IN, 'by': CLIENT, 'details': {'client': 'resident-app'}, **changes}
    made = Entry(id=id_of(new_id(), at), organisation=organisation, client_id=client_id, at=at, **fields)
    repository.keep(made)
    return made
