"""An organisation at work on the engine: people with real tokens at the real doors, from many threads."""

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from threading import Barrier
from typing import Any, NamedTuple, TypeVar

from chalice import Chalice
from chalice.config import Config

from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import NewOffering
from chalicelib.clients.model import NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.figures import routes as figures_routes
from chalicelib.identity import routes as identity_routes
from chalicelib.identity import service as identity
from chalicelib.identity.service import authenticate, sessions
from chalicelib.kit import dynamo, http
from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.premises.model import NewBuilding, NewPremises
from chalicelib.premises.service import buildings, dwellings
from chalicelib.requests import routes as requests_routes
from chalicelib.staff import service as staff
from chalicelib.staff.model import (
    Employee,
    NewDepartment,
    NewEmployee,
    NewOrganisation,
    Permission,
)
from infra.local.gateway import Gateway

ORGANISATION = 'demo'
REQUESTS = '/v1/staff/requests'
T = TypeVar('T')


class Said(NamedTuple):
    """What a door said."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


@cache
def gateway() -> Gateway:
    """The doors of requests, figures and sign-in behind a gateway that takes many callers at once."""
    app = Chalice('domovoy')
    for door in (*requests_routes.doors, *figures_routes.doors, *identity_routes.doors):
        app.register_blueprint(door)
    return Gateway(app, Config(chalice_stage='test', config_from_disk={'chalice_app': app}))


@contextmanager
def doors_open() -> Iterator[None]:
    """Inside the block tokens are read by the identity, as `app.py` has it."""
    before = list(http._authenticator)
    http.authenticate_with(authenticate)
    try:
        yield
    finally:
        http._authenticator[:] = before


def call(method: str, path: str, body: Any = None, *, token: str = '', **headers: str) -> Said:
    """The answer of a door to a call, as it would leave the API."""
    sent = {'content-type': 'application/json'}
    sent |= {name.replace('_', '-').lower(): value for name, value in headers.items()}
    if token:
        sent['authorization'] = f'Bearer {token}'
    reply = gateway().answer(method, path, sent, None if body is None else json.dumps(body).encode())
    return Said(reply.status, json.loads(reply.body or b'{}'), reply.headers)


def at_once(tasks: Iterable[Callable[[], T]], threads: int = 0) -> list[T]:
    """What the tasks gave, done in as many threads as there are, or in `threads`, that begin together."""
    waiting = list(tasks)
    width = threads or len(waiting)
    gate = Barrier(width)

    def share(first: int) -> list[tuple[int, T]]:
        gate.wait(30)
        return [(number, waiting[number]()) for number in range(first, len(waiting), width)]

    with ThreadPoolExecutor(width) as pool:
        done = [pair for pairs in pool.map(share, range(width)) for pair in pairs]
    return [given for _, given in sorted(done, key=lambda pair: pair[0])]


@dataclass
class Desk:
    """What the tests order with, and who orders."""

    building: str
    flat: str
    client: str
    offering: str
    department: str
    dispatcher: Caller
    token: str
    resident_token: str
    crew: list[Employee] = field(default_factory=list)

    def order(self, **changes: Any) -> dict[str, Any]:
        """The body of an order for the client."""
        return {
            'channel': 'incoming_call', 'offering_id': self.offering, 'building_id': self.building,
            'premises_id': self.flat, 'client_id': self.client, **changes,
        }  # fmt: skip

    def create(self, **changes: Any) -> int:
        """The number of a new request."""
        said = call('POST', REQUESTS, self.order(**changes), token=self.token)
        assert said.status == 201, said
        return int(said.body['number'])


def token_of(audience: Audience, subject_id: str) -> str:
    """An access token of a new session of the person."""
    login = dynamo.get(identity.reading_login(ORGANISATION, audience, subject_id))
    client = ClientKind.CRM if audience is Audience.STAFF else ClientKind.RESIDENT_APP
    tokens, writes = sessions.opening(login, client, None)
    dynamo.commit(*writes)
    return tokens.access_token


def settle(crew: int = 4) -> Desk:
    """An organisation with a building, somebody who lives there and `crew` plumbers."""
    founded = staff.found(
        NewOrganisation(
            id=ORGANISATION,
            name='УК «Домовой»',
            administrator_name='Алексеева Анна',
            administrator_phone='+79160000000',
        )
    )
    chief = founded.administrator
    permissions = frozenset(Permission)
    by = Caller(ORGANISATION, Audience.STAFF, chief.id, name=chief.name, permissions=permissions)
    department = staff.departments.create(NewDepartment(name='Сантехники'), by=by).id
    crewmen = [
        staff.employees.hire(
            NewEmployee(
                name=f'Слесарь {number}',
                phone=f'+7916000{number:04d}',
                role_id='administrator',
                department_ids=(department,),
            ),
            by=by,
        )
        for number in range(1, crew + 1)
    ]
    building = buildings.add(NewBuilding(name='ул. Мира, 5', address='ул. Мира, 5'), by=by).building.id
    flat = dwellings.add(NewPremises(building_id=building, number='12'), by=by).premises.id
    client = people.add(NewClient(surname='Петров', given_name='Пётр', phone='+79161234567'), by=by).id
    homes.settle(client, NewTenure(premises_id=flat), by=by)
    offering = catalogue.create(
        NewOffering(name='Сантехник', assignees_max=4, department_id=department), by=by
    ).id
    tokens = token_of(Audience.STAFF, chief.id), token_of(Audience.RESIDENT, client)
    return Desk(building, flat, client, offering, department, by, *tokens, crewmen)
