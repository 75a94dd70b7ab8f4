"""What houses above find out, the organisation around a request, and what is the resident's alone."""

import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.premises.model import BuildingChanges, NewArea, Quarter
from chalicelib.premises.service import areas, buildings
from chalicelib.requests import service
from chalicelib.requests.model.status import Mark
from tests.requests.conftest import OWN, STAFF, crew_of, history


def mark(number, which, *, is_set=True):
    request = dynamo.get(service.reading('demo', number))
    dynamo.commit(*service.marking(request, which, is_set=is_set, by=SYSTEM))


@pytest.mark.proves('REQ-081', 'REQ-131')
def test_an_issued_invoice_locks_the_basic_data_until_it_is_withdrawn(house, call, ordered):
    number, change = ordered(), {'offering_id': house.offerings['single']}
    mark(number, Mark.INVOICE_ISSUED)
    locked = call('PATCH', f'{STAFF}/{number}', change, by=house.dispatcher)
    assert (locked.status_code, locked.json_body['code']) == (409, 'EditingLocked')
    mark(number, Mark.INVOICE_ISSUED, is_set=False)
    assert call('PATCH', f'{STAFF}/{number}', change, by=house.dispatcher).status_code == 200
    marked = [entry for entry in history(call, house, number) if entry['type'] == 'RequestMarked']
    assert [(entry['author'], entry['details']['is_set']) for entry in marked] == [
        (None, True),
        (None, False),
    ]


def test_a_mark_judged_on_an_old_version_is_refused(house, ordered, step):
    number = ordered()
    request = dynamo.get(service.reading('demo', number))
    step(number, 'assign', crew_of(house, 0))
    with pytest.raises(ChangedMeanwhile):
        dynamo.commit(*service.marking(request, Mark.INVOICE_ISSUED, is_set=True, by=SYSTEM))


@pytest.mark.proves('REQ-099')
def test_with_its_document_a_strict_offering_is_completed(house, ordered, step):
    number = ordered('strict')
    step(number, 'start', crew_of(house, 0))
    mark(number, Mark.DOCUMENT_ATTACHED)
    assert step(number, 'complete').json_body['status']['code'] == 'done'


@pytest.mark.proves('REQ-075')
def test_the_card_names_the_quarter_and_its_administrators(house, call, ordered):
    quarter = areas.add(
        Quarter, NewArea(name='Мирный', administrator_ids=(house.cleaner.id,)), by=house.dispatcher
    )
    buildings.change(house.building, BuildingChanges(quarter_id=quarter.area.id), by=house.dispatcher)
    card = call('GET', f'{STAFF}/{ordered()}', by=house.dispatcher).json_body
    assert card['organisation']['quarter'] == {
        'id': quarter.area.id, 'name': 'Мирный', 'administrator_ids': [house.cleaner.id],
    }  # fmt: skip


@pytest.mark.proves('REQ-017', 'REQ-019', 'SLA-014')
def test_the_list_is_brief_and_says_until_when_it_is_to_be_done(house, call, ordered, step):
    number = ordered()
    step(number, 'start', crew_of(house, 0))
    [line] = call('GET', f'{STAFF}?tab=all', by=house.dispatcher).json_body['items']
    assert line['execute_until'] == '2026-11-23T13:00:00.000Z'
    assert not {'history', 'form', 'management', 'sla'} & line.keys()


@pytest.mark.proves('REQ-137', 'REQ-134')
def test_employees_cannot_touch_the_residents_rating(house, call, ordered, step):
    number = ordered()
    step(number, 'start', crew_of(house, 0))
    step(number, 'complete')
    call('POST', f'{OWN}/{number}/rate', {'points': 2, 'comment': 'грязно'}, by=house.resident)
    refused = call('POST', f'{OWN}/{number}/rate', {'points': 5}, by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (401, 'TokenForAnotherDoor')
    assert call('PATCH', f'{STAFF}/{number}', {'rating': 5}, by=house.dispatcher).status_code == 400
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['rating']['points'], card['rating']['comment']) == (2, 'грязно')
