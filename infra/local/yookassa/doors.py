"""The API: `/v3/...` with basic auth and idempotency keys."""

import base64
import hashlib
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.yookassa import judging
from infra.local.yookassa.books import Thing
from infra.local.yookassa.faults import Faults
from infra.local.yookassa.refusal import Refused, wrong
from infra.local.yookassa.teller import FRESH_SHOP, Teller

KEY_SECONDS = 24 * 3600
SHOP = re.compile(r'\d{3,12}')
SECRET = re.compile(r'(test|live)_.{3,}')
COMPARISONS: Mapping[str, Callable[[datetime, datetime], bool]] = {
    'gte': lambda at, edge: at >= edge,
    'gt': lambda at, edge: at > edge,
    'lte': lambda at, edge: at <= edge,
    'lt': lambda at, edge: at < edge,
}
FILTERS = {
    'payments': ('status', 'payment_method'),
    'refunds': ('status', 'payment_id'),
    'receipts': ('status', 'payment_id', 'refund_id'),
}
PAYING = ('bank_card', 'sbp', 'yoo_money')


class Doors:
    """Answers calls of merchants."""

    def __init__(self, teller: Teller, faults: Faults, now: Callable[[], float]) -> None:
        self._teller, self._books, self._faults, self._now = teller, teller.books, faults, now

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None, url: str
    ) -> Reply:
        """The reply to a call of the API; `url` is where we are served."""
        place, _, query = path.partition('?')
        fault = self._faults.take(method, place)
        if instead := self._faults.before(fault):
            return instead
        try:
            with self._books.lock:
                self._teller.expire()
                shop = self._signed_in(headers.get('authorization', ''))
                told = self._told(method, place, query, headers, body, shop)
                reply = as_json(_with_links(told, url))
        except Refused as refusal:
            reply = refusal.reply
        return self._faults.after(fault, reply)

    def _told(
        self, method: str, place: str, query: str, headers: Mapping[str, str], body: bytes | None, shop: Thing
    ) -> Any:
        parts = place.strip('/').split('/')[1:]
        if method == 'POST':
            return self._done_once(shop, parts, headers.get('idempotence-key'), body or b'')
        if method != 'GET':
            raise wrong('', 'Method is not allowed')
        if parts == ['me']:
            return _me(shop)
        if parts[0] in FILTERS and len(parts) == 1:
            return self._listed(shop, parts[0], dict(urllib.parse.parse_qsl(query)))
        if parts[0] in FILTERS and len(parts) == 2:
            return self._own(shop, parts[0].removesuffix('s'), parts[1])['told']
        raise Refused('not_found', 'There is no such address')

    def _signed_in(self, given: str) -> Thing:
        try:
            identity, _, secret = base64.b64decode(given.removeprefix('Basic ')).decode().partition(':')
        except ValueError:
            identity = secret = ''
        is_good = SHOP.fullmatch(identity) and SECRET.fullmatch(secret) and not secret.endswith('wrong')
        if not is_good:
            raise Refused('invalid_credentials', 'Error in shopId or secret key. Check their validity')
        return self.shop(identity, is_test=secret.startswith('test_'))

    def shop(self, identity: str, *, is_test: bool = True) -> Thing:
        """The shop, opened when it is first met. Raises Refused for the key of the other kind."""
        shop = self._books.find('shop', identity)
        if shop is None:
            shop = {'id': identity, 'test': is_test, **FRESH_SHOP}
            self._books.write('shop', identity, shop)
        if shop['test'] != is_test:
            raise Refused('invalid_credentials', 'Error in shopId or secret key. Check their validity')
        return shop

    # -- doing -------------------------------------------------------------------------------------

    def _done_once(self, shop: Thing, parts: list[str], key: str | None, body: bytes) -> Any:
        """What was done, now or by an equal call with the key within a day; refusals are not remembered."""
        name = f'{shop["id"]} {judging.key(key)}'
        said = hashlib.sha256('/'.join(parts).encode() + b'\0' + body).hexdigest()
        known = self._books.find('key', name)
        if known is not None and self._now() < known['at'] + KEY_SECONDS:
            if known['said'] != said:
                raise wrong('Idempotence-Key', 'Idempotence key duplicated')
            return known['told']
        if shop['status'] != 'enabled':
            raise Refused('forbidden', 'The shop is disabled')
        told = self._done(shop, parts, _body(body))
        self._books.write(
            'key', name, {'at': self._now(), 'said': said, 'told': json.loads(json.dumps(told))}
        )
        return told

    def _done(self, shop: Thing, parts: list[str], asked: dict[str, Any]) -> Any:
        if parts == ['payments']:
            return self._teller.create(shop, asked)
        if parts == ['refunds']:
            return self._teller.refund(shop, asked)
        if parts == ['receipts']:
            return self._teller.close(shop, asked)
        if len(parts) == 3 and parts[0] == 'payments' and parts[2] in ('capture', 'cancel'):
            payment = self._own(shop, 'payment', parts[1])
            if parts[2] == 'capture':
                return self._teller.capture(payment)
            if payment['told']['status'] != 'waiting_for_capture':
                raise wrong('payment_id', 'Only a payment that waits for capture can be canceled')
            self._teller.cancel(payment, 'canceled_by_merchant', 'merchant')
            return payment['told']
        raise Refused('not_found', 'There is no such address')

    # -- reading -----------------------------------------------------------------------------------

    def _own(self, shop: Thing, kind: str, identity: str) -> Thing:
        thing = self._books.find(kind, identity)
        if thing is None or thing['shop'] != shop['id']:
            raise Refused('not_found', f"{kind.capitalize()} doesn't exist or access denied", f'{kind}_id')
        return thing

    def _listed(self, shop: Thing, kind: str, asked: dict[str, str]) -> dict[str, Any]:
        """A page of the youngest first."""
        limit, after = asked.pop('limit', '10'), asked.pop('cursor', '')
        if not limit.isdigit() or not 1 <= int(limit) <= 100:
            raise wrong('limit', 'From 1 to 100')
        found = [one['told'] for one in reversed(self._books.all(kind.removesuffix('s'), shop['id']))]
        for name, value in asked.items():
            found = [told for told in found if _fits(kind, name, value, told)]
        if after:
            places = [place for place, told in enumerate(found) if told['id'] == after]
            if not places:
                raise wrong('cursor', 'Unknown cursor')
            found = found[places[0] + 1 :]
        page = found[: int(limit)]
        more = {'next_cursor': page[-1]['id']} if len(found) > len(page) else {}
        return {'type': 'list', 'items': page, **more}


def _fits(kind: str, name: str, value: str, told: Mapping[str, Any]) -> bool:
    field, _, comparison = name.partition('.')
    if field == 'created_at' and comparison in COMPARISONS:
        try:
            edge = datetime.fromisoformat(value)
        except ValueError:
            raise wrong(name, 'Not an instant') from None
        if edge.tzinfo is None:
            raise wrong(name, 'Not an instant')
        at = told.get('created_at') or told['registered_at']
        return COMPARISONS[comparison](datetime.fromisoformat(at), edge)
    if name not in FILTERS[kind]:
        raise wrong(name, 'Unknown parameter')
    if name == 'payment_method':
        return bool((told.get('payment_method') or {}).get('type') == value)
    return bool(told.get(name) == value)


def _body(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body or b'{}')
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise wrong('', 'The body is not a JSON object')
    return asked


def _me(shop: Thing) -> dict[str, Any]:
    provider = {'provider': 'avanpost'} if shop['fiscalization'] else {}
    return {
        'account_id': shop['id'], 'status': shop['status'], 'test': shop['test'],
        'fiscalization': {'enabled': shop['fiscalization'], **provider}, 'payment_methods': list(PAYING),
    }  # fmt: skip


def _with_links(told: Any, url: str) -> Any:
    """The addresses of pages are of where we are served now: another start may be another port."""
    if isinstance(told, dict) and isinstance(told.get('items'), list):
        return told | {'items': [_with_links(one, url) for one in told['items']]}
    if isinstance(told, dict) and isinstance(told.get('confirmation'), dict):
        link = {'confirmation_url': f'{url}/checkout/{told["id"]}'}
        return told | {'confirmation': told['confirmation'] | link}
    return told
