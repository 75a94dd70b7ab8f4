"""How T-Bank is spoken to: JSON over POST, signed by a token, and what an answer that is none means.

Refusals come with status 200 and a code. Neither the password nor a body stands in a log or an error: only
the method, the code and the terminal.
"""

import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.billing.gateway.port import (
    Ambiguous,
    CredentialsWrong,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
)
from chalicelib.kit import settings, telemetry

if TYPE_CHECKING:
    import httpx

HOST = 'https://securepay.tinkoff.ru'
CONNECT_SECONDS, READ_SECONDS = 3, 20
LARGEST_ANSWER = 1024 * 1024

DONE = '0'
NOT_FOUND = frozenset({'7', '255', '335'})
"""There is no such payment, or no such order, at this terminal."""
BLOCKED, TWICE = '202', '8'
"""The terminal takes nothing; there is such an order already."""
REJECTED = 'REJECTED'
_WRONG_KEYS = frozenset({'204', '205', '501'})
"""The token does not fit the terminal; there is no such terminal."""
_UNSURE = frozenset({
    '55', '96', '97', '98', '99', '120', '123', '125', '402', '600', '1030', '1034', '1089', '1091', '1096',
    '9999',
})  # fmt: skip
"""The bank or somebody behind it is in trouble: what became of the operation these codes do not say."""
_OK, _BUSY = 200, 429

Told = dict[str, Any]


class _NotReached(Exception):
    """The call surely did not reach the provider."""


class _NoAnswer(Exception):
    """The call may have reached the provider; what became of it is not known."""


def token(fields: Mapping[str, Any], password: str) -> str:
    """The signature of a call or a notice: its plain fields and the password, in the order of names."""
    signed = {
        name: value
        for name, value in fields.items()
        if name != 'Token' and value is not None and not isinstance(value, dict | list)
    } | {'Password': password}
    return hashlib.sha256(''.join(_spelled(signed[name]) for name in sorted(signed)).encode()).hexdigest()


def is_signed(fields: Mapping[str, Any], password: str) -> bool:
    """Whether who wrote the fields knew the password."""
    given = fields.get('Token')
    return isinstance(given, str) and hmac.compare_digest(
        token(fields, password).encode(), given.lower().encode()
    )


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Wire:
    """The line to one terminal."""

    def __init__(self, terminal: str, password: str) -> None:
        self.terminal, self._password = terminal, password

    def __repr__(self) -> str:
        """The terminal; never its password."""
        return f'Wire({self.terminal!r})'

    def ask(self, method: str, **fields: Any) -> Told | None:
        """What there is, None where the terminal has no such thing.

        Raises CredentialsWrong, ProviderBusy, ProviderAway.
        """
        try:
            told = self._call(method, fields)
        except (_NotReached, _NoAnswer) as fault:
            raise ProviderAway(reason=str(fault)) from fault
        code = code_of(told)
        if told.get('Success') is True or told.get('Status'):
            return told
        if code in NOT_FOUND:
            return None
        raise ProviderAway(reason=f'code {code}')

    def do(self, method: str, **fields: Any) -> Told:
        """What was done. Raises what `ask` does, ProviderRefused and Ambiguous."""
        try:
            told = self._call(method, fields)
        except _NotReached as fault:
            raise ProviderAway(reason=str(fault)) from fault
        except _NoAnswer as fault:
            raise Ambiguous(reason=str(fault)) from fault
        code = code_of(told)
        if told.get('Success') is True:
            return told
        if code == DONE or (code in _UNSURE and told.get('Status') != REJECTED):
            raise Ambiguous(reason=f'code {code}')
        raise ProviderRefused(reason=code, parameter='')

    def _call(self, method: str, fields: Told) -> Told:
        """What was told. Raises CredentialsWrong, ProviderBusy, _NotReached and _NoAnswer."""
        import httpx  # 60 ms of import that only payments need

        asked = {'TerminalKey': self.terminal, **fields}
        asked['Token'] = token(asked, self._password)
        base = settings.optional('SANDBOX_TBANK_URL', HOST).rstrip('/')
        path = method if '/' in method else f'v2/{method}'
        try:
            with _client().stream(
                'POST', f'{base}/{path}', content=json.dumps(asked, ensure_ascii=False).encode(),
                headers={'Content-Type': 'application/json'},
            ) as response:  # fmt: skip
                raw = _bounded(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise _NotReached(type(fault).__name__) from fault
        except httpx.HTTPError as fault:
            raise _NoAnswer(type(fault).__name__) from fault
        return self._understood(method, response.status_code, raw)

    def _understood(self, method: str, status: int, raw: bytes) -> Told:
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if status == _BUSY:
            raise ProviderBusy(reason='429')
        if status != _OK or not isinstance(told, dict) or not isinstance(told.get('Success'), bool):
            raise _NoAnswer('not_understood' if status == _OK else f'status {status}')
        code = code_of(told)
        if told['Success'] is not True:
            telemetry.log.warning(
                'the payment provider says no', method=method, terminal=self.terminal, code=code
            )
        if code in _WRONG_KEYS:
            raise CredentialsWrong(reason=code)
        return told


def code_of(told: Told) -> str:
    """The code of an answer, `0` where all is well."""
    return str(told.get('ErrorCode', 'unknown'))[:20]


def _bounded(response: 'httpx.Response') -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise _NoAnswer('too_long')
    return bytes(body)


@cache
def _client() -> 'httpx.Client':
    import httpx

    # Nothing is taken from the environment: neither a proxy nor a netrc may come between.
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, verify=_trusted())


def _trusted() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # The bank moves to the Russian Trusted CA, which nobody else's list has.
    if file := settings.optional('TBANK_CA_FILE'):
        context.load_verify_locations(file)
    return context
