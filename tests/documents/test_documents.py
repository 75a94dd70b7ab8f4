"""Documents: attached by whoever sees the request, fifteen at most, unknown to residents."""

from dataclasses import replace

import pytest

from chalicelib.documents.repository import MOST_DOCUMENTS, DocumentRow
from chalicelib.files import service as files_service
from chalicelib.files.model import FileStatus, Purpose
from chalicelib.files.rules.kinds import Kind
from chalicelib.kit.caller import ClientKind, Scope
from chalicelib.kit.operations import operations
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Step
from tests.documents.conftest import REQUESTS, announced, path
from tests.make import documents as make
from tests.make import files as make_files
from tests.requests.conftest import acting


def attach(call, number, file, by=None, **headers):
    return call('POST', path(number), {'file_id': file.id}, by=by, **headers)


def listed(call, number, by=None):
    said = call('GET', path(number), by=by)
    assert said.status_code == 200, said.json_body
    return said.json_body


@pytest.mark.proves('DOC-003', 'DOC-004', 'DOC-005')
def test_an_attached_file_is_listed_with_links_to_it_and_to_its_small_picture(house, call, number, time):
    file = make_files.clean(house.dispatcher)
    said = attach(call, number, file)
    assert said.status_code == 201, said.json_body
    time.advance(minutes=1)
    second = make.document(number, house.dispatcher, content_type=Kind.PDF, thumbnail_key=None)
    shown = listed(call, number)
    assert [one['id'] for one in shown['items']] == [file.id, second.id]
    assert shown['room'] == 13
    first, other = shown['items']
    assert (first['name'], first['size'], first['content_type']) == ('кран.jpg', file.size, 'image/jpeg')
    assert (first['author'], first['at']) == ('Диспетчер Дарья', '2026-11-23T09:00:00.000Z')
    assert f'/{file.key}?' in first['links']['file']
    assert f'/{file.thumbnail_key}?' in first['links']['thumbnail']
    assert (other['content_type'], other['links']['thumbnail']) == ('application/pdf', None)


@pytest.mark.proves('DOC-002')
@pytest.mark.parametrize('kind', list(Kind))
def test_a_file_of_any_kind_is_taken(house, call, number, kind):
    assert attach(call, number, make_files.clean(house.dispatcher, content_type=kind)).status_code == 201


@pytest.mark.proves('DOC-001', 'AMB-42')
def test_fifteen_are_taken_and_the_sixteenth_is_not_until_one_is_deleted(house, call, number):
    for _ in range(MOST_DOCUMENTS):
        last = make.document(number, house.dispatcher)
    file = make_files.clean(house.dispatcher)
    said = attach(call, number, file)
    assert (said.status_code, said.json_body['code']) == (409, 'TooManyDocuments')
    assert make_files.kept(file.id).owner is None
    assert (len(listed(call, number)['items']), listed(call, number)['room']) == (15, 0)
    assert call('DELETE', f'{path(number)}/{last.id}').status_code == 204
    assert attach(call, number, file).status_code == 201
    assert len(listed(call, number)['items']) == 15


@pytest.mark.proves('DOC-006', 'DOC-007', 'DOC-008', 'AMB-42')
def test_any_employee_of_either_program_sees_and_deletes_what_another_attached(house, call, number):
    plumber = acting(house.crew[0], client=ClientKind.STAFF_APP)
    document = make.document(number, plumber)
    assert [one['author'] for one in listed(call, number)['items']] == ['Слесарь 0']
    assert call('DELETE', f'{path(number)}/{document.id}').status_code == 204
    assert listed(call, number, by=plumber) == {'items': [], 'room': 15}
    again = call('DELETE', f'{path(number)}/{document.id}')
    assert (again.status_code, again.json_body['code']) == (404, 'DocumentNotFound')
    kinds = [(told.type, told.event['by']['name']) for told in announced()]
    assert kinds == [('DocumentAttached', 'Слесарь 0'), ('DocumentDeleted', 'Диспетчер Дарья')]


@pytest.mark.proves('DOC-007')
def test_a_plumber_named_in_the_request_needs_no_other_right(house, call, number):
    plumber = replace(acting(house.crew[0]), permissions=frozenset())
    file = make_files.clean(plumber)
    assert attach(call, number, file, by=plumber).status_code == 201
    assert attach(call, number, make_files.clean(acting(house.crew[1])), by=plumber).status_code == 404
    stranger = replace(acting(house.crew[1]), permissions=frozenset())
    assert attach(call, number, make_files.clean(stranger), by=stranger).status_code == 404


def test_a_file_attached_twice_is_there_once(house, call, number):
    file = make_files.clean(house.dispatcher)
    first, again = attach(call, number, file), attach(call, number, file)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json_body['id'] == again.json_body['id']
    assert listed(call, number)['room'] == 14
    assert len(announced()) == 1


def test_a_file_of_one_request_is_not_attached_to_another(house, call, number):
    file = make_files.clean(house.dispatcher)
    attach(call, number, file)
    other = call('POST', REQUESTS, house.order()).json_body['number']
    said = attach(call, other, file)
    assert (said.status_code, said.json_body['code']) == (409, 'FileBelongsToAnother')
    assert said.json_body['errors'][0]['path'] == 'body.file_id'
    assert listed(call, other)['items'] == []


@pytest.mark.proves('DOC-011')
def test_a_file_of_the_chat_is_no_document(house, call, number):
    file = make_files.clean(house.dispatcher, Purpose.CHAT)
    said = attach(call, number, file)
    assert (said.status_code, said.json_body['code']) == (422, 'FileWrongPurpose')
    assert listed(call, number)['items'] == []


def test_a_file_of_somebody_else_is_not_there(house, call, number):
    for file in (
        make_files.clean(make_files.sender()),
        make_files.clean(replace(house.dispatcher, organisation='other')),
    ):
        said = attach(call, number, file)
        assert (said.status_code, said.json_body['code']) == (404, 'FileNotFound')
    assert [row.sk for row in DocumentRow.scan()] == []


@pytest.mark.parametrize(
    ('status', 'code'),
    [('awaiting', 'FileNotUploaded'), ('uploaded', 'FileUnchecked'), ('infected', 'FileInfected'),
     ('uncheckable', 'FileUncheckable')],
)  # fmt: skip
def test_what_is_not_clean_is_not_attached(house, call, number, status, code):
    file = make_files.clean(house.dispatcher, status=FileStatus(status))
    assert attach(call, number, file).json_body['code'] == code
    assert [row.sk for row in DocumentRow.scan()] == []


@pytest.mark.parametrize(
    'body', [{}, {'file_id': ''}, {'file_id': 'a/b'}, {'file_id': 7}, {'file_id': 'a', 'x': 1}]
)
def test_what_names_no_file_is_refused(call, number, body):
    assert call('POST', path(number), body).status_code == 400


def test_the_same_key_attaches_once(house, call, number):
    file, key = make_files.clean(house.dispatcher), {'Idempotency-Key': 'one'}
    first, again = attach(call, number, file, **key), attach(call, number, file, **key)
    assert first.json_body == again.json_body
    assert again.headers['Idempotency-Replayed'] == 'true'


@pytest.mark.proves('DOC-009', 'REQ-149')
def test_a_resident_finds_no_document_and_no_trace_of_one(house, call, number):
    document = make.document(number, house.dispatcher)
    assert call('GET', path(number), by=house.resident).status_code == 401
    assert call('DELETE', f'{path(number)}/{document.id}', by=house.resident).status_code == 401
    seen = call('GET', f'/v1/resident/requests/{number}', by=house.resident).body.decode()
    assert document.id not in seen
    assert 'document' not in seen
    doors = [one.path for one in operations() if one.audience == 'resident' and 'document' in one.path]
    assert doors == []


@pytest.mark.proves('AMB-94')
def test_the_documents_of_a_request_of_another_place_are_not_there(house, call, number):
    document = make.document(number, house.dispatcher)
    elsewhere = replace(house.dispatcher, scope=Scope(frozenset({house.other_building})))
    foreign = replace(house.dispatcher, organisation='other')
    for by in (elsewhere, foreign):
        assert call('GET', path(number), by=by).status_code == 404
        assert call('POST', path(number), {'file_id': document.id}, by=by).status_code == 404
        assert call('DELETE', f'{path(number)}/{document.id}', by=by).status_code == 404
    assert len(listed(call, number)['items']) == 1


@pytest.mark.proves('AMB-42')
def test_documents_come_and_go_after_the_request_is_over(house, call, number):
    requests.cancel(number, Step(comment='не нужно'), by=house.dispatcher)
    document = make.document(number, house.dispatcher)
    assert call('DELETE', f'{path(number)}/{document.id}').status_code == 204


@pytest.mark.proves('REQ-006')
def test_a_document_is_kept_until_somebody_deletes_it(house, number, time):
    document = make.document(number, house.dispatcher)
    time.advance(days=3650)
    assert files_service.sweep() == 0
    assert make_files.kept(document.id).owner == f'requests/{number}/documents'
