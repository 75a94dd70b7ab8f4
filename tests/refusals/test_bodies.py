"""What is not of the form a door asks for is refused field by field, and nothing is stored."""

import json

import pytest

from tests.refusals.doors import doors
from tests.refusals.fields import fields_of, put, schema_of, too_long, unbounded
from tests.refusals.samples import body_of, path_of, whole_body
from tests.refusals.told import refused

pytestmark = pytest.mark.usefixtures('unchanged')

MEGABYTE = 1024 * 1024
WRONG = {
    'string': [7, True, ['a'], {'a': 1}],
    'enum': [7, 'no such word', ['a']],
    'integer': ['5', 5.5, True, 10**30],
    'number': ['5', True, [5]],
    'boolean': ['true', 1, 0],
    'array': [{}, 'a', 7],
    'object': [[], 'a', 7],
}


def takes_body(operation):
    return operation.body_type is not None


def send(operation, town, call, body, **headers):
    return call(operation.method, path_of(operation, town), body, by=town.by(operation.audience), **headers)


@doors(takes_body)
def test_samples_are_of_the_form_asked_for(operation, demo):
    operation.body_type.validate_json(json.dumps(body_of(operation, demo)), strict=True)


@doors(takes_body)
def test_what_is_no_object_of_json_is_refused(operation, demo, call):
    for body in (b'{"a": ', b'{', b'nonsense', b'\xff\xfe', b"{'a': 1}", b'{"a": 1}}', b'{"a": "\\ud800"}'):
        refused(send(operation, demo, call, body), 400, code='NotDecent', path='body')
    for body in (b'[]', b'[{}]', b'"text"', b'7', b'null', b'true', b'[' * 100_000, b'{"a":' * 10_000):
        refused(send(operation, demo, call, body), 400, code='NotDecent', path='body')


@doors(takes_body)
def test_a_megabyte_is_too_large(operation, demo, call):
    for body in (b' ' * MEGABYTE, b'{"comment": "' + b'a' * MEGABYTE + b'"}'):
        problem = refused(send(operation, demo, call, body), 413, code='BodyTooLarge')
        assert problem['params'] == {'limit': 256 * 1024}


@doors(takes_body)
def test_other_media_types_are_refused(operation, demo, call):
    body = body_of(operation, demo)
    for kind in ('text/xml', 'application/xml', 'text/plain', 'multipart/form-data; boundary=x', 'x', ''):
        answer = send(operation, demo, call, body, content_type=kind)
        refused(answer, 415, code='MediaTypeUnsupported')
    for kind in ('application/x-www-form-urlencoded', 'application/octet-stream', 'image/png'):
        refused(send(operation, demo, call, body, content_type=kind), 415, code='MediaTypeUnsupported')


@doors(takes_body)
def test_unknown_fields_are_named_at_any_depth(operation, demo, call):
    whole = whole_body(operation, demo)
    whole['who_knows'] = 1
    wanted = ['body.who_knows']
    for field in fields_of(schema_of(operation)):
        if field.kind == 'object' and 'properties' in field.schema:
            put(1, whole, (*field.path, 'who_knows'))
            wanted.append(f'body{field.named}.who_knows')
    problem = refused(send(operation, demo, call, whole), 400, code='NotDecent')
    told = {error['path']: error['code'] for error in problem['errors']}
    assert {path: told.get(path) for path in wanted} == dict.fromkeys(wanted, 'extra_forbidden')


@doors(takes_body)
def test_each_field_of_a_wrong_type_is_named(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        for wrong in WRONG.get(field.kind, []):
            whole = whole_body(operation, demo)
            put(wrong, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


@doors(takes_body)
def test_null_is_refused_where_there_must_be_something(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        if not field.is_nullable and field.kind != 'any':
            whole = whole_body(operation, demo)
            put(None, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


@doors(takes_body)
def test_what_cannot_be_left_out_is_named(operation, demo, call):
    required = schema_of(operation).get('required', [])
    if required:
        problem = refused(send(operation, demo, call, {}), 400, code='NotDecent')
        told = {error['path'] for error in problem['errors'] if error['code'] == 'missing'}
        assert told == {f'body.{name}' for name in required}


@doors(takes_body)
def test_control_characters_are_no_text(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        if field.kind != 'string':
            continue
        decent = str(_at(whole_body(operation, demo), field.path))
        within = [decent[:1] + character + decent[1:] for character in '\x00\x07\x1b\x7f\x85\x9f']
        for text in (*within, f'\x00{decent}', f'\x07{decent}', f'{decent}\x00', f'{decent}\x07'):
            whole = whole_body(operation, demo)
            put(text, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


@doors(takes_body)
def test_texts_longer_than_their_bound_are_refused(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        text = too_long(field.schema) if field.kind == 'string' else None
        if text is not None:
            whole = whole_body(operation, demo)
            put(text, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


@doors(takes_body)
def test_lists_longer_than_their_bound_are_refused(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        most = field.schema.get('maxItems', field.schema.get('maxProperties'))
        if most is None:
            continue
        whole = whole_body(operation, demo)
        put(_many(_at(whole, field.path), most + 1), whole, field.path)
        refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


@doors(takes_body)
def test_numbers_beyond_their_bounds_are_refused(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        if field.kind not in ('integer', 'number'):
            continue
        least = field.schema.get('minimum', field.schema.get('exclusiveMinimum'))
        most = field.schema.get('maximum', field.schema.get('exclusiveMaximum'))
        for number in (least - 1, most + 1 if field.kind == 'integer' else most * 2):
            whole = whole_body(operation, demo)
            put(number, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')
        for word in (float('nan'), float('inf'), float('-inf')):
            whole = whole_body(operation, demo)
            put(word, whole, field.path)
            refused(send(operation, demo, call, whole), 400, code='NotDecent', path=f'body{field.named}')


INSTANTS = {
    '2026-11-24T09:00:00': 'timezone_missing',
    '2125-01-01T00:00:00Z': 'year_out_of_range',
    '1899-12-31T23:59:59Z': 'year_out_of_range',
    '1795510800': None,
    '1795510800000': None,
    '2026-11-31T09:00:00Z': None,
    '2026-11-24T25:00:00Z': None,
    'завтра': None,
    '': None,
}
DAYS = {
    '2125-01-01': 'year_out_of_range',
    '1899-12-31': 'year_out_of_range',
    '2026-02-30': None,
    '1795478400': None,
    '24.11.2026': None,
    '': None,
}


@doors(takes_body)
def test_instants_need_their_zone_and_a_sensible_year(operation, demo, call):
    for field in fields_of(schema_of(operation)):
        tried = {
            **(INSTANTS if 'date-time' in field.formats else {}),
            **(DAYS if 'date' in field.formats else {}),
        }
        for text, code in tried.items():
            whole = whole_body(operation, demo)
            put(text, whole, field.path)
            path = f'body{field.named}'
            problem = refused(send(operation, demo, call, whole), 400, code='NotDecent', path=path)
            [told] = [error['code'] for error in problem['errors'] if error['path'] == path]
            assert code in (None, told), (field.path, text, told)


@doors(takes_body)
def test_every_field_has_its_bound(operation):
    assert list(unbounded(schema_of(operation))) == []


def _many(entries, size):
    if isinstance(entries, dict):
        return {f'key{n}': 1 for n in range(size)}
    [entry] = entries
    if isinstance(entry, dict) and 'choices' in entry:
        entry = {name: entry[name] for name in ('code', 'label', 'kind')}
    return [f'{entry}'[:40] + str(n) if isinstance(entry, str) else entry for n in range(size)]


def _at(body, path):
    for step in path:
        body = body[step]
    return body
