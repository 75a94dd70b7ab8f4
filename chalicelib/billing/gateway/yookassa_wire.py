"""How «ЮKassa» is spoken to: basic auth, JSON, and what an answer that is none means.

Neither the key nor a body stands in a log or an error: only the code of the provider, what it blames, and
the id by which its support finds the call.
"""

import json
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

HOST = 'https://api.yookassa.ru/v3'
CONNECT_SECONDS, READ_SECONDS = 3, 20
LARGEST_ANSWER = 4 * 1024 * 1024
"""Octets: a page of a hundred payments with all they have is some 200 KB."""

_OK, _FOUND_NOTHING, _UNKNOWN, _FORBIDDEN, _BUSY = 200, 404, 401, 403, 429
_REFUSALS = range(400, 500)

Told = dict[str, Any]


class _NotReached(Exception):
    """The call surely did not reach the provider."""


class _NoAnswer(Exception):
    """The call may have reached the provider; what became of it is not known."""


class Wire:
    """The line to one shop."""

    def __init__(self, shop_id: str, secret_key: str) -> None:
        self._shop_id, self._secret_key = shop_id, secret_key

    def __repr__(self) -> str:
        """The shop; never its key."""
        return f'Wire({self._shop_id!r})'

    def get(self, path: str, asked: dict[str, str] | None = None) -> Told | None:
        """What there is, None where the provider knows of no such thing.

        Raises CredentialsWrong, ProviderBusy, ProviderAway.
        """
        try:
            status, told = self._call('GET', path, asked=asked)
        except (_NotReached, _NoAnswer) as fault:
            raise ProviderAway(reason=str(fault)) from fault
        if status == _OK:
            return told
        if status == _FOUND_NOTHING and told.get('code') == 'not_found':
            return None
        if status in (_UNKNOWN, _FORBIDDEN) and 'code' in told:
            raise CredentialsWrong(reason=_code(told))
        if status == _BUSY:
            raise ProviderBusy(reason=_code(told))
        raise ProviderAway(reason=f'status {status}')

    def post(self, path: str, key: str, body: Told) -> Told:
        """What was done, now or when the same was asked with the same key before.

        Raises what `get` does, ProviderRefused and Ambiguous.
        """
        try:
            status, told = self._call('POST', path, key=key, body=body)
        except _NotReached as fault:
            raise ProviderAway(reason=str(fault)) from fault
        except _NoAnswer as fault:
            raise Ambiguous(reason=str(fault)) from fault
        if status == _OK:
            return told
        if status == _BUSY:
            raise ProviderBusy(reason=_code(told))
        # A page of somebody in between is no refusal of the provider: those say their code.
        if status in _REFUSALS and 'code' in told:
            if status == _UNKNOWN:
                raise CredentialsWrong(reason=_code(told))
            raise ProviderRefused(reason=_code(told), parameter=str(told.get('parameter') or ''))
        raise Ambiguous(reason=f'status {status}')

    def _call(
        self, method: str, path: str, *, asked: Told | None = None, key: str = '', body: Told | None = None
    ) -> tuple[int, Told]:
        """The status and what was told with it. Raises _NotReached or _NoAnswer."""
        import httpx  # 60 ms of import that only payments need

        base = settings.optional('SANDBOX_YOOKASSA_URL', HOST).rstrip('/')
        headers = {'Idempotence-Key': key, 'Content-Type': 'application/json'} if body is not None else {}
        # The same NewPayment is the same octets: the provider compares them under one key.
        content = None if body is None else json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
        try:
            with _client().stream(
                method, base + path, params=asked, content=content, headers=headers,
                auth=(self._shop_id, self._secret_key),
            ) as response:  # fmt: skip
                raw = _bounded(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise _NotReached(type(fault).__name__) from fault
        except httpx.HTTPError as fault:
            raise _NoAnswer(type(fault).__name__) from fault
        return response.status_code, self._understood(method, path, response.status_code, raw)

    def _understood(self, method: str, path: str, status: int, raw: bytes) -> Told:
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if status != _OK:
            found = told if isinstance(told, dict) else {}
            blamed = {name: str(found[name])[:200] for name in ('id', 'code', 'parameter') if name in found}
            telemetry.log.warning(
                'the payment provider says no',
                method=method, path=path, status=status, shop=self._shop_id, error=blamed,
            )  # fmt: skip
            return found
        if not isinstance(told, dict):
            raise _NoAnswer('not_understood')
        return told


def _code(told: Told) -> str:
    return str(told.get('code') or 'unknown')[:100]


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
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)
