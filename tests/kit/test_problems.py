"""A refusal of several fields is told as several problems."""

import json

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
        {'path': 'body.form.a', 'code': 'TokenMissing', 'message': 'Sign in to go on.'},
        {'path': 'body.form.b', 'code': 'BodyTooLarge', 'message': 'The request is larger than 3 bytes.'},
    ]


def test_a_refusal_of_one_field_is_told_as_one_problem():
    told = json.loads(problems.of_refusal(TokenMissing(field='body.a'), 'ru', '').body)
    assert [(problem['path'], problem['code']) for problem in told['errors']] == [('body.a', 'TokenMissing')]
    assert json.loads(problems.of_refusal(TokenMissing(), 'ru', '').body)['errors'] == []
