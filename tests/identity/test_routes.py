"""The doors of /v1/auth from outside."""

import pytest

from chalicelib.identity.model import refusals
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit import texts
from chalicelib.kit.errors import DomainError
from tests.make import identity as make

ASK = {'organisation': 'demo', 'audience': 'resident', 'phone': '8 (916) 123-45-67'}


def sign_in(call, post, client='resident-app', **changes):
    challenge = call('POST', '/otp', {**ASK, **changes}).json_body['challenge_id']
    body = {'challenge_id': challenge, 'code': post.code(), 'client': client, 'device': 'Телефон Анны'}
    return call('POST', '/otp/verify', body).json_body


@pytest.mark.proves('IAM-017', 'CLI-008')
def test_a_resident_signs_in_looks_around_goes_on_and_signs_out(call, post, time):
    answer = call('POST', '/otp', ASK)
    assert answer.status_code == 202
    assert answer.json_body == {
        'challenge_id': answer.json_body['challenge_id'],
        'resend_after': 60,
        'expires_in': 300,
    }
    body = {
        'challenge_id': answer.json_body['challenge_id'],
        'code': post.code(),
        'client': 'resident-app',
        'device': 'Телефон Анны',
    }
    answer = call('POST', '/otp/verify', body)
    assert answer.status_code == 200
    tokens = answer.json_body
    assert {k: v for k, v in tokens.items() if k not in ('access_token', 'refresh_token')} == {
        'token_type': 'Bearer',
        'expires_in': 600,
        'refresh_expires_in': 60 * 24 * 3600,
    }
    me = call('GET', '/me', by=tokens['access_token'])
    assert me.json_body == {
        'id': 'c1',
        'name': 'Анна Петрова',
        'organisation': 'demo',
        'audience': 'resident',
        'client': 'resident-app',
        'permissions': [],
        'locale': 'ru',
        'zone': 'Europe/Moscow',
        'features': [],
        'is_blocked': False,
    }
    # In which language a call is answered says nothing about who calls.
    assert call('GET', '/me', by=tokens['access_token'], accept_language='en').json_body['locale'] == 'ru'
    time.advance(minutes=10)
    late = call('GET', '/me', by=tokens['access_token'])
    assert (late.status_code, late.json_body['code']) == (401, 'TokenExpired')
    assert late.headers['WWW-Authenticate'] == 'Bearer'
    tokens = call('POST', '/refresh', {'refresh_token': tokens['refresh_token']}).json_body
    [card] = call('GET', '/sessions', by=tokens['access_token']).json_body['items']
    assert (card['device'], card['is_current']) == ('Телефон Анны', True)
    assert call('POST', '/sign-out', by=tokens['access_token']).status_code == 204
    assert call('GET', '/me', by=tokens['access_token']).json_body['code'] == 'SessionEnded'


def test_an_employee_is_told_what_his_role_allows(call, post):
    ask = {'audience': 'staff', 'phone': None, 'email': 'ivan@romashka.example'}
    me = call('GET', '/me', by=sign_in(call, post, 'crm', **ask)['access_token']).json_body
    assert (me['id'], me['client'], me['permissions']) == ('e1', 'crm', ['requests.edit', 'requests.view'])


def test_one_of_the_own_sessions_is_ended_by_its_id(call, demo):
    mine, lost = make.session(demo.resident).access_token, make.session(demo.resident).access_token
    cards = call('GET', '/sessions', by=mine).json_body['items']
    [other] = [card['id'] for card in cards if not card['is_current']]
    assert call('DELETE', f'/sessions/{other}', by=mine).status_code == 204
    assert call('GET', '/me', by=lost).status_code == 401
    again = call('DELETE', f'/sessions/{other}', by=mine)
    assert (again.status_code, again.json_body['code']) == (404, 'SessionNotFound')


def test_signing_out_everywhere_closes_every_door(call, demo):
    first, second = make.session(demo.resident).access_token, make.session(demo.resident).access_token
    assert call('POST', '/sign-out-everywhere', by=first).status_code == 204
    assert [call('GET', '/me', by=token).status_code for token in (first, second)] == [401, 401]


OWN_DOORS = [
    ('GET', '/me'),
    ('POST', '/sign-out'),
    ('POST', '/sign-out-everywhere'),
    ('GET', '/sessions'),
    ('DELETE', '/sessions/s1'),
    ('PUT', '/devices/d1'),
    ('DELETE', '/devices/d1'),
]


def test_without_a_token_the_doors_stay_shut(call):
    for method, path in OWN_DOORS:
        answer = call(method, path, {})
        assert (answer.status_code, answer.json_body['code']) == (401, 'TokenMissing')
        answer = call(method, path, {}, by='nonsense')
        assert (answer.status_code, answer.json_body['code']) == (401, 'TokenForged')


BAD_ASKS = [
    ({}, 'body.organisation', 'missing'),
    ({**ASK, 'organisation': 'Демо'}, 'body.organisation', 'string_pattern_mismatch'),
    ({**ASK, 'audience': 'partner'}, 'body.audience', 'literal_error'),
    ({**ASK, 'phone': '12'}, 'body.phone', 'phone_invalid'),
    ({**ASK, 'phone': 79161234567}, 'body.phone', 'string_type'),
    ({**ASK, 'email': 'not an address'}, 'body.email', 'email_invalid'),
    ({**ASK, 'email': 'anna@example.ru'}, 'body', 'one_address'),
    ({**ASK, 'phone': None}, 'body', 'one_address'),
    ({**ASK, 'tenant': 'other'}, 'body.tenant', 'extra_forbidden'),
    ({**ASK, 'device_id': 'a b'}, 'body.device_id', 'string_pattern_mismatch'),
]


def test_a_bad_ask_names_the_field_and_leaves_no_trace(call, post):
    before = IdentityRow.count()
    for body, path, code in BAD_ASKS:
        answer = call('POST', '/otp', body)
        assert answer.status_code == 400, body
        assert (path, code) in [(error['path'], error['code']) for error in answer.json_body['errors']]
    assert IdentityRow.count() == before
    assert post.take() == []


BAD_ENTRIES = [
    ({'code': '12345'}, 'body.code'),
    ({'code': '1234567'}, 'body.code'),
    ({'code': '12345a'}, 'body.code'),
    ({'code': '١٢٣٤٥٦'}, 'body.code'),
    ({'code': '123456\n'}, 'body.code'),
    ({'code': 123456}, 'body.code'),
    ({'client': 'browser'}, 'body.client'),
    ({'device': 'x' * 101}, 'body.device'),
    ({'challenge_id': 'a#b'}, 'body.challenge_id'),
    ({'challenge_id': 'x' * 65}, 'body.challenge_id'),
]


def test_a_bad_entry_is_not_counted_as_a_try(call):
    challenge = call('POST', '/otp', ASK).json_body['challenge_id']
    good = {'challenge_id': challenge, 'code': '123456', 'client': 'site'}
    for changes, path in BAD_ENTRIES:
        answer = call('POST', '/otp/verify', {**good, **changes})
        assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, path)
    assert IdentityRow.get(f'demo#challenge#{challenge}', 'challenge').attempts == 0


def test_a_wrong_code_says_how_many_tries_are_left_and_is_counted_although_the_call_is_refused(call, post):
    challenge = call('POST', '/otp', ASK).json_body['challenge_id']
    wrong = f'{(int(post.code()) + 1) % 10**6:06d}'
    entry = {'challenge_id': challenge, 'code': wrong, 'client': 'site'}
    answers = [call('POST', '/otp/verify', entry) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 6
    assert answers[0].json_body['detail'] == 'Код неверный. Осталось 4 попытки.'
    assert answers[0].json_body['errors'][0]['path'] == 'body.code'
    assert answers[3].json_body['detail'] == 'Код неверный. Осталась 1 попытка.'
    assert answers[4].json_body['detail'] == 'Код неверный. Запросите новый.'
    assert answers[5].json_body['code'] == 'TooManyTries'


def test_too_often_says_when_to_come_again(call):
    call('POST', '/otp', ASK)
    answer = call('POST', '/otp', ASK)
    assert (answer.status_code, answer.json_body['code']) == (429, 'CodesTooOften')
    assert answer.headers['Retry-After'] == '60'
    assert answer.json_body['detail'] == 'Слишком много запросов кода. Попробуйте через 60 секунд.'


def test_when_the_topic_is_away_the_answer_says_so_and_the_limits_stand(call, monkeypatch):
    monkeypatch.setenv('MESSAGES_TOPIC', 'arn:aws:sns:eu-central-1:123456789012:nowhere')
    answer = call('POST', '/otp', ASK)
    assert answer.status_code == 503
    assert call('POST', '/otp', ASK).status_code == 429


def test_a_phone_listens_for_its_caller_and_stops(call, demo, monkeypatch):
    import boto3

    from chalicelib.messaging import repository

    token = make.session(demo.resident).access_token
    application = boto3.client('sns').create_platform_application(
        Name='android', Platform='GCM', Attributes={'PlatformCredential': 'x'}
    )['PlatformApplicationArn']
    monkeypatch.setenv('PUSH_ANDROID_APPLICATION', application)
    body = {'platform': 'android', 'token': 'a-push-token-of-the-phone'}
    assert call('PUT', '/devices/phone-1', body, by=token).status_code == 204
    assert [one.id for one in repository.devices('demo', 'resident:c1')] == ['phone-1']
    assert call('DELETE', '/devices/phone-1', by=token).status_code == 204
    assert repository.devices('demo', 'resident:c1') == []
    assert call('PUT', '/devices/phone-1', body, by=token).status_code == 204
    assert call('POST', '/sign-out-everywhere', by=token).status_code == 204
    assert repository.devices('demo', 'resident:c1') == []


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_refusal_has_its_words(locale):
    kinds = [
        kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, DomainError)
    ]
    ours = [kind.__name__ for kind in kinds if kind.__module__ == refusals.__name__]
    assert len(ours) == 20
    for name in ours:
        assert texts.find(name, locale, tries_left=2, retry_after=5)
