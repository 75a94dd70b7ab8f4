"""The HTTP door, the unit of work and the key that makes a deed happen once."""

from functools import cache
from typing import Annotated

import pytest
from chalice import Chalice
from pydantic import Field

from chalicelib.kit import http, settings
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import Read, Row, TableMeta, commit, creating, get, replacing
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.kit.values import Line, Value
from tests.doors import opening

pytestmark = pytest.mark.usefixtures('world')


class NoteNotFound(NotFound):
    """There is no such note."""


class NoteRow(Row):
    class Meta(TableMeta):
        table_name = settings.table('answers')


class NewNote(Value):
    text: Annotated[str, Line(10)]
    weight: int = Field(1, ge=1)


class Manner(Value):
    is_draft: bool = False


class Note(Value):
    text: str
    version: int


class AlwaysTaken(Conflict):
    """Test."""


@cache
def _doors() -> tuple[http.Api, ...]:
    notes = http.Api(__name__, '/v1/staff/notes', Audience.STAFF)

    @notes.post('/{name}', status=201, permission='notes.edit')
    def add(name: str, query: Manner, body: NewNote, caller: Caller) -> Note:
        """Adds a note."""
        commit(
            creating(
                NoteRow(pk=f'{caller.organisation}#{name}', sk='note', version=1, body=body.text), AlwaysTaken
            )
        )
        return Note(text=body.text, version=1)

    @notes.patch('/{name}')
    def change(name: str, body: NewNote, caller: Caller) -> Note:
        """Changes a note."""
        pk = f'{caller.organisation}#{name}'
        row = get(Read(NoteRow, (pk, 'note'), lambda row: row, NoteNotFound))
        was = int(row.version)
        row.version, row.body = was + 1, body.text
        commit(replacing(row, was))
        return Note(text=body.text, version=was + 1)

    @notes.get('/{name}/pages/{page}')
    def page(name: str, page: int) -> Note:
        """Is as heavy as its number."""
        return Note(text=name, version=page)

    @notes.get('/{name}/fault')
    def fault(name: str) -> Note:
        """Breaks."""
        raise RuntimeError('secret inside')

    return (notes,)


@pytest.fixture
def call(monkeypatch):
    def usual():
        return Caller('demo', Audience.STAFF, 'e1', permissions=frozenset({'notes.edit'}))

    return opening(_doors(), monkeypatch, usual=usual)


def test_a_good_call_is_answered_with_the_thing_and_its_version(call):
    answer = call('POST', '/v1/staff/notes/a', {'text': ' hello '})
    assert (answer.status_code, answer.json_body) == (201, {'text': 'hello', 'version': 1})
    assert answer.headers['ETag'] == '"1"'
    assert answer.headers['X-Request-Id']


@pytest.mark.parametrize('given, seen', [
    ('7', 7), ('-7', -7), ('9' * 3000, 10**18), ('-' + '9' * 3000, -(10**18)),
])  # fmt: skip
def test_a_number_in_an_address_is_never_longer_than_a_key(call, given, seen):
    assert call('GET', f'/v1/staff/notes/a/pages/{given}').json_body['version'] == seen


def test_each_bad_field_is_named_and_nothing_is_stored(call):
    answer = call('POST', '/v1/staff/notes/a', {'text': 'much too long a text', 'weight': 'x', 'who': 1})
    assert answer.status_code == 400
    problem = answer.json_body
    assert problem['code'] == 'NotDecent'
    assert {e['path']: e['code'] for e in problem['errors']} == {
        'body.text': 'string_too_long',
        'body.weight': 'int_type',
        'body.who': 'extra_forbidden',
    }
    assert answer.headers['Content-Type'] == 'application/problem+json'
    with pytest.raises(NoteRow.DoesNotExist):
        NoteRow.get('demo#a', 'note')


def test_the_words_follow_the_callers_language(call):
    russian = call('POST', '/v1/staff/notes/a', {})
    english = call('POST', '/v1/staff/notes/a', {}, accept_language='en-GB,ru;q=0.5')
    assert russian.json_body['errors'][0]['message'] == 'Обязательное поле.'
    assert english.json_body['errors'][0]['message'] == 'This field is required.'


@pytest.mark.parametrize(
    'body, status, code',
    [
        (b'{"text": ', 400, 'NotDecent'),
        (b'[]', 400, 'NotDecent'),
        (b'x' * (256 * 1024 + 1), 413, 'BodyTooLarge'),
        (b'{"text": "a\\u0000b"}', 400, 'NotDecent'),
    ],
)
def test_a_body_that_is_not_decent_is_refused(call, body, status, code):
    answer = call('POST', '/v1/staff/notes/a', body)
    assert (answer.status_code, answer.json_body['code']) == (status, code)


def test_another_media_type_is_refused(call):
    answer = call('POST', '/v1/staff/notes/a', b'<a/>', content_type='text/xml')
    assert (answer.status_code, answer.json_body['code']) == (415, 'MediaTypeUnsupported')


def test_without_the_permission_nothing_is_done(call):
    answer = call('POST', '/v1/staff/notes/a', {'text': 'a'}, by=Caller('demo', Audience.STAFF, 'e2'))
    assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'notes.edit'})


def test_without_a_token_the_door_stays_shut(call):
    answer = call('POST', '/v1/staff/notes/a', {'text': 'a'}, authorization='')
    assert (answer.status_code, answer.json_body['code']) == (401, 'TokenMissing')


def test_the_same_key_gives_the_first_answer_and_does_nothing_again(call):
    first = call('POST', '/v1/staff/notes/a', {'text': 'a'}, idempotency_key='k1')
    again = call('POST', '/v1/staff/notes/a', {'text': 'a'}, idempotency_key='k1')
    assert (first.status_code, again.status_code, again.json_body) == (201, 201, first.json_body)
    assert again.headers['Idempotency-Replayed'] == 'true'
    other = call('POST', '/v1/staff/notes/a', {'text': 'b'}, idempotency_key='k1')
    assert (other.status_code, other.json_body['code']) == (422, 'IdempotencyKeyReused')


def test_a_key_of_what_was_asked_for_otherwise_in_the_address_is_reused(call):
    for place, status in (('a?is_draft=true', 201), ('a?is_draft=true', 201), ('a', 422)):
        answer = call('POST', f'/v1/staff/notes/{place}', {'text': 'a'}, idempotency_key='k1')
        assert answer.status_code == status
    assert answer.json_body['code'] == 'IdempotencyKeyReused'


def test_a_stale_version_is_refused_and_a_fresh_one_taken(call):
    call('POST', '/v1/staff/notes/a', {'text': 'a'})
    stale = call('PATCH', '/v1/staff/notes/a', {'text': 'b'}, if_match='"7"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    fresh = call('PATCH', '/v1/staff/notes/a', {'text': 'b'}, if_match='"1"')
    assert (fresh.status_code, fresh.headers['ETag']) == (200, '"2"')


def test_a_fault_of_ours_tells_nothing_of_the_inside(call):
    answer = call('GET', '/v1/staff/notes/a/fault')
    assert answer.status_code == 500
    assert 'secret' not in answer.body.decode()


def test_a_door_of_two_gateways_answers_each(call):
    other = Chalice('other')
    [door] = _doors()
    door._current_app, before = other, door._current_app
    try:
        assert call('POST', '/v1/staff/notes/a', {'text': 'a'}).status_code == 201
        assert door._current_app is other
    finally:
        door._current_app = before
