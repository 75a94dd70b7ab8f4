"""Tasks and checklists under many hands: one reminder each, ticks that agree with the request."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as requests
from chalicelib.requests.model.status import Mark
from chalicelib.tasks import repository, service
from chalicelib.tasks.model.checklists import OfferingChecklist
from chalicelib.tasks.model.task import TasksQuery, TaskTab
from chalicelib.tasks.repository.rows import TaskRow
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, Said, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import watched
from tests.make import tasks as make

TASKS = '/v1/staff/tasks'


def due(desk: Desk, count: int) -> list[str]:
    """So many tasks that are to be reminded of now."""
    with clock.stopped(clock.now() - timedelta(days=2)):
        return [make.task(desk.dispatcher, desk.crew[0].id).id for _ in range(count)]


def reminders(task_id: str) -> int:
    """How often it was announced that the task is due soon."""
    rows = TaskRow.query(f'{ORGANISATION}#task#{task_id}', TaskRow.sk.startswith('event#'))
    return sum('TaskDeadlineNear' in (row.body or '') for row in rows)


@pytest.mark.proves('SLA-012')
def test_three_clocks_at_once_remind_of_each_task_once(desk):
    ids = due(desk, 40)
    told = at_once([service.sweep] * 3)
    assert sum(told) == 40
    assert service.sweep() == 0
    assert {reminders(one) for one in ids} == {1}


def test_a_reminder_takes_two_calls_and_the_clock_one_a_shard(desk):
    due(desk, 10)
    with watched() as seen:
        assert service.sweep() == 10
    assert Counter(seen.calls) == {
        'GetItem': 10, 'TransactWriteItems': 10, 'Query': repository.SHARDS,
    }  # fmt: skip


def test_whoever_ticks_at_once_in_two_checklists_the_request_knows_whether_an_item_is_open(desk):
    number = desk.create()
    for _ in range(2):
        lists = make.checklist(number, desk.dispatcher, items=('Раз', 'Два', 'Три')).items
    places = [f'{one.id}/items/{item.id}' for one in lists for item in one.items]

    def tick(place: str, is_done: bool) -> Callable[[], Said]:
        path = f'{REQUESTS}/{number}/checklists/{place}'
        return lambda: call('PATCH', path, {'is_done': is_done}, token=desk.token)

    for is_done in (True, False, True):
        assert {said.status for said in at_once([tick(place, is_done) for place in places])} == {200}
        shown = call('GET', f'{REQUESTS}/{number}/checklists', token=desk.token).body
        assert shown['done'] == (6 if is_done else 0)
        request = dynamo.get(requests.reading(ORGANISATION, number))
        assert (Mark.CHECKLIST_OPEN in request.marks) is not is_done


@pytest.fixture
def bringing(desk):
    """The offering brings a checklist of two items."""
    wanted = OfferingChecklist(checklist_template_id=make.template(desk.dispatcher).id)
    service.choose(desk.offering, wanted, by=desk.dispatcher)


@pytest.mark.usefixtures('bringing')
def test_of_many_who_bring_a_checklist_at_once_one_does_and_what_is_ticked_meanwhile_stays(desk):
    number = desk.create()
    own = make.checklist(number, desk.dispatcher, items=('Раз', 'Два', 'Три')).items[0]

    def bring() -> None:
        with suppress(ChangedMeanwhile):  # the message comes again
            service.bring(ORGANISATION, number)

    def tick(item: str) -> Callable[[], object]:
        path = f'{REQUESTS}/{number}/checklists/{own.id}/items/{item}'
        return lambda: call('PATCH', path, {'is_done': True}, token=desk.token)

    at_once([*[bring] * 6, *(tick(item.id) for item in own.items)])
    bring()
    shown = call('GET', f'{REQUESTS}/{number}/checklists', token=desk.token).body
    assert [(one['author'], one['done'], one['total']) for one in shown['items']] == [
        (desk.dispatcher.name, 3, 3), (None, 0, 2),
    ]  # fmt: skip
    request = dynamo.get(requests.reading(ORGANISATION, number))
    assert (request.checklist_asked_at, Mark.CHECKLIST_OPEN in request.marks) == (None, True)
    rows = TaskRow.query(f'{ORGANISATION}#{number}', TaskRow.sk.startswith('event#'))
    assert sum('ChecklistAdded' in (row.body or '') for row in rows) == 2


@pytest.mark.usefixtures('bringing')
def test_a_checklist_of_the_offering_costs_its_request_no_call_and_is_brought_by_four(desk):
    with watched() as seen:
        number = desk.create()
    assert len(seen.calls) == AUTHENTICATION + 3
    for expected in ({'GetItem': 3, 'TransactWriteItems': 1}, {'GetItem': 1}):
        with watched() as seen:
            service.bring(ORGANISATION, number)
        assert Counter(seen.calls) == expected


def test_what_tasks_and_checklists_cost(desk):
    number = desk.create()
    due(desk, 3)
    body = {'title': 'Раз', 'executor_id': desk.crew[0].id, 'due_at': '2099-01-01T00:00:00Z'}
    one = make.checklist(number, desk.dispatcher).items[0]
    item = f'{REQUESTS}/{number}/checklists/{one.id}/items/{one.items[0].id}'
    for calls, method, path, given in (
        (1, 'GET', f'{TASKS}?tab=all&limit=2', None),
        (1, 'GET', f'{TASKS}?tab=all&overdue=true&executor_id={desk.crew[0].id}', None),
        (1, 'GET', TASKS, None),
        (2, 'GET', f'{REQUESTS}/{number}/tasks', None),
        (2, 'POST', TASKS, body),
        (3, 'POST', f'{REQUESTS}/{number}/tasks', body),
        (2, 'GET', f'{REQUESTS}/{number}/checklists', None),
        (3, 'PATCH', item, {'is_done': True}),
    ):
        with watched() as seen:
            assert call(method, path, given, token=desk.token).status in (200, 201)
        assert len(seen.calls) == AUTHENTICATION + calls, (method, path, seen.calls)


def test_who_sees_some_places_only_reads_a_page_in_two_calls(desk):
    for number in (desk.create(), desk.create()):
        make.task(desk.dispatcher, desk.crew[0].id, number)
    bounded = replace(desk.dispatcher, id='bounded', scope=Scope(frozenset({desk.building})))
    with watched() as seen:
        assert len(service.list_tasks(TasksQuery(tab=TaskTab.ALL), by=bounded).items) >= 2
    assert Counter(seen.calls) == {'Query': 1, 'BatchGetItem': 1}
    elsewhere = replace(bounded, scope=Scope(frozenset({'elsewhere'})))
    shown = service.list_tasks(TasksQuery(tab=TaskTab.ALL, limit=100), by=elsewhere).items
    assert [one for one in shown if one.number is not None] == []
