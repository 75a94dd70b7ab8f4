"""The merchants' cabinet at `/`: where notices go, what was paid and paid back, what was told of it."""

import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path

from chalicelib.kit.money import roubles
from infra.local.gateway import Reply
from infra.local.tbank.control import Control
from infra.local.tbank.refusal import Refused, wrong
from infra.local.yookassa.books import Books
from infra.local.yookassa.drawing import drawn

MOST = 50
KINDS = ('payment', 'refund', 'notice')
TEMPLATES = Path(__file__).parent


class Cabinet:
    """Shows what there is, youngest first, and does what a merchant would do there."""

    def __init__(self, books: Books, control: Control, refresh: Callable[[], None]) -> None:
        self._books, self._control, self._refresh = books, control, refresh

    def answer(self, method: str, body: bytes | None) -> Reply:
        """The page, or the way back to it when something was done."""
        if method != 'POST':
            return self._shown()
        try:
            self._do(dict(urllib.parse.parse_qsl((body or b'').decode('utf-8', 'replace'))))
        except Refused as refusal:
            return self._shown(str(refusal.told['Details']), 400)
        return Reply(303, {'Location': '/', 'Cache-Control': 'no-store'})

    def _do(self, form: Mapping[str, str]) -> None:
        if 'repeat' in form:
            self._control.wish({'repeat': form['repeat']})
        elif 'refund' in form:
            self._control.wish({'refund': {'refund': form['refund'], 'status': form.get('status', '')}})
        elif 'return' in form:
            self._control.wish({'return': {'payment': form['return'], **_sum(form.get('roubles', ''))}})
        elif 'shop' in form:
            address = form.get('notification_url', '').strip()
            self._control.wish({'shop': {'id': form['shop'], 'notification_url': address}})

    def _shown(self, problem: str = '', status: int = 200) -> Reply:
        with self._books.lock:
            self._refresh()
            youngest = {f'{kind}s': self._books.all(kind)[::-1][:MOST] for kind in KINDS}
            shops = self._books.all('shop')
            words = {'shops': shops, 'most': MOST, 'problem': problem, **youngest}
            return drawn('cabinet.html', words, status, folder=TEMPLATES)


def _sum(spelled: str) -> dict[str, int]:
    """How much of it, where it is not all that is left."""
    if not spelled.strip():
        return {}
    try:
        return {'amount': roubles(spelled.strip().replace(',', '.')).minor}
    except ValueError:
        raise wrong('Сумма возврата') from None
