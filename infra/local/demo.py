"""A demonstration organisation: houses, people who live there, people who work there, what can be ordered.

Made through the same services the API calls. Its numbers take the code DEMO_CODE at sign-in, which only a
deployment that is not production accepts (`FIXED_CODES`).
"""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

ORGANISATION = 'demo'
DEMO_CODE = '000000'
PEOPLE = {
    'administrator': '+79000000001',
    'dispatcher': '+79000000002',
    'executor': '+79000000003',
    'controller': '+79000000004',
    'resident': '+79010000001',
    'neighbour': '+79010000002',
}
_RESIDENTS = ('resident', 'neighbour')
_refresh_tokens: dict[str, str] = {}


def fixed_codes() -> str:
    """The setting that lets the people of the demonstration sign in with DEMO_CODE."""
    return json.dumps(dict.fromkeys(PEOPLE.values(), DEMO_CODE))


def load(api: str) -> list[str]:
    """The demonstration organisation exists; the lines say how to become each of its people with one call."""
    from chalicelib.kit.dynamo import find
    from chalicelib.staff import service as staff

    if find(staff.reading_organisation(ORGANISATION)) is None:
        _found()
    width = max(map(len, PEOPLE))
    return [
        f'organisation «{ORGANISATION}»; one call signs in and prints the tokens:',
        *(f'  {name:{width}}  {phone}   curl {api}/_local/sign-in/{name}' for name, phone in PEOPLE.items()),
    ]


def sign_in(api: str, name: str) -> tuple[int, dict[str, Any]]:
    """Tokens of one of the people, by the real doors: status and answer of the last door."""
    if name not in PEOPLE:
        return 404, {'message': f'nobody here is called {name}: {", ".join(PEOPLE)}'}
    if name in _refresh_tokens:
        status, answer = _post(api, 'refresh', {'refresh_token': _refresh_tokens[name]})
        if status == 200:
            _refresh_tokens[name] = answer['refresh_token']
            return status, answer
    audience, client = ('resident', 'resident-app') if name in _RESIDENTS else ('staff', 'crm')
    wanted = {'organisation': ORGANISATION, 'audience': audience, 'phone': PEOPLE[name]}
    status, answer = _post(api, 'otp', wanted)
    if status != 202:
        return status, answer
    entered = {'challenge_id': answer['challenge_id'], 'code': DEMO_CODE, 'client': client}
    status, answer = _post(api, 'otp/verify', entered)
    if status == 200:
        _refresh_tokens[name] = answer['refresh_token']
    return status, answer


def _post(api: str, door: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    call = urllib.request.Request(
        f'{api}/v1/auth/{door}', json.dumps(body).encode(), {'Content-Type': 'application/json'}
    )
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


def _found() -> None:
    from chalicelib.kit.caller import Audience, Caller
    from chalicelib.staff import service as staff
    from chalicelib.staff.model import NewDepartment, NewEmployee, NewOrganisation, Permission

    founded = staff.found(
        NewOrganisation(
            id=ORGANISATION,
            name='УК «Домовой»',
            administrator_name='Алексеева Анна Сергеевна',
            administrator_phone=PEOPLE['administrator'],
            administrator_email='anna@demo.example',
        )
    )
    by = Caller(
        ORGANISATION,
        Audience.STAFF,
        founded.administrator.id,
        name=founded.administrator.name,
        permissions=frozenset(Permission),
    )
    plumbers = staff.departments.create(NewDepartment(name='Сантехники'), by=by).id
    electricians = staff.departments.create(NewDepartment(name='Электрики'), by=by).id
    hired = {}
    for name, person, role, departments in (
        ('dispatcher', 'Дмитриева Дарья', 'dispatcher', ()),
        ('executor', 'Иванов Иван', 'executor', (plumbers, electricians)),
        ('controller', 'Контролёва Ксения', 'dispatcher', ()),
    ):
        hired[name] = staff.employees.hire(
            NewEmployee(
                name=person,
                phone=PEOPLE[name],
                email=f'{name}@demo.example',
                role_id=role,
                department_ids=departments,
            ),
            by=by,
        ).id
    _connect(by, hired['dispatcher'])
    _settle(by)
    _offer(by, plumbers, electricians)


def _connect(by: Any, dispatcher: str) -> None:
    from chalicelib.calls import service as calls
    from chalicelib.calls.model.settings import TelephonyChanges
    from infra.local.exchange import FIRST_EXTENSION

    calls.change_settings(TelephonyChanges(recording_hosts=['records.example']), by=by)
    calls.make_secret(by=by)
    calls.seat(FIRST_EXTENSION, dispatcher, by=by)


def _settle(by: Any) -> None:
    from chalicelib.clients.model import NewClient, NewTenure, Right
    from chalicelib.clients.service import homes, people
    from chalicelib.premises.model import NewArea, NewBuilding, NewPremises, Quarter
    from chalicelib.premises.service import areas, buildings, dwellings

    quarter = areas.add(Quarter, NewArea(name='Мирный', administrator_ids=(by.id,)), by=by).area.id
    flats = []
    for street in ('ул. Мира, 5', 'ул. Мира, 7', 'Садовая ул., 1'):
        house = NewBuilding(name=street, address=f'г. Тверь, {street}', quarter_id=quarter)
        building_id = buildings.add(house, by=by).building.id
        for number in ('1', '2', '3', '12'):
            flat = NewPremises(building_id=building_id, number=number)
            flats.append(dwellings.add(flat, by=by).premises.id)
    for name, surname, given_name, home in (
        ('resident', 'Петров', 'Пётр', flats[3]),
        ('neighbour', 'Сидорова', 'Мария', flats[4]),
    ):
        card = NewClient(surname=surname, given_name=given_name, phone=PEOPLE[name])
        client = people.add(card, by=by)
        homes.settle(client.id, NewTenure(premises_id=home, right=Right.OWNER), by=by)


def _offer(by: Any, plumbers: str, electricians: str) -> None:
    from chalicelib.catalogue import service as catalogue
    from chalicelib.catalogue.model import NewFormField, NewOffering

    problem = NewFormField(code='problem', label='Что случилось?', kind='text', is_mandatory=True)
    meters = NewFormField(
        code='meters', label='Сколько счётчиков?', kind='number', is_mandatory=True, least=1, most=20
    )
    hour = timedelta(hours=1)
    for offering in (
        NewOffering(
            name='Вызов сантехника',
            short_description='Протечки, засоры, замена кранов',
            fields=(problem,),
            reaction=hour,
            execution=4 * hour,
            assignees_max=2,
            department_id=plumbers,
        ),
        NewOffering(
            name='Вызов электрика',
            fields=(problem,),
            reaction=2 * hour,
            execution=24 * hour,
            department_id=electricians,
        ),
        NewOffering(name='Поверка счётчиков', fields=(meters,), execution=timedelta(days=7)),
        NewOffering(name='Запись на приём к управляющему', kind='appointment'),
        NewOffering(name='Согласование перепланировки', is_routed=True, is_reopenable_by_resident=False),
    ):
        catalogue.create(offering, by=by)
