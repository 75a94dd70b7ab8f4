"""Clients for tests, made through the service; every argument is optional."""

import itertools
from typing import Any

from chalicelib.clients.model import Client, NewClient, NewTenure, Tenure
from chalicelib.clients.repository.rows import ClientRow, pk
from chalicelib.clients.service import homes, people
from chalicelib.kit.caller import Audience, Caller, ClientKind
from tests.make import premises as places

caller = places.caller

_numbers = itertools.count(1)


def phone() -> str:
    """A mobile number nobody else has."""
    return f'+7926{next(_numbers):07d}'


def client(organisation: str = 'demo', **changes: Any) -> Client:
    """A person with a phone who lives nowhere."""
    fields = {
        'surname': 'Иванова',
        'given_name': 'Мария',
        'patronymic': 'Петровна',
        'phone': phone(),
        **changes,
    }
    return people.add(NewClient(**fields), by=caller(organisation))


def tenure(organisation: str = 'demo', client_id: str = '', premises_id: str = '', **changes: Any) -> Tenure:
    """That a client lives in premises; both are made unless given."""
    client_id = client_id or client(organisation).id
    fields = {'premises_id': premises_id or places.premises(organisation).id, 'right': 'owner', **changes}
    return homes.settle(client_id, NewTenure(**fields), by=caller(organisation)).tenure


def with_accounts(of: str, organisation: str = 'demo', **sums: int) -> None:
    """The client's accounts have these sums, `debt_minor` or `advance_minor`: no door of ours says so yet."""
    row = ClientRow.get(pk(organisation, of), 'client')
    body = Client.model_validate_json(row.body or '').model_copy(update=sums)
    row.update([ClientRow.body.set(body.model_dump_json())])


def resident(of: Client, **changes: Any) -> Caller:
    """The client at the door of residents."""
    fields = {'id': of.id, 'name': of.full_name, 'client': ClientKind.RESIDENT_APP, **changes}
    return Caller(of.organisation, Audience.RESIDENT, **fields)
