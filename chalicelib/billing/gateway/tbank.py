"""T-Bank acquiring («Т-Касса», v2): payments on its page, by its QR or by a saved card, refunds, receipts.

The bank takes no idempotency key. What it has of an order it tells by our id (`CheckOrder`), and a payment is
refunded once here, so how that stands is told by the payment itself (`GetState`).
"""

import ipaddress
import json
from datetime import datetime
from typing import Any

from chalicelib.billing.gateway import tbank_forms as forms
from chalicelib.billing.gateway.port import (
    Ambiguous,
    ProviderAway,
    ProviderRefused,
    SentElsewhere,
)
from chalicelib.billing.gateway.tbank_wire import BLOCKED, TWICE, Told, Wire, code_of, is_signed
from chalicelib.billing.model.provider import (
    ClosingSnapshot,
    Decline,
    Hint,
    Method,
    NewClosing,
    NewPayment,
    NewRefund,
    PaymentSnapshot,
    PaymentStatus,
    RefundSnapshot,
    RefundStatus,
    Shop,
    Thing,
)
from chalicelib.kit import clock, settings
from chalicelib.kit.money import Money

NOBODYS_ORDER = 'domovoy-check'
"""No payment of ours is named so: who asks for it learns only whether he may ask."""
LONGEST_NOTICE = 64 * 1024


class TBank:
    """One terminal of T-Bank; a PaymentProvider."""

    def __init__(self, terminal: str, password: str) -> None:
        self._wire = Wire(terminal, password)

    def check(self) -> Shop:
        """What the bank says of the terminal. Raises CredentialsWrong, ProviderBusy, ProviderAway."""
        is_active = True
        try:
            self._wire.ask('CheckOrder', OrderId=NOBODYS_ORDER)
        except ProviderAway as away:
            if away.details.get('reason') != f'code {BLOCKED}':
                raise
            is_active = False
        terminal = self._wire.terminal
        return Shop(
            shop_id=terminal, is_test=forms.is_test(terminal), is_active=is_active, makes_receipts=None
        )

    def create_payment(self, new: NewPayment) -> PaymentSnapshot:
        """The payment of the attempt, which is asked for once.

        Raises all the errors of the port; ProviderRefused without a call where its receipt cannot be sent.
        """
        forms.judge(new.receipt, new.amount)
        if new.method is Method.SBP and new.amount < forms.LEAST_BY_SBP:
            raise ProviderRefused(reason='too_little_for_sbp', parameter='Amount')
        try:
            told = self._wire.do('Init', **forms.payment_asked(new))
        except ProviderRefused as refusal:
            if refusal.details.get('reason') != TWICE:
                raise
            raise Ambiguous(reason='order_id') from refusal
        made = forms.payment(told, clock.now(), Ambiguous, confirmation_url=_address(told.get('PaymentURL')))
        if new.saved_method is not None:
            return self._charged(made, new.saved_method)
        if new.method is Method.SBP:
            return made.model_copy(update={'confirmation_url': self._code(made)})
        return made

    def get_payment(self, external_id: str) -> PaymentSnapshot | None:
        """The payment as it is now, None where the terminal has none of that id."""
        told = self._state(external_id)
        return None if told is None else self._payment(told)

    def find_payment(self, attempt_id: str, since: datetime) -> PaymentSnapshot | None:
        """The payment of our attempt, if the bank ever made one; a page nobody was given is closed."""
        told = self._wire.ask('CheckOrder', OrderId=attempt_id)
        made = told.get('Payments') if told is not None else None
        if told is None or made == []:
            return None
        if not isinstance(made, list) or not all(isinstance(one, dict) for one in made):
            raise ProviderAway(reason='not_understood')
        # An order has one payment here, since it is asked for once; if ever more, the one that has money.
        for one in sorted(made, key=_weight):
            state = self._state(str(one.get('PaymentId')))
            if state is not None:
                return self._payment(self._closed(state))
        raise ProviderAway(reason='not_understood')

    def refund(self, new: NewRefund) -> RefundSnapshot:
        """The refund, which is asked for once; errors as for a payment, and SentElsewhere.

        What went back already is not sent again: of a whole refund it is all there is to do, and a part is
        our own after a try that was thought refused.
        """
        if not new.is_full:
            forms.judge(new.receipt, new.amount)
        before = self._state(new.external_id)
        if before is None:
            raise ProviderRefused(reason='not_found', parameter='PaymentId')
        status = forms.refund_status(str(before['Status']))
        if status is not None:
            is_part = str(before['Status']).startswith('PARTIAL')
            if is_part and not new.is_anew:
                raise SentElsewhere(self._payment(before))
            return RefundSnapshot(external_id=new.external_id, status=status)
        told = self._wire.do('Cancel', **forms.refund_asked(new))
        status = forms.refund_status(str(told.get('Status')))
        if status is None:
            raise Ambiguous(reason='not_understood')
        amount = forms.went_back(told) if status is RefundStatus.SUCCEEDED else None
        return RefundSnapshot(
            external_id=new.external_id, status=status, amount=amount, refund_id=new.refund_id
        )

    def get_refund(self, external_id: str) -> RefundSnapshot | None:
        """How the refund of the payment stands; one the bank was at and gave up is canceled."""
        told = self._state(external_id)
        if told is None:
            return None
        status = forms.refund_status(str(told['Status']))
        if status is not None:
            return RefundSnapshot(external_id=external_id, status=status)
        return RefundSnapshot(external_id=external_id, status=RefundStatus.CANCELED, decline=Decline.OTHER)

    def find_refund(self, refund_id: str, payment_external_id: str) -> RefundSnapshot | None:
        """The refund of the payment, if the bank ever made it."""
        told = self._state(payment_external_id)
        if told is None:
            raise ProviderAway(reason='not_found')
        status = forms.refund_status(str(told['Status']))
        return None if status is None else RefundSnapshot(external_id=payment_external_id, status=status)

    def close(self, new: NewClosing) -> ClosingSnapshot:
        """The second receipt of a prepayment, which is asked for once; errors as for a payment."""
        forms.judge(new.receipt, new.amount)
        receipt = forms.receipt_of(new.receipt)
        self._wire.do('cashbox/SendClosingReceipt', PaymentId=new.external_id, Receipt=receipt)
        return ClosingSnapshot(external_id=new.external_id, status=RefundStatus.SUCCEEDED)

    def get_closing(self, external_id: str) -> None:
        """What the till has made of it the bank does not tell."""

    def find_closing(self, payment_external_id: str) -> None:
        """Nor whether it was asked for it."""

    def list_payments(self, since: datetime, before: datetime, cursor: str | None = None) -> None:
        """No list is kept: payments are asked about one after another."""

    def list_refunds(self, since: datetime, before: datetime, cursor: str | None = None) -> None:
        """No list is kept."""

    # -- in its words ------------------------------------------------------------------------------

    def _state(self, external_id: str) -> Told | None:
        told = self._wire.ask('GetState', PaymentId=external_id) if forms.is_id(external_id) else None
        if told is not None and not isinstance(told.get('Status'), str):
            raise ProviderAway(reason='not_understood')
        return told

    def _payment(self, told: Told) -> PaymentSnapshot:
        found = forms.payment(told, clock.now())
        if told['Status'] not in forms.BY_CARD_REFUSED or code_of(told) not in ('0', 'unknown'):
            return found
        return found.model_copy(update={'decline': self._why(found, str(told['Status']))})

    def _why(self, refused: PaymentSnapshot, status: str) -> Decline | None:
        """Why the bank of the client said no, which the order knows better than the payment."""
        told = self._wire.ask('CheckOrder', OrderId=str(refused.attempt_id)) or {}
        codes = [
            code_of(one)
            for one in told.get('Payments') or ()
            if isinstance(one, dict) and str(one.get('PaymentId')) == refused.external_id
        ]
        return forms.decline(status, codes[0] if codes else '0')

    def _charged(self, made: PaymentSnapshot, rebill: str) -> PaymentSnapshot:
        try:
            told = self._wire.do('Charge', PaymentId=made.external_id, RebillId=rebill)
        except ProviderAway as away:
            # The order is there, and nobody has paid it: it is found and closed.
            raise Ambiguous(reason=str(away)) from away
        except ProviderRefused as refusal:
            why = forms.decline('REJECTED', str(refusal.details.get('reason')))
            ended = {'status': PaymentStatus.CANCELED, 'decline': why, 'confirmation_url': None}
            return made.model_copy(update=ended)
        return forms.payment(told, clock.now(), Ambiguous)

    def _code(self, made: PaymentSnapshot) -> str | None:
        """The address of the payment for the app of any bank; the page will do where there is none."""
        try:
            told = self._wire.ask('GetQr', PaymentId=made.external_id, DataType='PAYLOAD')
        except ProviderAway:
            return made.confirmation_url
        return _address((told or {}).get('Data')) or made.confirmation_url

    def _closed(self, told: Told) -> Told:
        """The order as it is after closing, if nobody had begun to pay it."""
        if told['Status'] != forms.NEW:
            return told
        try:
            self._wire.do('Cancel', PaymentId=str(told.get('PaymentId')))
        except (ProviderRefused, Ambiguous) as fault:
            raise ProviderAway(reason='not_closed') from fault
        return {**told, 'Status': 'CANCELED'}


def _address(given: Any) -> str | None:
    return given if isinstance(given, str) and given.startswith(('https://', 'http://')) else None


def _weight(one: Told) -> int:
    return {PaymentStatus.SUCCEEDED: 0, PaymentStatus.CANCELED: 2}.get(
        forms.status_of(str(one.get('Status'))), 1
    )


def hint_of(body: bytes) -> Hint | None:
    """What a notice is about, None where it is none. Only after `is_from` is it the bank's."""
    told = _told(body)
    if told is None or not forms.is_id(str(told.get('PaymentId'))):
        return None
    status, amount = str(told.get('Status')), told.get('Amount')
    is_paying = forms.status_of(status) in (PaymentStatus.AUTHORIZED, PaymentStatus.SUCCEEDED)
    is_back = forms.refund_status(status) is not None
    is_sum = isinstance(amount, int) and not isinstance(amount, bool) and amount >= 0
    return Hint(
        thing=Thing.REFUND if is_back else Thing.PAYMENT,
        external_id=str(told['PaymentId']),
        attempt_id=str(told.get('OrderId')),
        shop_id=str(told.get('TerminalKey')),
        amount=Money(minor=amount) if is_sum and is_paying and not is_back else None,
        saved_method=forms.saved(told),
        paid_by=forms.paid_by(told),
    )


def is_from(body: bytes, password: str) -> bool:
    """Whether who wrote the notice knew the password of its terminal."""
    told = _told(body)
    return told is not None and is_signed(told, password)


def is_sender(address: str) -> bool:
    """Whether notices come from this address: from any, unless the setting TBANK_ADDRESSES names networks.

    They are signed; the addresses of the bank are told by its support, not by its documents.
    """
    named = settings.optional('TBANK_ADDRESSES')
    if not named:
        return True
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(given in ipaddress.ip_network(network.strip()) for network in named.split(','))


def _told(body: bytes) -> Told | None:
    if len(body) > LONGEST_NOTICE:
        return None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


