"""Speaks to a running API as its clients do: kept connections, tokens prolonged in time, every call timed."""

import contextlib
import http.client
import json
import math
import re
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

PATIENCE_SECONDS = 60
CODES_ASKED_FOR = 2
CODE = re.compile(r'\b(\d{6})\b')


class Said(NamedTuple):
    """What the API answered."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


class Trouble(RuntimeError):
    """The replay cannot go on; the message says why."""


class Times:
    """How long calls took, by the name of what they did."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = defaultdict(list)

    def add(self, name: str, seconds: float) -> None:
        """One more call took so long."""
        self._seconds[name].append(seconds)

    def percentiles(self, name: str, *shares: int) -> list[float]:
        """The time in milliseconds that so many of a hundred calls did not exceed, for each of the shares."""
        ordered = sorted(self._seconds[name])
        at = (ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] for share in shares)
        return [seconds * 1000 for seconds in at] if ordered else []

    def count(self, name: str) -> int:
        """How many calls there were."""
        return len(self._seconds[name])


class Api:
    """An API at an address. Each thread has a connection of its own."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self._address, self._prefix = (parts.hostname or '', parts.port), parts.path.rstrip('/')
        self._kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
        self._own = threading.local()
        self.times = Times()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        session: 'Session | None' = None,
        key: str = '',
        timed: str = '',
    ) -> Said:
        """The answer; with a session a token that ran out is prolonged and the call made once more."""
        token = session.token if session else ''
        said = self._timed(timed, method, path, body, self._headers(token, key))
        if said.status == 401 and session:
            said = self._timed(timed, method, path, body, self._headers(session.prolonged(token), key))
        return said

    def told(self, method: str, path: str, body: Any = None, **options: Any) -> dict[str, Any]:
        """The body of an answer that is no refusal. Raises Trouble."""
        said = self.call(method, path, body, **options)
        if said.status >= 300:
            raise Trouble(f'{method} {path}: {said.status} {said.body}')
        return said.body

    def pages(self, path: str, session: 'Session') -> Iterable[dict[str, Any]]:
        """Every entry of a list, page after page."""
        cursor: str | None = None
        while True:
            query = urllib.parse.urlencode({'limit': 100, **({'cursor': cursor} if cursor else {})})
            page = self.told('GET', f'{path}{"&" if "?" in path else "?"}{query}', session=session)
            yield from page['items']
            cursor = page['next_cursor']
            if cursor is None:
                return

    @staticmethod
    def _headers(token: str, key: str) -> dict[str, str]:
        headers = {'Content-Type': 'application/json'}
        if token:
            headers['Authorization'] = f'Bearer {token}'
        if key:
            headers['Idempotency-Key'] = key
        return headers

    def _timed(self, name: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Said:
        content = None if body is None else json.dumps(body).encode()
        began = time.perf_counter()
        try:
            said = self._sent(method, path, content, headers)
        except (http.client.HTTPException, OSError):
            # A kept connection may have been closed meanwhile; what must not be done twice has its key.
            self._own.connection = None
            said = self._sent(method, path, content, headers)
        if name:
            self.times.add(name, time.perf_counter() - began)
        return said

    def _sent(self, method: str, path: str, content: bytes | None, headers: dict[str, str]) -> Said:
        connection = getattr(self._own, 'connection', None)
        if connection is None:
            connection = self._own.connection = self._kind(*self._address, timeout=PATIENCE_SECONDS)
        connection.request(method, self._prefix + path, content, headers)
        answer = connection.getresponse()
        text, parsed = answer.read(), {}
        with contextlib.suppress(ValueError):
            parsed = json.loads(text or b'{}')
        return Said(answer.status, parsed, dict(answer.getheaders()))


class Session:
    """Somebody signed in; threads may share it."""

    def __init__(self, api: Api, tokens: dict[str, Any]) -> None:
        self._api, self._lock = api, threading.Lock()
        self._take(tokens)

    def _take(self, tokens: dict[str, Any]) -> None:
        self.token, self._refresh = str(tokens['access_token']), str(tokens['refresh_token'])

    def prolonged(self, old: str) -> str:
        """The token after `old`, asked for once however many threads notice that it ran out."""
        with self._lock:
            if self.token == old:
                self._take(self._api.told('POST', '/v1/auth/refresh', {'refresh_token': self._refresh}))
            return self.token


def sign_in(api: Api, organisation: str, audience: str, phone: str, client: str) -> Session:
    """The person of the phone is signed in with the code that came by SMS, as the local outbox shows it.

    As people do, he asks for another code when none has come in a minute.
    """
    wanted = {'organisation': organisation, 'audience': audience, 'phone': phone}
    for _ in range(CODES_ASKED_FOR):
        seen = api.told('GET', '/outbox.json?since=0')['next']
        challenge = api.told('POST', '/v1/auth/otp', wanted)
        if code := _code_to(api, phone, seen, challenge['resend_after'] + 1):
            entered = {'challenge_id': challenge['challenge_id'], 'code': code, 'client': client}
            return Session(api, api.told('POST', '/v1/auth/otp/verify', entered))
        print(f'no code came to {phone} in {challenge["resend_after"]} s')
    raise Trouble(f'no code came to {phone}')


def _code_to(api: Api, phone: str, seen: int, seconds: float) -> str | None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for entry in api.told('GET', f'/outbox.json?since={seen}')['entries']:
            code = CODE.search(entry['text']) if (entry['channel'], entry['to']) == ('sms', phone) else None
            if code:
                return code[1]
        time.sleep(0.1)
    return None
