"""The operations whose cost is promised, each as one call at its door."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chalicelib.clients.model import NewClient, NewTenure
from chalicelib.clients.service import homes, people
from chalicelib.kit import dynamo
from chalicelib.requests import service
from tests.engine.desk import REQUESTS, Desk, Said, call
from tests.engine.watching import Seen, watched

AUTHENTICATION = 1
"""Calls to DynamoDB that every call at a door begins with."""


@dataclass(frozen=True)
class Operation:
    """What is done at a door, and how many calls to DynamoDB it may take beside the authentication."""

    name: str
    most_calls: int
    do: Callable[[Desk, int], Said]
    prepare: Callable[[Desk], int] = field(default=lambda desk: 0)


def _with_crew(desk: Desk) -> int:
    return desk.create(assignee_ids=[desk.crew[0].id])


def _started(desk: Desk) -> int:
    number = _with_crew(desk)
    assert call('POST', f'{REQUESTS}/{number}/start', {}, token=desk.token).status == 200
    return number


def _get(path: str) -> Callable[[Desk, int], Said]:
    return lambda desk, number: call('GET', REQUESTS + path.format(number), token=desk.token)


def _post(path: str, **body: object) -> Callable[[Desk, int], Said]:
    return lambda desk, number: call('POST', REQUESTS + path.format(number), body, token=desk.token)


OPERATIONS = (
    Operation('create', 3, lambda desk, _: call('POST', REQUESTS, desk.order(), token=desk.token)),
    Operation(
        'create with assignees',
        4,
        lambda desk, _: call(
            'POST', REQUESTS, desk.order(assignee_ids=[desk.crew[0].id, desk.crew[1].id]), token=desk.token
        ),
    ),
    Operation('open the card', 2, _get('/{}'), _with_crew),
    Operation('list: new', 1, _get('?tab=new')),
    Operation('list: all', 1, _get('?tab=all')),
    Operation('list: mine', 1, _get('?tab=mine')),
    Operation('count the new', 1, _get('/counters')),
    Operation('history', 2, _get('/{}/history'), _with_crew),
    Operation('start', 2, _post('/{}/start'), _with_crew),
    Operation('suspend', 2, _post('/{}/suspend', resume_until='2099-01-01', comment='Ждём деталь'), _started),
    Operation('complete', 2, _post('/{}/complete'), _started),
    Operation('cancel', 2, _post('/{}/cancel', comment='Не нужно'), _with_crew),
)


def _narrowed(query: str) -> Callable[[Desk, int], Said]:
    def do(desk: Desk, number: int) -> Said:
        asked = query.format(offering=desk.offering, client=desk.client, building=desk.building)
        return call('GET', f'{REQUESTS}?{asked}', token=desk.token)

    return do


RARE = 'Ячменёва'
"""The surname of a client who ordered once."""

NARROWED = (
    Operation('status', 2, _narrowed('tab=all&status=waiting')),
    Operation('service', 2, _narrowed('tab=all&offering_id={offering}')),
    Operation('client', 2, _narrowed('tab=all&client_id={client}')),
    Operation('building, channel', 2, _narrowed('tab=all&building_id={building}&channel=incoming_call')),
    Operation('status, service, building', 2,
              _narrowed('tab=all&status=waiting&offering_id={offering}&building_id={building}')),
    Operation('new: service, period', 3,
              _narrowed('tab=new&offering_id={offering}&created_since=2020-01-01')),
    Operation('search: a surname of all', 2, _narrowed('tab=all&search=Петров')),
    Operation('search: a rare surname', 2, _narrowed(f'tab=all&search={RARE.lower()}')),
    Operation('search: two words', 2, _narrowed('tab=all&search=сантехник мира')),
    Operation('search: a number', 1, _narrowed('tab=all&search=17')),
)  # fmt: skip
"""Pages of lists narrowed by filters and words, sizes of lists being known."""


def order_for_a_rare_client(desk: Desk) -> int:
    """A client whose surname nobody else bears has ordered, and the order can be searched for."""
    by = desk.dispatcher
    client = people.add(NewClient(surname=RARE, given_name='Яна', phone='+79161234599'), by=by).id
    homes.settle(client, NewTenure(premises_id=desk.flat), by=by)
    number = desk.create(client_id=client)
    service.index(dynamo.get(service.reading(by.organisation, number)))
    return number


def measured(desk: Desk, operation: Operation) -> Seen:
    """What one call at the operation's door did to DynamoDB."""
    number = operation.prepare(desk)
    with watched() as seen:
        said = operation.do(desk, number)
    assert said.status in (200, 201), (operation.name, said)
    return seen
