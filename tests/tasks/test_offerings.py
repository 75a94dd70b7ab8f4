"""The door by which who keeps offerings says which checklist they bring."""

import json

import pytest

from chalicelib.catalogue import repository
from chalicelib.catalogue.repository import CatalogueRow
from chalicelib.kit import dynamo
from chalicelib.staff.model import Permission
from tests.make import catalogue as make_catalogue
from tests.make import tasks as make
from tests.requests.conftest import acting

OFFERINGS = '/v1/staff/offerings'


@pytest.fixture
def template(house):
    return make.template(house.dispatcher)


def test_the_card_shows_what_was_chosen_and_null_takes_it_off(house, call, template):
    offering = make_catalogue.offering()
    place = f'{OFFERINGS}/{offering.id}/checklist'
    said = call('PUT', place, {'checklist_template_id': template.id}, if_match='"1"')
    assert said.status_code == 200, said.json_body
    assert said.json_body == {
        'offering_id': offering.id, 'checklist_template_id': template.id, 'version': 2,
    }  # fmt: skip
    assert said.headers['ETag'] == '"2"'
    again = call('PUT', place, {'checklist_template_id': template.id})
    assert again.json_body == said.json_body
    assert call('PUT', place, {'checklist_template_id': None}, if_match='"1"').status_code == 412
    assert call('PUT', place, {'checklist_template_id': None}).json_body['version'] == 3
    rows = sorted(CatalogueRow.scan(), key=lambda row: row.sk)
    told = [json.loads(row.body)['event'] for row in rows if row.sk.startswith('event#')]
    changes = [one for one in told if one['offering_id'] == offering.id][1:]
    assert [one['fields'] for one in changes] == [['checklist_template_id']] * 2
    assert changes[0]['by']['name'] == 'Диспетчер Дарья'


def test_what_is_not_there_cannot_be_chosen_and_nothing_is_stored(house, call, template):
    offering = make_catalogue.offering()
    place = f'{OFFERINGS}/{offering.id}/checklist'
    unknown = call('PUT', place, {'checklist_template_id': 'some'})
    assert (unknown.status_code, unknown.json_body['code']) == (404, 'ChecklistTemplateNotFound')
    assert unknown.json_body['errors'][0]['path'] == 'body.checklist_template_id'
    assert call('PUT', place, {}).json_body['code'] == 'NotDecent'
    body = {'checklist_template_id': template.id}
    assert call('PUT', f'{OFFERINGS}/some/checklist', body).json_body['code'] == 'OfferingNotFound'
    reader = acting(house.crew[0], Permission.REQUESTS_EDIT)
    assert call('PUT', place, body, by=reader).json_body['code'] == 'PermissionMissing'
    left = dynamo.get(repository.reading_offering('demo', offering.id))
    assert (left.checklist_template_id, left.version) == (None, 1)


def test_an_archived_offering_is_changed_no_more(house, call, template):
    offering = make_catalogue.offering(state='archived')
    said = call('PUT', f'{OFFERINGS}/{offering.id}/checklist', {'checklist_template_id': template.id})
    assert (said.status_code, said.json_body['code']) == (409, 'OfferingNotActive')
