"""Two populated organisations, `demo` and its neighbour `other`, made once through the services."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from chalicelib.billing import service as billing_service
from chalicelib.calls import service as calls_service
from chalicelib.clients.model import Client, NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.figures import service as figures
from chalicelib.files.model import Purpose
from chalicelib.files.rules.kinds import Kind
from chalicelib.identity.service import sessions
from chalicelib.incidents import service as incidents_service
from chalicelib.incidents.model.doors import IncidentMove
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, Caller, ClientKind, Scope
from chalicelib.premises.model import NewBuilding, NewPremises
from chalicelib.premises.service import buildings, dwellings
from chalicelib.prices import service as prices_service
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Assignment, NewRequest, Question, Start, Step, Suspension
from chalicelib.requests.model.status import Channel
from chalicelib.staff.model import Employee, Permission
from tests.conftest import NOON
from tests.make import (
    activity,
    billing,
    calls,
    catalogue,
    conversations,
    documents,
    files,
    identity,
    incidents,
    notifications,
    papers,
    premises,
    prices,
    reports,
    staff,
    tasks,
)

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
    plumbing = catalogue.offering(
        organisation, name='Сантехник', assignees_max=4, legal_entity_id=entity.id, **limits
    )
    refunded = catalogue.offering(
        organisation, name='Окна', is_refundable=True, assignees_max=4, legal_entity_id=entity.id
    )
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
            'offering_id': plumbing.id, 'refunded': refunded.id, 'routed': routed.id,
            'other_offering': single.id, 'metered': metered.id,
            'category_id': category.id, 'notification': notice.id,
        },
        numbers={},
        people={'crew': crew, 'client': client, 'neighbour': neighbour, 'head': head, 'cleaner': cleaner},
        callers={'staff': admin, 'resident': dweller(client)},
    )  # fmt: skip
    town.ids['device_id'], town.ids['page'], town.ids['paper'] = 'phone-1', 'all', 'act'
    tap, _, withdrawn = (prices.price(entity.id, organisation) for _ in range(3))
    prices_service.archive(entity.id, withdrawn.id, by=admin)
    town.ids['price_id'], town.ids['archived_price'] = tap.id, withdrawn.id
    papers.given(plumbing.id, admin)
    town.ids['template_file'] = files.clean(admin, Purpose.TEMPLATE, content_type=Kind.DOCX.value).id
    town.ids['import_id'] = prices.checked(entity.id, admin).id
    town.ids['import_file'] = files.clean(admin, Purpose.IMPORT, content_type=Kind.XLSX.value).id
    town.ids['report_id'], _ = (reports.report(admin).id for _ in range(2))
    town.ids['payments_report'], _ = (reports.of_payments(admin).id for _ in range(2))
    town.ids['file_id'] = files.clean(admin).id
    town.ids['chat_file'] = files.clean(admin, Purpose.CHAT).id
    town.ids['own_file'] = files.clean(dweller(client), Purpose.CHAT).id
    _sign_in(town)
    _order(town)
    _invoice(town, tap)
    for text in ('Ключи у консьержа', 'Звонить после шести'):
        conversations.comment(town.numbers['waiting'], town.staff, text=text)
    papered = town.numbers.get('suspended', town.numbers['waiting'])
    town.ids['document_id'] = documents.document(papered, admin).id
    _talk(town)
    _call(town)
    _incidents(town)
    town.ids |= tasks.around(town.numbers['waiting'], admin, town.ids['crew'])
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


def ordered(town: Town, offering: str = 'offering_id', **changes: Any) -> NewRequest:
    """What the resident wants done in his flat, or somebody else elsewhere by the changes."""
    ids = town.ids
    usual = {
        'channel': Channel.INCOMING_CALL, 'offering_id': ids[offering], 'building_id': ids['building_id'],
        'premises_id': ids['premises_id'], 'client_id': ids['client_id'],
    }  # fmt: skip
    return NewRequest(**usual | changes)


def _order(town: Town) -> None:
    """Requests of the resident, in `demo` one or more in every status, by the name of the status."""
    by, ids = town.staff, town.ids
    crew = {'department_id': ids['department_id'], 'assignee_ids': (ids['crew'],)}

    def order(name: str, *steps: Any, offering: str = 'offering_id') -> None:
        number = requests.order(ordered(town, offering), by=by).number
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
    for name in ('refundable', 'refund_asked', 'refund_failed', 'stuck'):
        order(name, start, offering='refunded')
    order('clarification', (requests.clarify, Question(comment='что именно?')), offering='routed')


def _talk(town: Town) -> None:
    """What was said with the client of the request that waits; the last word is an employee's."""
    number = town.numbers['waiting']
    for _ in range(2):
        conversations.own_message(number, town.resident)
    town.ids['template_id'] = conversations.template(town.staff).id
    conversations.template(town.staff, name='Приедем')
    town.ids['deferred_id'] = conversations.deferred(number, town.staff).id
    conversations.deferred(number, town.staff)
    town.ids['position'] = str(conversations.message(number, town.staff).position)


def _invoice(town: Town, price: Any) -> None:
    """Invoices in every status that staff bring about, by the name of the status."""
    numbers, by = town.numbers, town.staff
    town.ids['invoice_id'] = billing.drawn(numbers.get('controlled', numbers['waiting']), by, price).id
    if town.organisation != 'demo':
        return
    town.ids['issued_invoice'] = billing.issued(numbers['suspended'], by, price).id
    paid = billing.drawn(numbers['done'], by, price).id
    town.ids['package_id'] = papers.ordered(town.ids['issued_invoice'], by).id
    town.ids['paid_invoice'] = billing_service.mark_paid(paid, by=by).id


def _call(town: Town) -> None:
    """A call of the client, and one about his request that an employee talked in."""
    organisation, phone = town.organisation, town.people['client'].phone
    calls.connected(organisation, by=town.staff)
    extension, spare = {'demo': ('101', '102'), 'other': ('201', '202')}[organisation]
    town.ids['extension'] = extension
    for seat in (extension, spare):
        calls.seated(town.ids['crew'], seat, by=town.staff)
    town.ids['call_id'] = calls.tell(organisation, client_phone=phone).id
    for _ in range(2):
        answered = calls.talk(organisation, extension, client_phone=phone)
        number = town.numbers.get('done', town.numbers['waiting'])
        calls_service.attach(answered.id, number, by=town.staff)
    town.ids['attached_call'] = answered.id


def _incidents(town: Town) -> None:
    """An incident in the building that nobody has begun with, one that is in work, and one more to list."""
    where = [town.ids['building_id']]
    town.ids['incident_id'], town.ids['begun_incident'], _ = (
        incidents.incident(town.staff, building_ids=where).id for _ in range(3)
    )
    incidents_service.start(town.ids['begun_incident'], IncidentMove(), by=town.staff)
    if town.organisation == 'demo':  # as in `_order`: no number of these is another organisation's
        for _ in range(2):
            requests.order(ordered(town, incident_id=town.ids['incident_id']), by=town.staff)
