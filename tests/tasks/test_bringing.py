"""An offering brings its checklist to each request of it, once, whatever is doubled, late or lost."""

import json

import pytest

from chalicelib.catalogue.service import set_checklist
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import repository as requests_repository
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Edit, NewOwnRequest, NewRequest, Start
from chalicelib.requests.model.status import Mark
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.requests.rules import bringing
from chalicelib.tasks import service, workers
from chalicelib.tasks.model.checklists import ItemChanges
from chalicelib.tasks.rules import checking
from tests import house as the_house
from tests.make import catalogue as make_catalogue
from tests.make import tasks as make
from tests.tasks.conftest import REQUESTS, announced, noted


@pytest.fixture
def template(house):
    return make.template(house.dispatcher)


@pytest.fixture
def strict(house, template):
    """An offering that is strict about checklists and brings one."""
    made = make_catalogue.offering(name='Приёмка', is_checklist_strict=True)
    return set_checklist(made.id, template.id, by=house.dispatcher)


@pytest.fixture
def number(house, strict):
    """A request of the offering, in work, whose checklist is still to come."""
    return ordered(house, strict)


def ordered(house, offering):
    new = NewOwnRequest(offering_id=offering.id, premises_id=house.flat)
    made = requests.order_own(new, by=house.resident).number
    crew = Start(department_id=house.plumbers, assignee_ids=(house.crew[0].id,))
    requests.start(made, crew, by=house.dispatcher)
    return made


def kept(number):
    return dynamo.get(requests_repository.reading('demo', number))


def awaited(number):
    """What requests have announced of awaited checklists, in order, as it is delivered."""
    rows = sorted(RequestRow.scan(), key=lambda row: row.sk)
    told = [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith('event#')]
    return [one for one in told if one.type == 'ChecklistAwaited' and one.event['number'] == number]


def tab(call, number):
    return call('GET', f'{REQUESTS}/{number}/checklists').json_body


def tick_all(number, by):
    for one in service.list_checklists(number, by=by).items:
        for item in one.items:
            service.tick(number, one.id, item.id, ItemChanges(is_done=True), by=by)


def completed(call, number):
    said = call('POST', f'{REQUESTS}/{number}/complete', {}).json_body
    return said.get('code') or said['status']['code']


def swept(number):
    """What is told again after an hour, brought."""
    requests.sweep()
    for one in awaited(number):
        service.follow(one)


@pytest.mark.proves('REQ-145')
def test_a_strict_request_waits_for_its_checklist_and_is_completed_when_all_is_ticked(house, call, number):
    assert tab(call, number) == {'items': [], 'done': 0, 'total': 0, 'is_awaited': True, 'version': 0}
    assert completed(call, number) == 'ChecklistOpen'
    [news] = awaited(number)
    service.follow(news)
    shown = tab(call, number)
    assert (shown['is_awaited'], shown['total']) == (False, 2)
    [one] = shown['items']
    assert (one['name'], one['author'], one['author_id']) == ('Приёмка работ', None, None)
    assert completed(call, number) == 'ChecklistOpen'
    tick_all(number, house.dispatcher)
    assert completed(call, number) == 'done'
    [added] = announced('ChecklistAdded')
    assert (added['by']['kind'], added['number'], added['total']) == ('system', number, 2)
    assert [one['what'] for one in noted(call, number, 'ChecklistNoted')] == ['added', 'finished']


def test_every_way_of_creating_a_request_asks_for_the_checklist_in_its_transaction(house, strict, template):
    for channel in ('internal', 'incoming_call', 'visit'):
        client = None if channel == 'internal' else house.client
        new = NewRequest(
            channel=channel, offering_id=strict.id, building_id=house.building, premises_id=house.flat,
            client_id=client,
        )  # fmt: skip
        by_staff = requests.order(new, by=house.dispatcher)
        assert by_staff.is_checklist_open
        [news] = awaited(by_staff.number)
        assert news.event['checklist_template_id'] == template.id
        assert news.id.partition('@')[2].startswith('1.')  # beside its creation
    plain = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    other = requests.order_own(plain, by=house.resident)
    assert (other.is_checklist_open, awaited(other.number)) == (False, [])


def test_what_is_told_twice_is_brought_once_and_never_again_after_it_was_removed(house, call, number):
    [news] = awaited(number)
    for _ in range(2):
        service.follow(news)
    [one] = tab(call, number)['items']
    version = kept(number).version
    assert call('DELETE', f'{REQUESTS}/{number}/checklists/{one["id"]}').status_code == 204
    service.follow(news)
    assert tab(call, number)['items'] == []
    assert kept(number).version == version + 1
    assert completed(call, number) == 'done'


def test_a_checklist_of_the_staffs_own_that_is_finished_meanwhile_opens_no_gap(house, call, number):
    make.checklist(number, house.dispatcher, name='Своё', items=('Раз',))
    tick_all(number, house.dispatcher)
    assert Mark.CHECKLIST_OPEN not in kept(number).marks
    assert completed(call, number) == 'ChecklistOpen'
    service.bring('demo', number)
    assert [one['name'] for one in tab(call, number)['items']] == ['Своё', 'Приёмка работ']
    assert completed(call, number) == 'ChecklistOpen'


def test_a_template_that_is_gone_is_awaited_no_longer_and_history_says_so(house, call, number, template):
    service.remove_template(template.id, by=house.dispatcher)
    for news in awaited(number) * 2:
        service.follow(news)
    assert [one['what'] for one in noted(call, number, 'ChecklistNoted')] == ['no_template']
    shown = tab(call, number)
    assert (shown['items'], shown['is_awaited']) == ([], False)
    assert completed(call, number) == 'done'


def test_a_request_with_all_the_checklists_it_can_have_gets_none_and_history_says_so(house, call, number):
    for _ in range(checking.MOST_CHECKLISTS):
        make.checklist(number, house.dispatcher)
    service.bring('demo', number)
    assert noted(call, number, 'ChecklistNoted')[-1]['what'] == 'no_room'
    assert (len(tab(call, number)['items']), tab(call, number)['is_awaited']) == (10, False)
    assert Mark.CHECKLIST_OPEN in kept(number).marks


def test_a_changed_offering_brings_its_own_and_what_is_there_stays(house, call, number, template):
    service.bring('demo', number)
    other = make.template(house.dispatcher, name='Электрика', items=('Раз',))
    electric = make_catalogue.offering(name='Электрик строгий', is_checklist_strict=True)
    set_checklist(electric.id, other.id, by=house.dispatcher)
    first = kept(number).terms.offering_id
    requests.edit(number, Edit(offering_id=electric.id), by=house.dispatcher)
    assert len(awaited(number)) == 2
    for news in awaited(number):  # the first comes again
        service.follow(news)
    assert [one['name'] for one in tab(call, number)['items']] == ['Приёмка работ', 'Электрика']
    tick_all(number, house.dispatcher)
    requests.edit(number, Edit(offering_id=first), by=house.dispatcher)
    assert completed(call, number) == 'ChecklistOpen'  # until it is looked whether it is there
    service.bring('demo', number)
    assert noted(call, number, 'ChecklistNoted')[-1]['what'] == 'kept'
    assert len(tab(call, number)['items']) == 2
    assert completed(call, number) == 'done'


def test_an_offering_of_the_same_name_is_another_and_brings_its_own(house, call, strict):
    namesake = make_catalogue.offering(name=strict.name, is_checklist_strict=True)
    number = ordered(house, namesake)
    requests.edit(number, Edit(offering_id=strict.id), by=house.dispatcher)
    assert noted(call, number, 'RequestEdited') == [{'changes': {'offering': ['Приёмка', 'Приёмка']}}]
    service.bring('demo', number)
    assert [one['name'] for one in tab(call, number)['items']] == ['Приёмка работ']


def test_an_offering_without_a_checklist_ends_the_waiting(house, call, number):
    plain = make_catalogue.offering(name='Без чек-листа', is_checklist_strict=True)
    requests.edit(number, Edit(offering_id=plain.id), by=house.dispatcher)
    assert tab(call, number)['is_awaited'] is False
    for news in awaited(number):
        service.follow(news)
    assert tab(call, number)['items'] == []
    assert completed(call, number) == 'done'


def test_a_request_keeps_the_checklist_it_was_ordered_with(house, call, strict, number):
    other = make.template(house.dispatcher, name='Другой')
    set_checklist(strict.id, other.id, by=house.dispatcher)
    service.bring('demo', number)
    assert [one['name'] for one in tab(call, number)['items']] == ['Приёмка работ']


def test_what_was_lost_is_asked_for_again_by_the_sweep_each_hour_until_it_is_there(house, call, time, number):
    time.move(time.at + bringing.AGAIN_AFTER)
    time.advance(seconds=-1)
    requests.sweep()
    assert len(awaited(number)) == 1
    time.advance(seconds=1)
    requests.sweep()
    assert [one.event['by']['kind'] for one in awaited(number)] == ['resident', 'system']
    requests.sweep()
    assert len(awaited(number)) == 2
    time.move(time.at + bringing.AGAIN_AFTER)
    swept(number)
    assert len(awaited(number)) == 3
    assert len(tab(call, number)['items']) == 1
    time.move(time.at + bringing.AGAIN_AFTER)
    requests.sweep()
    assert len(awaited(number)) == 3


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize('is_written', [False, True])
@pytest.mark.parametrize('deed', ['create', 'edit', 'bring'])
def test_whoever_dies_before_or_after_a_write_leaves_what_the_next_one_ends(
    house, call, time, monkeypatch, strict, deed, is_written
):
    plain = make_catalogue.offering(name='Без чек-листа', is_checklist_strict=True)
    made = [ordered(house, plain if deed == 'edit' else strict)] if deed != 'create' else []
    send = dynamo.send
    writes = []

    def sending(given):
        if is_written:
            send(given)
        writes.append(given)
        raise Killed()

    new = NewOwnRequest(offering_id=strict.id, premises_id=house.flat)
    does = {
        'create': lambda: requests.order_own(new, by=house.resident),
        'edit': lambda: requests.edit(made[0], Edit(offering_id=strict.id), by=house.dispatcher),
        'bring': lambda: service.bring('demo', made[0]),
    }[deed]
    with monkeypatch.context() as patch:
        patch.setattr(dynamo, 'send', sending)
        with pytest.raises(Killed):
            does()
    assert len(writes) == 1  # so there is nothing between a write and the next
    number = made[0] if made else 1
    if not is_written and deed != 'bring':
        if deed == 'create':
            assert dynamo.find(requests_repository.reading('demo', number)) is None
            return
        assert not kept(number).is_checklist_open
        return
    time.move(time.at + bringing.AGAIN_AFTER)
    swept(number)
    assert [one['name'] for one in tab(call, number)['items']] == ['Приёмка работ']
    assert len(announced('ChecklistAdded')) == 1
    assert (kept(number).checklist_asked_at, kept(number).is_checklist_open) == (None, True)


def test_a_change_of_the_request_meanwhile_makes_the_worker_judge_again(house, number):
    with dynamo.unit_of_work() as unit:
        service.bring('demo', number)
        late = list(unit.writes)
        unit.writes.clear()
    make.checklist(number, house.dispatcher)
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(late)
    service.bring('demo', number)
    assert len(service.list_checklists(number, by=house.dispatcher).items) == 2


def test_the_sample_of_the_queue_is_taken_and_a_request_that_is_not_there_comes_again(number, monkeypatch):
    payload = json.loads((the_house.ROOT / 'events/tasks/in/follow.json').read_text())
    record = payload['Records'][0]
    missing = workers.follow(payload, None)
    assert missing == {'batchItemFailures': [{'itemIdentifier': record['messageId']}]}
    body = json.loads(record['body'])
    body['event']['number'] = number
    record['body'] = json.dumps(body)
    assert workers.follow(payload, None) == {'batchItemFailures': []}
    assert kept(number).checklist_asked_at is None
