"""The sandbox SMS centre keeps the contract of SMSC.ru."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from infra.local.sms_centre import Message, SmsCentre, segments

PHONE = '79161234567'


class Watch:
    """A clock that a test winds."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def centre(watch: Watch) -> Iterator[SmsCentre]:
    with SmsCentre(now=watch) as running:
        yield running


def call(centre: SmsCentre, script: str = 'send', **form: str) -> dict[str, Any]:
    signed = {'login': 'company', 'psw': 'secret', 'fmt': '3', 'charset': 'utf-8'}
    answer = httpx.post(f'{centre.url}/sys/{script}.php', data=signed | form, timeout=10)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def send(centre: SmsCentre, phones: str = PHONE, mes: str = 'Счёт № 5', **form: str) -> dict[str, Any]:
    return call(centre, phones=phones, mes=mes, **form)


def test_a_message_is_sent_priced_and_paid(centre: SmsCentre) -> None:
    told = send(centre, f'{PHONE},79031112233', sender='MYUK', cost='3', op='1')
    assert told == {
        'id': 1,
        'cnt': 2,
        'cost': '9.80',
        'balance': '990.20',
        'phones': [
            {'phone': PHONE, 'mccmnc': '25001', 'cost': '4.90'},
            {'phone': '79031112233', 'mccmnc': '25001', 'cost': '4.90'},
        ],
    }
    assert centre.sent[0] == Message(1, 'company', PHONE, 'Счёт № 5', 'MYUK', '4.90', 1)


def test_an_estimate_sends_and_costs_nothing(centre: SmsCentre) -> None:
    assert send(centre, f'{PHONE},79031112233', cost='1') == {'cost': '9.80', 'cnt': 2}
    assert centre.sent == []
    assert call(centre, 'balance', cur='1') == {'balance': '1000.00', 'currency': 'RUB'}


def test_each_login_has_its_own_balance(centre: SmsCentre) -> None:
    send(centre)
    assert call(centre, 'balance') == {'balance': '995.10'}
    assert call(centre, 'balance', login='another') == {'balance': '1000.00'}


def test_without_money_nothing_is_sent(centre: SmsCentre) -> None:
    assert send(centre, login='poor-company') == {'error': 'no money', 'error_code': 3, 'id': 1}
    centre.set_balance('poor-company', '4.90')
    assert send(centre, login='poor-company', mes='и ещё раз')['cnt'] == 1
    assert len(centre.sent) == 1


@pytest.mark.parametrize(
    ('form', 'code'),
    [
        ({'phones': ''}, 1),
        ({'mes': ''}, 1),
        ({'mes': 'я' * 1001}, 1),
        ({'id': '2147483648'}, 1),
        ({'cost': '7'}, 1),
        ({'psw': 'wrong'}, 2),
        ({'login': ''}, 2),
        ({'sender': 'FORBIDDEN'}, 6),
        ({'phones': '12345'}, 7),
        ({'phones': '79160000000'}, 8),
    ],
)
def test_a_refusal_is_a_number_under_status_200(centre: SmsCentre, form: dict[str, str], code: int) -> None:
    assert send(centre, **form)['error_code'] == code
    assert centre.sent == []


def test_an_unreachable_phone_among_others_is_told_for_itself(centre: SmsCentre) -> None:
    told = send(centre, f'{PHONE};79160000000;123', cost='2', op='1')
    assert (told['cnt'], told['cost']) == (1, '4.90')
    assert [(line['phone'], line.get('error')) for line in told['phones']] == [
        (PHONE, None),
        ('79160000000', '8'),
        ('123', '7'),
    ]


def test_the_same_message_twice_within_a_minute_is_refused(centre: SmsCentre, watch: Watch) -> None:
    assert 'id' in send(centre)
    assert send(centre)['error_code'] == 9
    assert 'error_code' not in send(centre, mes='Другой текст')
    watch.seconds += 61
    assert 'error_code' not in send(centre)


def test_the_sixth_equal_estimate_within_a_minute_is_refused(centre: SmsCentre, watch: Watch) -> None:
    assert [send(centre, cost='1').get('error_code') for _ in range(6)] == [None] * 5 + [9]
    watch.seconds += 61
    assert 'error_code' not in send(centre, cost='1')


def test_the_eleventh_question_for_the_balance_within_a_minute_is_refused(centre: SmsCentre) -> None:
    assert [call(centre, 'balance').get('error_code') for _ in range(11)] == [None] * 10 + [9]


def test_a_status_is_told_by_number_and_id(centre: SmsCentre) -> None:
    identity = str(send(centre, f'{PHONE},79161110020')['id'])
    delivered = call(centre, 'status', phone=PHONE, id=identity, all='2')
    assert (delivered['status'], delivered['cost'], delivered['message']) == (1, '4.90', 'Счёт № 5')
    assert call(centre, 'status', phone='79161110020', id=identity)['status'] == 20
    assert call(centre, 'status', phone=PHONE, id='999')['status'] == -3
    assert call(centre, 'status', phone=PHONE)['error_code'] == 1


def test_our_own_number_of_a_message_is_kept(centre: SmsCentre) -> None:
    assert send(centre, id='777')['id'] == 777


def test_without_the_charset_a_text_is_taken_for_windows_1251(centre: SmsCentre) -> None:
    send(centre, charset='')
    assert centre.sent[0].text != 'Счёт № 5'


def test_without_fmt_3_the_answer_is_no_json(centre: SmsCentre) -> None:
    form = {'login': 'company', 'psw': 'wrong', 'phones': PHONE, 'mes': 'x'}
    assert httpx.post(f'{centre.url}/sys/send.php', data=form).text == 'ERROR = 2 (authorise error)'


@pytest.mark.parametrize(
    ('text', 'parts'), [('a' * 160, 1), ('a' * 161, 2), ('я' * 70, 1), ('я' * 71, 2), ('я' * 135, 3)]
)
def test_a_text_is_counted_in_parts(text: str, parts: int) -> None:
    assert segments(text) == parts


@pytest.mark.parametrize(('trouble', 'status'), [('500', 500), ('garbage', 200)])
def test_a_broken_centre_answers_with_a_page(centre: SmsCentre, trouble: str, status: int) -> None:
    httpx.post(f'{centre.url}/_sandbox/sms', json={'fail': trouble})
    answer = httpx.post(
        f'{centre.url}/sys/send.php', data={'login': 'a', 'psw': 'b', 'phones': PHONE, 'mes': 'x'}
    )
    assert (answer.status_code, answer.headers['content-type']) == (status, 'text/html')
    assert centre.sent == []
    httpx.post(f'{centre.url}/_sandbox/sms', json={'fail': None})
    assert 'id' in send(centre)


def test_a_silent_centre_has_sent_the_message_all_the_same(centre: SmsCentre) -> None:
    centre.fail('timeout')
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f'{centre.url}/sys/send.php',
            data={'login': 'a', 'psw': 'b', 'phones': PHONE, 'mes': 'x'},
            timeout=0.2,
        )
    assert len(centre.sent) == 1


def test_a_hundred_senders_at_once_pay_each_for_theirs(centre: SmsCentre) -> None:
    senders = [threading.Thread(target=send, args=(centre, PHONE, f'№ {number}')) for number in range(100)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(centre.sent) == 100
    assert call(centre, 'balance') == {'balance': '510.00'}
