"""Requests for tests: entities for the rules, callers of every kind."""

from datetime import timedelta
from typing import Any

from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.kit.outbox import Actor, ActorKind
from chalicelib.requests.model.request import Customer, Person, Place, Request, Terms
from chalicelib.requests.model.status import Channel, Status
from chalicelib.staff.model import Permission
from tests.conftest import NOON

EVERYTHING = frozenset(Permission)
IVAN = Person(id='ivan', name='Иванов Иван')
OLGA = Person(id='olga', name='Орлова Ольга')


def employee(*permissions: str, id: str = 'dispatcher', **changes: Any) -> Caller:
    """A caller of the staff with the permissions, all of them where none are named."""
    granted = frozenset(permissions) if permissions else EVERYTHING
    return Caller(
        organisation='demo', audience=Audience.STAFF, id=id, name='Диспетчер', permissions=granted, **changes
    )


def resident(id: str = 'client', **changes: Any) -> Caller:
    """A caller of the residents."""
    return Caller(
        organisation='demo', audience=Audience.RESIDENT, id=id, client=ClientKind.RESIDENT_APP, **changes
    )


def terms(**changes: Any) -> Terms:
    """What was promised: reaction in an hour, execution in four, unless said otherwise."""
    promised = {'reaction': timedelta(hours=1), 'execution': timedelta(hours=4), **changes}
    return Terms(offering_id='plumbing', offering_name='Сантехник', **promised)


def request(status: Status = Status.WAITING, **changes: Any) -> Request:
    """A request made at noon."""
    made: dict[str, Any] = {
        'organisation': 'demo',
        'number': 17,
        'version': 1,
        'status': status,
        'channel': Channel.INCOMING_CALL,
        'terms': terms(),
        'place': Place(building_id='b1', address='ул. Мира, 5', premises_id='p1', premises_number='12'),
        'customer': Customer(id='client', name='Петров Пётр', phone='+79161234567'),
        'created_by': Actor(kind=ActorKind.STAFF, id='dispatcher', name='Диспетчер'),
        'created_at': NOON,
        'updated_at': NOON,
        **changes,
    }
    return Request(**made)
