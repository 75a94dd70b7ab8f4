"""`/_sandbox/yookassa`: what tests and a demonstration may arrange. GET tells how things stand.

POST takes any of these wishes together, in this order:
`{"shop": {"id": "100500", "notification_url": "http://127.0.0.1:8000/...", "events": [...], "status": ...,
"fiscalization": true, "recurring": true, "hold": false, "copies": 1, "lose": 0, "delay_seconds": 0,
"refunds": "succeeded" | "pending" | "canceled", "refund_reason": ...}}` sets what is named;
`"fail": {"how": ..., "times": 1, "method": "POST", "path": "/payments"}` or null;
`"pay": {"payment": id, "card": number | "sbp": true, "keep": true}`;
`"cancel": {"payment": id, "reason": ...}`; `"expire": {"payment": id}`;
`"refund": {"refund": id, "status": ..., "reason": ...}`;
`"alter": {"payment" | "refund": id, "status" | "amount": ...}` makes it tell otherwise than it went;
`"forget": {"payment" | "refund" | "key": id}` makes it know nothing of that any more;
`"method": {"id": ..., "declines": "permission_revoked"}`;
`"notify": {"shop": ..., "event": ..., "object": ...}`, which need not be true; `"repeat": id of a notice`;
`"release": "in_order" | "reversed"`; `"deliver": true` returns when all that is due has been sent.
"""

import json
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.yookassa.books import Books, Thing
from infra.local.yookassa.cards import card_of
from infra.local.yookassa.doors import Doors
from infra.local.yookassa.faults import Faults
from infra.local.yookassa.notices import Notices
from infra.local.yookassa.refusal import Refused, wrong
from infra.local.yookassa.teller import FRESH_SHOP, Teller

PLACE = '/_sandbox/yookassa'
HERE = ('127.0.0.1', '::1', 'localhost')


class Control:
    """Grants wishes."""

    def __init__(self, teller: Teller, doors: Doors, notices: Notices, faults: Faults) -> None:
        self._teller, self._doors, self._notices, self._faults = teller, doors, notices, faults
        self._books: Books = teller.books
        self._ways: Mapping[str, Callable[[Any], None]] = {
            'shop': self._shop,
            'fail': self._fail,
            'pay': self._pay,
            'cancel': self._cancel,
            'expire': self._expire,
            'refund': self._refund,
            'alter': self._alter,
            'forget': self._forget,
            'method': self._method,
            'notify': self._notify,
            'repeat': self._repeat,
            'release': self._release,
            'deliver': lambda _: self._notices.deliver(),
        }

    def answer(self, method: str, body: bytes | None) -> Reply:
        """The reply to a call of this door."""
        try:
            return as_json(self.wish(json.loads(body or b'{}') if method == 'POST' else {}))
        except Refused as refusal:
            return refusal.reply
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return Refused('invalid_request', f'{type(error).__name__}: {error}').reply

    def wish(self, wishes: Mapping[str, Any]) -> dict[str, Any]:
        """The wishes are granted; how things stand then. Raises Refused."""
        if strange := wishes.keys() - self._ways:
            raise wrong(', '.join(sorted(strange)), 'Nobody can grant this')
        for name, way in self._ways.items():
            if name in wishes:
                way(wishes[name])
        with self._books.lock:
            return {
                'shops': self._books.all('shop'),
                'payments': [
                    one['told'] | {'return_url': one['return_url']} for one in self._books.all('payment')
                ],
                'refunds': [one['told'] for one in self._books.all('refund')],
                'receipts': [one['told'] for one in self._books.all('receipt')],
                'notices': self._books.all('notice'),
                'faults': list(self._faults.waiting),
            }

    def _shop(self, wish: Mapping[str, Any]) -> None:
        changes = {name: value for name, value in wish.items() if name not in ('id', 'test')}
        if strange := changes.keys() - FRESH_SHOP:
            raise wrong(f'shop.{sorted(strange)[0]}', 'A shop has no such setting')
        address = changes.get('notification_url')
        if address and urllib.parse.urlsplit(address).hostname not in HERE:
            raise wrong('shop.notification_url', 'The sandbox speaks with this machine only')
        with self._books.lock:
            known = self._books.find('shop', str(wish['id']))
            shop = known or self._doors.shop(str(wish['id']), is_test=wish.get('test', True))
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
                self._teller.pay_by_sbp(payment, is_kept=wish.get('keep', True))
            else:
                self._teller.pay_by_card(payment, card_of(wish['card']), is_kept=wish.get('keep', True))

    def _cancel(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            party = wish.get('party', 'payment_network')
            self._teller.cancel(self._found('payment', wish['payment']), wish['reason'], party)

    def _expire(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            self._found('payment', wish['payment'])['until'] = 0
            self._teller.expire()

    def _refund(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            refund = self._found('refund', wish['refund'])
            self._teller.settle(refund, wish['status'], wish.get('reason', 'insufficient_funds'))

    def _alter(self, wish: Mapping[str, Any]) -> None:
        changes = {name: value for name, value in wish.items() if name in ('status', 'amount', 'metadata')}
        for kind in wish.keys() & {'payment', 'refund'}:
            with self._books.lock:
                thing = self._found(kind, wish[kind])
                thing['told'] |= changes
                self._books.write(kind, wish[kind], thing)

    def _forget(self, wish: Mapping[str, Any]) -> None:
        for kind in wish.keys() & {'payment', 'refund', 'key'}:
            with self._books.lock:
                self._found(kind, wish[kind])
                self._books.write(kind, wish[kind], None)

    def _method(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            method = self._found('method', wish['id'])
            method['declines'] = wish['declines']
            self._books.write('method', method['id'], method)

    def _notify(self, wish: Mapping[str, Any]) -> None:
        with self._books.lock:
            self._notices.send(self._found('shop', wish['shop']), wish['event'], wish['object'])

    def _repeat(self, identity: str) -> None:
        with self._books.lock:
            self._notices.repeat(self._found('notice', identity))

    def _release(self, wish: str) -> None:
        if wish not in ('in_order', 'reversed'):
            raise wrong('release', 'in_order or reversed')
        self._notices.release(is_reversed=wish == 'reversed')

    def _found(self, kind: str, identity: str) -> Thing:
        thing = self._books.find(kind, identity)
        if thing is None:
            raise Refused('not_found', f'There is no such {kind}', kind)
        return thing
