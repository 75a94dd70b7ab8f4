"""The API: `/v2/<Method>`, signed by a token."""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.tbank import judging
from infra.local.tbank.faults import Faults
from infra.local.tbank.refusal import Refused, wrong
from infra.local.tbank.signing import token
from infra.local.tbank.teller import FRESH_SHOP, Teller
from infra.local.yookassa.books import Thing

TERMINAL = re.compile(r'(?!unknown)[A-Za-z0-9_-]{1,20}')
LEAST_BY_SBP = 1000
PREFIX = '/v2/'

Told = Mapping[str, Any]


class Doors:
    """Answers calls of merchants."""

    def __init__(self, teller: Teller, faults: Faults) -> None:
        self._teller, self._books, self._faults = teller, teller.books, faults
        self._methods: Mapping[str, Callable[[Thing, Told, str], Told]] = {
            'Init': self._init,
            'GetState': lambda shop, asked, _: _state(self._own(shop, asked)),
            'CheckOrder': self._order,
            'Cancel': self._cancel,
            'Charge': self._charge,
            'GetQr': self._qr,
            'SbpPayTest': self._sbp,
            'SendClosingReceipt': self._close,
        }

    def answer(self, method: str, place: str, body: bytes | None, url: str) -> Reply:
        """The reply to a call of the API; `url` is where we are served."""
        name = place.rpartition('/')[2]
        if method != 'POST' or name not in self._methods:
            return Reply(404, {'Content-Type': 'text/html'}, b'<html>no such method</html>')
        fault = self._faults.take(method, place)
        if instead := self._faults.before(fault):
            return instead
        try:
            with self._books.lock:
                self._teller.expire()
                asked = _body(body)
                shop = self._signed_in(asked)
                judging.known(name, asked)
                told = self._methods[name](shop, asked, url)
                reply = as_json({'Success': True, 'ErrorCode': '0', 'TerminalKey': shop['id'], **told})
        except Refused as refusal:
            reply = refusal.reply
        return self._faults.after(fault, reply)

    def shop(self, identity: str) -> Thing:
        """The terminal, opened when it is first met."""
        shop = self._books.find('shop', identity)
        if shop is None:
            shop = {**FRESH_SHOP, 'id': identity, 'password': f'pa55-{identity}'}
            self._books.write('shop', identity, shop)
        return shop

    def _signed_in(self, asked: Told) -> Thing:
        terminal = asked.get('TerminalKey')
        if not isinstance(terminal, str) or not TERMINAL.fullmatch(terminal):
            raise Refused('501')
        shop = self.shop(terminal)
        if not hmac.compare_digest(token(asked, shop['password']), str(asked.get('Token'))):
            raise Refused('204')
        if shop['status'] != 'enabled':
            raise Refused('202')
        return shop

    # -- methods -----------------------------------------------------------------------------------

    def _init(self, shop: Thing, asked: Told, url: str) -> Told:
        payment = self._teller.init(shop, asked)
        return {**_state(payment), 'PaymentURL': f'{url}/pay/{payment["key"]}'}

    def _order(self, shop: Thing, asked: Told, _: str) -> Told:
        found = [one for one in self._books.all('payment', shop['id']) if one['order'] == asked['OrderId']]
        if not found:
            raise Refused('335')
        payments = [
            {
                'PaymentId': one['id'], 'Amount': one['amount'], 'Status': one['status'],
                'Success': one['code'] == '0', 'ErrorCode': one['code'], 'Message': 'OK',
            }
            for one in found
        ]  # fmt: skip
        return {'OrderId': asked['OrderId'], 'Payments': payments}

    def _cancel(self, shop: Thing, asked: Told, _: str) -> Told:
        payment = self._own(shop, asked)
        told = self._teller.cancel(shop, payment, asked)
        return {**_state(payment), **told, 'ExternalRequestId': asked.get('ExternalRequestId', '')}

    def _charge(self, shop: Thing, asked: Told, _: str) -> Told:
        payment = self._own(shop, asked)
        self._teller.charge(payment, str(asked.get('RebillId')))
        return _state(payment)

    def _qr(self, shop: Thing, asked: Told, url: str) -> Told:
        payment = self._own(shop, asked)
        if asked.get('DataType') != 'PAYLOAD':
            raise wrong('DataType')
        if payment['amount'] < LEAST_BY_SBP:
            raise Refused('308', 'Сумма меньше минимальной для СБП')
        return {**_ids(payment), 'Data': f'{url}/qr/{payment["key"]}'}

    def _close(self, shop: Thing, asked: Told, _: str) -> Told:
        self._teller.close_prepayment(self._own(shop, asked), asked.get('Receipt'))
        return {}

    def _sbp(self, shop: Thing, asked: Told, _: str) -> Told:
        payment = self._own(shop, asked)
        if asked.get('IsDeadlineExpired'):
            self._teller.close(payment, 'DEADLINE_EXPIRED')
        elif asked.get('IsRejected'):
            self._teller.close(payment, 'REJECTED')
        else:
            self._teller.pay_by_sbp(payment)
        return {}

    def _own(self, shop: Thing, asked: Told) -> Thing:
        payment = self._books.find('payment', str(asked.get('PaymentId')))
        if payment is None or payment['shop'] != shop['id']:
            raise Refused('255')
        return payment


def _ids(payment: Thing) -> Told:
    return {'OrderId': payment['order'], 'PaymentId': payment['id']}


def _state(payment: Thing) -> Told:
    # What went back is taken off: the documents do not say, and nobody should count on the whole.
    left = payment['amount'] - payment['refunded']
    return {**_ids(payment), 'Status': payment['status'], 'Amount': left or payment['amount']}


def _body(body: bytes | None) -> dict[str, Any]:
    try:
        asked = json.loads(body or b'{}')
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise wrong('The body is not a JSON object')
    return asked
