"""A sender asks for a form: for one file, of one size, for an hour, under his organisation."""

import base64
import json

import pytest

from chalicelib.files.repository import FileRow
from chalicelib.files.rules.purposes import LIMITS, MOST_IN_THE_AIR
from tests.files.conftest import OWN, STAFF, announced, in_the_air
from tests.make import files as make

MOST = 41_943_040


def asked(**changes):
    return {'name': 'кран.jpg', 'size': 1000, 'purpose': 'document', **changes}


def policy(form):
    return json.loads(base64.b64decode(form['fields']['policy']))


@pytest.mark.proves('AMB-43')
def test_a_form_lets_in_one_file_of_the_size_told_and_nothing_else(bucket, call):
    said = call('POST', STAFF, asked())
    assert said.status_code == 201, said.json_body
    form, file_id = said.json_body['form'], said.json_body['id']
    assert said.json_body['status'] == 'awaiting'
    assert form['fields']['key'] == f'incoming/demo/{file_id}'
    conditions = policy(form)['conditions']
    assert ['content-length-range', 1000, 1000] in conditions
    exact = {name: value for one in conditions if isinstance(one, dict) for name, value in one.items()}
    assert exact['key'] == f'incoming/demo/{file_id}'
    assert exact['bucket'] == bucket
    assert exact['Content-Type'] == 'application/octet-stream'
    # Everything in the form is bound: a sender can add neither a tag nor a header.
    assert set(form['fields']) - {'policy', 'x-amz-signature', 'AWSAccessKeyId', 'signature'} <= set(exact)
    assert form['expires_at'] == '2026-11-23T10:00:00.000Z'
    assert [told.type for told in announced(file_id)] == ['FileAsked']


@pytest.mark.proves('CHAT-005', 'AMB-42', 'AMB-43')
@pytest.mark.parametrize('purpose', ['chat', 'document'])
def test_forty_megabytes_are_the_most_to_the_byte(bucket, call, purpose):
    assert call('POST', STAFF, asked(purpose=purpose, size=MOST)).status_code == 201
    said = call('POST', STAFF, asked(purpose=purpose, size=MOST + 1))
    assert (said.status_code, said.json_body['code']) == (422, 'FileTooLarge')
    assert said.json_body['errors'][0]['path'] == 'body.size'
    assert '40' in said.json_body['detail']
    assert len([row for row in FileRow.scan() if row.sk == 'file']) == 1


@pytest.mark.parametrize('purpose', list(LIMITS))
def test_every_purpose_has_a_limit_of_its_own(bucket, call, purpose):
    most = LIMITS[purpose].most
    assert call('POST', STAFF, asked(purpose=purpose, size=most)).status_code == 201
    assert call('POST', STAFF, asked(purpose=purpose, size=most + 1)).json_body['code'] == 'FileTooLarge'


@pytest.mark.parametrize(
    'changes',
    [{'size': 0}, {'size': -1}, {'size': '10'}, {'size': 5 * 1024**3 + 1}, {'name': ''}, {'name': 'я' * 201},
     {'name': 'a\x00b'}, {'purpose': 'avatar'}, {'key': 'incoming/other/x'}],
)  # fmt: skip
def test_what_is_not_a_file_is_refused_and_not_kept(bucket, call, changes):
    assert call('POST', STAFF, asked(**changes)).status_code == 400
    assert list(FileRow.scan()) == []


def test_a_resident_sends_into_chats_only(bucket, call, resident):
    said = call('POST', OWN, {'name': 'фото.jpg', 'size': MOST}, by=resident)
    assert said.status_code == 201
    assert make.kept(said.json_body['id']).purpose == 'chat'
    assert call('POST', OWN, asked(), by=resident).status_code == 400
    assert call('POST', OWN, {'name': 'x', 'size': MOST + 1}, by=resident).status_code == 422
    assert call('POST', STAFF, asked(), by=resident).status_code == 401


@pytest.mark.proves('AMB-78')
def test_a_client_whose_access_is_limited_sends_nothing(bucket, call, resident):
    from dataclasses import replace

    said = call('POST', OWN, {'name': 'x', 'size': 1}, by=replace(resident, is_blocked=True))
    assert (said.status_code, said.json_body['code']) == (403, 'UploaderBlocked')
    assert list(FileRow.scan()) == []


def test_only_its_sender_reads_a_file(bucket, call, sender, resident):
    file = make.judged(by=sender)
    card = call('GET', f'{STAFF}/{file.id}').json_body
    assert (card['status'], card['is_attached'], card['sha256']) == ('clean', False, file.sha256)
    assert card['expires_at'] == '2026-11-24T09:00:00.000Z'
    assert card['links']['thumbnail'] is None
    strangers = [make.sender(id='ivan'), make.sender(id='daria', organisation='other')]
    for stranger in strangers:
        said = call('GET', f'{STAFF}/{file.id}', by=stranger)
        assert (said.status_code, said.json_body['code']) == (404, 'FileNotFound')
    # The resident has the same id as the employee, and is another person all the same.
    assert call('GET', f'{OWN}/{file.id}', by=resident).status_code == 404


def test_a_file_has_links_only_when_it_is_clean(bucket, call, sender):
    for file in (make.sent(by=sender), make.received(by=sender)):
        assert call('GET', f'{STAFF}/{file.id}').json_body['links'] is None
    infected = make.judged(verdict='THREATS_FOUND', by=sender)
    card = call('GET', f'{STAFF}/{infected.id}').json_body
    assert (card['status'], card['links']) == ('infected', None)


def test_a_sender_has_only_so_many_files_in_the_air(bucket, call, sender):
    for _ in range(MOST_IN_THE_AIR):
        assert call('POST', STAFF, asked()).status_code == 201
    said = call('POST', STAFF, asked())
    assert (said.status_code, said.json_body['code']) == (409, 'TooManyUploads')
    assert in_the_air(sender) == MOST_IN_THE_AIR
    assert call('POST', STAFF, asked(), by=make.sender()).status_code == 201


def test_a_form_asked_for_once_more_with_its_key_is_the_same(bucket, call, sender):
    first, again = (call('POST', STAFF, asked(), Idempotency_Key='one') for _ in range(2))
    assert first.json_body == again.json_body
    assert in_the_air(sender) == 1
