"""What the runtime serves beside the API: its clock, its outbox and its telephone exchange."""

import json
import urllib.parse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from infra.local import demo, exchange
from infra.local.clock import Clock
from infra.local.gateway import Reply
from infra.local.outbox import Journal
from infra.local.paths import HOUSE
from infra.local.server import as_json

Swept = dict[str, str]


class Console:
    """Answers `/_local/...` and `/outbox...`."""

    PREFIXES = ('/_local/', '/outbox')

    def __init__(self, clock: Clock, journal: Journal, tick: Callable[[], Swept]) -> None:
        self._clock, self._journal, self._tick = clock, journal, tick

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        """The reply to one of our own addresses."""
        place, _, query = path.partition('?')
        read = method in ('GET', 'HEAD')
        if place == '/outbox' and read:
            page = (HOUSE / 'outbox.html').read_bytes()
            return Reply(200, {'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store'}, page)
        if place == '/outbox.json' and read:
            return self._outbox(dict(urllib.parse.parse_qsl(query)).get('since', '0'))
        if place.startswith('/_local/sign-in/') and read:
            status, answer = demo.sign_in(f'http://{headers.get("host", "")}', place.rpartition('/')[2])
            return as_json(answer, status)
        if place == '/_local/clock' and read:
            return as_json(self._shown())
        if place == '/_local/clock' and method == 'POST':
            return self._advance(body)
        if place == '/_local/calls' and method == 'POST':
            return self._call(f'http://{headers.get("host", "")}', body)
        return as_json({'message': f'the local runtime has no {method} {place}'}, 404)

    def _outbox(self, since: str) -> Reply:
        if not since.isdigit():
            return as_json({'message': 'since is the number of entries already seen'}, 400)
        entries = self._journal.entries()
        return as_json({'entries': entries[int(since) :], 'next': len(entries)})

    def _call(self, api: str, body: bytes | None) -> Reply:
        try:
            status, answer = exchange.tell(api, dict(json.loads(body or b'{}')))
        except (ValueError, TypeError) as error:
            return as_json({'message': f'send {{}}, or fields of the webhook of calls: {error}'}, 400)
        return as_json(answer, status)

    def _advance(self, body: bytes | None) -> Reply:
        try:
            self._clock.advance(float(json.loads(body or b'')['advance_seconds']))
        except (ValueError, KeyError, TypeError) as error:
            return as_json({'message': f'send {{"advance_seconds": 60}}: {error}'}, 400)
        return as_json(self._shown() | {'swept': self._tick()})

    def _shown(self) -> dict[str, Any]:
        now = datetime.fromtimestamp(self._clock.time(), UTC)
        text = now.isoformat(timespec='milliseconds').replace('+00:00', 'Z')
        return {'offset_seconds': self._clock.offset(), 'now': text}
