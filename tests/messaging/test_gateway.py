"""The contract of the SMS centre (integrations 2.1), letters, and the seal of passwords."""

import pytest

from chalicelib.messaging.gateway import mail, secrets, smsc
from chalicelib.messaging.model import (
    Ambiguous,
    Channel,
    NotNow,
    Rejected,
    SmsCentreAway,
    SmsCentreBusy,
    SmsLoginWrong,
    SmsNumberRefused,
    SmsTextRefused,
    Taken,
    Unauthorised,
)
from tests.make import messaging as make

ACCOUNT = smsc.Account('uk', 'pa55', 'MYUK')
PHONE = '+79161234567'


def send():
    return smsc.send(ACCOUNT, PHONE, 'Оплатите счёт', 3)


def test_a_text_is_posted_as_a_form_in_utf_8_and_taken_with_its_cost(sms_centre):
    assert send() == Taken('77', 490)
    assert sms_centre.forms == [
        (
            '/sys/send.php',
            {
                'login': 'uk',
                'psw': 'pa55',
                'phones': PHONE,
                'mes': 'Оплатите счёт',
                'sender': 'MYUK',
                'valid': '3',
                'cost': '3',
                'op': '1',
                'fmt': '3',
                'charset': 'utf-8',
            },
        )
    ]


@pytest.mark.parametrize(
    'code, answer',
    [
        (1, Rejected('error 1')),
        (2, Unauthorised('login_wrong')),
        (3, Unauthorised('no_money')),
        (4, NotNow('error 4', 60)),
        (5, Rejected('error 5')),
        (6, Rejected('error 6')),
        (7, Rejected('error 7')),
        (8, Rejected('error 8')),
        (9, NotNow('error 9', 60)),
    ],
)
def test_each_error_of_the_centre_has_its_meaning(sms_centre, code, answer):
    sms_centre.fails(code)
    assert send() == answer


def test_an_error_of_the_one_phone_is_the_answer(sms_centre):
    sms_centre.script.append((200, {'id': 5, 'cnt': 0, 'phones': [{'phone': '79161234567', 'error': '8'}]}))
    assert send() == Rejected('error 8')


@pytest.mark.parametrize(
    'status, answer',
    [
        (500, b'<html>broken</html>'),
        (502, {'id': 5}),
        (200, b'<html>We are upgrading</html>'),
        (200, b'[1]'),
        (200, b''),
        (200, {}),
        (200, b'{"id": 1, "pad": "' + b'x' * 100_000 + b'"}'),
        (200, 'hang up'),
        (200, 'silence'),
    ],
)
def test_what_cannot_be_understood_after_the_post_is_ambiguous(sms_centre, monkeypatch, status, answer):
    monkeypatch.setattr(smsc, 'READ_SECONDS', 0.2)
    smsc._client.cache_clear()
    sms_centre.script.append((status, answer))
    assert isinstance(send(), Ambiguous)
    assert len(sms_centre.forms) == 1
    smsc._client.cache_clear()


def test_a_centre_that_was_not_reached_may_be_asked_again(sms_centre, monkeypatch):
    monkeypatch.setenv('SANDBOX_SMS_URL', 'http://127.0.0.1:9')
    assert send() == NotNow('ConnectError')


@pytest.mark.parametrize('status', [302, 403, 404])
def test_a_page_that_is_not_the_centre_took_nothing(sms_centre, status):
    sms_centre.script.append((status, b'<html></html>'))
    assert send() == NotNow(f'status {status}')


@pytest.mark.proves('SMS-004')
def test_the_cost_is_asked_without_sending(sms_centre):
    assert smsc.cost(ACCOUNT, PHONE, 'Оплатите счёт') == smsc.Cost(980, 2)
    assert sms_centre.sent == []


def test_the_balance_is_in_kopecks(sms_centre):
    assert smsc.balance(ACCOUNT) == (8475, 'RUB')


@pytest.mark.parametrize(
    'code, refusal',
    [
        (2, SmsLoginWrong),
        (4, SmsCentreBusy),
        (6, SmsTextRefused),
        (7, SmsNumberRefused),
        (8, SmsNumberRefused),
        (9, SmsCentreBusy),
        (1, SmsCentreAway),
    ],
)
def test_each_error_of_a_question_is_a_refusal(sms_centre, code, refusal):
    sms_centre.fails(code)
    with pytest.raises(refusal):
        smsc.cost(ACCOUNT, PHONE, 'Оплатите счёт')


@pytest.mark.parametrize(
    'answer',
    [b'<html></html>', {}, {'balance': 'much'}, {'balance': 'NaN'}, {'balance': 'Infinity'}, 'hang up'],
)
def test_a_balance_that_is_none_means_the_centre_is_away(sms_centre, answer):
    sms_centre.script.append((200, answer))
    with pytest.raises(SmsCentreAway):
        smsc.balance(ACCOUNT)


def test_nothing_secret_is_logged_on_the_way(sms_centre, everything_logged):
    smsc.send(ACCOUNT, PHONE, 'Код 908070', 1)
    assert '908070' not in everything_logged.text
    assert 'pa55' not in everything_logged.text


def test_a_letter_shows_every_character_and_obeys_none():
    message = make.message(
        Channel.EMAIL,
        title='Счёт <12>',
        text='Добрый день & привет!\n\n<script>alert(1)</script> {{ 7*7 }}\nhttps://pay.example/x?a=1&b=2',
    )
    page = mail.html(message)
    assert 'Счёт &lt;12&gt;' in page
    assert '&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}' in page
    assert '<script>' not in page
    assert 'href="https://pay.example/x?a=1&amp;b=2"' in page
    assert page.count('<p ') == 2
    assert '<html lang="ru">' in page


def test_a_seal_opens_only_for_its_own_organisation(sms_key):
    sealed = secrets.seal('demo', 'pa55')
    assert 'pa55' not in sealed
    assert secrets.unseal('demo', sealed) == 'pa55'
    with pytest.raises(SmsLoginWrong):
        secrets.unseal('other', sealed)
