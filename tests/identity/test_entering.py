"""What opens with a code, how often it may be tried, and codes known beforehand."""

import json

import pytest

from chalicelib.identity.model import (
    CodeExpired,
    CodeUsed,
    CodeWanted,
    CodeWrong,
    LoginState,
    SignInLocked,
    TooManyTries,
)
from chalicelib.identity.repository import codes as rows
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.errors import DomainError
from tests.identity.desk import ask, enter, other_than
from tests.make import identity as make

pytestmark = pytest.mark.usefixtures('demo')


def test_the_fifth_try_is_taken(post):
    challenge_id = ask()
    code = post.code()
    for left in (4, 3, 2, 1):
        with pytest.raises(CodeWrong) as refusal:
            enter(challenge_id, other_than(code))
        assert refusal.value.details == {'tries_left': left}
    assert enter(challenge_id, code).access_token


def test_the_sixth_try_is_refused_even_with_the_right_code(post):
    challenge_id = ask()
    code = post.code()
    for _ in range(5):
        with pytest.raises(CodeWrong):
            enter(challenge_id, other_than(code))
    with pytest.raises(TooManyTries):
        enter(challenge_id, code)


@pytest.mark.parametrize('seconds, is_taken', [(299, True), (300, False), (301, False)])
def test_a_code_lives_less_than_five_minutes(post, time, seconds, is_taken):
    challenge_id = ask()
    code = post.code()
    time.advance(seconds=seconds)
    if is_taken:
        assert enter(challenge_id, code)
    else:
        with pytest.raises(CodeExpired):
            enter(challenge_id, code)


def test_a_code_is_taken_once(post):
    challenge_id = ask()
    code = post.code()
    enter(challenge_id, code)
    with pytest.raises(CodeUsed):
        enter(challenge_id, code)


def test_of_two_at_the_same_moment_with_the_same_code_one_gets_in(post):
    challenge_id = ask()
    code = post.code()
    with dynamo.unit_of_work() as first:
        enter(challenge_id, code)
    with dynamo.unit_of_work() as second:
        enter(challenge_id, code)
    dynamo.send(first.writes)
    with pytest.raises(CodeUsed):
        dynamo.send(second.writes)
    assert IdentityRow.count('demo#login#resident#c1', IdentityRow.sk.startswith('session#')) == 1


def test_a_new_code_kills_the_one_before(post, time):
    first = ask()
    code = post.code()
    time.advance(minutes=1)
    second = ask()
    with pytest.raises(CodeExpired):
        enter(first, code)
    assert enter(second, post.code())


def test_a_challenge_nobody_made_takes_no_code():
    for challenge_id in ('nonsense', 'demo_nonsense', 'other_abc', '_'):
        with pytest.raises(CodeExpired):
            enter(challenge_id, '000000')


def test_a_code_opens_only_the_challenge_it_was_made_for(post):
    mine = ask()
    post.code()
    ask('+79031112233', audience=Audience.STAFF)
    with pytest.raises(CodeWrong):
        enter(mine, post.code())


def test_fifteen_wrong_codes_in_a_day_lock_the_address_for_a_day(post, time):
    for _ in range(3):
        challenge_id = ask()
        code = post.code()
        for _ in range(5):
            with pytest.raises(CodeWrong):
                enter(challenge_id, other_than(code))
        time.advance(minutes=1)
    with pytest.raises(SignInLocked) as refusal:
        ask()
    assert refusal.value.retry_after == 24 * 3600 - 60
    with pytest.raises(SignInLocked):
        enter(challenge_id, code)
    time.advance(hours=23, minutes=58, seconds=59)
    with pytest.raises(SignInLocked):
        ask()
    time.advance(seconds=1)
    assert enter(ask(), post.code())


def test_fourteen_wrong_codes_do_not_lock(post, time):
    for tries in (5, 5, 4):
        challenge_id = ask()
        code = post.code()
        for _ in range(tries):
            with pytest.raises(CodeWrong):
                enter(challenge_id, other_than(code))
        time.advance(minutes=1)
    assert enter(challenge_id, code)


def test_a_wrong_code_stands_at_the_address_even_if_somebody_else_wrote_there_meanwhile(post, time):
    ask()
    address = CodeWanted(organisation='demo', audience=Audience.RESIDENT, phone=make.PHONE).address
    seen = dynamo.find(rows.reading_knocks(address))
    rows.note_failure(seen, time.at)
    rows.note_failure(seen, time.at)
    assert len(dynamo.find(rows.reading_knocks(address)).failed_at) == 2


@pytest.mark.parametrize('client', [ClientKind.CRM, ClientKind.STAFF_APP])
def test_a_resident_cannot_sign_in_to_the_programs_of_the_staff(post, client):
    challenge_id = ask()
    with pytest.raises(DomainError) as refusal:
        enter(challenge_id, post.code(), client)
    assert refusal.value.code == 'ClientForAnotherAudience'


def test_a_login_closed_while_the_code_was_on_its_way_is_not_let_in(post, demo):
    challenge_id = ask()
    code = post.code()
    make.login(was=demo.resident, state=LoginState.CLOSED)
    with pytest.raises(CodeWrong):
        enter(challenge_id, code)


def test_a_code_for_a_phone_that_is_no_longer_the_persons_opens_nothing(post, demo):
    challenge_id = ask()
    code = post.code()
    make.login(was=demo.resident, phone='+79161234568')
    with pytest.raises(CodeWrong):
        enter(challenge_id, code)


@pytest.mark.parametrize(
    'stage, review, is_taken',
    [('test', '', True), ('prod', '', False), ('prod', '+79990000001', False), ('prod', make.PHONE, True)],
)
def test_fixed_codes_are_honoured_outside_production_and_for_the_reviewers_phone(
    post, monkeypatch, stage, review, is_taken
):
    monkeypatch.setenv('FIXED_CODES', json.dumps({make.PHONE: '123456'}))
    monkeypatch.setenv('DOMOVOY_STAGE', stage)
    monkeypatch.setenv('REVIEW_PHONE', review)
    monkeypatch.setattr('secrets.randbelow', lambda most: 7)
    ask()
    assert post.code() == ('123456' if is_taken else '000007')


def test_a_deployment_that_does_not_say_its_stage_knows_no_fixed_codes(post, monkeypatch):
    monkeypatch.setenv('FIXED_CODES', json.dumps({make.PHONE: '123456'}))
    monkeypatch.delenv('DOMOVOY_STAGE')
    monkeypatch.setattr('secrets.randbelow', lambda most: 7)
    ask()
    assert post.code() == '000007'
