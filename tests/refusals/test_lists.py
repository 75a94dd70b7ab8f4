"""Lists are asked for by the rules of lists: their size, their cursors, and nothing they do not know."""

import pytest

from tests.refusals.doors import changes, doors, is_guarded, is_list
from tests.refusals.fields import fields_of, schema_of_query, too_long, unbounded
from tests.refusals.samples import path_of, query_of
from tests.refusals.told import refused

pytestmark = pytest.mark.usefixtures('unchanged')

ELSEWHERE = '/v1/staff/buildings?limit=1'
SEARCHES = ('search',)


def gives_pages(operation):
    return is_list(operation) and 'cursor' in operation.query_type.model_fields


def ask(operation, town, call, whose=None, **parameters):
    path = path_of(operation, town) + query_of(operation, town, **parameters)
    return call(operation.method, path, by=whose or town.by(operation.audience))


@doors(is_list)
def test_a_page_is_of_one_to_a_hundred(operation, demo, call):
    for limit in ('0', '101', '-1', 'x', '', '1.5', '1e1', '9' * 5000, '\x00'):
        refused(ask(operation, demo, call, limit=limit), 400, code='NotDecent', path='query.limit')
    for limit in ('1', '100'):
        assert ask(operation, demo, call, limit=limit).status_code == 200


@doors(lambda operation: operation.query_type is not None)
def test_each_bad_parameter_is_named(operation, demo, call):
    for field in fields_of(schema_of_query(operation)):
        wrong = {'enum': ['no such word', ''], 'integer': ['x'], 'number': ['x'], 'boolean': ['perhaps']}
        texts = wrong.get(field.kind, [])
        if field.kind == 'string' and field.path[0] != 'cursor':
            texts = ['a\x00b', 'a\x07b', too_long(field.schema) or '\x1b']
        for text in texts:
            problem = refused(ask(operation, demo, call, **{str(field.path[0]): text}), 400, code='NotDecent')
            assert problem['errors'][0]['path'].startswith(f'query.{field.path[0]}')


@doors(lambda operation: operation.query_type is not None)
def test_every_parameter_has_its_bound(operation):
    assert list(unbounded(schema_of_query(operation))) == []


@doors(lambda operation: is_guarded(operation) and not changes(operation))
def test_a_parameter_the_door_does_not_know_is_named(operation, demo, call):
    refused(ask(operation, demo, call, who_knows='1'), 400, code='NotDecent', path='query.who_knows')


@doors(gives_pages)
def test_a_cursor_nobody_made_is_refused(operation, demo, call):
    for cursor in ('forged', '', 'e30.x', 'я', 'a' * 2000, '{"pk": "demo"}'):
        refused(ask(operation, demo, call, cursor=cursor), 400, code='CursorInvalid', path='query.cursor')
    refused(ask(operation, demo, call, cursor='a' * 2001), 400, code='NotDecent', path='query.cursor')


@doors(gives_pages)
def test_a_cursor_nobody_made_is_refused_in_searches_too(operation, demo, call):
    for name in SEARCHES:
        if name in operation.query_type.model_fields:
            answer = ask(operation, demo, call, cursor='forged', **{name: 'Мира'})
            refused(answer, 400, code='CursorInvalid', path='query.cursor')


@doors(gives_pages)
def test_a_cursor_of_another_list_is_refused(operation, demo, call):
    foreign = call('GET', ELSEWHERE, by=demo.staff).json_body['next_cursor']
    assert foreign
    if operation.path != '/v1/staff/buildings':
        refused(ask(operation, demo, call, cursor=foreign), 400, code='CursorInvalid', path='query.cursor')


@doors(gives_pages)
def test_a_cursor_is_of_one_organisation_and_of_one_choice_of_filters(operation, demo, other, call):
    cursor = ask(operation, demo, call, limit='1').json_body['next_cursor']
    assert cursor, 'the town has too little of it to turn a page'
    assert ask(operation, demo, call, limit='1', cursor=cursor).status_code == 200
    answer = ask(operation, demo, call, other.by(operation.audience), limit='1', cursor=cursor)
    refused(answer, 400, 404)
    # The first letter of the signature: the last one may differ in bits that mean nothing.
    body, signature = cursor.rsplit('.', 1)
    tampered = f'{body}.{"b" if signature[0] == "a" else "a"}{signature[1:]}'
    refused(ask(operation, demo, call, cursor=tampered), 400, code='CursorInvalid', path='query.cursor')
    for name in SEARCHES:
        if name in operation.query_type.model_fields:
            refused(ask(operation, demo, call, cursor=cursor, **{name: 'Мира'}), 400, code='CursorInvalid')
