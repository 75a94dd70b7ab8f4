"""The life of payments and refunds. Everything here is called with the lock of the books held."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.tbank import judging
from infra.local.tbank.cards import FAILED_3DS, Card
from infra.local.tbank.notices import EVENTS, Notices
from infra.local.tbank.refusal import Refused
from infra.local.yookassa.books import Books, Thing

OPEN_SECONDS = 24 * 3600
OPEN = ('NEW', 'FORM_SHOWED', '3DS_CHECKING')
HAS_MONEY = ('CONFIRMED', 'PARTIAL_REFUNDED')
FRESH_SHOP: Mapping[str, Any] = {
    'status': 'enabled', 'fiscalization': True, 'recurring': True, 'repeats_orders': False,
    'notification_url': '', 'events': list(EVENTS), 'password': '',
    'hold': False, 'copies': 1, 'lose': 0, 'delay_seconds': 0, 'refunds': 'succeeded',
}  # fmt: skip


class Teller:
    """Makes payments and refunds, and what becomes of them."""

    def __init__(self, books: Books, notices: Notices, now: Callable[[], float]) -> None:
        self.books, self._notices, self._now = books, notices, now

    # -- payments ----------------------------------------------------------------------------------

    def init(self, shop: Thing, asked: Mapping[str, Any]) -> Thing:
        """The payment waits for the client."""
        judging.init(asked, needs_receipt=shop['fiscalization'])
        is_known = any(one['order'] == asked['OrderId'] for one in self.books.all('payment', shop['id']))
        # A terminal can be set to take an order twice; nobody should count on either.
        if is_known and not shop['repeats_orders']:
            raise Refused('8', 'Заказ с таким order_id уже существует.')
        identity = str(3_000_000_000 + len(self.books.all('payment')))
        payment: Thing = {
            'id': identity, 'shop': shop['id'], 'order': asked['OrderId'], 'amount': asked['Amount'],
            'status': 'NEW', 'code': '0', 'refunded': 0, 'kind': '', 'receipt': asked.get('Receipt'),
            'description': asked.get('Description', ''), 'return_url': asked.get('SuccessURL', ''),
            'fail_url': asked.get('FailURL', ''), 'saves': asked.get('Recurrent') == 'Y',
            'until': judging.due(asked) or self._now() + OPEN_SECONDS, 'born': self._now(),
            'key': uuid.uuid4().hex[:8], 'method': {},
        }  # fmt: skip
        self._write(payment)
        return payment

    def show(self, payment: Thing) -> None:
        """The client looks at the page."""
        if payment['status'] == 'NEW':
            payment['status'] = 'FORM_SHOWED'
            self._write(payment)

    def pay_by_card(self, payment: Thing, card: Card) -> None:
        """The card was given and its bank has answered."""
        self._must_be_open(payment)
        method = {'CardId': _number(card.number), 'Pan': card.pan, 'ExpDate': '1230'}
        payment |= {'kind': 'card', 'method': method}
        if card.code:
            self._end(payment, 'AUTH_FAIL' if card.code == FAILED_3DS else 'REJECTED', card.code)
            return
        if payment['saves']:
            rebill = str(_number(payment['id'] + card.number))
            payment['method']['RebillId'] = int(rebill)
            self.books.write('method', rebill, {
                'id': rebill, 'shop': payment['shop'], 'pan': card.pan, 'declines': '',
            })  # fmt: skip
        payment['status'] = 'AUTHORIZED'
        self._tell(payment)
        self._confirm(payment)

    def pay_by_sbp(self, payment: Thing) -> None:
        """The client's bank has sent the money."""
        self._must_be_open(payment)
        payment['kind'] = 'sbp'
        self._confirm(payment)

    def charge(self, payment: Thing, rebill: str) -> None:
        """The saved card is charged, without its owner."""
        shop, method = self._shop(payment), self.books.find('method', rebill)
        if not shop['recurring']:
            raise Refused('10')
        if method is None or method['shop'] != shop['id']:
            raise Refused('9', 'RebillId')
        self._must_be_open(payment)
        payment |= {'kind': 'card', 'method': {'Pan': method['pan']}}
        if method['declines']:
            self._end(payment, 'REJECTED', method['declines'])
            raise Refused(method['declines'], Status='REJECTED', PaymentId=payment['id'])
        self._confirm(payment)

    def close(self, payment: Thing, status: str = 'CANCELED') -> None:
        """Nobody can pay it any more."""
        self._must_be_open(payment)
        self._end(payment, status, '0')

    def close_prepayment(self, payment: Thing, receipt: Any) -> None:
        """The till has the second receipt of a prepayment."""
        sold = (payment['receipt'] or {}).get('Items', ())
        is_prepaid = any(line['PaymentMethod'] in judging.PREPAID for line in sold)
        if payment['status'] != 'CONFIRMED' or not is_prepaid:
            raise Refused('4', 'Закрывающий чек не может быть отправлен')
        judging.receipt(receipt, payment['amount'])
        identity = f'{payment["id"]}-{len(self.books.all("receipt"))}'
        self.books.write('receipt', identity, {'id': identity, 'payment': payment['id'], 'receipt': receipt})

    def expire(self) -> None:
        """What nobody paid in time is over."""
        for payment in self.books.all('payment'):
            if payment['status'] in OPEN and self._now() >= payment['until']:
                self._end(payment, 'DEADLINE_EXPIRED', '0')

    # -- refunds -----------------------------------------------------------------------------------

    def cancel(self, shop: Thing, payment: Thing, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """What was not paid is closed, what was paid goes back: how much there was, and is left."""
        before = payment['amount'] - payment['refunded']
        if payment['status'] in OPEN:
            self.close(payment)
            return {'OriginalAmount': before, 'NewAmount': 0}
        known = self.books.find('request', str(asked.get('ExternalRequestId')))
        # As the documents have it: of payments by СБП the bank looks at no such id.
        if known is not None and known['payment'] == payment['id'] and payment['kind'] != 'sbp':
            return {'OriginalAmount': payment['amount'], 'NewAmount': before}
        if payment['status'] not in HAS_MONEY:
            raise Refused('4', 'Изменение статуса недопустимо')
        amount = judging.kopecks(asked.get('Amount', before))
        if amount > before:
            raise Refused('330')
        if shop['refunds'] == 'refused':
            raise Refused('3002')
        if amount != payment['amount'] and payment['receipt'] and not asked.get('Receipt'):
            raise Refused('309', 'Receipt')
        if 'Receipt' in asked:
            judging.receipt(asked['Receipt'], amount)
        return self._go_back(shop, payment, amount, asked.get('ExternalRequestId'))

    def settle(self, refund: Thing, status: str) -> None:
        """A refund the bank is at has ended."""
        payment = self.books.find('payment', refund['payment'])
        if refund['status'] != 'pending' or payment is None:
            raise Refused('4', 'refund')
        refund['status'] = status
        self.books.write('refund', refund['id'], refund)
        if status == 'succeeded':
            self._gone_back(payment, refund['amount'])
        else:
            payment['status'] = 'PARTIAL_REFUNDED' if payment['refunded'] else 'CONFIRMED'
            self._write(payment)

    def _go_back(self, shop: Thing, payment: Thing, amount: int, request: Any) -> Mapping[str, Any]:
        before, identity = payment['amount'] - payment['refunded'], uuid.uuid4().hex
        is_over = shop['refunds'] == 'succeeded'
        refund = {
            'id': identity, 'shop': shop['id'], 'payment': payment['id'], 'amount': amount,
            'request': request, 'status': 'succeeded' if is_over else 'pending',
        }  # fmt: skip
        self.books.write('refund', identity, refund)
        if request:
            self.books.write('request', str(request), {'payment': payment['id'], 'refund': identity})
        if is_over:
            self._gone_back(payment, amount)
        else:
            payment['status'] = 'ASYNC_REFUNDING'
            self._write(payment)
        return {'OriginalAmount': before, 'NewAmount': before - amount}

    def _gone_back(self, payment: Thing, amount: int) -> None:
        payment['refunded'] += amount
        is_whole = payment['refunded'] == payment['amount']
        payment['status'] = 'REFUNDED' if is_whole else 'PARTIAL_REFUNDED'
        self._tell(payment, amount)
        self._write(payment)

    # -- what happens to them ----------------------------------------------------------------------

    def _confirm(self, payment: Thing) -> None:
        payment['status'] = 'CONFIRMED'
        self._tell(payment)
        self._write(payment)

    def _end(self, payment: Thing, status: str, code: str) -> None:
        payment |= {'status': status, 'code': code}
        self._tell(payment)
        self._write(payment)

    def _tell(self, payment: Thing, amount: int | None = None) -> None:
        told = {
            'OrderId': payment['order'], 'Success': payment['code'] == '0', 'PaymentId': int(payment['id']),
            'ErrorCode': payment['code'], 'Amount': payment['amount'] if amount is None else amount,
            **payment['method'],
        }  # fmt: skip
        shop = self._shop(payment)
        self._notices.tell(shop, payment['status'], told)

    def _must_be_open(self, payment: Thing) -> None:
        if payment['status'] not in OPEN:
            raise Refused('8', f'Платеж в статусе {payment["status"]}')

    def _shop(self, thing: Thing) -> Thing:
        shop = self.books.find('shop', thing['shop'])
        assert shop is not None
        return shop

    def _write(self, payment: Thing) -> None:
        self.books.write('payment', payment['id'], payment)


def _number(text: str) -> int:
    return uuid.uuid5(uuid.NAMESPACE_OID, text).int % 10**9
