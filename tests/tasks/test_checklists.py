"""Checklists: added from templates or by hand, ticked, counted, and where it is so asked, finished first."""

from dataclasses import replace

import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import repository as requests_repository
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest, Start, Step
from chalicelib.requests.model.status import Mark
from chalicelib.staff.model import Permission
from chalicelib.tasks import service
from chalicelib.tasks.model.checklists import ItemChanges
from chalicelib.tasks.rules import checking
from chalicelib.tasks.service import templating
from tests.make import catalogue as make_catalogue
from tests.make import tasks as make
from tests.requests.conftest import acting
from tests.tasks.conftest import REQUESTS, announced, noted

TEMPLATES = '/v1/staff/checklist-templates'


@pytest.fixture
def strict(house):
    """A request in work of an offering that is strict about checklists."""
    offering = make_catalogue.offering(name='Приёмка', is_checklist_strict=True)
    new = NewOwnRequest(offering_id=offering.id, premises_id=house.flat)
    made = requests.order_own(new, by=house.resident).number
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    requests.start(made, crew, by=house.dispatcher)
    return made


def path(number, tail=''):
    return f'{REQUESTS}/{number}/checklists{tail}'


def tick(call, number, one, place, is_done=True, by=None):
    item = one['items'][place]['id']
    said = call('PATCH', path(number, f'/{one["id"]}/items/{item}'), {'is_done': is_done}, by=by)
    assert said.status_code == 200, said.json_body
    return said.json_body


def kept(number):
    return dynamo.get(requests_repository.reading('demo', number))


def has_mark(number):
    return Mark.CHECKLIST_OPEN in kept(number).marks


@pytest.mark.proves('REQ-071', 'REQ-145')
def test_a_checklist_from_a_template_shows_who_ticked_what_and_how_far_it_is(house, call, number):
    template = call('POST', TEMPLATES, {'name': 'Приёмка', 'items': ['Убрать', 'Показать']}).json_body
    said = call('POST', path(number), {'checklist_template_id': template['id']})
    assert said.status_code == 201, said.json_body
    [one] = said.json_body['items']
    assert (one['name'], [item['text'] for item in one['items']]) == ('Приёмка', ['Убрать', 'Показать'])
    assert (one['done'], one['total'], one['author']) == (0, 2, 'Диспетчер Дарья')
    call('DELETE', f'{TEMPLATES}/{template["id"]}')
    plumber = acting(house.crew[0], Permission.REQUESTS_EDIT)
    shown = tick(call, number, one, 1, by=plumber)
    assert (shown['done'], shown['total'], shown['version']) == (1, 2, 2)
    first, second = shown['items'][0]['items']
    assert (first['is_done'], first['done_by'], first['done_at']) == (False, None, None)
    assert (second['is_done'], second['done_by'], second['done_by_id'], second['done_at']) == (
        True, 'Слесарь 0', house.crew[0].id, '2026-11-23T09:00:00.000Z',
    )  # fmt: skip
    assert call('GET', path(number)).json_body == shown
    again = tick(call, number, one, 1)
    assert again == shown  # who has ticked it stays
    types = [event['type'] for event in announced('ChecklistAdded', 'ChecklistItemTicked')]
    assert types == ['ChecklistAdded', 'ChecklistItemTicked']


def test_a_request_without_checklists_has_an_empty_tab(call, number):
    assert call('GET', path(number)).json_body == {
        'items': [], 'done': 0, 'total': 0, 'is_awaited': False, 'version': 0,
    }  # fmt: skip


@pytest.mark.proves('REQ-145')
def test_a_strict_request_is_not_completed_while_an_item_is_open(house, call, strict):
    [one] = call('POST', path(strict), {'name': 'Своё', 'items': ['Раз', 'Два']}).json_body['items']
    refused = call('POST', f'{REQUESTS}/{strict}/complete', {})
    assert (refused.status_code, refused.json_body['code']) == (422, 'ChecklistOpen')
    tick(call, strict, one, 0)
    assert call('POST', f'{REQUESTS}/{strict}/complete', {}).json_body['code'] == 'ChecklistOpen'
    tick(call, strict, one, 1)
    tick(call, strict, one, 1, is_done=False)
    assert call('POST', f'{REQUESTS}/{strict}/complete', {}).json_body['code'] == 'ChecklistOpen'
    tick(call, strict, one, 1)
    assert call('POST', f'{REQUESTS}/{strict}/complete', {}).json_body['status']['code'] == 'done'


def test_other_offerings_do_not_ask(house, call, number):
    make.checklist(number, house.dispatcher)
    assert has_mark(number)
    assert call('POST', f'{REQUESTS}/{number}/complete', {}).json_body['status']['code'] == 'done'


def test_a_strict_request_without_checklists_is_completed(call, strict):
    assert call('POST', f'{REQUESTS}/{strict}/complete', {}).json_body['status']['code'] == 'done'


def test_the_request_knows_of_open_items_in_any_checklist_and_is_touched_no_oftener(house, call, number):
    before = kept(number)
    first, second = make.checklist(number, house.dispatcher).items[0], None
    second = make.checklist(number, house.dispatcher, name='Другой').items[1]
    lists = {one['id']: one for one in call('GET', path(number)).json_body['items']}
    version = kept(number).version
    tick(call, number, lists[first.id], 0)
    assert kept(number).version == version
    tick(call, number, lists[first.id], 1)
    assert (kept(number).version, has_mark(number)) == (version + 1, True)
    assert call('DELETE', path(number, f'/{second.id}')).status_code == 204
    assert not has_mark(number)
    tick(call, number, lists[first.id], 0, is_done=False)
    assert has_mark(number)
    assert kept(number).updated_at == before.updated_at
    told = [(one['name'], one['what']) for one in noted(call, number, 'ChecklistNoted')]
    assert told == [
        ('Приёмка работ', 'added'), ('Другой', 'added'), ('Приёмка работ', 'finished'),
        ('Другой', 'removed'), ('Приёмка работ', 'reopened'),
    ]  # fmt: skip
    assert [one['is_set'] for one in noted(call, number, 'RequestMarked')] == [True, False, True]


def prepared(act):
    """The writes of a deed that has judged and not been sent yet."""
    with dynamo.unit_of_work() as unit:
        act()
        return list(unit.writes)


def test_of_two_last_ticks_in_two_checklists_at_once_one_is_judged_again(house, number):
    for name in ('Первый', 'Второй'):
        lists = make.checklist(number, house.dispatcher, name=name, items=('Одно',)).items
    ticks = [
        prepared(
            lambda one=one: service.tick(
                number, one.id, one.items[0].id, ItemChanges(is_done=True), by=house.dispatcher
            )
        )
        for one in lists
    ]
    dynamo.send(ticks[0])
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(ticks[1])
    assert has_mark(number)


def test_a_completion_and_a_tick_taken_back_at_once_do_not_both_happen(house, strict):
    [one] = make.checklist(strict, house.dispatcher, items=('Одно',)).items
    place = (strict, one.id, one.items[0].id)
    service.tick(*place, ItemChanges(is_done=True), by=house.dispatcher)
    done = prepared(lambda: requests.complete(strict, Step(), by=house.dispatcher))
    service.tick(*place, ItemChanges(is_done=False), by=house.dispatcher)
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(done)


@pytest.mark.parametrize(
    'body',
    [{}, {'name': 'Без пунктов'}, {'items': ['Без названия']}, {'name': 'Пусто', 'items': []},
     {'name': 'Много', 'items': ['я'] * 31}, {'name': 'Пустой пункт', 'items': [' ']},
     {'checklist_template_id': 'some', 'name': 'Оба', 'items': ['Раз']}],
)  # fmt: skip
def test_what_is_no_checklist_is_not_added(call, number, body):
    assert call('POST', path(number), body).json_body['code'] == 'NotDecent'


def test_ten_checklists_are_the_most_and_what_is_not_there_is_not_found(house, call, number):
    for _ in range(checking.MOST_CHECKLISTS):
        lists = make.checklist(number, house.dispatcher)
    full = call('POST', path(number), {'name': 'Ещё', 'items': ['Раз']})
    assert (full.status_code, full.json_body['code']) == (409, 'TooManyChecklists')
    one = lists.items[0]
    for tail in ('/other/items/1', f'/{one.id}/items/other'):
        said = call('PATCH', path(number, tail), {'is_done': True})
        assert (said.status_code, said.json_body['code']) == (404, 'ChecklistNotFound')
    assert call('DELETE', path(number, '/other')).status_code == 404
    place = path(number, f'/{one.id}/items/{one.items[0].id}')
    assert call('PATCH', place, {}).headers['ETag'] == '"10"'
    assert call('PATCH', place, {'is_done': True}, if_match='"9"').status_code == 412
    unknown = call('POST', path(number), {'checklist_template_id': 'some'})
    assert unknown.json_body['code'] in ('ChecklistTemplateNotFound', 'TooManyChecklists')


@pytest.mark.proves('REQ-143', 'AMB-94')
def test_who_may_not_edit_reads_and_who_does_not_see_the_request_finds_nothing(house, call, number):
    one = make.checklist(number, house.dispatcher).items[0]
    reader = acting(house.crew[1], Permission.REQUESTS_VIEW)
    place = path(number, f'/{one.id}/items/{one.items[0].id}')
    body = {'name': 'Своё', 'items': ['Раз']}
    assert call('GET', path(number), by=reader).status_code == 200
    assert call('POST', path(number), body, by=reader).status_code == 403
    assert call('PATCH', place, {'is_done': True}, by=reader).status_code == 403
    assert call('DELETE', path(number, f'/{one.id}'), by=reader).status_code == 403
    elsewhere = replace(house.dispatcher, id='some', scope=Scope(frozenset({house.other_building})))
    for by in (elsewhere, replace(house.dispatcher, organisation='other')):
        assert call('GET', path(number), by=by).status_code == 404
        assert call('PATCH', place, {'is_done': True}, by=by).status_code == 404
    assert call('GET', path(number), by=house.resident).status_code == 401


def test_templates_are_kept_by_their_version_and_are_bounded(house, call, monkeypatch):
    first, second = (make.template(house.dispatcher, name=name) for name in ('Первый', 'Второй'))
    place = f'{TEMPLATES}/{first.id}'
    changed = call('PATCH', place, {'items': ['Одно']}, if_match='"1"')
    assert (changed.json_body['name'], changed.json_body['items']) == ('Первый', ['Одно'])
    assert call('PATCH', place, {'name': 'Ещё'}, if_match='"1"').status_code == 412
    assert call('PATCH', place, {}).headers['ETag'] == '"2"'
    assert [line['id'] for line in call('GET', TEMPLATES).json_body['items']] == [first.id, second.id]
    monkeypatch.setattr(templating, 'MOST_TEMPLATES', 2)
    full = call('POST', TEMPLATES, {'name': 'Третий', 'items': ['Раз']})
    assert (full.status_code, full.json_body['code']) == (422, 'TooManyChecklistTemplates')
    assert call('DELETE', f'{TEMPLATES}/{second.id}').status_code == 204
    assert call('GET', f'{TEMPLATES}/{second.id}').json_body['code'] == 'ChecklistTemplateNotFound'
    reader = acting(house.crew[0], Permission.REQUESTS_EDIT)
    assert call('PATCH', place, {}, by=reader).json_body['code'] == 'PermissionMissing'
