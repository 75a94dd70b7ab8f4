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

from chalicelib.billing import routes as billing_routes
from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import NewOffering
from chalicelib.clients.model import NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.conversations import routes as conversations_routes
from chalicelib.documents import routes as documents_routes
from chalicelib.figures import routes as figures_routes
from chalicelib.identity import routes as identity_routes
from chalicelib.identity import service as identity
from chalicelib.identity.service import authenticate, sessions
from chalicelib.incidents import routes as incidents_routes
from chalicelib.kit import calls, dynamo, http
from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.papers import routes as papers_routes
from chalicelib.premises.model import NewBuilding, NewPremises
from chalicelib.premises.service import buildings, dwellings
from chalicelib.prices import routes as prices_routes
from chalicelib.requests import routes as requests_routes
from chalicelib.staff import service as staff
from chalicelib.staff.model import (
    Employee,
    NewDepartment,
    NewEmployee,
    NewOrganisation,
    Permission,
)
from chalicelib.tasks import routes as tasks_routes
from infra.local.gateway import Gateway

ORGANISATION = 'demo'
REQUESTS = '/v1/staff/requests'
T = TypeVar('T')


class Said(NamedTuple):
    """What a door said."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


DOORS = (
    *requests_routes.doors, *billing_routes.doors, *conversations_routes.doors, *documents_routes.doors,
    *figures_routes.doors, *identity_routes.doors, *incidents_routes.doors, *papers_routes.doors,
    *prices_routes.doors, *tasks_routes.doors,
)  # fmt: skip
"""The doors of the tests."""


@cache
def gateway() -> Gateway:
    """The doors behind a gateway that takes many callers at once."""
    return Gateway(
        _application(), Config(chalice_stage='test', config_from_disk={'chalice_app': _application()})
    )


@cache
def _application() -> Chalice:
    app = Chalice('domovoy')
    for door in DOORS:
        app.register_blueprint(door)
    return app


@contextmanager
def doors_open() -> Iterator[None]:
    """Inside the block tokens are read by the identity, as `app.py` has it, and the doors are of these tests.

    A door belongs to the application that had it last: others of the process get theirs back.
    """
    before, owners = list(calls._authenticator), [door._current_app for door in DOORS]
    for door in DOORS:
        door._current_app = _application()
    http.authenticate_with(authenticate)
    try:
        yield
    finally:
        calls._authenticator[:] = before
        for door, owner in zip(DOORS, owners, strict=True):
            door._current_app = owner


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

    def sign_in_again(self) -> None:
        """The dispatcher has a fresh token: what fills a large house takes longer than one lasts."""
        self.token = token_of(Audience.STAFF, self.dispatcher.id)


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
