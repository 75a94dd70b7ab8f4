"""Two populated organisations, `demo` and its neighbour `other`, made once through the services."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from chalicelib.clients.model import Client, NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.figures import service as figures
from chalicelib.identity.service import sessions
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, Caller, ClientKind, Scope
from chalicelib.premises.model import NewBuilding, NewPremises
from chalicelib.premises.service import buildings, dwellings
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Assignment, NewRequest, Question, Start, Step, Suspension
from chalicelib.requests.model.status import Channel
from chalicelib.staff.model import Employee, Permission
from tests.conftest import NOON
from tests.make import activity, catalogue, conversations, identity, notifications, premises, reports, staff

EVERYTHING = frozenset(Permission)
SEEDED_ROLE = 'executor'


@dataclass
class Town:
    """One organisation: `ids` are the real ids of its things by the name doors give them."""

    organisation: str
    ids: dict[str, str]
    numbers: dict[str, int]
    people: dict[str, Any]
    callers: dict[str, Caller]
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def staff(self) -> Caller:
        """The administrator, who may do everything everywhere."""
        return self.callers['staff']

    @property
    def resident(self) -> Caller:
        """The client of all requests."""
        return self.callers['resident']

    def by(self, audience: str | None) -> Caller:
        """Whoever a door of the audience is for; doors for any token take the staff's."""
        return self.resident if audience == Audience.RESIDENT else self.staff


def employee(who: Employee, **changes: Any) -> Caller:
    """The employee at the door, with every permission and every place unless said otherwise."""
    places = changes.pop('places', None)
    fields = {'permissions': EVERYTHING, 'scope': Scope(places), 'name': who.name, **changes}
    return Caller(who.organisation, Audience.STAFF, who.id, **fields)


def dweller(client: Client, **changes: Any) -> Caller:
    """The client at the door of residents."""
    fields = {'name': client.full_name, 'client': ClientKind.RESIDENT_APP, **changes}
    return Caller(client.organisation, Audience.RESIDENT, client.id, **fields)


def populate(organisation: str) -> Town:
    """The organisation has people, two buildings, offerings, and requests."""
    staff.organisation(organisation)
    plumbers = staff.department(organisation)
    crew = [
        staff.employee(organisation, name=f'Слесарь {n}', department_ids=(plumbers.id,), role_id=SEEDED_ROLE)
        for n in range(5)
    ]
    cleaner = staff.employee(organisation, name='Уборщик', role_id=SEEDED_ROLE)
    head = staff.employee(organisation, name='Дарья Главная', role_id='administrator')
    admin = employee(head)
    quarter = premises.quarter(organisation, administrator_ids=(head.id,))
    premises.quarter(organisation, name='Южный')
    group = premises.group(organisation)
    premises.group(organisation, name='Старый фонд')
    entity = staff.legal_entity(organisation)
    staff.legal_entity(organisation, name='ООО «Второе»', inn='5024002119')
    spare, role = staff.department(organisation, name='Запасной отдел'), staff.role(organisation)
    first, second = (
        buildings.add(
            NewBuilding(name=a, address=a, quarter_id=quarter.id, group_id=group.id), by=admin
        ).building
        for a in ('ул. Мира, 5', 'ул. Мира, 7')
    )
    flat = dwellings.add(NewPremises(building_id=first.id, number='12', tags=('арка',)), by=admin).premises
    empty = dwellings.add(NewPremises(building_id=first.id, number='13'), by=admin).premises
    elsewhere = dwellings.add(NewPremises(building_id=second.id, number='1'), by=admin).premises
    client = people.add(NewClient(surname='Петров', phone=staff.phone(), tags=('vip',)), by=admin)
    neighbour = people.add(NewClient(surname='Сидоров', phone=staff.phone()), by=admin)
    blocked = people.add(NewClient(surname='Ершов', phone=staff.phone()), by=admin)
    vacant = buildings.add(NewBuilding(name='Пустырь', address='ул. Мира, 9'), by=admin).building
    homes.settle(client.id, NewTenure(premises_id=flat.id), by=admin)
    homes.settle(blocked.id, NewTenure(premises_id=flat.id), by=admin)
    people.block(blocked.id, by=admin)
    homes.settle(neighbour.id, NewTenure(premises_id=elsewhere.id), by=admin)
    limits = {'reaction': timedelta(hours=1), 'execution': timedelta(hours=4)}
    category, _ = catalogue.category(organisation), catalogue.category(organisation, name='Уборка')
    plumbing = catalogue.offering(organisation, name='Сантехник', assignees_max=4, **limits)
    routed = catalogue.offering(organisation, name='Перепланировка', is_routed=True)
    single = catalogue.offering(organisation, name='Электрик', assignees_max=1)
    metered = catalogue.offering(
        organisation, name='Поверка', fields=(catalogue.form_field(is_mandatory=True),)
    )
    for recipient in (f'staff:{head.id}', f'resident:{client.id}'):
        notice = notifications.notification(recipient, organisation)
        notifications.notification(recipient, organisation)
    for _ in range(2):
        activity.entry(client.id, organisation)
    town = Town(
        organisation,
        ids={
            'building_id': first.id, 'other_building': second.id, 'premises_id': flat.id, 'empty': empty.id,
            'elsewhere': elsewhere.id, 'client_id': client.id, 'neighbour': neighbour.id,
            'blocked': blocked.id, 'vacant': vacant.id,
            'department_id': plumbers.id, 'spare_department': spare.id, 'employee_id': crew[4].id,
            'crew': crew[0].id, 'cleaner': cleaner.id, 'controller_id': head.id, 'role_id': role.id,
            'quarter_id': quarter.id, 'group_id': group.id, 'legal_entity_id': entity.id,
            'offering_id': plumbing.id, 'routed': routed.id, 'other_offering': single.id,
             'metered': metered.id,
            'category_id': category.id, 'notification': notice.id,
        },
        numbers={},
        people={'crew': crew, 'client': client, 'neighbour': neighbour, 'head': head, 'cleaner': cleaner},
        callers={'staff': admin, 'resident': dweller(client)},
    )  # fmt: skip
    town.ids['device_id'], town.ids['page'] = 'phone-1', 'all'
    town.ids['report_id'], _ = (reports.report(admin).id for _ in range(2))
    _sign_in(town)
    _order(town)
    for text in ('Ключи у консьержа', 'Звонить после шести'):
        conversations.comment(town.numbers['waiting'], town.staff, text=text)
    for request in requests.everything(organisation):
        requests.index(request)
        figures.count(organisation, request.number)
    return town


def _sign_in(town: Town) -> None:
    for name, audience, client in (
        ('staff', Audience.STAFF, ClientKind.CRM),
        ('resident', Audience.RESIDENT, ClientKind.RESIDENT_APP),
    ):
        caller = town.callers[name]
        login = dynamo.get(identity.service.reading_login(town.organisation, audience, caller.id))
        tokens, writes = sessions.opening(login, client, None)
        dynamo.commit(*writes)
        identity.session(login, client)
        town.tokens[name], town.tokens[f'{name}_refresh'] = tokens.access_token, tokens.refresh_token
        session_id = town.ids[f'{name}_session'] = tokens.refresh_token.split('.')[3]
        town.callers[name] = replace(caller, session=session_id)


def _order(town: Town) -> None:
    """Requests of the resident, in `demo` one or more in every status, by the name of the status."""
    by, ids = town.staff, town.ids
    crew = {'department_id': ids['department_id'], 'assignee_ids': (ids['crew'],)}

    def order(name: str, *steps: Any, offering: str = 'offering_id') -> None:
        new = NewRequest(
            channel=Channel.INCOMING_CALL, offering_id=ids[offering], building_id=ids['building_id'],
            premises_id=ids['premises_id'], client_id=ids['client_id'],
        )  # fmt: skip
        number = requests.order(new, by=by).number
        for act, step in steps:
            act(number, step, by=by)
        town.numbers[name] = number

    start, until = (requests.start, Start(**crew)), NOON + timedelta(days=1)
    controlled = (requests.assign, Assignment(**crew, controller_id=ids['controller_id']))
    done = (requests.complete, Step())
    order('waiting')
    if town.organisation != 'demo':
        return  # numbers are an organisation's own: those of `demo` below are nobody else's
    order('waiting')
    order('in_progress', start)
    order('controlled', controlled, start)
    order('suspended', start, (requests.suspend, Suspension(comment='ждём', resume_until=until)))
    order('done', start, done)
    order('reopened', start, done, (requests.reopen, Step()))
    order('cancelled', (requests.cancel, Step(comment='не нужно')))
    order('quality_control', controlled, start, (requests.check, Step()))
    order('approval', offering='routed')
    order('clarification', (requests.clarify, Question(comment='что именно?')), offering='routed')
