"""The sandbox SMS centre: speaks the contract of SMSC.ru over loopback HTTP and delivers to a list.

Numbers decide what happens: ...0000 cannot be delivered (error 8), ...0020 is accepted, then undeliverable.
The password `wrong` is refused (error 2), so is the sender `FORBIDDEN` (error 6). A login starts with 1,000
roubles, one beginning with `poor` with none. `POST /_sandbox/sms` with
`{"fail": "timeout" | "500" | "garbage" | null}` plays trouble, with `{"login": ..., "balance": "12.30"}` it
sets a balance.
"""

import itertools
import json
import re
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from infra.local.gateway import Reply
from infra.local.server import NoReply, Server, as_json

PRICE = Decimal('4.90')
OPENING_BALANCE = Decimal('1000.00')
LONGEST_TEXT = 1000
LARGEST_ID = 2147483647
WINDOW_SECONDS = 60
COST_REQUESTS_A_WINDOW = 5
BALANCE_REQUESTS_A_WINDOW = 10
LONGEST_SILENCE = 120

ERRORS = {
    1: 'parameters error',
    2: 'authorise error',
    3: 'no money',
    6: 'message is denied',
    7: 'invalid number',
    8: "message to this number can't be delivered",
    9: 'duplicate request, wait a minute',
}
GSM = re.compile(r'[\n\r !"#$%&\'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¡ÄÖÑÜ§¿äöñüà¤]*')
PHONE = re.compile(r'\+?[1-9]\d{10,14}')
GARBAGE = Reply(200, {'Content-Type': 'text/html'}, b'<html><body>We are upgrading</body></html>')
BROKEN = Reply(500, {'Content-Type': 'text/html'}, b'<html><body>Internal Server Error</body></html>')


@dataclass(frozen=True)
class Message:
    """A text message that the centre took."""

    id: int
    login: str
    phone: str
    text: str
    sender: str
    cost: str
    segments: int


class Refused(Exception):
    """The centre answers with an error number; `id` is the number the message would have had."""

    def __init__(self, code: int, identity: int | None = None) -> None:
        self.code, self.identity = code, identity


def segments(text: str) -> int:
    """The number of parts a text is sent in: 160/153 characters of GSM-7, else 70/67 of UCS-2."""
    whole, part = (160, 153) if GSM.fullmatch(text) else (70, 67)
    length = len(text) if whole == 160 else len(text.encode('utf-16-le')) // 2
    return 1 if length <= whole else -(-length // part)


class SmsCentre:
    """`with SmsCentre() as centre: ...` serves at `centre.url`; what was sent is in `centre.sent`."""

    def __init__(
        self,
        port: int = 0,
        *,
        on_sent: Callable[[Message], None] = lambda message: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.sent: list[Message] = []
        self._on_sent, self._now = on_sent, now
        self._balances: dict[str, Decimal] = {}
        self._asked: dict[tuple[str, ...], deque[float]] = {}
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._fail: str | None = None
        self._trouble_over = threading.Event()
        self._server = Server(self._answer, port)
        self.url = self._server.url

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fail(None)
        self._server.stop()

    def fail(self, how: str | None) -> None:
        """From now on: take and never answer (`timeout`), answer 500 or garbage, or (None) work."""
        if how not in ('timeout', '500', 'garbage', None):
            raise ValueError(f'unknown trouble {how!r}')
        self._trouble_over.set()
        self._trouble_over = threading.Event()
        self._fail = how

    def set_balance(self, login: str, balance: Decimal | str) -> None:
        """The login has this much."""
        with self._lock:
            self._balances[login] = Decimal(balance)

    def balance(self, login: str) -> Decimal:
        """What the login has left."""
        return self._balances.get(login, Decimal(0) if login.startswith('poor') else OPENING_BALANCE)

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        place, _, query = path.partition('?')
        if place == '/_sandbox/sms':
            return self._control(method, body)
        if place not in (
            ways := {
                '/sys/send.php': self._send,
                '/sys/balance.php': self._tell_balance,
                '/sys/status.php': self._status,
            }
        ):
            return Reply(404, {'Content-Type': 'text/html'}, b'<html><body>Not Found</body></html>')
        if self._fail in ('500', 'garbage'):
            return BROKEN if self._fail == '500' else GARBAGE
        form = _form(query.encode() + b'&' + (body or b''))
        try:
            login = self._signed_in(form)
            with self._lock:
                told = ways[place](login, form)
        except Refused as refusal:
            told = {'error': ERRORS[refusal.code], 'error_code': refusal.code}
            told |= {} if refusal.identity is None else {'id': refusal.identity}
        if self._fail == 'timeout':
            # The message is sent, the answer never comes: the hard case for whoever asked.
            self._trouble_over.wait(LONGEST_SILENCE)
            raise NoReply
        return as_json(told) if form.get('fmt') == '3' else _plain(told)

    def _control(self, method: str, body: bytes | None) -> Reply:
        if method == 'POST':
            wish = json.loads(body or b'{}')
            if 'fail' in wish:
                self.fail(wish['fail'])
            if 'balance' in wish:
                self.set_balance(wish['login'], wish['balance'])
        return as_json({'fail': self._fail, 'sent': len(self.sent)})

    def _signed_in(self, form: Mapping[str, str]) -> str:
        login = form.get('apikey') or form.get('login', '')
        password = form.get('apikey') or form.get('psw', '')
        if not login or not password or password == 'wrong':
            raise Refused(2)
        return login

    def _send(self, login: str, form: Mapping[str, str]) -> dict[str, Any]:
        phones, mode = _wanted(form)
        identity = int(form.get('id') or 0) or next(self._ids)
        reachable = _reachable(phones, form, identity)
        text, sender = form['mes'], form.get('sender', '')
        estimates = mode == '1'
        what, times = ('cost', COST_REQUESTS_A_WINDOW) if estimates else ('send', 1)
        self._limit(what, times, login, ','.join(phones), text, sender)
        parts = segments(text)
        total, count = parts * PRICE * len(reachable), parts * len(reachable)
        if estimates:
            return {'cost': f'{total:.2f}', 'cnt': count}
        if self.balance(login) < total:
            raise Refused(3, identity)
        self._balances[login] = self.balance(login) - total
        price = f'{parts * PRICE:.2f}'
        for phone in reachable:
            message = Message(identity, login, phone.lstrip('+'), text, sender, price, parts)
            self.sent.append(message)
            self._on_sent(message)
        told: dict[str, Any] = {'id': identity, 'cnt': count}
        if mode in '23':
            told['cost'] = f'{total:.2f}'
        if mode == '3':
            told['balance'] = f'{self.balance(login):.2f}'
        if form.get('op') == '1':
            told['phones'] = [self._line(phone, phone in reachable, price) for phone in phones]
        return told

    @staticmethod
    def _line(phone: str, is_taken: bool, price: str) -> dict[str, str]:
        line = {'phone': phone.lstrip('+'), 'mccmnc': '25001', 'cost': price if is_taken else '0.00'}
        return line if is_taken else line | {'status': '20', 'error': '8' if PHONE.fullmatch(phone) else '7'}

    def _tell_balance(self, login: str, form: Mapping[str, str]) -> dict[str, Any]:
        self._limit('balance', BALANCE_REQUESTS_A_WINDOW, login)
        told = {'balance': f'{self.balance(login):.2f}'}
        return told | {'currency': 'RUB'} if form.get('cur') == '1' else told

    def _status(self, login: str, form: Mapping[str, str]) -> dict[str, Any]:
        phone, identity = form.get('phone', '').lstrip('+'), form.get('id', '')
        if not phone or not identity.isdigit():
            raise Refused(1)
        found = next(
            (m for m in self.sent if (m.login, m.phone, m.id) == (login, phone, int(identity))), None
        )
        if found is None:
            return {'status': -3, 'last_date': '', 'last_timestamp': 0, 'status_name': 'Не найдено', 'err': 0}
        status, name = (20, 'Невозможно доставить') if phone.endswith('0020') else (1, 'Доставлено')
        at = int(self._now())
        told = {'status': status, 'last_date': _moscow(at), 'last_timestamp': at, 'err': 0}
        if form.get('all') not in ('1', '2'):
            return told
        rest = {'send_date': _moscow(at), 'send_timestamp': at, 'phone': phone, 'cost': found.cost, 'type': 0}
        return told | rest | {'sender_id': found.sender, 'status_name': name, 'message': found.text}

    def _limit(self, what: str, times: int, *who: str) -> None:
        """Raises Refused(9) when the same was asked `times` times within the last minute."""
        now, asked = self._now(), self._asked.setdefault((what, *who), deque())
        while asked and asked[0] <= now - WINDOW_SECONDS:
            asked.popleft()
        if len(asked) >= times:
            raise Refused(9)
        asked.append(now)


def _form(encoded: bytes) -> dict[str, str]:
    # The real centre takes windows-1251 for granted unless it is told otherwise.
    charset = 'utf-8' if re.search(rb'(?:^|&)charset=utf-8(?:&|$)', encoded, re.IGNORECASE) else 'cp1251'
    pairs = urllib.parse.parse_qsl(
        encoded.decode('ascii', 'replace'), keep_blank_values=True, encoding=charset
    )
    return dict(pairs)


def _wanted(form: Mapping[str, str]) -> tuple[list[str], str]:
    """The phones and the mode of cost of a request to send. Raises Refused(1) for bad parameters."""
    phones = [phone.strip() for phone in re.split('[,;]', form.get('phones', '')) if phone.strip()]
    mode, given = form.get('cost', '0'), form.get('id') or '1'
    is_text_good = 0 < len(form.get('mes', '')) <= LONGEST_TEXT
    is_id_good = given.isdigit() and 1 <= int(given) <= LARGEST_ID
    if not phones or not is_text_good or not is_id_good or mode not in ('0', '1', '2', '3'):
        raise Refused(1)
    return phones, mode


def _reachable(phones: Sequence[str], form: Mapping[str, str], identity: int) -> list[str]:
    """The phones a message goes to. Raises Refused when there is none, or for the sender."""
    if form.get('sender') == 'FORBIDDEN':
        raise Refused(6, identity)
    good = [phone for phone in phones if PHONE.fullmatch(phone)]
    if not good:
        raise Refused(7, identity)
    reachable = [phone for phone in good if not phone.endswith('0000')]
    if not reachable:
        raise Refused(8, identity)
    return reachable


def _plain(told: Mapping[str, Any]) -> Reply:
    if 'error_code' in told:
        line = f'ERROR = {told["error_code"]} ({told["error"]})'
    else:
        line = ', '.join(str(value) for value in told.values())
    return Reply(200, {'Content-Type': 'text/plain; charset=windows-1251'}, line.encode('cp1251', 'replace'))


def _moscow(instant: int) -> str:
    return time.strftime('%d.%m.%Y %H:%M:%S', time.gmtime(instant + 3 * 3600))
