"""The SMS centre smsc.ru (integrations 2.1): send, cost, balance. A message is never sent twice.

The form always goes by POST, so that neither the text nor the password stands in a URL or a log.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.kit import settings, telemetry
from chalicelib.messaging.model import (
    Ambiguous,
    Answer,
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

if TYPE_CHECKING:
    import httpx

HOST = 'https://smsc.ru'
LARGEST_ANSWER = 64 * 1024
CONNECT_SECONDS, READ_SECONDS = 3, 10
BUSY_SECONDS = 60

# The numbers of the centre's errors.
WRONG_LOGIN, NO_MONEY, BLOCKED, FORBIDDEN, BAD_NUMBER, UNREACHABLE, TOO_OFTEN = 2, 3, 4, 6, 7, 8, 9


@dataclass(frozen=True, slots=True)
class Account:
    """Who sends, at which centre."""

    user: str
    password: str = field(repr=False)
    sender: str = ''


@dataclass(frozen=True, slots=True)
class Cost:
    """What a text would cost, in kopecks, and the parts it is sent in."""

    minor: int
    segments: int


class _NotReached(Exception):
    """The form surely did not reach the centre."""


class _NoAnswer(Exception):
    """The form may have reached the centre; what became of it is not known."""


def send(account: Account, phone: str, text: str, hours: int) -> Answer:
    """The centre has the text for the phone, and tries for so many hours to deliver it."""
    form = {'phones': phone, 'mes': text, 'sender': account.sender, 'valid': str(hours)}
    try:
        told = _asked(account, 'send', {**form, 'cost': '3', 'op': '1'})
    except _NotReached as fault:
        return NotNow(str(fault))
    except _NoAnswer as fault:
        return Ambiguous(str(fault))
    if 'error_code' in told:
        return _refusal(_error(told['error_code']))
    lines = told.get('phones') or [{}]
    failed = lines[0].get('error') if isinstance(lines, list) and isinstance(lines[0], dict) else None
    if failed and str(failed) != '0':
        return _refusal(_error(failed))
    return Taken(str(told['id']), _kopecks(told.get('cost'))) if 'id' in told else Ambiguous('no id')


def _refusal(code: int) -> Answer:
    if code == WRONG_LOGIN:
        return Unauthorised('login_wrong')
    if code == NO_MONEY:
        return Unauthorised('no_money')
    if code in (BLOCKED, TOO_OFTEN):
        return NotNow(f'error {code}', BUSY_SECONDS)
    return Rejected(f'error {code}')


def cost(account: Account, phone: str, text: str) -> Cost:
    """What the text would cost; nothing is sent."""
    form = {'phones': phone, 'mes': text, 'sender': account.sender, 'cost': '1'}
    told = _read(account, 'send', form)
    minor, segments = _kopecks(told.get('cost')), told.get('cnt')
    if minor is None or not isinstance(segments, int | str) or not str(segments).isdecimal():
        raise SmsCentreAway()
    return Cost(minor, int(segments))


def balance(account: Account) -> tuple[int, str]:
    """What is left on the account, in kopecks, and its currency."""
    told = _read(account, 'balance', {'cur': '1'})
    minor = _kopecks(told.get('balance'))
    if minor is None:
        raise SmsCentreAway()
    return minor, str(told.get('currency') or 'RUB')[:3]


def _read(account: Account, what: str, form: dict[str, str]) -> dict[str, Any]:
    try:
        told = _asked(account, what, form)
    except (_NotReached, _NoAnswer) as fault:
        raise SmsCentreAway() from fault
    if 'error_code' not in told:
        return told
    code = _error(told['error_code'])
    if code == WRONG_LOGIN:
        raise SmsLoginWrong()
    if code in (BLOCKED, TOO_OFTEN):
        raise SmsCentreBusy(retry_after=BUSY_SECONDS)
    if code in (BAD_NUMBER, UNREACHABLE):
        raise SmsNumberRefused()
    if code == FORBIDDEN:
        raise SmsTextRefused()
    telemetry.log.error('the SMS centre finds our form wrong', what=what, code=code)
    raise SmsCentreAway()


def _asked(account: Account, what: str, form: dict[str, str]) -> dict[str, Any]:
    """What the centre says to the form. Raises _NotReached or _NoAnswer."""
    import httpx  # 60 ms of import that only SMS need

    whole = {'login': account.user, 'psw': account.password, **form, 'fmt': '3', 'charset': 'utf-8'}
    url = f'{settings.optional("SANDBOX_SMS_URL", HOST).rstrip("/")}/sys/{what}.php'
    try:
        with _client().stream('POST', url, data=whole) as response:
            body = _bounded(response)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
        raise _NotReached(type(fault).__name__) from fault
    except httpx.HTTPError as fault:
        raise _NoAnswer(type(fault).__name__) from fault
    status = response.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise _NoAnswer(f'status {status}')
    if not response.is_success:
        raise _NotReached(f'status {status}')
    try:
        told = json.loads(body)
    except ValueError:
        raise _NoAnswer('not JSON') from None
    if not isinstance(told, dict):
        raise _NoAnswer('not an object')
    return told


def _bounded(response: 'httpx.Response') -> bytes:
    body = b''
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise _NoAnswer('too long')
    return body


@cache
def _client() -> 'httpx.Client':
    import httpx

    # Nothing is taken from the environment: neither a proxy nor a netrc may come between.
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)


def _error(code: Any) -> int:
    return int(code) if str(code).isdecimal() else 0


def _kopecks(text: Any) -> int | None:
    try:
        return int((Decimal(str(text)) * 100).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        return None
