"""The life of payments and refunds. Everything here is called with the lock of the books held."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from infra.local.yookassa import judging
from infra.local.yookassa.books import Books, Thing
from infra.local.yookassa.cards import Card
from infra.local.yookassa.notices import EVENTS, Notices
from infra.local.yookassa.refusal import Refused, wrong

PENDING_SECONDS = 3600
HOLD_SECONDS = 7 * 24 * 3600
MOST_BY_CARD = 350_000_00
FEE_PERCENT = 4
FRESH_SHOP: Mapping[str, Any] = {
    'status': 'enabled', 'fiscalization': True, 'recurring': True,
    'notification_url': '', 'events': list(EVENTS),
    'hold': False, 'copies': 1, 'lose': 0, 'delay_seconds': 0,
    'refunds': 'succeeded', 'refund_reason': 'insufficient_funds', 'closings': 'succeeded',
}  # fmt: skip


def spelled(minor: int) -> dict[str, str]:
    """Kopecks as the provider writes money."""
    return {'value': f'{minor // 100}.{minor % 100:02d}', 'currency': 'RUB'}


def minor_of(amount: Mapping[str, str]) -> int:
    """The kopecks of such a text."""
    return int(amount['value'].replace('.', ''))


class Teller:
    """Makes payments and refunds, and what becomes of them."""

    def __init__(self, books: Books, notices: Notices, now: Callable[[], float]) -> None:
        self.books, self._notices, self._now = books, notices, now

    # -- payments ----------------------------------------------------------------------------------

    def create(self, shop: Thing, asked: Mapping[str, Any]) -> Thing:
        """The payment waits for the client, or is settled at once by a saved method."""
        judging.payment(asked, needs_receipt=shop['fiscalization'])
        if asked.get('save_payment_method') and not shop['recurring']:
            raise Refused('forbidden', "This store can't make recurring payments")
        method = self._saved(shop, asked['payment_method_id']) if 'payment_method_id' in asked else None
        identity, kept = self._new_id('000f'), ('description', 'metadata', 'merchant_customer_id')
        told = {
            'id': identity, 'status': 'pending', 'paid': False, 'amount': dict(asked['amount']),
            'created_at': self._text(), 'refundable': False, 'test': shop['test'],
            'recipient': {'account_id': shop['id'], 'gateway_id': f'{shop["id"]}7'},
            **{name: asked[name] for name in kept if name in asked},
        }  # fmt: skip
        kind = (asked.get('payment_method_data') or {}).get('type')
        payment = {
            'id': identity, 'shop': shop['id'], 'told': told, 'receipt': asked.get('receipt'), 'kind': kind,
            'return_url': (asked.get('confirmation') or {}).get('return_url', ''),
            'saves': bool(asked.get('save_payment_method')), 'captures': bool(asked.get('capture')),
            'until': self._now() + PENDING_SECONDS,
        }  # fmt: skip
        if kind:
            told['payment_method'] = {'type': kind, 'id': identity, 'saved': False, 'status': 'inactive'}
        if method is None:
            told['confirmation'] = {'type': 'redirect', 'return_url': payment['return_url']}
        elif method.get('declines'):
            self._cancel(shop, payment, method['declines'])
        else:
            self._succeed(shop, payment, method['told'])
        self._write(payment)
        return told

    def pay_by_card(self, payment: Thing, card: Card, *, is_kept: bool) -> None:
        """The card was given and its bank has answered."""
        shop = self._open(payment)
        method: dict[str, Any] = {
            'type': 'bank_card', 'id': payment['id'], 'saved': False, 'status': 'inactive',
            'title': f'Bank card *{card.number[-4:]}',
            'card': {'first6': card.number[:6], 'last4': card.number[-4:], 'expiry_month': '12',
                     'expiry_year': '2030', 'card_type': card.brand},
        }  # fmt: skip
        payment['told']['payment_method'] = method
        if card.reason:
            self._cancel(shop, payment, card.reason, card.party)
        elif minor_of(payment['told']['amount']) > MOST_BY_CARD:
            self._cancel(shop, payment, 'payment_method_limit_exceeded')
        else:
            self._keep(payment, method, is_kept)
            payment['told']['authorization_details'] = {
                'rrn': f'{uuid.uuid4().int % 10**12:012d}', 'auth_code': f'{uuid.uuid4().int % 10**6:06d}',
                'three_d_secure': {'applied': card.asks},
            }  # fmt: skip
            self._succeed(shop, payment, method)
        self._write(payment)

    def pay_by_sbp(self, payment: Thing, *, is_kept: bool) -> None:
        """The client's bank has sent the money."""
        shop = self._open(payment)
        method = {'type': 'sbp', 'id': payment['id'], 'saved': False, 'status': 'inactive', 'title': 'СБП'}
        self._keep(payment, method, is_kept)
        self._succeed(shop, payment, method)
        self._write(payment)

    def cancel(self, payment: Thing, reason: str, party: str = 'yoo_money') -> None:
        """A payment that is not settled is canceled, for this reason."""
        shop = self._open(payment, 'pending', 'waiting_for_capture')
        self._cancel(shop, payment, reason, party)
        self._write(payment)

    def capture(self, payment: Thing) -> Thing:
        """The held money is taken."""
        shop = self._open(payment, 'waiting_for_capture')
        payment['captures'] = True
        self._succeed(shop, payment, payment['told']['payment_method'])
        self._write(payment)
        return dict(payment['told'])

    def expire(self) -> None:
        """What nobody paid or took in time is canceled."""
        for payment in self.books.all('payment'):
            status = payment['told']['status']
            if status in ('pending', 'waiting_for_capture') and self._now() >= payment['until']:
                which = 'confirmation' if status == 'pending' else 'capture'
                self.cancel(payment, f'expired_on_{which}')

    # -- refunds -----------------------------------------------------------------------------------

    def refund(self, shop: Thing, asked: Mapping[str, Any]) -> Thing:
        """The refund is made, declined or under way, as the shop is told to."""
        minor = judging.refund(asked)
        payment = self.books.find('payment', asked['payment_id'])
        if payment is None or payment['shop'] != shop['id']:
            raise Refused('not_found', "Payment doesn't exist or access denied", 'payment_id')
        told = payment['told']
        if told['status'] != 'succeeded':
            raise wrong('payment_id', 'Only a succeeded payment can be refunded')
        if minor > (left := self._left(payment)):
            raise wrong('amount.value', 'The amount is more than what is left of the payment')
        is_whole = minor == left == minor_of(told['amount'])
        receipt = self._receipt_of_refund(payment, asked, is_whole=is_whole)
        identity, kept = self._new_id('0015'), ('description', 'metadata')
        refund = {'id': identity, 'shop': shop['id'], 'payment': payment['id'], 'receipt': receipt}
        refund['told'] = {
            'id': identity, 'payment_id': payment['id'], 'status': 'pending', 'amount': spelled(minor),
            'created_at': self._text(), **{name: asked[name] for name in kept if name in asked},
        }  # fmt: skip
        self.books.write('refund', identity, refund)
        if shop['refunds'] != 'pending':
            self.settle(refund, shop['refunds'], shop['refund_reason'])
        return dict(refund['told'])

    def settle(self, refund: Thing, status: str, reason: str = 'insufficient_funds') -> None:
        """A refund under way has ended; the merchant is told of success only, as by the real one."""
        if refund['told']['status'] != 'pending' or status not in ('succeeded', 'canceled'):
            raise wrong('refund', 'Only a pending refund can succeed or be canceled')
        shop, payment = self._shop(refund), self.books.find('payment', refund['payment'])
        assert payment is not None
        told = refund['told'] | {'status': status}
        refund['told'] = told
        if status == 'canceled':
            party = 'yoo_money' if reason == 'insufficient_funds' else 'refund_network'
            told['cancellation_details'] = {'party': party, 'reason': reason}
        else:
            paid_back = minor_of(payment['told'].get('refunded_amount', spelled(0))) + minor_of(
                told['amount']
            )
            payment['told']['refunded_amount'] = spelled(paid_back)
            payment['told']['refundable'] = paid_back < minor_of(payment['told']['amount'])
            self._register('refund', refund)
            self._write(payment)
            self._notices.tell(shop, 'refund.succeeded', told)
        self.books.write('refund', refund['id'], refund)

    def _receipt_of_refund(self, payment: Thing, asked: Mapping[str, Any], *, is_whole: bool) -> Any:
        """What the tax office hears of it: all of the payment's receipt, or lines that stand in it."""
        given, sold = asked.get('receipt'), payment['receipt']
        if not sold:
            return given
        receipt = given or (sold if is_whole else None)
        if receipt is None:
            raise wrong('receipt', 'Receipt is missing or illegal')
        names = {line['description'] for line in sold['items']}
        if any(line['description'] not in names for line in receipt['items']):
            raise wrong('receipt.items', 'There is no such item in the receipt of the payment')
        return receipt

    def _left(self, payment: Thing) -> int:
        refunds = [one['told'] for one in self.books.all('refund') if one['payment'] == payment['id']]
        gone = sum(minor_of(told['amount']) for told in refunds if told['status'] != 'canceled')
        return minor_of(payment['told']['amount']) - gone

    # -- what happens to them ----------------------------------------------------------------------

    def _succeed(self, shop: Thing, payment: Thing, method: Mapping[str, Any]) -> None:
        told = payment['told']
        told.pop('confirmation', None)
        told |= {'paid': True, 'payment_method': dict(method)}
        if not payment['captures']:
            payment['until'] = self._now() + HOLD_SECONDS
            told |= {'status': 'waiting_for_capture', 'expires_at': self._text(HOLD_SECONDS)}
        else:
            told.pop('expires_at', None)
            minor = minor_of(told['amount'])
            told |= {
                'status': 'succeeded', 'captured_at': self._text(), 'refundable': True,
                'refunded_amount': spelled(0), 'income_amount': spelled(minor - minor * FEE_PERCENT // 100),
            }  # fmt: skip
            self._register('payment', payment)
        self._notices.tell(shop, f'payment.{told["status"]}', told)

    def _cancel(self, shop: Thing, payment: Thing, reason: str, party: str = 'payment_network') -> None:
        told = payment['told']
        told.pop('confirmation', None)
        told |= {
            'status': 'canceled', 'paid': False, 'refundable': False,
            'cancellation_details': {'party': party, 'reason': reason},
        }  # fmt: skip
        self._notices.tell(shop, 'payment.canceled', told)

    def _keep(self, payment: Thing, method: dict[str, Any], is_kept: bool) -> None:
        """The method is saved where the shop asked for it and the client agreed."""
        if not (payment['saves'] and is_kept):
            return
        method |= {'saved': True, 'status': 'active'}
        kept = {'id': payment['id'], 'shop': payment['shop'], 'told': dict(method), 'declines': ''}
        self.books.write('method', payment['id'], kept)

    def _register(self, kind: str, source: Thing) -> None:
        """The tax office has the receipt."""
        if not source['receipt']:
            return
        source['told']['receipt_registration'] = 'succeeded'
        identity = f'rt-{source["id"]}'
        told = {
            'id': identity, 'type': kind, f'{kind}_id': source['id'], 'status': 'succeeded',
            'registered_at': self._text(), **source['receipt'],
        }  # fmt: skip
        self.books.write('receipt', identity, {'id': identity, 'shop': source['shop'], 'told': told})

    def close(self, shop: Thing, asked: Mapping[str, Any]) -> Thing:
        """The second receipt of a prepayment is with the tax office."""
        minor = judging.closing(asked)
        payment = self.books.find('payment', str(asked.get('payment_id')))
        if payment is None or payment['shop'] != shop['id'] or payment['told']['status'] != 'succeeded':
            raise wrong('payment_id', 'Only a succeeded payment can be closed')
        modes = {line['payment_mode'] for line in (payment['receipt'] or {'items': []})['items']}
        if 'full_prepayment' not in modes:
            raise wrong('payment_id', 'The payment was no prepayment')
        if minor > self._left(payment):
            raise wrong('settlements', 'The sum is more than what is left of the payment')
        identity = f'rt-{self._new_id("0020")}'
        told = {'id': identity, 'status': shop['closings'], 'registered_at': self._text(), **asked}
        self.books.write('receipt', identity, {'id': identity, 'shop': shop['id'], 'told': told})
        return told

    def _saved(self, shop: Thing, identity: str) -> Thing:
        method = self.books.find('method', identity)
        if method is None or method['shop'] != shop['id']:
            raise wrong('payment_method_id', 'There is no such saved method')
        return method

    def _open(self, payment: Thing, *statuses: str) -> Thing:
        """The shop of a payment that is in one of the statuses, or not paid yet."""
        if payment['told']['status'] not in (statuses or ('pending',)):
            raise wrong('payment_id', f'The payment is {payment["told"]["status"]}')
        return self._shop(payment)

    def _shop(self, thing: Thing) -> Thing:
        shop = self.books.find('shop', thing['shop'])
        assert shop is not None
        return shop

    def _write(self, payment: Thing) -> None:
        self.books.write('payment', payment['id'], payment)

    def _text(self, later: float = 0) -> str:
        at = datetime.fromtimestamp(self._now() + later, UTC)
        return at.isoformat(timespec='milliseconds').replace('+00:00', 'Z')

    def _new_id(self, kind: str) -> str:
        chance = uuid.uuid4().hex
        return f'{int(self._now()):08x}-{kind}-5000-{chance[:4]}-{chance[4:16]}'


__all__ = ['FRESH_SHOP', 'Teller', 'minor_of', 'spelled']
