"""`/_sandbox/tbank`: what tests and a demonstration may arrange. GET tells how things stand.

POST takes any of these wishes together, in this order:
`{"shop": {"id": "TinkoffDEMO", "notification_url": "http://127.0.0.1:8000/...", "password": ...,
"events": [...], "status": ..., "fiscalization": true, "recurring": true, "repeats_orders": false,
"hold": false, "copies": 1, "lose": 0, "delay_seconds": 0, "refunds": "succeeded" | "pending" | "refused"}}`
sets what is named;
`"fail": {"how": ..., "times": 1, "path": "/v2/Init"}` or null;
`"pay": {"payment": id, "card": number | "sbp": true}`; `"expire": {"payment": id}`;
`"refund": {"refund": id, "status": "succeeded" | "refused"}`;
`"return": {"payment": id, "amount": kopecks}`, as a merchant does by hand; without a sum all that is left;
`"method": {"id": ..., "declines": "1051"}`; `"repeat": id of a notice`;
`"release": "in_order" | "reversed"`; `"deliver": true` returns when all that is due has been sent.
"""

import json
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.tbank.cards import card_of
from infra.local.tbank.doors import Doors
from infra.local.tbank.faults import Faults
from infra.local.tbank.notices import Notices
from infra.local.tbank.refusal import Refused, wrong
from infra.local.tbank.teller import FRESH_SHOP, Teller
from infra.local.yookassa.books import Books, Thing

PLACE = '/_sandbox/tbank'
HERE = ('127.0.0.1', '::1', 'localhost')
SHOWN = (
    'id', 'shop', 'order', 'amount', 'status', 'code', 'refunded', 'kind', 'return_url', 'receipt', 'key',
)  # fmt: skip


class Control:
    """Grants wishes."""

    def __init__(self, teller: Teller, doors: Doors, notices: Notices, faults: Faults) -> None:
        self._teller, self._doors, self._notices, self._faults = teller, doors, notices, faults
        self._books: Books = teller.books
        self._ways: Mapping[str, Callable[[Any], None]] = {
            'shop': self._shop,
            'fail': self._fail,
            'pay': self._pay,
            'expire': self._expire,
            'refund': self._refund,
            'return': self._return,
            'method': self._method,
            'repeat': self._repeat,
            'release': self._release,
            'deliver': lambda _: self._notices.deliver(),
        }

    def answer(self, method: str, body: bytes | None) -> Reply:
        """The reply to a call of this door."""
        try:
            return as_json(self.wish(json.loads(body or b'{}') if method == 'POST' else {}))
        except Refused as refusal:
            return as_json(refusal.told, 400)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return as_json({'Message': f'{type(error).__name__}: {error}'}, 400)

    def wish(self, wishes: Mapping[str, Any]) -> dict[str, Any]:
        """The wishes are granted; how things stand then. Raises Refused."""
        if strange := wishes.keys() - self._ways:
            raise wrong(f'Nobody can grant {", ".join(sorted(strange))}')
        for name, way in self._ways.items():
            if name in wishes:
                way(wishes[name])
        with self._books.lock:
            return {
                'shops': self._books.all('shop'),
                'payments': [{name: one[name] for name in SHOWN} for one in self._books.all('payment')],
                'refunds': self._books.all('refund'),
                'methods': self._books.all('method'),
                'receipts': self._books.all('receipt'),
                'notices': self._books.all('notice'),
                'faults': list(self._faults.waiting),
            }

    def _shop(self, wish: Mapping[str, Any]) -> None:
        changes = {name: value for name, value in wish.items() if name != 'id'}
        if strange := changes.keys() - FRESH_SHOP:
            raise wrong(f'A terminal has no {sorted(strange)[0]}')
        address = changes.get('notification_url')
        if address and urllib.parse.urlsplit(address).hostname not in HERE:
            raise wrong('The sandbox speaks with this machine only')
        with self._books.lock:
            shop = self._doors.shop(str(wish['id']))
            shop |= changes
            self._books.write('shop', shop['id'], shop)

    def _fail(self, wish: Mapping[str, Any] | None) -> None:
        if wish is None:
            self._faults.end()
        else:
            self._faults.add(**wish)

    def _pay(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            payment = self._found('payment', wish['payment'])
            if wish.get('sbp'):
                self._teller.pay_by_sbp(payment)
            else:
                self._teller.pay_by_card(payment, card_of(wish['card']))

    def _expire(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            self._found('payment', wish['payment'])['until'] = 0
            self._teller.expire()

    def _refund(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            self._teller.settle(self._found('refund', wish['refund']), wish['status'])

    def _return(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            payment = self._found('payment', wish['payment'])
            amount = wish.get('amount', payment['amount'] - payment['refunded'])
            receipt = payment['receipt'] and {**payment['receipt'], 'Items': _one_line(amount)}
            asked = {'Amount': amount, **({'Receipt': receipt} if receipt else {})}
            self._teller.cancel(self._found('shop', payment['shop']), payment, asked)

    def _method(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            method = self._found('method', str(wish['id']))
            method['declines'] = wish['declines']
            self._books.write('method', method['id'], method)

    def _repeat(self, identity: str) -> None:
        with self._books.lock:
            self._notices.repeat(self._found('notice', identity))

    def _release(self, wish: str) -> None:
        if wish not in ('in_order', 'reversed'):
            raise wrong('release: in_order or reversed')
        self._notices.release(is_reversed=wish == 'reversed')

    def _found(self, kind: str, identity: str) -> Thing:
        thing = self._books.find(kind, identity)
        if thing is None:
            raise Refused('255', f'There is no such {kind}')
        return thing


def _one_line(amount: int) -> list[dict[str, Any]]:
    return [
        {
            'Name': 'Возврат', 'Price': amount, 'Quantity': 1, 'Amount': amount, 'Tax': 'none',
            'PaymentMethod': 'full_payment', 'PaymentObject': 'service',
        }
    ]  # fmt: skip
