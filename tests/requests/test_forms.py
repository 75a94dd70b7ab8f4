"""What an order form is answered with: files that the request keeps, and what may be corrected later."""

import pytest

from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model.offering import MOST_FILE_FIELDS
from chalicelib.clients.service import homes
from chalicelib.files import service as files
from chalicelib.files.model import Purpose
from tests.make import catalogue as make_catalogue
from tests.make import files as make_files
from tests.requests.conftest import OWN, STAFF, history

NAME = 'кран.jpg'


@pytest.fixture
def photographed(house):
    """What is ordered with a photo."""
    fields = (make_catalogue.form_field('photo', label='Фото', kind='file'),)
    house.offerings['photographed'] = make_catalogue.offering(name='Кран', fields=fields).id
    return house.offerings['photographed']


def own(house, offering_id, file_id):
    """The body of an order of the resident."""
    return {'offering_id': offering_id, 'premises_id': house.flat, 'form': {'photo': file_id}}


@pytest.mark.proves('REQ-006', 'REQ-056')
def test_the_photo_of_a_resident_is_the_requests_and_both_sides_open_it(house, call, photographed, time):
    file = make_files.clean(house.resident, Purpose.CHAT)
    number = call('POST', OWN, own(house, photographed, file.id), by=house.resident).json_body['number']
    time.advance(hours=48)
    files.sweep()
    assert make_files.kept(file.id).owner == f'requests/{number}/form'
    for place, by in ((OWN, house.resident), (STAFF, house.dispatcher)):
        [answer] = call('GET', f'{place}/{number}', by=by).json_body['form']
        assert (answer['label'], answer['value'], answer['file']['name']) == ('Фото', file.id, NAME)
        assert answer['file']['links']['file'].startswith('https://')


@pytest.mark.parametrize(
    'sent, code',
    [
        (lambda house: 'photos/1', 'FileNotFound'),
        (lambda house: make_files.clean(house.dispatcher, Purpose.CHAT).id, 'FileNotFound'),
        (lambda house: make_files.clean(house.resident, Purpose.DOCUMENT).id, 'FileWrongPurpose'),
    ],
)
def test_what_is_no_file_of_the_sender_is_not_taken_for_a_photo(house, call, photographed, sent, code):
    refused = call('POST', OWN, own(house, photographed, sent(house)), by=house.resident)
    assert [(one['path'], one['code']) for one in refused.json_body['errors']] == [('body.form.photo', code)]


def test_a_photo_belongs_to_one_request(house, call, photographed):
    body = own(house, photographed, make_files.clean(house.resident, Purpose.CHAT).id)
    answers = [call('POST', OWN, body, by=house.resident) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 409]


@pytest.mark.proves('REQ-083')
def test_another_photo_takes_the_place_of_the_first_also_under_its_name(house, call, photographed):
    first = make_files.clean(house.resident, Purpose.CHAT)
    number = call('POST', OWN, own(house, photographed, first.id), by=house.resident).json_body['number']
    second = make_files.clean(house.dispatcher)
    path = f'{STAFF}/{number}'
    same = call('PATCH', path, {'form': {'photo': first.id}}, by=house.dispatcher)
    assert (same.status_code, same.json_body['version']) == (200, 1)
    edited = call('PATCH', path, {'form': {'photo': second.id}}, by=house.dispatcher)
    assert edited.json_body['form'][0]['file']['name'] == NAME
    assert [make_files.kept(one.id).is_released for one in (first, second)] == [True, False]
    assert history(call, house, number)[-1]['details']['changes'] == {'form.photo': [NAME, NAME]}
    call('PATCH', path, {'form': {}}, by=house.dispatcher)
    assert make_files.kept(second.id).is_released


@pytest.mark.proves('REQ-079', 'REQ-083')
def test_what_was_ordered_can_be_corrected_after_the_service_was_archived_and_the_client_moved_out(
    house, call, ordered
):
    number = ordered('meters', form={'meters': 3})
    catalogue.archive(house.offerings['meters'], by=house.dispatcher)
    homes.unsettle(house.client, house.flat, by=house.dispatcher)
    path = f'{STAFF}/{number}'
    edited = call('PATCH', path, {'form': {'meters': 2}}, by=house.dispatcher)
    assert (edited.status_code, edited.json_body['form'][0]['value']) == (200, 2)
    moved = {'building_id': house.other_building, 'premises_id': house.other_flat}
    for change, code in ((moved, 'ClientNotInPremises'), (moved | {'client_id': None}, 'CustomerNeeded')):
        refused = call('PATCH', path, change, by=house.dispatcher)
        assert refused.json_body['code'] == code
    guest = {'building_id': house.other_building, 'unregistered': {'name': 'Прохожий'}}
    refused = call('PATCH', path, guest, by=house.dispatcher)
    assert refused.json_body['code'] == 'OfferingNotAvailable'


@pytest.mark.proves('REQ-056')
def test_an_order_brings_as_many_photos_as_its_form_asks_for(house, call):
    codes = [f'photo_{number}' for number in range(MOST_FILE_FIELDS)]
    fields = tuple(make_catalogue.form_field(code, label=code, kind='file') for code in codes)
    offering_id = make_catalogue.offering(name='Стена', fields=fields).id

    def photos(by, purpose):
        return {code: make_files.clean(by, purpose).id for code in codes}

    first, second = photos(house.resident, Purpose.CHAT), photos(house.dispatcher, Purpose.DOCUMENT)
    body = {'offering_id': offering_id, 'premises_id': house.flat, 'form': first}
    number = call('POST', OWN, body, by=house.resident).json_body['number']
    assert {make_files.kept(one).owner for one in first.values()} == {f'requests/{number}/form'}
    assert call('PATCH', f'{STAFF}/{number}', {'form': second}, by=house.dispatcher).status_code == 200
    assert all(make_files.kept(one).is_released for one in first.values())
    assert {make_files.kept(one).owner for one in second.values()} == {f'requests/{number}/form'}
