"""The operations whose cost is promised, each as one call at its door."""

from collections.abc import Callable
from dataclasses import dataclass, field

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


def measured(desk: Desk, operation: Operation) -> Seen:
    """What one call at the operation's door did to DynamoDB."""
    number = operation.prepare(desk)
    with watched() as seen:
        said = operation.do(desk, number)
    assert said.status in (200, 201), (operation.name, said)
    return seen
