"""An organisation with a building, people who live there and people who work there."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.clients.model import NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.kit.caller import Audience, Caller, ClientKind, Scope
from chalicelib.premises.model import NewBuilding, NewPremises
from chalicelib.premises.service import buildings, dwellings
from chalicelib.requests import routes
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.staff.model import Employee, Permission
from tests.doors import opening
from tests.make import catalogue as make_catalogue
from tests.make import staff as make_staff
from tests.make.requests import EVERYTHING
from tests.pictures import once


def acting(employee: Employee, *permissions: Permission, **changes) -> Caller:
    """The employee at the door, with the permissions named or all of them."""
    granted = frozenset(permissions) if permissions else EVERYTHING
    scope = changes.pop('scope', Scope())
    return Caller(
        'demo', Audience.STAFF, employee.id, name=employee.name, permissions=granted, scope=scope, **changes
    )


@dataclass
class House:
    """What the tests of requests live with."""

    building: str
    other_building: str
    flat: str
    other_flat: str
    client: str
    neighbour: str
    plumbers: str
    crew: list[Employee]
    cleaner: Employee
    dispatcher: Caller
    resident: Caller
    offerings: dict[str, str] = field(default_factory=dict)

    def order(self, offering: str = 'plumbing', **changes) -> dict:
        """The body of a staff order for the client."""
        return {
            'channel': 'incoming_call', 'offering_id': self.offerings[offering], 'building_id': self.building,
            'premises_id': self.flat, 'client_id': self.client, **changes,
        }  # fmt: skip


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon."""
    return once(inhabited)


def inhabited() -> House:
    """Two buildings with those who live there, those who work there and what may be ordered there."""
    make_staff.organisation()
    plumbers, cleaners = make_staff.department(), make_staff.department(name='Клининг')
    crew = [
        make_staff.employee(name=f'Слесарь {n}', department_ids=(plumbers.id,), role_id='executor')
        for n in range(5)
    ]
    cleaner = make_staff.employee(name='Уборщик', department_ids=(cleaners.id,), role_id='executor')
    admin = acting(make_staff.employee(name='Диспетчер Дарья'))
    built = [buildings.add(NewBuilding(name=a, address=a), by=admin) for a in ('ул. Мира, 5', 'ул. Мира, 7')]
    first, second = (placed.building.id for placed in built)
    flat = dwellings.add(NewPremises(building_id=first, number='12'), by=admin).premises.id
    other_flat = dwellings.add(NewPremises(building_id=second, number='1'), by=admin).premises.id
    client = people.add(NewClient(surname='Петров', given_name='Пётр', phone='+79161234567'), by=admin)
    neighbour = people.add(NewClient(surname='Сидоров'), by=admin)
    homes.settle(client.id, NewTenure(premises_id=flat), by=admin)
    resident = Caller(
        'demo', Audience.RESIDENT, client.id, name='Петров Пётр', client=ClientKind.RESIDENT_APP
    )
    made = House(
        first, second, flat, other_flat, client.id, neighbour.id, plumbers.id, crew, cleaner, admin, resident
    )
    limits = {'reaction': timedelta(hours=1), 'execution': timedelta(hours=4)}
    for name, changes in {
        'plumbing': {'name': 'Сантехник', 'assignees_max': 4, 'department_id': plumbers.id, **limits},
        'single': {'name': 'Электрик', 'assignees_max': 1},
        'visit': {'name': 'Приём директора', 'kind': 'appointment', **limits},
        'routed': {'name': 'Перепланировка', 'is_routed': True},
        'meters': {'name': 'Поверка', 'fields': (make_catalogue.form_field(is_mandatory=True),)},
        'final': {'name': 'Пропуск', 'is_reopenable_by_resident': False},
        'elsewhere': {'name': 'Лифт', 'building_ids': (second,)},
        'inner': {'name': 'Обход', 'is_offered_to_residents': False},
        'strict': {'name': 'Акт', 'is_document_required': True, 'assignees_max': 2},
    }.items():
        made.offerings[name] = make_catalogue.offering(**changes).id
    return made


@pytest.fixture
def call(monkeypatch):
    return opening(routes.doors, monkeypatch)


STAFF, OWN = '/v1/staff/requests', '/v1/resident/requests'


@pytest.fixture
def ordered(house, call):
    """A request entered by the dispatcher; returns its number."""

    def order(offering='plumbing', **changes):
        answer = call('POST', STAFF, house.order(offering, **changes), by=house.dispatcher)
        assert answer.status_code == 201, answer.json_body
        return answer.json_body['number']

    return order


@pytest.fixture
def step(house, call):
    """Does an action as the dispatcher, or as `by`; returns the answer."""

    def do(number, action, body=None, by=None, **headers):
        return call('POST', f'{STAFF}/{number}/{action}', body or {}, by=by or house.dispatcher, **headers)

    return do


def stored():
    """The rows of all requests."""
    return [row for row in RequestRow.scan() if row.sk == 'request']


def crew_of(house, *positions):
    """The body that names plumbers by their place in the crew."""
    return {'department_id': house.plumbers, 'assignee_ids': [house.crew[n].id for n in positions]}


def history(call, house, number):
    """What happened to the request, oldest first."""
    entries = call('GET', f'{STAFF}/{number}/history?limit=100', by=house.dispatcher).json_body['items']
    return entries[::-1]
