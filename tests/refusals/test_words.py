"""Every refusal is a problem in the caller's language, under the name of the call, also for other sites."""

import pytest
from chalice.deploy.validate import validate_route_content_types, validate_routes

from chalicelib.kit import calls
from tests.refusals.doors import APPLICATION, doors, is_guarded
from tests.refusals.fields import schema_of
from tests.refusals.samples import path_of
from tests.refusals.told import problem_of, refused

pytestmark = pytest.mark.usefixtures('unchanged')


def is_cyrillic(text):
    return any('а' <= letter <= 'я' for letter in text.lower())


def spoken(send):
    """The problem in both languages: the words differ, what programs read does not."""
    russian, english = send('ru'), send('en')
    for answer, locale in ((russian, 'ru'), (english, 'en')):
        problem = problem_of(answer)
        assert answer.headers['Content-Language'] == locale
        words = [problem['title'], problem['detail'], *(error['message'] for error in problem['errors'])]
        assert [is_cyrillic(text) for text in words] == [locale == 'ru'] * len(words), words
    same = ('type', 'status', 'code', 'params')
    assert [russian.json_body[name] for name in same] == [english.json_body[name] for name in same]
    return russian.json_body


@doors(lambda operation: operation.body_type is not None)
def test_bad_input_is_told_in_both_languages(operation, demo, call):
    fields = {name: {'wrong': ['wrong']} for name in schema_of(operation).get('properties', {})}

    def send(locale):
        path = path_of(operation, demo)
        by = demo.by(operation.audience)
        return call(operation.method, path, {**fields, 'who_knows': 1}, by=by, accept_language=locale)

    spoken(send)


@doors(is_guarded)
def test_a_closed_door_says_so_in_both_languages(operation, demo, call):
    spoken(lambda locale: call(operation.method, path_of(operation, demo), accept_language=locale))


def test_each_status_has_its_words(demo, call, monkeypatch):
    number, staff = demo.numbers['waiting'], demo.staff
    start = f'/v1/staff/requests/{number}/start'
    tried = {
        400: lambda ru: call('POST', start, b'{', by=staff, accept_language=ru),
        401: lambda ru: call('POST', start, {}, by='forged', accept_language=ru),
        404: lambda ru: call('GET', '/v1/staff/requests/999', by=staff, accept_language=ru),
        409: lambda ru: call('POST', start.replace('start', 'complete'), {}, by=staff, accept_language=ru),
        412: lambda ru: call('POST', start, {}, by=staff, if_match='"9"', accept_language=ru),
        413: lambda ru: call('POST', start, b' ' * 2**20, by=staff, accept_language=ru),
        415: lambda ru: call('POST', start, b'x', by=staff, content_type='text/xml', accept_language=ru),
        422: lambda ru: call('POST', start, {}, by=staff, accept_language=ru),
    }
    for status, send in tried.items():
        assert spoken(send)['status'] == status


@pytest.mark.parametrize(
    'header, locale',
    [
        ('en', 'en'), ('en-GB,ru;q=0.5', 'en'), ('ru;q=0.1, en;q=0.9', 'en'), ('de', 'ru'), ('', 'ru'),
        ('*', 'ru'), ('en;q=x', 'ru'), (';;;,,,', 'ru'), ('e' * 10_000, 'ru'), ('en;q=nan', 'en'),
    ],
)  # fmt: skip
def test_the_language_is_negotiated_and_never_in_the_way(header, locale, call):
    answer = call('GET', '/v1/staff/requests', accept_language=header)
    refused(answer, 401)
    assert answer.headers['Content-Language'] == locale


@pytest.mark.parametrize('wish', ['a-call.of_mine:1', 'x' * 128])
def test_a_call_is_known_by_the_name_it_asks_for(wish, call):
    assert refused(call('GET', '/v1/staff/requests', x_request_id=wish), 401)['request_id'] == wish


@pytest.mark.parametrize('wish', ['', 'x' * 129, 'a b', 'a\nb', '<script>', 'я'])
def test_a_name_that_is_no_name_is_not_taken(wish, call):
    problem = refused(call('GET', '/v1/staff/requests', x_request_id=wish), 401)
    assert problem['request_id'] not in ('', wish)


@doors(is_guarded)
def test_a_fault_of_ours_tells_nothing_of_the_inside(operation, demo, call, monkeypatch):
    def broken(token):
        raise RuntimeError('a secret of the inside')

    monkeypatch.setattr(calls, '_authenticator', [broken])
    answer = call(operation.method, path_of(operation, demo), {}, by='any')
    refused(answer, 500, code='InternalError')
    assert 'secret' not in answer.body.decode()


def test_the_doors_are_as_chalice_deploys_them():
    validate_routes(APPLICATION.routes)
    validate_route_content_types(APPLICATION.routes, APPLICATION.api.binary_types)
