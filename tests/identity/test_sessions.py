"""Sessions: prolonged by tokens that serve once, ended by the person, by age or by misuse."""

import hashlib
from datetime import timedelta

import pytest

from chalicelib.identity import service
from chalicelib.identity.model import LoginState, RefreshTokenSpent, RefreshTokenUnknown, SessionEnded
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience
from chalicelib.kit.errors import ChangedMeanwhile
from tests.identity.desk import caller
from tests.make import identity as make


def with_part(token, place, text):
    parts = token.split('.')
    parts[place] = text
    return '.'.join(parts)


def test_a_sign_in_is_announced_with_its_time(demo, announced, time):
    session = caller(make.session(demo.resident)).session
    assert announced('SignedIn') == [
        {
            'organisation': 'demo',
            'at': '2026-11-23T09:00:00.000Z',
            'by': {'kind': 'resident', 'id': 'c1', 'name': 'Анна Петрова'},
            'audience': 'resident',
            'subject_id': 'c1',
            'session_id': session,
            'client': 'resident-app',
        }
    ]


def test_only_digests_of_refresh_tokens_are_kept(demo):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    bodies = ''.join(row.body or '' for row in IdentityRow.scan())
    for token in (first.refresh_token, second.refresh_token):
        assert token not in bodies
        assert token.split('.')[-1] not in bodies
    assert hashlib.sha256(second.refresh_token.encode()).hexdigest() in bodies


def test_a_refresh_gives_the_next_pair_and_the_session_stays_the_same(demo, time):
    first = make.session(demo.resident)
    time.advance(minutes=10)
    second = service.refresh(first.refresh_token)
    assert second.refresh_token != first.refresh_token
    assert second.expires_in == 600
    assert caller(second).session == service.authenticate(second.access_token).session
    assert service.refresh(second.refresh_token)


@pytest.mark.parametrize('seconds', [0, 1, 20])
def test_a_token_spent_a_moment_ago_is_answered_with_the_same_successor(demo, time, seconds):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    time.advance(seconds=seconds)
    again = service.refresh(first.refresh_token)
    assert again.refresh_token == second.refresh_token
    assert caller(again)
    assert service.refresh(second.refresh_token)


def test_a_token_spent_longer_ago_ends_the_session_for_both_who_hold_it(demo, time, announced):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    time.advance(seconds=21)
    with pytest.raises(RefreshTokenSpent):
        service.refresh(first.refresh_token)
    with pytest.raises(SessionEnded):
        service.refresh(second.refresh_token)
    with pytest.raises(SessionEnded):
        service.authenticate(second.access_token)
    [reused] = announced('RefreshTokenReused')
    [ended] = announced('SessionsEnded')
    assert (reused['subject_id'], reused['client']) == ('c1', 'resident-app')
    assert (ended['session_id'], ended['reason']) == (reused['session_id'], 'token_reused')


def test_grace_is_for_the_token_spent_last_alone(demo):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    third = service.refresh(second.refresh_token)
    with pytest.raises(RefreshTokenSpent):
        service.refresh(first.refresh_token)
    with pytest.raises(SessionEnded):
        service.refresh(third.refresh_token)


def test_the_end_for_reuse_stands_although_the_call_is_refused(demo, call, time):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    time.advance(seconds=21)
    answer = call('POST', '/refresh', {'refresh_token': first.refresh_token})
    assert (answer.status_code, answer.json_body['code']) == (401, 'RefreshTokenSpent')
    answer = call('POST', '/refresh', {'refresh_token': second.refresh_token})
    assert (answer.status_code, answer.json_body['code']) == (401, 'SessionEnded')


def test_the_end_for_reuse_stands_although_the_other_holder_refreshes_at_that_moment(demo, time):
    first = make.session(demo.resident)
    second = service.refresh(first.refresh_token)
    time.advance(seconds=21)
    with dynamo.unit_of_work() as unit:
        service.refresh(second.refresh_token)
    with pytest.raises(RefreshTokenSpent):
        service.refresh(first.refresh_token)
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(unit.writes)


def test_of_two_refreshes_at_the_same_moment_the_loser_gets_the_successor_of_the_winner(demo):
    first = make.session(demo.resident)
    with dynamo.unit_of_work() as one:
        won = service.refresh(first.refresh_token)
    with dynamo.unit_of_work() as other:
        service.refresh(first.refresh_token)
    dynamo.send(one.writes)
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(other.writes)
    assert service.refresh(first.refresh_token).refresh_token == won.refresh_token


def test_a_token_somebody_made_up_does_not_end_the_session(demo):
    tokens = make.session(demo.resident)
    made_up = [
        with_part(tokens.refresh_token, -1, 'A' * 43),
        with_part(tokens.refresh_token, -2, '0'),
        with_part(tokens.refresh_token, -2, '2'),
        with_part(tokens.refresh_token, -2, '-1'),
        with_part(tokens.refresh_token, -2, 'x'),
        with_part(tokens.refresh_token, 0, 'other'),
        with_part(tokens.refresh_token, 1, 'staff'),
        with_part(tokens.refresh_token, 1, 'partner'),
        with_part(tokens.refresh_token, 2, 'c2'),
        with_part(tokens.refresh_token, 3, 'nonsense'),
        with_part(tokens.refresh_token, -1, 'ы'),
        tokens.access_token,
        'nonsense',
        '.....',
    ]
    for text in made_up:
        with pytest.raises(RefreshTokenUnknown):
            service.refresh(text)
    assert service.refresh(tokens.refresh_token)


def test_a_refresh_token_opens_no_door(demo):
    with pytest.raises(Exception, match='TokenForged'):
        service.authenticate(make.session(demo.resident).refresh_token)


IDLE = {Audience.RESIDENT: timedelta(days=60), Audience.STAFF: timedelta(hours=12)}
ABSOLUTE = {Audience.RESIDENT: timedelta(days=180), Audience.STAFF: timedelta(days=14)}


@pytest.mark.parametrize('audience', IDLE)
def test_a_session_that_stays_unused_ends(demo, time, audience):
    login = demo.employee if audience is Audience.STAFF else demo.resident
    tokens = make.session(login)
    assert tokens.refresh_expires_in == IDLE[audience].total_seconds()
    begun = time.at
    time.move(begun + IDLE[audience] - timedelta(seconds=1))
    tokens = service.refresh(tokens.refresh_token)
    time.move(time.at + IDLE[audience])
    with pytest.raises(SessionEnded):
        service.refresh(tokens.refresh_token)


@pytest.mark.parametrize('audience', ABSOLUTE)
def test_a_session_ends_however_much_it_is_used(demo, time, audience):
    login = demo.employee if audience is Audience.STAFF else demo.resident
    tokens, begun = make.session(login), time.at
    step = IDLE[audience] - timedelta(hours=1)
    while time.at + step < begun + ABSOLUTE[audience]:
        time.move(time.at + step)
        tokens = service.refresh(tokens.refresh_token)
    time.move(begun + ABSOLUTE[audience] - timedelta(seconds=1))
    tokens = service.refresh(tokens.refresh_token)
    assert tokens.refresh_expires_in == 1
    time.advance(seconds=1)
    with pytest.raises(SessionEnded):
        service.refresh(tokens.refresh_token)
    with pytest.raises(SessionEnded):
        service.authenticate(tokens.access_token)


def test_a_refreshed_token_tells_the_role_of_now(demo):
    tokens = make.session(demo.employee)
    make.grant('demo', 'controller', 'requests.check')
    make.employee(was=demo.employee, grant_id='controller')
    assert caller(service.refresh(tokens.refresh_token)).permissions == {'requests.check'}


@pytest.mark.parametrize(
    'changes', [{'state': LoginState.BLOCKED}, {'state': LoginState.CLOSED}, {'phone': '+79161234568'}]
)
def test_after_a_block_a_close_or_another_phone_no_old_session_goes_on(demo, changes):
    tokens = make.session(demo.resident)
    make.login(was=demo.resident, **changes)
    with pytest.raises(SessionEnded):
        service.refresh(tokens.refresh_token)
