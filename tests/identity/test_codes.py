"""One-time codes: who gets one, and how often."""

import re

import pytest

from chalicelib.identity import rules, service
from chalicelib.identity.model import CodeBudgetSpent, CodesTooOften, CodeWanted, CodeWrong
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.errors import DomainError
from chalicelib.kit.networks import network_of
from chalicelib.messaging.model import Channel
from tests.identity.desk import ask, enter
from tests.make import identity as make

pytestmark = pytest.mark.usefixtures('demo')


@pytest.mark.proves('CLI-008', 'REG-013')
def test_the_code_goes_to_the_phone_as_a_secret_that_expires_and_opens_a_session(post, time):
    challenge_id = ask()
    [message] = post.take()
    assert re.fullmatch(r'Код (\d{6})\. Никому не сообщайте\.\n@app\.domovoy\.example #\1', message.text)
    assert (message.id, message.channel, message.to) == (challenge_id, Channel.SMS, make.PHONE)
    assert message.is_secret
    assert message.expires_at == time.at + rules.CODE_LIFETIME
    tokens = enter(challenge_id, message.text.split()[1].strip('.'))
    caller = service.authenticate(tokens.access_token)
    assert (caller.organisation, caller.audience, caller.id) == ('demo', Audience.RESIDENT, 'c1')


def test_only_a_keyed_digest_of_the_code_is_kept(post):
    ask()
    code = post.code()
    for row in IdentityRow.scan():
        assert code not in (row.body or '')


def test_an_employee_gets_the_code_by_e_mail_in_his_own_language(post, demo):
    make.employee(was=demo.employee, locale='en')
    challenge_id = ask(None, audience=Audience.STAFF, email='Ivan@romashka.example')
    [message] = post.take()
    assert (message.channel, message.to, message.locale) == (Channel.EMAIL, 'ivan@romashka.example', 'en')
    assert re.match(r'Code \d{6}\. Do not share it with anyone\.\n\nEnter it', message.text)
    assert re.fullmatch(r'Your sign-in code: \d{6}', message.title)
    code = message.text.split()[1].strip('.')
    assert service.authenticate(enter(challenge_id, code, ClientKind.CRM).access_token).id == 'e1'


def test_an_unknown_address_gets_the_same_answer_but_nothing_that_would_be_delivered(post, time):
    known, unknown = (
        service.send_code(
            CodeWanted(organisation='demo', audience=Audience.RESIDENT, phone=phone), source_ip='203.0.113.7'
        )
        for phone in (make.PHONE, '+79990000001')
    )
    assert (known.resend_after, known.expires_in) == (unknown.resend_after, unknown.expires_in) == (60, 300)
    assert len(known.challenge_id) == len(unknown.challenge_id)
    alive = {message.to: message.is_expired(time.at) for message in post.take()}
    assert alive == {make.PHONE: False, '+79990000001': True}


def test_even_the_right_code_opens_nothing_for_an_address_that_is_nobodys(post):
    challenge_id = ask('+79990000001')
    with pytest.raises(CodeWrong):
        enter(challenge_id, post.code())


@pytest.mark.parametrize(
    'changes, code',
    [
        ({'phone': '+74951234567'}, 'PhoneNotMobile'),
        ({'phone': '+77011234567'}, 'PhoneNotMobile'),
        ({'phone': '+375291234567'}, 'PhoneNotMobile'),
        ({'phone': '+78001234567'}, 'PhoneNotMobile'),
        ({'phone': None, 'email': 'anna@example.ru'}, 'EmailForStaffOnly'),
        ({'organisation': 'nobody'}, 'OrganisationUnknown'),
    ],
)
def test_where_codes_do_not_go_nothing_is_kept_and_nothing_is_sent(post, changes, code):
    before = IdentityRow.count()
    with pytest.raises(DomainError) as refusal:
        ask(**changes)
    assert refusal.value.code == code
    assert IdentityRow.count() == before
    assert post.take() == []


def test_another_code_may_be_asked_for_after_sixty_seconds_and_not_before(post, time):
    ask()
    time.advance(seconds=59)
    with pytest.raises(CodesTooOften) as refusal:
        ask()
    assert refusal.value.retry_after == 1
    time.advance(seconds=1)
    ask()
    assert len(post.take()) == 2


def test_five_codes_an_hour_go_to_an_address(post, time):
    for _ in range(5):
        ask()
        time.advance(minutes=2)
    with pytest.raises(CodesTooOften) as refusal:
        ask()
    assert refusal.value.retry_after == 50 * 60
    time.advance(minutes=50)
    ask()


def test_ten_codes_a_day_go_to_an_address(post, time):
    for _ in range(10):
        ask()
        time.advance(minutes=30)
    with pytest.raises(CodesTooOften) as refusal:
        ask()
    assert refusal.value.retry_after == 19 * 3600
    time.advance(hours=19)
    ask()


def test_the_limits_hold_for_unknown_addresses_too(post):
    ask('+79990000001')
    with pytest.raises(CodesTooOften):
        ask('+79990000001')


def test_one_network_asks_for_twenty_codes_an_hour(post, time):
    for number in range(20):
        ask(f'+799900001{number:02d}')
    with pytest.raises(CodesTooOften) as refusal:
        ask('+79990000200')
    assert refusal.value.retry_after == 3601
    ask('+79990000200', source_ip='203.0.113.8')
    time.advance(hours=1)
    ask('+79990000201')


def test_an_ipv6_network_is_counted_by_what_one_customer_has():
    assert network_of('2001:db8:1:2:3::4') == network_of('2001:db8:1:2:ffff::1')
    assert network_of('2001:db8:1:3::4') != network_of('2001:db8:1:2::4')
    assert network_of('') == 'unknown'


def test_one_device_asks_for_ten_codes_an_hour(post):
    for number in range(10):
        ask(f'+799900001{number:02d}', device_id='phone-1')
    with pytest.raises(CodesTooOften):
        ask('+79990000200', device_id='phone-1')
    ask('+79990000200', device_id='phone-2')


@pytest.mark.parametrize('setting', ['SMS_CODES_PER_DAY', 'SMS_CODES_PER_DAY_OF_ALL'])
def test_when_the_days_budget_is_spent_everybody_is_told_so(post, time, monkeypatch, setting):
    monkeypatch.setenv(setting, '1')
    ask()
    for phone in (make.PHONE, '+79990000001'):
        with pytest.raises(CodeBudgetSpent) as refusal:
            ask(phone)
        assert refusal.value.retry_after == 15 * 3600 + 1
    ask(None, audience=Audience.STAFF, email='ivan@romashka.example')
    time.advance(hours=15)
    ask()


def test_unknown_addresses_do_not_spend_the_budget(post, monkeypatch):
    monkeypatch.setenv('SMS_CODES_PER_DAY', '1')
    ask('+79990000001')
    ask()
    assert len(post.take()) == 2


def test_one_organisation_does_not_spend_the_limits_of_another(post, monkeypatch):
    monkeypatch.setenv('SMS_CODES_PER_DAY', '1')
    make.tenant('other')
    make.login('other')
    assert ask() != ask(organisation='other')
