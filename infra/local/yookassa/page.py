"""The page where a person pays: `/checkout/<id of the payment>`, without scripts, in Russian."""

import re
import urllib.parse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from infra.local.gateway import Reply
from infra.local.yookassa.books import Thing
from infra.local.yookassa.cards import CARDS, Card, card_of
from infra.local.yookassa.drawing import drawn, roubles
from infra.local.yookassa.teller import Teller

PREFIX = '/checkout/'
CARD_METHODS, SBP_METHODS = (None, 'bank_card'), (None, 'sbp')
WHY = {card.reason: card.says for card in CARDS} | {
    'canceled_by_merchant': 'магазин отменил его',
    'expired_on_confirmation': 'время на оплату вышло',
    'invalid_card_number': 'такой карты нет',
    'permission_revoked': 'карта больше не привязана',
}


class Page:
    """Shows a payment and takes what the person chose."""

    def __init__(self, teller: Teller, now: Callable[[], float]) -> None:
        self._teller, self._books, self._now = teller, teller.books, now

    def answer(self, method: str, place: str, body: bytes | None) -> Reply:
        """The page, or the way back to the shop."""
        with self._books.lock:
            self._teller.expire()
            payment = self._books.find('payment', place.removeprefix(PREFIX))
            if payment is None:
                return _shown('none', status=404)
            chosen = dict(urllib.parse.parse_qsl((body or b'').decode('utf-8', 'replace')))
            problem, is_fresh = '', method == 'POST' and payment['told']['status'] == 'pending'
            if is_fresh:
                # What somebody else has settled meanwhile is not paid again: the page says how it ended.
                problem = self._taken(payment, chosen)
            return _next(payment, problem, is_fresh=is_fresh)

    def _taken(self, payment: Thing, chosen: Mapping[str, str]) -> str:
        """What the person chose is done; what is wrong with it, if anything."""
        is_kept = 'keep' in chosen
        if 'cancel' in chosen:
            self._teller.cancel(payment, 'expired_on_confirmation')
        elif 'sbp' in chosen and payment['kind'] in SBP_METHODS:
            self._teller.pay_by_sbp(payment, is_kept=is_kept)
        elif 'confirm' in chosen and 'asks' in payment:
            asked = payment.pop('asks')
            card = card_of(asked['number'])
            refused = Card(card.number, card.brand, card.says, '3d_secure_failed', asks=True)
            answered = card if chosen['confirm'] == 'yes' else refused
            self._teller.pay_by_card(payment, answered, is_kept=asked['keep'])
        elif 'card' in chosen and payment['kind'] in CARD_METHODS:
            return self._card_given(payment, chosen, is_kept)
        return ''

    def _card_given(self, payment: Thing, chosen: Mapping[str, str], is_kept: bool) -> str:
        card = card_of(chosen['card'])
        # A button of the list gives a card that is good for years; a form says until when and the code.
        if 'expires' in chosen:
            found = re.fullmatch(r'(0[1-9]|1[0-2])\s*/\s*(\d\d)', chosen['expires'].strip())
            if found is None:
                return 'Срок карты пишут так: 12/30'
            today = datetime.fromtimestamp(self._now(), UTC)
            if (2000 + int(found[2]), int(found[1])) < (today.year, today.month):
                card = Card(card.number, card.brand, card.says, 'card_expired')
            elif not re.fullmatch(r'\d{3}', chosen.get('code', '').strip()):
                card = Card(card.number, card.brand, card.says, 'invalid_csc')
        if card.asks and not card.reason and payment['told']['status'] == 'pending':
            payment['asks'] = {'number': card.number, 'keep': is_kept}
            self._books.write('payment', payment['id'], payment)
        else:
            self._teller.pay_by_card(payment, card, is_kept=is_kept)
        return ''


def _next(payment: Thing, problem: str, *, is_fresh: bool) -> Reply:
    status = payment['told']['status']
    if status == 'pending':
        return _shown('confirm' if 'asks' in payment else 'choose', payment, problem)
    reason = (payment['told'].get('cancellation_details') or {}).get('reason', '')
    if is_fresh and payment['return_url'] and reason in ('', 'expired_on_confirmation'):
        return Reply(303, {'Location': payment['return_url'], 'Cache-Control': 'no-store'})
    return _shown('over', payment, why=WHY.get(reason, 'банк отказал'))


def _shown(
    stage: str, payment: Thing | None = None, problem: str = '', why: str = '', status: int = 200
) -> Reply:
    words: dict[str, Any] = {'stage': stage, 'payment': payment, 'problem': problem, 'why': why}
    if payment is not None:
        customer = (payment['receipt'] or {}).get('customer') or {}
        words |= {
            'sum': roubles(payment['told']['amount']['value']),
            'receipt_to': customer.get('email') or customer.get('phone'),
            'cards': CARDS,
            'ways': [
                *(['card'] if payment['kind'] in CARD_METHODS else []),
                *(['sbp'] if payment['kind'] in SBP_METHODS else []),
            ],
        }
    return drawn('page.html', words, status)
