"""A managing organisation of a journey's own: its houses, people and offerings, made by its administrator."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, cached_property
from types import TracebackType
from typing import Any, Self

import httpx

from infra.local.paths import ROOT
from infra.local.runtime import Runtime
from tests.journeys.patience import eventually
from tests.journeys.people import Employee, Resident

NUMBERS = itertools.count(1)
PROBLEM = {'code': 'problem', 'label': 'Что случилось?', 'kind': 'text', 'is_mandatory': True}


def phones() -> Iterator[str]:
    """Mobile numbers nobody else in the run has."""
    return (f'+7903{number:07d}' for number in NUMBERS)


PHONES = phones()


@cache
def cloud(runtime: Runtime, service: str, endpoint: str) -> Any:
    """A client of the runtime's own AWS, made once: after a restart it stands at another `endpoint`."""
    return runtime.client(service)


class Founder:
    """Founds companies on a runtime, while the block lasts."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.http = httpx.Client(timeout=60)
        self._number = itertools.count(1)

    def __enter__(self) -> Self:
        self._operator = subprocess.Popen(
            [sys.executable, '-m', 'tests.journeys.founding'],
            cwd=ROOT,
            env=self.runtime.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._operator.communicate()
        self.http.close()

    def found(self) -> 'Company':
        """A company with an administrator, and nothing else."""
        slug, phone = f'uk-{next(self._number)}', next(PHONES)
        email = f'anna@{slug}.example'
        wanted = {'id': slug, 'name': 'УК «Уют»', 'administrator_name': 'Алексеева Анна'}
        wanted |= {'administrator_phone': phone, 'administrator_email': email}
        operator = self._operator
        assert operator.stdin and operator.stdout
        operator.stdin.write(httpx.Request('POST', 'http://-', json=wanted).content.decode() + '\n')
        operator.stdin.flush()
        identity = operator.stdout.readline().strip()
        assert identity, 'the organisation could not be founded'
        return Company(self.runtime, self.http, slug, (identity, phone, email))


class Company:
    """An organisation and the world it lives in."""

    def __init__(
        self, runtime: Runtime, http: httpx.Client, identity: str, administrator: tuple[str, str, str]
    ) -> None:
        self.runtime, self.http, self.id = runtime, http, identity
        person, phone, email = administrator
        self.administrator = Employee(self, person, 'Алексеева Анна', phone, email)

    # -- who and what there is -----------------------------------------------------------------------

    def made(self, what: str, **fields: Any) -> Any:
        """The administrator has added something; its card."""
        return self.administrator.call('POST', f'/v1/staff/{what}', fields)

    @cached_property
    def department(self) -> str:
        """The department that does all the work."""
        identity: str = self.made('departments', name='Сантехники')['id']
        return identity

    def hires(self, name: str, role: str = 'executor', *, email: str | None = None) -> Employee:
        """Somebody works here, of the only department."""
        phone = next(PHONES)
        card = self.made(
            'employees',
            name=name,
            phone=phone,
            email=email,
            role_id=role,
            department_ids=[self.department],
        )
        return Employee(self, card['id'], name, phone, email or '')

    def ticks(self, role: str, **kinds: list[str]) -> None:
        """The role is told of the kinds by the channels, beside what it was told of before."""
        card = self.administrator.call('GET', f'/v1/staff/roles/{role}')
        matrix = card['matrix'] | kinds
        self.administrator.call('PATCH', f'/v1/staff/roles/{role}', {'matrix': matrix})

    def offers(self, name: str = 'Вызов сантехника', **terms: Any) -> str:
        """Something can be ordered; its id."""
        identity: str = self.made(
            'offerings', name=name, fields=[PROBLEM], department_id=self.department, **terms
        )['id']
        return identity

    @cached_property
    def house(self) -> str:
        """The only building."""
        address = 'г. Тверь, ул. Мира, 5'
        identity: str = self.made('buildings', name='ул. Мира, 5', address=address)['id']
        return identity

    def resident(self, surname: str, given_name: str, flat: str = '12') -> Resident:
        """The owner of a flat in the house."""
        phone = next(PHONES)
        client = self.made('clients', surname=surname, given_name=given_name, phone=phone)['id']
        premises = self.made('premises', building_id=self.house, number=flat)['id']
        self.made(f'clients/{client}/premises', premises_id=premises, right='owner')
        resident = Resident(self, client, f'{surname} {given_name}', phone)
        resident.flat = premises
        return resident

    # -- time ----------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The time on the local clock."""
        return datetime.fromisoformat(self.http.get(f'{self.runtime.api}/_local/clock').json()['now'])

    def passes(self, until: datetime | str | None = None, **span: float) -> None:
        """It is later, and the minute's sweep has run."""
        if isinstance(until, str):
            until = datetime.fromisoformat(until)
        ahead = timedelta(**span) if until is None else until - self.now()
        self.runtime.advance(max(0.0, ahead.total_seconds()))

    # -- what the world shows --------------------------------------------------------------------------

    def executions(self, machine: str, number: int) -> dict[str, str]:
        """What becomes of the machine's executions for the request: status by name."""
        steps = cloud(self.runtime, 'stepfunctions', self.runtime.endpoint)
        arn = self.runtime.settings[f'{machine.upper()}_MACHINE']
        found = steps.list_executions(stateMachineArn=arn)['executions']
        return {one['name']: one['status'] for one in found if one['name'].startswith(f'{self.id}-{number}-')}

    @cached_property
    def _porter(self) -> Employee:
        return self.hires('Вахтёр Василий', 'dispatcher')

    @cached_property
    def _bell(self) -> str:
        # In work from the first: the numbers of new requests stay what the journey made them.
        return self.offers('Звонок', kind='appointment', is_offered_to_residents=False)

    def settles(self) -> None:
        """Everything that has happened so far was told to whom it concerns: what is not there will not come.

        The stream keeps its order: once a later event is told, those before it stand in queues at most.
        """
        porter = self._porter
        wanted = {'offering_id': self._bell, 'building_id': self.house, 'form': {'problem': 'Динь'}}
        number = self.made('requests', channel='internal', **wanted)['number']
        eventually(lambda: porter.notices(number))
        sqs = cloud(self.runtime, 'sqs', self.runtime.endpoint)
        eventually(lambda: not _waiting(sqs), lambda: f'still in queues: {_waiting(sqs)}')


def _waiting(sqs: Any) -> dict[str, list[int]]:
    """Messages to be taken and taken, by queue; queues of dead letters and empty ones left out."""
    names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
    waiting = {}
    for url in sqs.list_queues()['QueueUrls']:
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)['Attributes']
        counts = [int(attributes[name]) for name in names]
        if 'DeadLetter' not in url and any(counts):
            waiting[url.rsplit('/', 1)[-1]] = counts
    return waiting
