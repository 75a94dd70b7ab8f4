"""«ЮKassa» (API v3): payments on its page or by a saved card, refunds, receipts by 54-ФЗ.

A call that pays or pays back carries our own id as its Idempotence-Key, which the provider remembers for
KEY_LIVES: until then the same call again is the same payment, later it would be another.
"""

import ipaddress
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.billing.gateway import yookassa_forms as forms
from chalicelib.billing.gateway.port import Ambiguous, ProviderAway, ProviderRefused
from chalicelib.billing.gateway.yookassa_wire import Wire
from chalicelib.billing.model.provider import (
    ClosingSnapshot,
    Hint,
    NewClosing,
    NewPayment,
    NewRefund,
    PaymentSnapshot,
    PaymentsPage,
    RefundSnapshot,
    RefundsPage,
    Shop,
    Thing,
)
from chalicelib.kit import clock, settings

KEY_LIVES = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the provider's clock may be behind ours or ahead of it."""
PAGE, MOST_PAGES = 100, 50

ADDRESSES = (
    '185.71.76.0/27', '185.71.77.0/27', '77.75.153.0/25', '77.75.156.11', '77.75.156.35', '77.75.154.128/25',
    '2a02:5180::/32',
)  # fmt: skip
"""Where notices come from, unless the setting YOOKASSA_ADDRESSES names others (comma-separated)."""

LONGEST_NOTICE = 256 * 1024


class YooKassa:
    """One shop at «ЮKassa»; a PaymentProvider."""

    def __init__(self, shop_id: str, secret_key: str) -> None:
        self._wire = Wire(shop_id, secret_key)

    def check(self) -> Shop:
        """What the provider says of the shop. Raises CredentialsWrong, ProviderBusy, ProviderAway."""
        told = self._wire.get('/me')
        if told is None:
            raise ProviderAway(reason='not_found')
        return forms.shop(told)

    def create_payment(self, new: NewPayment) -> PaymentSnapshot:
        """The payment of the attempt, made now or within the last KEY_LIVES.

        It has the amount it was first asked for with. Raises all the errors of the port; ProviderRefused
        without a call where the lines of the receipt do not make the amount.
        """
        forms.judge(new.receipt, new.amount)
        try:
            told = self._wire.post('/payments', new.attempt_id, forms.payment_asked(new))
        except ProviderRefused as refusal:
            if not _was_asked_otherwise(refusal):
                raise
            # Our words for it have changed since it was first asked: it may well have been made by then.
            made = self.find_payment(new.attempt_id, clock.now() - KEY_LIVES)
            if made is None:
                raise Ambiguous(reason='idempotence_key') from refusal
            return made
        return forms.payment(told, Ambiguous)

    def get_payment(self, external_id: str) -> PaymentSnapshot | None:
        """The payment as it is now, None where the shop has none of that id."""
        told = self._wire.get(f'/payments/{external_id}') if forms.is_id(external_id) else None
        return None if told is None else forms.payment(told)

    def find_payment(self, attempt_id: str, since: datetime) -> PaymentSnapshot | None:
        """The payment of our attempt that was made within KEY_LIVES since then, if any was.

        Raises ProviderAway where the shop had too many payments in that time to look through.
        """
        asked = {
            'created_at.gte': clock.text(since - CLOCKS_DIFFER),
            'created_at.lte': clock.text(since + KEY_LIVES + CLOCKS_DIFFER),
        }
        for told in self._all('/payments', asked):
            if forms.ours(told, forms.ATTEMPT) == attempt_id:
                return forms.payment(told)
        return None

    def refund(self, new: NewRefund) -> RefundSnapshot:
        """The refund of that id, made now or within the last KEY_LIVES; errors as for a payment."""
        if not new.is_full:
            forms.judge(new.receipt, new.amount)
        try:
            told = self._wire.post('/refunds', new.refund_id, forms.refund_asked(new))
        except ProviderRefused as refusal:
            if not _was_asked_otherwise(refusal):
                raise
            made = self.find_refund(new.refund_id, new.external_id)
            if made is None:
                raise Ambiguous(reason='idempotence_key') from refusal
            return made
        return forms.refund(told, Ambiguous)

    def get_refund(self, external_id: str) -> RefundSnapshot | None:
        """The refund as it is now, None where the shop has none of that id."""
        told = self._wire.get(f'/refunds/{external_id}') if forms.is_id(external_id) else None
        return None if told is None else forms.refund(told)

    def find_refund(self, refund_id: str, payment_external_id: str) -> RefundSnapshot | None:
        """The refund of our id among those of the payment, if the provider ever made one."""
        for told in self._all('/refunds', {'payment_id': payment_external_id}):
            if forms.ours(told, forms.REFUND) == refund_id:
                return forms.refund(told)
        return None

    def close(self, new: NewClosing) -> ClosingSnapshot:
        """The second receipt of a prepayment, made now or within KEY_LIVES; errors as for a payment."""
        try:
            told = self._wire.post('/receipts', new.closing_id, forms.closing_asked(new))
        except ProviderRefused as refusal:
            if not _was_asked_otherwise(refusal):
                raise
            made = self.find_closing(new.external_id)
            if made is None:
                raise Ambiguous(reason='idempotence_key') from refusal
            return made
        return forms.closing(told, Ambiguous)

    def get_closing(self, external_id: str) -> ClosingSnapshot | None:
        """The second receipt as it is now."""
        told = self._wire.get(f'/receipts/{external_id}') if forms.is_id(external_id) else None
        return None if told is None else forms.closing(told)

    def find_closing(self, payment_external_id: str) -> ClosingSnapshot | None:
        """The second receipt of the payment, if it has one that was not canceled."""
        for told in self._all('/receipts', {'payment_id': payment_external_id}):
            if forms.is_closing(told) and told.get('status') != 'canceled':
                return forms.closing(told)
        return None

    def list_payments(self, since: datetime, before: datetime, cursor: str | None = None) -> PaymentsPage:
        """A page of all payments made in the shop in that time, whoever asked for them."""
        told, after = self._page('/payments', _made_within(since, before), cursor)
        return PaymentsPage(items=tuple(forms.payment(one) for one in told), cursor=after)

    def list_refunds(self, since: datetime, before: datetime, cursor: str | None = None) -> RefundsPage:
        """A page of all refunds made in the shop in that time, also of those made by hand in its cabinet."""
        told, after = self._page('/refunds', _made_within(since, before), cursor)
        return RefundsPage(items=tuple(forms.refund(one) for one in told), cursor=after)

    def _all(self, path: str, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
        """What a list holds, page by page. Raises ProviderAway where it does not end."""
        cursor = None
        for _ in range(MOST_PAGES):
            told, cursor = self._page(path, asked, cursor)
            yield from told
            if cursor is None:
                return
        raise ProviderAway(reason='too_many')

    def _page(
        self, path: str, asked: dict[str, str], cursor: str | None
    ) -> tuple[list[dict[str, Any]], str | None]:
        """What one page of a list holds, and where the next begins. Raises ProviderAway."""
        more = {'cursor': cursor} if cursor else {}
        told = self._wire.get(path, {**asked, 'limit': str(PAGE), **more})
        if told is None or not isinstance(told.get('items'), list):
            raise ProviderAway(reason='not_understood')
        found = [one for one in told['items'] if isinstance(one, dict)]
        return found, str(told['next_cursor']) if told.get('next_cursor') else None


def _made_within(since: datetime, before: datetime) -> dict[str, str]:
    return {'created_at.gte': clock.text(since), 'created_at.lt': clock.text(before)}


def _was_asked_otherwise(refusal: ProviderRefused) -> bool:
    return refusal.details.get('parameter') == 'Idempotence-Key'


def hint_of(body: bytes) -> Hint | None:
    """What a notice is about, None where it is about nothing we know. Nothing else in it is believed."""
    if len(body) > LONGEST_NOTICE:
        return None
    try:
        told = json.loads(body)
        thing = Thing(str(told['event']).partition('.')[0])
        external_id, ours = told['object']['id'], _ours(thing, told['object'])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not forms.is_id(external_id):
        return None
    return Hint(thing=thing, external_id=external_id, attempt_id=ours)


def _ours(thing: Thing, told: dict[str, Any]) -> str | None:
    """Our payment, as the notice names it: a refund is `<payment>-r-<try>`."""
    if thing is Thing.PAYMENT:
        return forms.ours(told, forms.ATTEMPT)
    refund_id = forms.ours(told, forms.REFUND)
    return refund_id.rpartition('-')[0].removesuffix('-r') if refund_id else None


def is_sender(address: str) -> bool:
    """Whether notices of the provider come from this address."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(given, ipaddress.IPv6Address) and given.ipv4_mapped:
        given = given.ipv4_mapped
    named = settings.optional('YOOKASSA_ADDRESSES')
    known = [one.strip() for one in named.split(',')] if named else ADDRESSES
    return any(given in ipaddress.ip_network(network) for network in known)
