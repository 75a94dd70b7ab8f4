"""The sandbox of T-Bank: its contract, its page for people, and what it tells a merchant how often."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.gateway import Reply
from infra.local.server import Server
from infra.local.tbank import TBank
from infra.local.tbank.cards import CARDS
from infra.local.tbank.signing import signed, token
from tests.local.paying import DAY, HOUR, Watch

TERMINAL = 'DomovoyDEMO'
GOOD, ASKING, POOR = '4300000000000777', '5000000000000108', '4000000000000119'


class Merchant:
    """Calls the API as a terminal, and the pages as its clients do."""

    def __init__(self, bank: TBank) -> None:
        self._bank, self._orders = bank, 0
        self.heard: list[tuple[str, int]] = []
        self.answers: list[bytes] = []
        self._server = Server(self._hear).start()
        bank.wish(shop={'id': TERMINAL, 'notification_url': f'{self._server.url}/hook'})

    def stop(self) -> None:
        self._server.stop()

    def _hear(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        told = httpx.Response(200, content=body or b'').json()
        assert (method, path, told['TerminalKey']) == ('POST', '/hook', TERMINAL)
        assert told['Token'] == token(told, f'pa55-{TERMINAL}')
        self.heard.append((told['Status'], told['Amount']))
        return Reply(200, {}, self.answers.pop(0) if self.answers else b'OK')

    def calls(self, method: str, **fields: Any) -> dict[str, Any]:
        body = signed({'TerminalKey': TERMINAL, **fields}, f'pa55-{TERMINAL}')
        answer = httpx.post(f'{self._bank.url}/v2/{method}', json=body, timeout=10)
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    def begins(self, **changes: Any) -> dict[str, Any]:
        self._orders += 1
        line = {
            'Name': 'Вызов сантехника', 'Price': 125000, 'Quantity': 1, 'Amount': 125000, 'Tax': 'none',
            'PaymentMethod': 'full_payment', 'PaymentObject': 'service',
        }  # fmt: skip
        usual = {
            'Amount': 125000, 'OrderId': f'{self._orders}', 'Description': 'Заявка <b>№ 7</b>',
            'SuccessURL': 'https://app.example/paid', 'FailURL': 'https://app.example/failed',
            'Receipt': {'Email': 'resident@example.ru', 'Taxation': 'osn', 'Items': [line]},
        }  # fmt: skip
        return self.calls('Init', **{name: one for name, one in (usual | changes).items() if one is not None})

    def pays(self, card: str = GOOD) -> str:
        made = self.begins()
        httpx.post(made['PaymentURL'], data={'card': card})
        return str(made['PaymentId'])

    def status(self, payment: str) -> str:
        return str(self.calls('GetState', PaymentId=payment)['Status'])


@pytest.fixture
def bank(watch: Watch) -> Iterator[TBank]:
    with TBank(now=watch, sends=False) as running:
        yield running


@pytest.fixture
def merchant(bank: TBank) -> Iterator[Merchant]:
    one = Merchant(bank)
    yield one
    one.stop()


@pytest.mark.parametrize('changes, code', [
    ({'Amount': 99}, '308'), ({'Amount': '125000'}, '9'), ({'OrderId': 'x' * 51}, '9'),
    ({'Strange': 1}, '9'), ({'Receipt': None}, '309'), ({'Amount': 125001}, '9'),
    ({'RedirectDueDate': 'soon'}, '9'), ({'Recurrent': 'Y'}, '9'), ({'SuccessURL': 'javascript:1'}, '9'),
])  # fmt: skip
def test_what_is_not_by_the_contract_is_refused(
    merchant: Merchant, changes: dict[str, Any], code: str
) -> None:
    told = merchant.begins(**changes)
    assert (told['Success'], told['ErrorCode']) == (False, code)


def test_who_signs_wrong_and_who_is_unknown_hears_so(merchant: Merchant, bank: TBank) -> None:
    for body, code in (
        ({'TerminalKey': TERMINAL, 'PaymentId': '1', 'Token': 'x'}, '204'),
        ({'TerminalKey': 'unknown', 'PaymentId': '1'}, '501'),
    ):
        told = httpx.post(f'{bank.url}/v2/GetState', json=body).json()
        assert (told['Success'], told['ErrorCode']) == (False, code)
    assert httpx.post(f'{bank.url}/v2/Nothing', json={}).status_code == 404
    assert merchant.calls('GetState', PaymentId='1')['ErrorCode'] == '255'
    assert merchant.calls('CheckOrder', OrderId='1')['ErrorCode'] == '335'


def test_the_page_shows_what_is_paid_and_every_test_card(merchant: Merchant, bank: TBank) -> None:
    made = merchant.begins()
    page = httpx.get(made['PaymentURL'])
    assert (page.status_code, page.headers['content-type']) == (200, 'text/html; charset=utf-8')
    shown = ('1\u00a0250,00\u00a0₽', 'Заявка &lt;b&gt;№ 7&lt;/b&gt;', 'resident@example.ru', 'name="sbp"')
    assert [one for one in shown if one not in page.text] == []
    assert all(f'value="{card.number}"' in page.text for card in CARDS)
    assert merchant.status(made['PaymentId']) == 'FORM_SHOWED'
    assert httpx.get(f'{bank.url}/pay/none').status_code == 404


def test_who_paid_is_back_in_the_shop(merchant: Merchant) -> None:
    for choice in ({'card': GOOD}, {'sbp': 'yes'}, {'card': GOOD, 'expires': '12/30', 'code': '123'}):
        made = merchant.begins()
        answer = httpx.post(made['PaymentURL'], data=choice)
        assert (answer.status_code, answer.headers['location']) == (303, 'https://app.example/paid')
        assert merchant.status(made['PaymentId']) == 'CONFIRMED'


def test_a_code_of_sbp_is_paid_by_sbp_alone(merchant: Merchant) -> None:
    made = merchant.begins()
    address = merchant.calls('GetQr', PaymentId=made['PaymentId'], DataType='PAYLOAD')['Data']
    assert 'name="card"' not in httpx.get(address).text
    httpx.post(address, data={'card': GOOD})
    assert merchant.status(made['PaymentId']) == 'FORM_SHOWED'
    assert httpx.post(address, data={'sbp': 'yes'}).status_code == 303
    assert merchant.status(made['PaymentId']) == 'CONFIRMED'


@pytest.mark.parametrize('choice, status, words', [
    ({'card': POOR}, 'REJECTED', 'не хватает денег'),
    ({'card': '4111 1111 1111 1111'}, 'REJECTED', 'такой карты нет'),
    ({'card': GOOD, 'expires': '01/20', 'code': '123'}, 'REJECTED', 'срок карты истёк'),
    ({'card': GOOD, 'expires': '12/30', 'code': '12'}, 'REJECTED', 'неверный код карты'),
    ({'card': GOOD, 'expires': '13/30', 'code': '123'}, 'NEW', 'Срок карты пишут так'),
])  # fmt: skip
def test_who_could_not_pay_reads_why(
    merchant: Merchant, choice: dict[str, str], status: str, words: str
) -> None:
    made = merchant.begins()
    page = httpx.post(made['PaymentURL'], data=choice)
    assert (page.status_code, words in page.text) == (200, True)
    assert merchant.status(made['PaymentId']) == status


def test_a_bank_may_ask_who_it_is(merchant: Merchant) -> None:
    for answer, status in (('yes', 'CONFIRMED'), ('no', 'AUTH_FAIL')):
        made = merchant.begins()
        assert '3-D Secure' in httpx.post(made['PaymentURL'], data={'card': ASKING}).text
        assert merchant.status(made['PaymentId']) == '3DS_CHECKING'
        httpx.post(made['PaymentURL'], data={'confirm': answer})
        assert merchant.status(made['PaymentId']) == status


def test_a_refund_is_known_again_by_its_id_and_one_by_sbp_is_not(merchant: Merchant, bank: TBank) -> None:
    paid = merchant.pays()
    line = bank.wish()['payments'][0]['receipt']['Items'][0] | {'Price': 100, 'Amount': 100}
    part = {
        'PaymentId': paid, 'Amount': 100, 'ExternalRequestId': 'ref-1',
        'Receipt': {'Email': 'a@b.ru', 'Taxation': 'osn', 'Items': [line]},
    }  # fmt: skip
    told = [merchant.calls('Cancel', **part) for _ in range(2)]
    assert [(one['Status'], one['NewAmount']) for one in told] == [('PARTIAL_REFUNDED', 124900)] * 2
    made = merchant.begins()
    httpx.post(made['PaymentURL'], data={'sbp': 'yes'})
    for _ in range(2):
        merchant.calls('Cancel', **part | {'PaymentId': made['PaymentId']})
    assert [one['refunded'] for one in bank.wish()['payments']] == [100, 200]
    assert merchant.calls('Cancel', PaymentId=paid, Amount=125000)['ErrorCode'] == '330'


def test_a_notice_is_told_until_the_word_comes_back(merchant: Merchant, bank: TBank, watch: Watch) -> None:
    merchant.answers = [b'', b'{"ok": true}', b'OK']
    bank.wish(shop={'id': TERMINAL, 'events': ['CONFIRMED']})
    merchant.pays()
    bank.tick()
    for _ in range(4):
        watch.seconds += HOUR
        bank.tick()
    assert merchant.heard == [('CONFIRMED', 125000)] * 3
    merchant.answers = [b'no'] * 100
    merchant.pays()
    bank.tick()
    for _ in range(24):
        watch.seconds += HOUR
        bank.tick()
    for _ in range(35):
        watch.seconds += DAY
        bank.tick()
    assert bank.wish()['notices'][-1]['state'] == 'given_up'


def test_notices_come_twice_late_never_and_in_any_order(merchant: Merchant, bank: TBank) -> None:
    bank.wish(shop={'id': TERMINAL, 'hold': True, 'copies': 2})
    paid = merchant.pays()
    merchant.calls('Cancel', PaymentId=paid)
    bank.tick()
    assert merchant.heard == []
    bank.wish(release='reversed', deliver=True)
    assert [status for status, _ in merchant.heard] == [
        'REFUNDED', 'REFUNDED', 'CONFIRMED', 'CONFIRMED', 'AUTHORIZED', 'AUTHORIZED',
    ]  # fmt: skip
    bank.wish(shop={'id': TERMINAL, 'hold': False, 'copies': 1, 'lose': 2})
    merchant.pays()
    bank.tick()
    assert len(merchant.heard) == 6
    bank.wish(repeat=bank.wish()['notices'][-1]['id'], deliver=True)
    assert len(merchant.heard) == 7


def test_the_cabinet_shows_what_was_paid_paid_back_and_told(merchant: Merchant, bank: TBank) -> None:
    bank.wish(shop={'id': TERMINAL, 'refunds': 'pending'})
    paid = merchant.pays()
    merchant.calls('Cancel', PaymentId=paid)
    waits = merchant.begins()
    page = httpx.get(bank.url).text
    for shown in (TERMINAL, paid, 'ASYNC_REFUNDING', 'CONFIRMED', waits['PaymentURL'].rpartition('/')[2]):
        assert shown in page
    [refund] = bank.wish()['refunds']
    assert httpx.post(bank.url, data={'refund': refund['id'], 'status': 'succeeded'}).status_code == 303
    assert merchant.status(paid) == 'REFUNDED'
    strange = httpx.post(bank.url, data={'shop': TERMINAL, 'notification_url': 'https://merchant.example/'})
    assert (strange.status_code, 'role="alert"' in strange.text) == (400, True)


def test_money_goes_back_by_hand_a_part_and_then_the_rest(merchant: Merchant, bank: TBank) -> None:
    paid = merchant.pays()
    assert f'name="return" value="{paid}"' in httpx.get(bank.url).text
    for roubles, status in (('0,5', 400), ('words', 400), ('1250.01', 400), ('250,50', 303)):
        answer = httpx.post(bank.url, data={'return': paid, 'roubles': roubles})
        assert answer.status_code == status, roubles
    assert merchant.status(paid) == 'PARTIAL_REFUNDED'
    assert httpx.post(bank.url, data={'return': paid, 'roubles': ''}).status_code == 303
    assert merchant.status(paid) == 'REFUNDED'
    assert f'name="return" value="{paid}"' not in httpx.get(bank.url).text
    bank.tick()
    assert merchant.heard[-2:] == [('PARTIAL_REFUNDED', 25050), ('REFUNDED', 99950)]


def test_a_restart_forgets_nothing(tmp_path: Path, watch: Watch) -> None:
    file = tmp_path / 'tbank.jsonl'
    with TBank(file, now=watch, sends=False) as first:
        one = Merchant(first)
        paid, made = one.pays(), one.begins()
        one.stop()
    with TBank(file, now=watch, sends=False) as again:
        states = {one['id']: one['status'] for one in again.wish()['payments']}
        assert states == {paid: 'CONFIRMED', made['PaymentId']: 'NEW'}
        assert httpx.get(made['PaymentURL']).status_code == 200  # at the port it had
