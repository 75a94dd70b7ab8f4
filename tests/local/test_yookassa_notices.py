"""What the sandbox «ЮKassa» tells a merchant: once or often, late or never, in order or not; its troubles."""

import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from infra.local.gateway import Reply
from infra.local.server import Server
from infra.local.yookassa import YooKassa
from infra.local.yookassa.refusal import Refused
from tests.local.paying import DAY, HOUR, SHOP, Merchant, Watch, asked

GOOD, POOR = '5555555555554444', '5555555555554600'


class Hook:
    """Where the merchant hears notices; `answers` are the statuses of the next answers, then 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.answers: list[int] = []
        self.has_heard = threading.Event()
        self._server = Server(self._answer).start()
        self.url = f'{self._server.url}/v1/hooks/yookassa/demo/t0ken'

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        told = json.loads(body or b'')
        assert (method, path, told['type']) == ('POST', '/v1/hooks/yookassa/demo/t0ken', 'notification')
        self.heard.append((told['event'], told['object']['id']))
        self.has_heard.set()
        return Reply(self.answers.pop(0) if self.answers else 200, {'Location': '/elsewhere'}, b'')

    def stop(self) -> None:
        self._server.stop()


@pytest.fixture
def hook(yookassa: YooKassa) -> Iterator[Hook]:
    one = Hook()
    yookassa.wish(shop={'id': SHOP, 'notification_url': one.url})
    yield one
    one.stop()


def test_the_merchant_hears_of_every_end(
    merchant: Merchant, hook: Hook, yookassa: YooKassa, watch: Watch
) -> None:
    paid, poor = merchant.pay(asked(), GOOD)['id'], merchant.pay(asked(), POOR)['id']
    held, left = (
        merchant.pay(asked(capture=False), GOOD)['id'],
        merchant.post('/payments', asked()).json()['id'],
    )
    body = {'payment_id': paid, 'amount': asked()['amount']}
    refund = merchant.post('/refunds', body).json()['id']
    yookassa.tick()
    watch.seconds += HOUR
    yookassa.tick()
    assert hook.heard == [
        ('payment.succeeded', paid),
        ('payment.canceled', poor),
        ('payment.waiting_for_capture', held),
        ('refund.succeeded', refund),
        ('payment.canceled', left),
    ]


def test_a_shop_hears_what_it_wants_to_hear(merchant: Merchant, hook: Hook, yookassa: YooKassa) -> None:
    yookassa.wish(shop={'id': SHOP, 'events': ['payment.canceled']})
    merchant.pay(asked(), GOOD)
    poor = merchant.pay(asked(), POOR)['id']
    yookassa.wish(deliver=True)
    assert hook.heard == [('payment.canceled', poor)]


def test_a_refund_that_fails_is_never_told(merchant: Merchant, hook: Hook, yookassa: YooKassa) -> None:
    paid = merchant.pay(asked(), GOOD)
    yookassa.wish(
        deliver=True, shop={'id': SHOP, 'refunds': 'canceled', 'refund_reason': 'rejected_by_payee'}
    )
    body = {'payment_id': paid['id'], 'amount': paid['amount']}
    told = merchant.post('/refunds', body).json()
    assert told['cancellation_details'] == {'party': 'refund_network', 'reason': 'rejected_by_payee'}
    yookassa.wish(deliver=True)
    assert [event for event, _ in hook.heard] == ['payment.succeeded']


@pytest.mark.parametrize('refusal', [500, 404, 302, 202])
def test_what_was_not_taken_comes_again_until_it_is(
    merchant: Merchant, hook: Hook, yookassa: YooKassa, watch: Watch, refusal: int
) -> None:
    hook.answers = [refusal, refusal]
    paid = merchant.pay(asked(), GOOD)['id']
    yookassa.wish(deliver=True)
    yookassa.wish(deliver=True)
    assert len(hook.heard) == 1
    for seconds in (10, 30, HOUR):
        watch.seconds += seconds
        yookassa.wish(deliver=True)
    assert hook.heard == [('payment.succeeded', paid)] * 3
    notice = yookassa.wish()['notices'][0]
    assert (notice['state'], notice['answers']) == ('delivered', [refusal, refusal, 200])


def test_a_merchant_who_never_answers_is_left_after_a_day(
    merchant: Merchant, hook: Hook, yookassa: YooKassa, watch: Watch
) -> None:
    hook.stop()
    merchant.pay(asked(), GOOD)
    yookassa.wish(deliver=True)
    watch.seconds += DAY
    yookassa.wish(deliver=True)
    notice = yookassa.wish()['notices'][0]
    assert (notice['state'], notice['answers']) == ('given_up', [0, 0])


def test_notices_come_twice_late_never_and_out_of_order(
    merchant: Merchant, hook: Hook, yookassa: YooKassa, watch: Watch
) -> None:
    yookassa.wish(shop={'id': SHOP, 'copies': 2})
    twice = merchant.pay(asked(), GOOD)['id']
    yookassa.wish(deliver=True, shop={'id': SHOP, 'copies': 1, 'lose': 1})
    assert hook.heard == [('payment.succeeded', twice)] * 2
    merchant.pay(asked(), GOOD)  # lost
    yookassa.wish(deliver=True, shop={'id': SHOP, 'delay_seconds': 300})
    late = merchant.pay(asked(), GOOD)['id']
    yookassa.wish(deliver=True)
    assert len(hook.heard) == 2
    watch.seconds += 300
    yookassa.wish(deliver=True, shop={'id': SHOP, 'delay_seconds': 0, 'hold': True})
    assert hook.heard[2:] == [('payment.succeeded', late)]
    held = [merchant.pay(asked(), GOOD)['id'] for _ in range(3)]
    yookassa.wish(deliver=True)
    assert len(hook.heard) == 3
    yookassa.wish(release='reversed', deliver=True)
    assert [identity for _, identity in hook.heard[3:]] == held[::-1]


def test_a_notice_can_be_forged(merchant: Merchant, hook: Hook, yookassa: YooKassa) -> None:
    made = merchant.post('/payments', asked()).json()
    forged = {'shop': SHOP, 'event': 'payment.succeeded', 'object': made | {'status': 'succeeded'}}
    yookassa.wish(notify=forged, deliver=True)
    assert hook.heard == [('payment.succeeded', made['id'])]
    assert merchant.get(f'/payments/{made["id"]}').json()['status'] == 'pending'


def test_notices_leave_by_themselves_and_those_of_before_a_restart_too(tmp_path: Path) -> None:
    file, hook = tmp_path / 'yookassa.jsonl', Hook()
    with YooKassa(file, sends=False) as before, Merchant(before) as merchant:
        before.wish(shop={'id': SHOP, 'notification_url': hook.url})
        first = merchant.pay(asked(), GOOD)['id']
    with YooKassa(file) as after, Merchant(after) as merchant:
        assert hook.has_heard.wait(10)
        hook.has_heard.clear()
        second = merchant.pay(asked(), GOOD)['id']
        assert hook.has_heard.wait(10)
    assert [identity for _, identity in hook.heard] == [first, second]
    hook.stop()


# -- the control door ----------------------------------------------------------------------------------


def test_the_control_door_speaks_http(merchant: Merchant, yookassa: YooKassa) -> None:
    door = f'{yookassa.url}/_sandbox/yookassa'
    made = merchant.post('/payments', asked()).json()['id']
    told = httpx.post(door, json={'pay': {'payment': made, 'sbp': True}}).json()
    assert [(one['id'], one['status']) for one in told['payments']] == [(made, 'succeeded')]
    assert httpx.get(door).json() == told


@pytest.mark.parametrize(
    'wishes',
    [
        {'money': 'more'},
        {'shop': {'id': SHOP, 'colour': 'red'}},
        {'shop': {'id': SHOP, 'notification_url': 'https://merchant.example/hook'}},
        {'fail': {'how': 'badly'}},
        {'pay': {'payment': 'none', 'sbp': True}},
        {'pay': {}},
        {'pay': 7},
        {'release': 'sideways'},
    ],
)
def test_what_nobody_can_grant_is_refused(yookassa: YooKassa, wishes: dict[str, object]) -> None:
    answer = httpx.post(f'{yookassa.url}/_sandbox/yookassa', json=wishes)
    assert (answer.status_code in (400, 404), answer.json()['type']) == (True, 'error')


def test_what_is_over_stays_so(merchant: Merchant, yookassa: YooKassa) -> None:
    paid = merchant.pay(asked(), GOOD)['id']
    for wish in ({'cancel': {'payment': paid, 'reason': 'x'}}, {'pay': {'payment': paid, 'sbp': True}}):
        with pytest.raises(Refused):
            yookassa.wish(**wish)
    yookassa.wish(expire={'payment': paid})
    assert merchant.get(f'/payments/{paid}').json()['status'] == 'succeeded'


def test_faults_are_for_the_calls_they_fit_and_as_many_as_were_wished(
    merchant: Merchant, yookassa: YooKassa
) -> None:
    yookassa.wish(fail={'how': '500', 'times': 2, 'method': 'POST', 'path': '/payments'})
    assert merchant.get('/me').status_code == 200
    statuses = [merchant.post('/payments', asked()).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]
    yookassa.wish(fail={'how': '429'})
    busy = merchant.get('/me')
    assert (busy.status_code, busy.json()['retry_after']) == (429, 1000)
    yookassa.wish(fail={'how': '502', 'times': 9})
    yookassa.wish(fail=None)
    assert merchant.get('/me').status_code == 200
