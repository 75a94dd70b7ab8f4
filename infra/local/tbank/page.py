"""The pages where a person pays, in Russian: `/pay/<key>` by card or СБП, `/qr/<key>` by СБП alone."""

import re
import urllib.parse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from infra.local.gateway import Reply
from infra.local.tbank.cards import CARDS, FAILED_3DS, Card, card_of
from infra.local.tbank.teller import OPEN, Teller
from infra.local.yookassa.books import Thing
from infra.local.yookassa.drawing import drawn, roubles

PREFIXES = ('/pay/', '/qr/')
WHY = {card.code: card.says for card in CARDS} | {'1014': 'такой карты нет'}
ENDED = {'CANCELED': 'магазин отменил его', 'DEADLINE_EXPIRED': 'время на оплату вышло'}
PAID = ('CONFIRMED', 'REFUNDED', 'PARTIAL_REFUNDED', 'ASYNC_REFUNDING')
TEMPLATES = Path(__file__).parent


class Page:
    """Shows a payment and takes what the person chose."""

    def __init__(self, teller: Teller, now: Callable[[], float]) -> None:
        self._teller, self._books, self._now = teller, teller.books, now

    def answer(self, method: str, place: str, body: bytes | None) -> Reply:
        """The page, or the way back to the shop."""
        with self._books.lock:
            self._teller.expire()
            key = place.rpartition('/')[2]
            payment = next((one for one in self._books.all('payment') if one['key'] == key), None)
            if payment is None:
                return _shown('none', status=404)
            by_code = place.startswith('/qr/')
            if method != 'POST':
                self._teller.show(payment)
                return _next(payment, '', by_code=by_code)
            chosen = dict(urllib.parse.parse_qsl((body or b'').decode('utf-8', 'replace')))
            was_open, problem = payment['status'] in OPEN, ''
            if was_open:
                problem = self._taken(payment, chosen, by_code=by_code)
            if was_open and payment['status'] not in OPEN:
                return _back(payment)
            return _next(payment, problem, by_code=by_code)

    def _taken(self, payment: Thing, chosen: Mapping[str, str], *, by_code: bool) -> str:
        """What the person chose is done; what is wrong with it, if anything."""
        if 'sbp' in chosen:
            self._teller.pay_by_sbp(payment)
        elif 'confirm' in chosen and 'asks' in payment:
            card = card_of(payment.pop('asks'))
            refused = Card(card.number, card.says, FAILED_3DS)
            self._teller.pay_by_card(payment, card if chosen['confirm'] == 'yes' else refused)
        elif 'card' in chosen and not by_code:
            return self._card_given(payment, chosen)
        return ''

    def _card_given(self, payment: Thing, chosen: Mapping[str, str]) -> str:
        card = card_of(chosen['card'])
        # A button of the list gives a card that is good for years; a form says until when and the code.
        if 'expires' in chosen:
            found = re.fullmatch(r'(0[1-9]|1[0-2])\s*/\s*(\d\d)', chosen['expires'].strip())
            if found is None:
                return 'Срок карты пишут так: 12/30'
            today = datetime.fromtimestamp(self._now(), UTC)
            if (2000 + int(found[2]), int(found[1])) < (today.year, today.month):
                card = Card(card.number, card.says, '1054')
            elif not re.fullmatch(r'\d{3}', chosen.get('code', '').strip()):
                card = Card(card.number, card.says, '1082')
        if card.asks and not card.code:
            payment |= {'asks': card.number, 'status': '3DS_CHECKING'}
            self._books.write('payment', payment['id'], payment)
        else:
            self._teller.pay_by_card(payment, card)
        return ''


def _back(payment: Thing) -> Reply:
    address = payment['return_url'] if payment['status'] == 'CONFIRMED' else payment['fail_url']
    if payment['status'] == 'CONFIRMED' and address:
        return Reply(303, {'Location': address, 'Cache-Control': 'no-store'})
    return _next(payment, '', by_code=False)


def _next(payment: Thing, problem: str, *, by_code: bool) -> Reply:
    if payment['status'] in OPEN:
        return _shown('confirm' if 'asks' in payment else 'choose', payment, problem, by_code=by_code)
    why = WHY.get(payment['code']) or ENDED.get(payment['status'], 'банк отказал')
    return _shown('over', payment, why=why)


def _shown(
    stage: str,
    payment: Thing | None = None,
    problem: str = '',
    why: str = '',
    status: int = 200,
    *,
    by_code: bool = False,
) -> Reply:
    words = {'stage': stage, 'payment': payment, 'problem': problem, 'why': why, 'by_code': by_code}
    if payment is not None:
        receipt = payment['receipt'] or {}
        words |= {
            'sum': roubles(f'{payment["amount"] // 100}.{payment["amount"] % 100:02d}'),
            'receipt_to': receipt.get('Email') or receipt.get('Phone'),
            'has_money': payment['status'] in PAID,
            'cards': CARDS,
        }
    return drawn('page.html', words, status, folder=TEMPLATES)
