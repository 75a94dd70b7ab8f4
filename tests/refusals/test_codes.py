"""One-time codes and refresh tokens that open nothing."""

from datetime import timedelta

import pytest

from chalicelib.kit import clock
from tests.conftest import NOON
from tests.refusals.conftest import nothing_stored
from tests.refusals.told import refused

pytestmark = pytest.mark.usefixtures('restored')

CODE = '246813'


@pytest.fixture
def phone(demo, monkeypatch):
    """The telephone of the resident, to whom always the same code is sent."""
    number = demo.people['client'].phone
    monkeypatch.setenv('FIXED_CODES', f'{{"{number}": "{CODE}"}}')
    return number


@pytest.fixture
def challenge(phone, call):
    """A code is on its way; what it is called."""
    answer = call('POST', '/v1/auth/otp', {'organisation': 'demo', 'audience': 'resident', 'phone': phone})
    assert answer.status_code == 202, answer.body
    return answer.json_body['challenge_id']


def enter(call, challenge, code=CODE, client='resident-app'):
    return call('POST', '/v1/auth/otp/verify', {'challenge_id': challenge, 'code': code, 'client': client})


def test_a_code_opens_once(challenge, call):
    assert enter(call, challenge).status_code == 200
    with nothing_stored():
        refused(enter(call, challenge), 422, code='CodeUsed')


def test_a_code_lives_five_minutes(challenge, call):
    with clock.stopped(NOON + timedelta(minutes=5, seconds=1)), nothing_stored():
        refused(enter(call, challenge), 422, code='CodeExpired')


def test_a_wrong_code_is_told_with_the_tries_left(challenge, call):
    problem = refused(enter(call, challenge, '000000'), 422, code='CodeWrong')
    assert problem['params']['tries_left'] == 4
    for _ in range(4):
        refused(enter(call, challenge, '000000'), 422, code='CodeWrong')
    refused(enter(call, challenge), 422, code='TooManyTries')


def test_a_code_nobody_was_sent_opens_nothing(call):
    with nothing_stored():
        for challenge in ('demo_nothing', 'nowhere_nothing', 'x', '-', '_'):
            refused(enter(call, challenge), 422, code='CodeExpired')


def test_a_code_of_residents_opens_no_program_of_staff(challenge, call):
    with nothing_stored():
        refused(enter(call, challenge, client='crm'), 422, code='ClientForAnotherAudience')


@pytest.mark.parametrize('code', ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '12345\x00', ' 24681'])
def test_a_code_has_six_digits(code, challenge, call):
    with nothing_stored():
        refused(enter(call, challenge, code), 400, code='NotDecent', path='body.code')


def test_an_organisation_there_is_not_sends_no_codes(phone, call):
    body = {'organisation': 'nowhere', 'audience': 'resident', 'phone': phone}
    with nothing_stored():
        refused(call('POST', '/v1/auth/otp', body), 404, code='OrganisationUnknown')


def test_an_unknown_person_is_told_what_a_known_one_is(challenge, call):
    body = {'organisation': 'demo', 'audience': 'resident', 'phone': '+79165550000'}
    answer = call('POST', '/v1/auth/otp', body)
    assert answer.status_code == 202
    unknown = answer.json_body['challenge_id']
    assert len(unknown) == len(challenge)
    refused(enter(call, unknown), 422, code='CodeWrong')


def test_a_second_code_comes_no_sooner_than_it_may(challenge, phone, call):
    body = {'organisation': 'demo', 'audience': 'resident', 'phone': phone}
    with nothing_stored():
        refused(call('POST', '/v1/auth/otp', body), 429, code='CodesTooOften')


def refresh(call, token):
    return call('POST', '/v1/auth/refresh', {'refresh_token': token})


def test_a_refresh_token_serves_once(demo, call):
    token = demo.tokens['resident_refresh']
    assert refresh(call, token).status_code == 200
    with clock.stopped(NOON + timedelta(minutes=1)):
        refused(refresh(call, token), 401, code='RefreshTokenSpent')
        with nothing_stored():
            refused(refresh(call, token), 401, code='SessionEnded')


def test_a_forged_refresh_token_opens_nothing(demo, other, call):
    genuine = demo.tokens['staff_refresh']
    parts = genuine.split('.')
    forged = [
        genuine[:-3] + ('abc' if genuine[-3:] != 'abc' else 'xyz'),
        '.'.join(['other', *parts[1:]]),
        '.'.join([*parts[:4], '7', parts[5]]),
        '.'.join([*parts[:4], '9' * 100, parts[5]]),
        '.'.join([*parts[:4], 'x', parts[5]]),
        '.'.join([*parts[:2], other.staff.id, *parts[3:]]),
        'x',
        '.....',
    ]
    for token in forged:
        with nothing_stored():
            refused(refresh(call, token), 401, code='RefreshTokenUnknown')
    with clock.stopped(NOON + timedelta(days=400)), nothing_stored():
        refused(refresh(call, genuine), 401, code='SessionEnded')
