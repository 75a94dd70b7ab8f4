"""What we ask of «ЮKassa» in its words, and what it tells in ours. Amounts are texts of roubles there."""

import re
from typing import Any

from chalicelib.billing.gateway.port import Ambiguous, ProviderAway, ProviderRefused
from chalicelib.billing.model.provider import (
    ClosingSnapshot,
    Decline,
    Method,
    NewClosing,
    NewPayment,
    NewRefund,
    PaidAs,
    PaymentSnapshot,
    PaymentStatus,
    Receipt,
    ReceiptLine,
    RefundSnapshot,
    RefundStatus,
    SavedMethod,
    Shop,
    TaxSystem,
)
from chalicelib.kit.money import Money, roubles
from chalicelib.prices.model import Vat

Told = dict[str, Any]

_MAKES_RECEIPTS = 'fiscalization_enabled'  # as it was told before 2024, and still is beside the new way

ATTEMPT, REFUND = 'attempt_id', 'refund_id'
"""Under which names our ids travel among the particulars of a payment and of a refund."""

PREPAYMENT = 'prepayment'
MOST_DESCRIPTION, MOST_REFUND_DESCRIPTION, MOST_LINE_NAME = 128, 250, 128
_ID = re.compile(r'[0-9A-Za-z-]{1,64}', re.ASCII)

_METHODS = {Method.CARD: 'bank_card', Method.SBP: 'sbp'}
_BY_TYPE = {kind: method for method, kind in _METHODS.items()}
_VAT = {
    Vat.NONE: 1, Vat.VAT_0: 2, Vat.VAT_10: 3, Vat.VAT_20: 4, Vat.VAT_5: 7, Vat.VAT_7: 8, Vat.VAT_22: 11,
}  # fmt: skip
# What is paid before it is handed over has its tax counted out of the sum: 22/122 (НК РФ, ст. 164, п. 4).
_VAT_OF_PREPAYMENT = _VAT | {Vat.VAT_10: 5, Vat.VAT_20: 6, Vat.VAT_5: 9, Vat.VAT_7: 10, Vat.VAT_22: 12}
_TAX_SYSTEMS = {
    TaxSystem.GENERAL: 1,
    TaxSystem.INCOME: 2,
    TaxSystem.INCOME_LESS_EXPENSES: 3,
    TaxSystem.AGRICULTURAL: 5,
    TaxSystem.PATENT: 6,
}
_STATUSES = {
    'waiting_for_capture': PaymentStatus.AUTHORIZED,
    'succeeded': PaymentStatus.SUCCEEDED,
    'canceled': PaymentStatus.CANCELED,
}
_DECLINES = {
    '3d_secure_failed': Decline.CONFIRMATION_FAILED,
    'call_issuer': Decline.ASK_YOUR_BANK,
    'canceled_by_merchant': Decline.CANCELED_BY_US,
    'card_expired': Decline.CARD_EXPIRED,
    'country_forbidden': Decline.METHOD_RESTRICTED,
    'deal_expired': Decline.EXPIRED,
    'expired_on_capture': Decline.EXPIRED,
    'expired_on_confirmation': Decline.EXPIRED,
    'fraud_suspected': Decline.FRAUD_SUSPECTED,
    'general_decline': Decline.ASK_YOUR_BANK,
    'identification_required': Decline.IDENTIFICATION_REQUIRED,
    'insufficient_funds': Decline.INSUFFICIENT_FUNDS,
    'internal_timeout': Decline.BANK_AWAY,
    'invalid_card_number': Decline.CARD_WRONG,
    'invalid_csc': Decline.CARD_WRONG,
    'issuer_unavailable': Decline.BANK_AWAY,
    'payment_method_limit_exceeded': Decline.LIMIT_EXCEEDED,
    'payment_method_restricted': Decline.METHOD_RESTRICTED,
    'permission_revoked': Decline.PERMISSION_REVOKED,
    'rejected_by_payee': Decline.REJECTED_BY_PAYEE,
    'rejected_by_timeout': Decline.EXPIRED,
    'unsupported_mobile_operator': Decline.METHOD_RESTRICTED,
    'yoo_money_account_closed': Decline.ACCOUNT_CLOSED,
}


def is_id(given: Any) -> bool:
    """Whether it can be the id of something there; nothing else may get into an address."""
    return isinstance(given, str) and _ID.fullmatch(given) is not None


# -- what we ask ---------------------------------------------------------------------------------------


def judge(receipt: Receipt | None, amount: Money) -> None:
    """The lines of the receipt make the amount. Raises ProviderRefused: asking would end the same."""
    if receipt is not None and Money.sum(line.total for line in receipt.lines) != amount:
        raise ProviderRefused(reason='receipt_differs', parameter='receipt.items')


def payment_asked(new: NewPayment) -> Told:
    """The payment as the provider wants to be asked for it; `capture` is said, since it is not usual."""
    asked: Told = {
        'amount': _amount(new.amount),
        'capture': True,
        'description': new.description[:MOST_DESCRIPTION],
        'metadata': {**new.metadata, ATTEMPT: new.attempt_id},
    }
    if new.saved_method is not None:
        asked['payment_method_id'] = new.saved_method
    else:
        asked['confirmation'] = {'type': 'redirect', 'return_url': new.return_url or ''}
        if new.method in _METHODS:
            asked['payment_method_data'] = {'type': _METHODS[new.method]}
        if new.is_saved:
            asked['save_payment_method'] = True
    if new.client_ref:
        asked['merchant_customer_id'] = new.client_ref
    if new.client_ip:
        asked['client_ip'] = new.client_ip
    if new.receipt is not None:
        asked['receipt'] = _receipt(new.receipt)
    return asked


def refund_asked(new: NewRefund) -> Told:
    """The refund as the provider wants to be asked for it.

    The receipt of a whole one is made by the provider from that of the payment, so none is sent.
    """
    asked: Told = {
        'payment_id': new.external_id,
        'amount': _amount(new.amount),
        'description': new.description[:MOST_REFUND_DESCRIPTION],
        'metadata': {REFUND: new.refund_id},
    }
    if new.receipt is not None and not new.is_full:
        asked['receipt'] = _receipt(new.receipt)
    return asked


def closing_asked(new: NewClosing) -> Told:
    """The second receipt of a prepayment: sold now, and settled with what was paid before."""
    return {
        'type': 'payment',
        'payment_id': new.external_id,
        'send': True,
        'settlements': [{'type': PREPAYMENT, 'amount': _amount(new.amount)}],
        **_receipt(new.receipt),
    }


def _amount(amount: Money) -> Told:
    return {'value': amount.decimal, 'currency': amount.currency}


def _receipt(receipt: Receipt) -> Told:
    customer = {'email': receipt.email, 'phone': (receipt.phone or '').lstrip('+')}
    asked: Told = {
        'customer': {name: value for name, value in customer.items() if value},
        # Money that went over the internet: the law wants to know.
        'internet': True,
        'items': [_line(line, receipt.paid_as) for line in receipt.lines if line.total],
    }
    if receipt.tax_system is not None:
        asked['tax_system_code'] = _TAX_SYSTEMS[receipt.tax_system]
    return asked


def _line(line: ReceiptLine, paid_as: PaidAs) -> Told:
    # One of them for the whole sum: the price of a unit times the quantity need not make a discounted sum.
    vat = _VAT_OF_PREPAYMENT if paid_as is PaidAs.FULL_PREPAYMENT else _VAT
    return {
        'description': line.name[:MOST_LINE_NAME],
        'quantity': '1.000',
        'amount': _amount(line.total),
        'vat_code': vat[line.vat],
        'payment_subject': line.subject.value,
        'payment_mode': paid_as.value,
        'measure': line.unit.value,
    }


# -- what is told --------------------------------------------------------------------------------------


def ours(told: Told, name: str) -> str | None:
    """Our own id, as it came back."""
    metadata = told.get('metadata')
    found = metadata.get(name) if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else None


def payment(told: Told, otherwise: type[Ambiguous | ProviderAway] = ProviderAway) -> PaymentSnapshot:
    """The payment in our words. Raises `otherwise` for what cannot be understood."""
    try:
        account, method = told.get('recipient') or {}, told.get('payment_method') or {}
        return PaymentSnapshot(
            external_id=_id(told),
            status=_STATUSES.get(told['status'], PaymentStatus.PENDING),
            amount=_money(told['amount']),
            refunded=_money(told['refunded_amount']) if told.get('refunded_amount') else Money(minor=0),
            confirmation_url=(told.get('confirmation') or {}).get('confirmation_url'),
            paid_by=_BY_TYPE.get(str(method.get('type'))),
            saved_method=_saved(method),
            decline=_decline(told),
            is_test=bool(told.get('test')),
            shop_id=account.get('account_id'),
            attempt_id=ours(told, ATTEMPT),
            created_at=told['created_at'],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise otherwise(reason='not_understood') from fault


def refund(told: Told, otherwise: type[Ambiguous | ProviderAway] = ProviderAway) -> RefundSnapshot:
    """The refund in our words. Raises `otherwise` for what cannot be understood."""
    known = {'succeeded': RefundStatus.SUCCEEDED, 'canceled': RefundStatus.CANCELED}
    try:
        return RefundSnapshot(
            external_id=_id(told),
            status=known.get(told['status'], RefundStatus.PENDING),
            amount=_money(told['amount']),
            refund_id=ours(told, REFUND),
            payment_external_id=told.get('payment_id'),
            decline=_decline(told),
            created_at=told.get('created_at'),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise otherwise(reason='not_understood') from fault


def closing(told: Told, otherwise: type[Ambiguous | ProviderAway] = ProviderAway) -> ClosingSnapshot:
    """A second receipt in our words. Raises `otherwise` for what cannot be understood."""
    known = {'succeeded': RefundStatus.SUCCEEDED, 'canceled': RefundStatus.CANCELED}
    try:
        return ClosingSnapshot(
            external_id=_id(told), status=known.get(told['status'], RefundStatus.PENDING)
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise otherwise(reason='not_understood') from fault


def is_closing(told: Told) -> bool:
    """Whether a receipt is the second of a prepayment."""
    settlements = told.get('settlements')
    return isinstance(settlements, list) and any(
        isinstance(one, dict) and one.get('type') == PREPAYMENT for one in settlements
    )


def shop(told: Told) -> Shop:
    """The shop in our words. Raises ProviderAway for what cannot be understood."""
    try:
        return Shop(
            shop_id=str(told['account_id']),
            is_test=bool(told['test']),
            is_active=told['status'] == 'enabled',
            methods=tuple(str(method) for method in told.get('payment_methods') or ()),
            makes_receipts=bool((told.get('fiscalization') or {}).get('enabled', told.get(_MAKES_RECEIPTS))),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise ProviderAway(reason='not_understood') from fault


def _id(told: Told) -> str:
    if not is_id(told['id']):
        raise ValueError('id')
    return str(told['id'])


def _money(told: Told) -> Money:
    if told['currency'] != 'RUB':
        raise ValueError('currency')
    return roubles(told['value'])


def _decline(told: Told) -> Decline | None:
    if told['status'] != 'canceled':
        return None
    return _DECLINES.get(str((told.get('cancellation_details') or {}).get('reason')), Decline.OTHER)


def _saved(told: Told) -> SavedMethod | None:
    """The method, where the client let the provider keep it: he may have refused what we asked for."""
    if told.get('saved') is not True:
        return None
    card = told.get('card') or {}
    month, year = card.get('expiry_month'), card.get('expiry_year')
    return SavedMethod(
        token=str(told['id']),
        title=str(told.get('title') or told.get('type')),
        last4=card.get('last4'),
        brand=card.get('card_type'),
        expires=f'{month}/{year}' if month and year else None,
    )
