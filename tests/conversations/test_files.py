"""The one file of a message: looked at again when it is sent, shown to both sides, gone with the message."""

from dataclasses import replace

import boto3
import pytest

from chalicelib.conversations import service
from chalicelib.conversations.repository.rows import ConversationRow
from chalicelib.files import service as files
from chalicelib.files.model import FileTooLarge, NewFile, Purpose
from tests.conversations.conftest import REQUESTS, own_path, path
from tests.make import conversations as make
from tests.make import files as make_files
from tests.world import REGION, build_buckets

PNG = b'\x89PNG\r\n\x1a\n' + b'\x00' * 100


@pytest.fixture
def bucket(world, time):
    """The bucket, empty."""
    build_buckets(boto3.client('s3', region_name=REGION))


def clean(by, **changes):
    """A file of the caller that may stand beside a message; its id."""
    return make_files.clean(by, Purpose.CHAT, **changes).id


def status_of(file_id):
    kept = make_files.kept(file_id)
    return kept.owner is not None, kept.is_released


@pytest.mark.proves('CHAT-004', 'CHAT-005', 'CHAT-024')
def test_both_sides_read_the_file_of_a_message(house, call, number, chat, bucket):
    photo, reply = clean(house.resident), clean(house.dispatcher, content_type='application/pdf')
    own = call('POST', own_path(number), {'file_id': photo}, by=house.resident)
    said = call('POST', path(number), {'text': 'Акт', 'file_id': reply}, by=house.dispatcher)
    assert (own.status_code, said.status_code) == (201, 201), (own.json_body, said.json_body)
    for page in (chat(), chat(house.resident)):
        act, picture = page['items']
        assert (picture['text'], picture['file']['name'], picture['file']['content_type']) == (
            '', 'кран.jpg', 'image/jpeg',
        )  # fmt: skip
        assert picture['file']['links']['thumbnail']
        assert act['file']['content_type'] == 'application/pdf'
        assert act['file']['links']['file'].startswith('https://')
    assert status_of(photo) == status_of(reply) == (True, False)


@pytest.mark.proves('CHAT-005', 'CHAT-006', 'AMB-43')
def test_a_message_has_one_file_of_at_most_forty_megabytes(house, call, number):
    first, second = clean(house.dispatcher), clean(house.dispatcher)
    for body in ({'file_id': [first, second]}, {'file_ids': [first, second], 'text': 'x'}, {'text': ' '}):
        assert call('POST', path(number), body, by=house.dispatcher).status_code == 400
    exactly = NewFile(name='видео.mp4', size=41_943_040, purpose=Purpose.CHAT)
    assert files.ask(exactly, by=house.dispatcher).form
    with pytest.raises(FileTooLarge):
        files.ask(exactly.model_copy(update={'size': 41_943_041}), by=house.dispatcher)
    assert list(ConversationRow.scan()) == []


def test_a_file_is_looked_at_again_when_it_is_sent(house, call, number, bucket):
    others = clean(replace(house.dispatcher, id='colleague'))
    elsewhere = make_files.clean(replace(house.dispatcher, organisation='other'), Purpose.CHAT).id
    document = make_files.clean(house.dispatcher).id
    asked = files.ask(NewFile(name='a', size=3, purpose=Purpose.CHAT), by=house.dispatcher).id
    unchecked = make_files.received(PNG, house.dispatcher, purpose=Purpose.CHAT).id
    infected = make_files.judged(PNG, 'THREATS_FOUND', house.dispatcher, purpose=Purpose.CHAT).id
    used = clean(house.dispatcher)
    make.message(number, house.dispatcher, file_id=used)
    later = {'send_on': '2026-11-24', 'send_time': '09:30'}
    for file_id, status, code in (
        ('nothing', 404, 'FileNotFound'),
        (others, 404, 'FileNotFound'),
        (elsewhere, 404, 'FileNotFound'),
        (document, 422, 'FileWrongPurpose'),
        (asked, 409, 'FileNotUploaded'),
        (unchecked, 409, 'FileUnchecked'),
        (infected, 422, 'FileInfected'),
        (used, 409, 'FileBelongsToAnother'),
    ):
        for place, more in ((path(number), {}), (f'{REQUESTS}/{number}/deferred-messages', later)):
            refused = call('POST', place, {'text': 'Вот', 'file_id': file_id, **more}, by=house.dispatcher)
            assert (refused.status_code, refused.json_body['code']) == (status, code)
            assert refused.json_body['errors'][0]['path'] == 'body.file_id'
    assert len([row for row in ConversationRow.scan() if row.sk.startswith('message#')]) == 1


def test_the_file_goes_with_its_message(house, call, number, chat, bucket):
    file_id = clean(house.dispatcher)
    said = make.message(number, house.dispatcher, file_id=file_id)
    assert call('DELETE', path(number, f'/{said.position}'), by=house.dispatcher).status_code == 204
    assert [line['file'] for line in chat(house.resident)['items']] == [None]
    assert status_of(file_id) == (True, True)


def test_an_edited_message_keeps_its_file(house, call, number, chat):
    said = make.message(number, house.dispatcher, file_id=clean(house.dispatcher))
    call('PATCH', path(number, f'/{said.position}'), {'text': 'Иначе'}, by=house.dispatcher)
    (line,) = chat(house.resident)['items']
    assert (line['text'], line['file']['name']) == ('Иначе', 'кран.jpg')


@pytest.mark.proves('CHAT-021')
def test_a_deferred_file_waits_with_its_message_however_long(house, call, number, chat, time, bucket):
    waiting, thrown = clean(house.dispatcher), clean(house.dispatcher)
    make.deferred(number, house.dispatcher, text='', file_id=waiting)
    other = make.deferred(number, house.dispatcher, file_id=thrown)
    place = f'{REQUESTS}/{number}/deferred-messages'
    assert call('DELETE', f'{place}/{other.id}', by=house.dispatcher).status_code == 204
    assert call('GET', f'{place}/{other.id}', by=house.dispatcher).json_body['file'] is None
    assert call('GET', place, by=house.dispatcher).json_body['items'][0]['file']['name'] == 'кран.jpg'
    assert (status_of(waiting), status_of(thrown)) == ((True, False), (True, True))
    time.advance(days=3)
    files.sweep()
    assert service.sweep() == 1
    (line,) = chat(house.resident)['items']
    assert (line['text'], line['file']['size']) == ('', len(make_files.TEXT))
    time.advance(minutes=1)
    assert call('DELETE', path(number, '/1'), by=house.dispatcher).status_code == 204
    assert status_of(waiting) == (True, True)
