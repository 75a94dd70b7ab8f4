"""Access tokens: whom they tell of, and which are not taken."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey

from chalicelib.identity import gateway, service
from chalicelib.identity.model import LoginState, SessionEnded, TokenExpired, TokenForged
from chalicelib.identity.repository import admitted
from chalicelib.identity.service import tokens
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, ClientKind
from tests.conftest import NOON
from tests.identity.conftest import OLD_SECRET, SECRET
from tests.identity.desk import claims, signed
from tests.make import identity as make


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip('=')


@pytest.mark.proves('IAM-017')
@pytest.mark.parametrize(
    'audience, client',
    [
        (Audience.STAFF, ClientKind.CRM),
        (Audience.STAFF, ClientKind.STAFF_APP),
        (Audience.RESIDENT, ClientKind.RESIDENT_APP),
        (Audience.RESIDENT, ClientKind.SITE),
    ],
)
def test_the_caller_is_what_session_login_grant_and_tenant_say(demo, audience, client):
    login = demo.employee if audience is Audience.STAFF else demo.resident
    caller = service.authenticate(make.session(login, client).access_token)
    assert (caller.organisation, caller.audience, caller.id, caller.name) == (
        'demo',
        audience,
        login.subject_id,
        login.name,
    )
    assert caller.client is client
    assert caller.permissions == (demo.grant.permissions if audience is Audience.STAFF else frozenset())
    assert (caller.zone, caller.locale, caller.features) == ('Europe/Moscow', 'ru', frozenset())
    assert caller.scope.places is None
    assert not caller.is_blocked


def test_the_next_call_knows_what_houses_above_changed_meanwhile(demo):
    token = make.session(demo.employee).access_token
    make.tenant(zone='Asia/Omsk', locale='en', features=frozenset({'incidents'}))
    make.grant('demo', 'dispatcher', 'refunds.approve')
    make.employee(was=demo.employee, name='Иван Кузнецов', places=['b1', 'b2'])
    caller = service.authenticate(token)
    assert (caller.zone, caller.locale, caller.features) == ('Asia/Omsk', 'en', frozenset({'incidents'}))
    assert caller.permissions == {'refunds.approve'}
    assert caller.name == 'Иван Кузнецов'
    assert caller.scope.covers('b1')
    assert not caller.scope.covers('b3')


def test_another_role_holds_at_once_although_the_token_names_the_old_one(demo):
    token = make.session(demo.employee).access_token
    make.grant('demo', 'controller', 'requests.check')
    changed = make.employee(was=demo.employee, grant_id='controller')
    assert service.authenticate(token).permissions == {'requests.check'}
    make.employee(was=changed, grant_id=None)
    assert service.authenticate(token).permissions == frozenset()


def test_a_role_that_is_gone_allows_nothing(demo):
    token = make.session(demo.employee).access_token
    dynamo.commit(service.revoking('demo', 'dispatcher'))
    assert service.authenticate(token).permissions == frozenset()


def test_who_may_see_no_place_sees_none(demo):
    make.employee(was=demo.employee, places=[])
    login = dynamo.get(service.reading_login('demo', Audience.STAFF, 'e1'))
    assert not service.authenticate(make.session(login).access_token).scope.covers('b1')


def test_the_own_language_of_a_login_is_stronger_than_the_organisations(demo):
    login = make.login(was=demo.resident, locale='en')
    assert service.authenticate(make.session(login).access_token).locale == 'en'


@pytest.mark.parametrize('seconds, is_taken', [(599, True), (600, False), (601, False)])
def test_an_access_token_lives_ten_minutes(demo, time, seconds, is_taken):
    token = make.session(demo.resident).access_token
    time.advance(seconds=seconds)
    if is_taken:
        assert service.authenticate(token)
    else:
        with pytest.raises(TokenExpired):
            service.authenticate(token)


def test_the_token_of_another_instance_whose_clock_is_ahead_is_taken(demo, time):
    token = make.session(demo.resident).access_token
    time.advance(seconds=-1)
    assert service.authenticate(token)


def test_a_token_says_its_kind_its_key_and_its_ten_claims(demo):
    token = make.session(demo.employee).access_token
    header, body, _ = (
        part and json.loads(base64.urlsafe_b64decode(part + '==')) for part in [*token.split('.')[:2], '']
    )
    assert header == {'alg': 'HS256', 'kid': gateway.Key.of(SECRET).kid, 'typ': 'at+jwt'}
    assert set(body) == set(claims())
    assert (body['aud'], body['role'], body['client'], body['ver']) == ('staff', 'dispatcher', 'crm', 1)


FORGED = {
    'no algorithm': lambda: f'{part({"alg": "none", "kid": gateway.Key.of(SECRET).kid})}.{part(claims())}.',
    'no signature': lambda: signed().rpartition('.')[0] + '.',
    'another key': lambda: signed(OLD_SECRET, {'kid': gateway.Key.of(SECRET).kid}),
    'an unknown key id': lambda: signed(header={'kid': 'unknown'}),
    'a key we do not have': lambda: signed(OLD_SECRET),
    'another algorithm': lambda: signed(header={'alg': 'HS512'}),
    'a curve': lambda: jwt.encode(
        {'alg': 'ES256', 'kid': gateway.Key.of(SECRET).kid}, claims(), ECKey.generate_key('P-256')
    ),
    'another kind': lambda: signed(header={'typ': 'JWT'}),
    'another audience': lambda: signed(aud='partner'),
    'several audiences': lambda: signed(aud=['resident', 'staff']),
    'another issuer': lambda: signed(iss='urn:domovoy:other'),
    'no end': lambda: signed(without=['exp']),
    'an end that is no number': lambda: signed(exp='tomorrow'),
    'no subject': lambda: signed(without=['sub']),
    'no session': lambda: signed(without=['sid']),
    'no organisation': lambda: signed(without=['org']),
    'no issuer': lambda: signed(without=['iss']),
    'another body': lambda: '.'.join(
        [signed().split('.')[0], part(claims(org='other')), signed().split('.')[2]]
    ),
    'nothing': lambda: '',
    'dots': lambda: '...',
    'a header that is a list': lambda: f'{part([])}.{part(claims())}.x',
    'very much': lambda: 'x' * 100_000,
}


@pytest.mark.parametrize('kind', FORGED)
def test_a_token_we_did_not_make_for_this_use_is_not_taken(kind, time):
    with pytest.raises(TokenForged):
        tokens.read_access(FORGED[kind](), time.at)


def test_the_token_the_forgeries_start_from_is_good(time):
    assert tokens.read_access(signed(), time.at).sub == 'c1'


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.text(max_size=40), min_size=3, max_size=3).map('.'.join)))
def test_no_text_breaks_the_reader(text):
    gateway._read.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv('TOKEN_KEYS', json.dumps({'current': SECRET}))
        with pytest.raises(TokenForged):
            tokens.read_access(text, NOON)


def test_a_good_token_of_a_session_that_is_not_there_is_not_taken(demo):
    with pytest.raises(SessionEnded):
        service.authenticate(signed())


@pytest.mark.proves('AMB-94')
def test_a_good_token_with_the_session_of_another_organisation_is_not_taken(demo):
    make.tenant('other')
    make.login('other')
    session_id = service.authenticate(make.session(demo.resident).access_token).session
    with pytest.raises(SessionEnded):
        service.authenticate(signed(org='other', sid=session_id))


def test_a_token_of_an_older_generation_is_not_taken(demo):
    session_id = service.authenticate(make.session(demo.resident).access_token).session
    with pytest.raises(SessionEnded):
        service.authenticate(signed(sid=session_id, ver=2))
    assert service.authenticate(signed(sid=session_id, ver=1))


def test_without_its_tenant_nobody_is_let_in(world, time):
    token = make.session(make.login()).access_token
    with pytest.raises(SessionEnded):
        service.authenticate(token)


@pytest.mark.proves('CLI-004', 'AMB-78')
def test_a_blocked_client_loses_his_sessions_but_may_sign_in_again_and_is_known_as_blocked(demo, post):
    token = make.session(demo.resident).access_token
    blocked = make.login(was=demo.resident, state=LoginState.BLOCKED)
    with pytest.raises(SessionEnded):
        service.authenticate(token)
    again = make.session(blocked).access_token
    assert service.authenticate(again).is_blocked
    make.login(was=blocked, state=LoginState.ACTIVE)
    assert not service.authenticate(again).is_blocked


def test_the_sessions_of_a_closed_login_are_dead_at_once(demo):
    token = make.session(demo.employee).access_token
    closed = make.employee(was=demo.employee, state=LoginState.CLOSED)
    with pytest.raises(SessionEnded):
        service.authenticate(token)
    with pytest.raises(SessionEnded):
        service.authenticate(make.session(closed).access_token)


def test_one_round_trip_tells_who_calls(demo, monkeypatch):
    token = make.session(demo.employee).access_token
    calls = []
    client = dynamo.connection().client
    client.meta.events.register('before-call.dynamodb', lambda model, **_: calls.append(model.name))
    service.authenticate(token)
    assert calls == ['BatchGetItem']


def test_a_login_row_is_not_touched_by_reading(demo):
    before = dynamo.get(admitted.reading_login('demo', Audience.RESIDENT, 'c1'))
    service.authenticate(make.session(demo.resident).access_token)
    assert dynamo.get(admitted.reading_login('demo', Audience.RESIDENT, 'c1')) == before
