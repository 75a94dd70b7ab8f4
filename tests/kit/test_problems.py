"""A refusal of several fields is told as several problems."""

import json
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from chalicelib.kit import errors, problems


class TokenMissing(errors.Malformed):
    """A kind of refusal the catalogue has words for."""


class IfMatchInvalid(errors.BadFields):
    """Another."""


def test_each_bad_field_is_told_with_its_own_code_and_words():
    refusal = IfMatchInvalid(
        TokenMissing(field='body.form.a'), problems.BodyTooLarge(field='body.form.b', limit=3)
    )
    answer = problems.of_refusal(refusal, 'en', 'r1')
    told = json.loads(answer.body)
    assert (answer.status_code, told['code'], told['params']) == (400, 'IfMatchInvalid', {'count': 2})
    assert told['errors'] == [
        {'path': 'body.form.a', 'code': 'TokenMissing', 'message': 'Sign in to continue.'},
        {'path': 'body.form.b', 'code': 'BodyTooLarge', 'message': 'The request is larger than 3 bytes.'},
    ]


def test_a_refusal_of_one_field_is_told_as_one_problem():
    told = json.loads(problems.of_refusal(TokenMissing(field='body.a'), 'ru', '').body)
    assert [(problem['path'], problem['code']) for problem in told['errors']] == [('body.a', 'TokenMissing')]
    assert json.loads(problems.of_refusal(TokenMissing(), 'ru', '').body)['errors'] == []


class _Colour(StrEnum):
    RED = 'red'
    BLUE = 'blue'
    GREEN = 'green'


class _Painted(BaseModel):
    colour: _Colour = _Colour.RED
    coats: Literal['one', 'two'] = 'one'
    layers: Annotated[tuple[int, ...], Field(min_length=1)] = (1,)
    brushes: Annotated[tuple[int, ...], Field(max_length=2)] = ()


@pytest.mark.parametrize(('locale', 'word'), [('ru', 'Допустимо'), ('en', 'Allowed')])
def test_what_may_be_given_is_listed_without_a_word_of_another_language(locale, word):
    with pytest.raises(ValidationError) as bad:
        _Painted.model_validate({'colour': 'pink', 'coats': 'three'})
    told = json.loads(problems.of_input(bad.value, 'body', locale, '').body)
    assert [problem['message'] for problem in told['errors']] == [
        f'{word}: red, blue, green.',
        f'{word}: one, two.',
    ]


@pytest.mark.parametrize(
    ('given', 'locale', 'words'),
    [
        ({'layers': []}, 'ru', 'Не меньше 1 элемента.'),
        ({'layers': []}, 'en', 'At least 1 entry.'),
        ({'brushes': [1, 2, 3]}, 'ru', 'Не больше 2 элементов.'),
        ({'brushes': [1, 2, 3]}, 'en', 'At most 2 entries.'),
        ({'layers': {}}, 'ru', 'Нужен список.'),
        ({'layers': {}}, 'en', 'A list is needed.'),
    ],
)
def test_how_many_there_may_be_is_told_in_the_right_number(given, locale, words):
    with pytest.raises(ValidationError) as bad:
        _Painted.model_validate(given)
    told = json.loads(problems.of_input(bad.value, 'body', locale, '').body)
    assert [problem['message'] for problem in told['errors']] == [words]


@pytest.mark.parametrize('permission', ['settings.edit', 'who-knows'])
def test_a_missing_permission_is_called_as_the_settings_of_roles_call_it(permission):
    told = json.loads(problems.of_refusal(errors.PermissionMissing(permission=permission), 'en', '').body)
    name = {'settings.edit': 'Management → Settings of the organisation'}.get(permission, permission)
    assert told['detail'] == f'The permission “{name}” is needed.'
    assert told['params'] == {'permission': permission}


class CodesTooOften(errors.Throttled):
    """A refusal whose words tell the wait."""


@pytest.mark.parametrize(
    ('seconds', 'russian', 'english'),
    [
        (1, '1 секунду', '1 second'),
        (62, '62 секунды', '62 seconds'),
        (119, '119 секунд', '119 seconds'),
        (120, '2 минуты', '2 minutes'),
        (1201, '21 минуту', '21 minutes'),
        (7199, '120 минут', '120 minutes'),
        (7200, '2 часа', '2 hours'),
        (72_001, '21 час', '21 hours'),
        (86_400, '24 часа', '24 hours'),
    ],
)
def test_a_wait_is_told_in_the_unit_people_count_it_in(seconds, russian, english):
    for locale, wait in (('ru', russian), ('en', english)):
        answer = problems.of_refusal(CodesTooOften(retry_after=seconds), locale, '')
        told = json.loads(answer.body)
        assert told['detail'].endswith(f' {wait}.')
        assert told['params'] == {'retry_after': seconds}
        assert answer.headers['Retry-After'] == str(seconds)
