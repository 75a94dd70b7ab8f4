"""What must be there before the night: offerings, buildings, those who live there and who work there."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.bench.night import KINDS, OTHERS, Complaint
from tests.bench.speaking import Api, Session, sign_in

ORGANISATION = 'demo'
RESIDENTS = {'ONLINE': ('site', 3), 'MOBILE': ('resident-app', 1)}
"""The program of each channel, and how many people sign in to it: see `replay`."""

CODES_PER_HOUR = 20
T = TypeVar('T')
R = TypeVar('R')


def in_threads(do: Callable[[T], R], things: Iterable[T], width: int = 4) -> list[R]:
    """What `do` gave for each of the things, several at a time."""
    with ThreadPoolExecutor(width) as threads:
        return list(threads.map(do, things))


@dataclass(frozen=True)
class Home:
    """A building's flat, whoever calls from there, and those who write from there themselves."""

    building: str
    flat: str
    client: str
    writers: dict[str, Session]


@dataclass(frozen=True)
class Worker:
    """An employee at work."""

    id: str
    session: Session


class Town:
    """Everything the night needs, made through the API by the administrator of the demonstration."""

    def __init__(self, api: Api, complaints: Sequence[Complaint], people: int) -> None:
        self._api = api
        # Telephones that a run before has not taken, so that a night can be replayed over and over.
        self._stamp = f'{int(time.time()) // 10 % 10_000:04d}'
        # ...0000 and ...0020 reach nobody in the sandbox of the SMS centre.
        self._numbers = iter(range(100, 1000))
        self.chief = Session(api, api.told('GET', '/_local/sign-in/administrator'))
        self.department = self._made('/v1/staff/departments', {'name': f'Ночная бригада {self._stamp}'})
        self.offerings = {name: self._offering(name) for name in sorted({one.type for one in complaints})}
        dispatchers = max(1, people // 2)
        self.dispatchers = [self._hired('dispatcher', 'crm') for _ in range(dispatchers)]
        self.executors = [self._hired('executor', 'staff-app') for _ in range(people - dispatchers)]
        self._writers = {
            channel: [self._writer(program) for _ in range(number)]
            for channel, (program, number) in RESIDENTS.items()
        }
        self.homes = self._settled(complaints)

    def _made(self, path: str, body: dict[str, Any]) -> str:
        return str(self._api.told('POST', path, body, session=self.chief)['id'])

    def _phone(self, prefix: str) -> str:
        return f'{prefix}{self._stamp}{next(self._numbers):03d}'

    def _offering(self, type_: str) -> str:
        kind = KINDS.get(type_, OTHERS)
        field = {'code': 'descriptor', 'label': 'Что случилось?', 'kind': 'text', 'is_mandatory': True}
        promised = {'reaction': f'PT{kind.reaction}H', 'execution': f'PT{kind.execution}H'}
        offering = {'name': type_, 'fields': [field], 'department_id': self.department, **promised}
        return self._made('/v1/staff/offerings', offering)

    def _hired(self, role: str, program: str) -> Worker:
        phone = self._phone('+7900')
        card = {'name': f'Ночной {role} {phone[-3:]}', 'phone': phone, 'role_id': role}
        employee = self._made('/v1/staff/employees', {**card, 'department_ids': [self.department]})
        session = sign_in(self._api, ORGANISATION, 'staff', phone, program)
        return Worker(employee, self._with_phone(session, phone, program))

    def _writer(self, program: str) -> tuple[str, Session]:
        phone = self._phone('+7901')
        client = self._made('/v1/staff/clients', {'surname': f'Житель {phone[-3:]}', 'phone': phone})
        session = sign_in(self._api, ORGANISATION, 'resident', phone, program)
        return client, self._with_phone(session, phone, program)

    def _with_phone(self, session: Session, phone: str, program: str) -> Session:
        if program.endswith('-app'):
            device = {'platform': 'android', 'token': f'replay-{phone[1:]}'}
            self._api.told('PUT', f'/v1/auth/devices/phone-{phone[1:]}', device, session=session)
        return session

    def _settled(self, complaints: Sequence[Complaint]) -> dict[tuple[str, str], Home]:
        channels: dict[tuple[str, str], set[str]] = {}
        of_place = {one.place: one for one in reversed(complaints)}
        for one in complaints:
            channels.setdefault(one.place, set())
            if not one.is_by_staff:
                channels[one.place].add(one.channel)

        def settle(numbered: tuple[int, tuple[str, str]]) -> tuple[tuple[str, str], Home]:
            number, place = numbered
            writers = {}
            for channel in sorted(channels[place]):
                writers[channel] = self._writers[channel][number % len(self._writers[channel])]
            return place, self._home(of_place[place], writers)

        return dict(in_threads(settle, enumerate(channels)))

    def _home(self, one: Complaint, writers: dict[str, tuple[str, Session]]) -> Home:
        address = f'{one.address}, {one.city} {one.zip}'
        building = self._made('/v1/staff/buildings', {'name': one.address, 'address': address})
        flat = self._made('/v1/staff/premises', {'building_id': building, 'number': '1'})
        card = {'surname': 'Жильцов', 'given_name': one.address[:50], 'phone': self._phone('+7901')}
        client = self._made('/v1/staff/clients', card)
        for person in [client, *(writer for writer, _ in writers.values())]:
            tenure = {'premises_id': flat, 'right': 'tenant'}
            self._api.told('POST', f'/v1/staff/clients/{person}/premises', tenure, session=self.chief)
        return Home(building, flat, client, {channel: session for channel, (_, session) in writers.items()})
