"""Reply templates: prepared by who keeps the settings, filled in for whoever answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.conversations.model.refusals import PlaceholderUnknown
from chalicelib.conversations.model.templates import Placeholder
from chalicelib.conversations.rules import filling
from chalicelib.conversations.service import templating
from chalicelib.staff.model import Permission
from tests.conversations.conftest import REQUESTS, announced, path
from tests.make import conversations as make
from tests.make import requests as make_requests
from tests.requests.conftest import acting

TEMPLATES = '/v1/staff/reply-templates'
EVERYTHING = (
    '{client}, по заявке № {number} «{offering}» ({address}, кв. {premises}) мастер выехал. {employee}'
)


@pytest.mark.proves('CHAT-008', 'SET-008')
def test_an_answer_from_a_template_has_the_words_of_the_request(house, call, number, chat):
    made = call('POST', TEMPLATES, {'name': 'Выехал', 'text': EVERYTHING}, by=house.dispatcher)
    assert made.status_code == 201, made.json_body
    filled = call('GET', f'{REQUESTS}/{number}/reply-templates/{made.json_body["id"]}', by=house.dispatcher)
    text = filled.json_body['text']
    assert text == (
        f'Петров Пётр, по заявке № {number} «Сантехник» (ул. Мира, 5, кв. 12) мастер выехал. Диспетчер Дарья'
    )
    assert call('POST', path(number), {'text': text}, by=house.dispatcher).status_code == 201
    assert chat(house.resident)['items'][0]['text'] == text


@pytest.mark.parametrize('text', ['Здравствуйте, {name}!', '{}', '{ client }', '{client} и {кто}'])
def test_braces_that_nothing_is_put_into_are_refused(house, call, text):
    kept = make.template(house.dispatcher)
    for method, place in (('POST', TEMPLATES), ('PATCH', f'{TEMPLATES}/{kept.id}')):
        refused = call(method, place, {'name': 'Новый', 'text': text}, by=house.dispatcher)
        assert refused.status_code == 400
        assert refused.json_body['errors'][0] | {'message': ''} == {
            'path': 'body.text', 'code': 'PlaceholderUnknown', 'message': '',
        }  # fmt: skip
    (line,) = call('GET', TEMPLATES, by=house.dispatcher).json_body['items']
    assert (line['name'], line['version']) == (kept.name, 1)


def test_templates_are_changed_by_their_version_and_removed(house, call):
    first, second = (make.template(house.dispatcher, name=name) for name in ('Первый', 'Второй'))
    place = f'{TEMPLATES}/{first.id}'
    changed = call('PATCH', place, {'name': 'Иной'}, by=house.dispatcher, if_match='"1"')
    assert (changed.json_body['name'], changed.json_body['text']) == ('Иной', first.text)
    assert call('PATCH', place, {'name': 'Ещё'}, by=house.dispatcher, if_match='"1"').status_code == 412
    assert call('PATCH', place, {}, by=house.dispatcher).headers['ETag'] == '"2"'
    assert call('DELETE', f'{TEMPLATES}/{second.id}', by=house.dispatcher).status_code == 204
    assert call('DELETE', f'{TEMPLATES}/{second.id}', by=house.dispatcher).status_code == 404
    names = [line['name'] for line in call('GET', TEMPLATES, by=house.dispatcher).json_body['items']]
    assert names == ['Иной']
    removed = [event['name'] for event in announced('ReplyTemplateRemoved', 'ReplyTemplateChanged')]
    assert sorted(removed) == ['Второй', 'Иной']


def test_who_keeps_no_settings_uses_templates_and_does_not_make_them(house, call, number):
    writer, viewer = (
        acting(house.crew[0], Permission.REQUESTS_VIEW, Permission.REQUESTS_CHAT),
        acting(house.crew[1], Permission.REQUESTS_VIEW),
    )
    kept = make.template(house.dispatcher)
    body = {'name': 'Мой', 'text': 'Да'}
    assert call('POST', TEMPLATES, body, by=writer).json_body['code'] == 'PermissionMissing'
    assert call('DELETE', f'{TEMPLATES}/{kept.id}', by=writer).status_code == 403
    place = f'{REQUESTS}/{number}/reply-templates/{kept.id}'
    assert call('GET', place, by=writer).status_code == 200
    assert call('GET', place, by=viewer).status_code == 403


def test_an_organisation_has_a_bounded_number_of_templates(house, call, monkeypatch):
    monkeypatch.setattr(templating, 'MOST_TEMPLATES', 2)
    for _ in range(2):
        make.template(house.dispatcher)
    refused = call('POST', TEMPLATES, {'name': 'Третий', 'text': 'Да'}, by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (422, 'TooManyReplyTemplates')


@given(some.text(alphabet='{}clientnumberя ', max_size=40))
def test_whatever_is_accepted_is_filled_without_a_placeholder_left(text):
    try:
        filling.must_be_known(text)
    except PlaceholderUnknown:
        return
    filled = filling.filled(text, make_requests.request(), 'Дарья')
    assert not any('{' + name + '}' in filled for name in Placeholder)
