"""What we ask of T-Bank in its words, and what it tells in ours. Amounts are kopecks there too."""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from chalicelib.billing.gateway.port import Ambiguous, ProviderAway, ProviderRefused
from chalicelib.billing.gateway.tbank_wire import code_of
from chalicelib.billing.model.provider import (
    Decline,
    Method,
    NewPayment,
    NewRefund,
    PaidAs,
    PaymentSnapshot,
    PaymentStatus,
    Receipt,
    ReceiptLine,
    RefundStatus,
    SavedMethod,
    TaxSystem,
)
from chalicelib.kit import settings
from chalicelib.kit.money import Money
from chalicelib.prices.model import Vat

Told = dict[str, Any]

MOST_DESCRIPTION, MOST_LINE_NAME = 140, 128
LEAST_BY_SBP = Money(minor=1000)
_ID = re.compile(r'\d{1,20}', re.ASCII)
_MOSCOW = timezone(timedelta(hours=3))
_TEST = 'DEMO'
"""How the key of a terminal ends that moves no money."""

_TAX_SYSTEMS = {
    TaxSystem.GENERAL: 'osn',
    TaxSystem.INCOME: 'usn_income',
    TaxSystem.INCOME_LESS_EXPENSES: 'usn_income_outcome',
    TaxSystem.AGRICULTURAL: 'esn',
    TaxSystem.PATENT: 'patent',
}
_VAT = {
    Vat.NONE: 'none', Vat.VAT_0: 'vat0', Vat.VAT_5: 'vat5', Vat.VAT_7: 'vat7', Vat.VAT_10: 'vat10',
    Vat.VAT_20: 'vat20',
}  # fmt: skip
# What is paid before it is handed over has its tax counted out of the sum (НК РФ, ст. 164, п. 4).
_VAT_OF_PREPAYMENT = _VAT | {
    Vat.VAT_5: 'vat105', Vat.VAT_7: 'vat107', Vat.VAT_10: 'vat110', Vat.VAT_20: 'vat120',
}  # fmt: skip

NEW = 'NEW'
_PAID = frozenset({
    'CONFIRMED', 'REFUNDING', 'ASYNC_REFUNDING', 'PARTIAL_REFUNDED', 'REFUNDED',
})  # fmt: skip
_ENDED = {
    'CANCELED': Decline.CANCELED_BY_US,
    'REVERSED': Decline.CANCELED_BY_US,
    'REJECTED': Decline.OTHER,
    'AUTH_FAIL': Decline.CONFIRMATION_FAILED,
    'DEADLINE_EXPIRED': Decline.EXPIRED,
    'ATTEMPTS_EXPIRED': Decline.EXPIRED,
}
_GOING_BACK = frozenset({'REFUNDING', 'ASYNC_REFUNDING', 'REVERSING'})
_ALL_WENT_BACK = frozenset({'REFUNDED', 'REVERSED'})
_WENT_BACK = _ALL_WENT_BACK | {'PARTIAL_REFUNDED', 'PARTIAL_REVERSED'}
BY_CARD_REFUSED = frozenset({'REJECTED', 'AUTH_FAIL'})

_DECLINES = {
    code: why
    for why, codes in {
        Decline.INSUFFICIENT_FUNDS: ('103', '116', '1051', '1116'),
        Decline.CARD_EXPIRED: ('252', '1033', '1054'),
        Decline.CARD_WRONG: ('508', '1014', '1015', '1082'),
        Decline.CONFIRMATION_FAILED: ('101', '106', '511'),
        Decline.ASK_YOUR_BANK: ('107', '1001', '1003', '1005', '1006', '1012', '1099'),
        Decline.BANK_AWAY: ('96', '99', '1017', '1030', '1034', '1089', '1091', '1096'),
        Decline.LIMIT_EXCEEDED: ('119', '403', '404', '405', '406', '1013', '1061', '1065'),
        Decline.METHOD_RESTRICTED: ('1057', '1058', '1062', '3013'),
        Decline.FRAUD_SUSPECTED: ('102', '1004', '1007', '1041', '1043', '1059'),
        Decline.PERMISSION_REVOKED: ('3015',),
    }.items()
    for code in codes
}


def is_id(given: Any) -> bool:
    """Whether it can be the id of a payment there."""
    return isinstance(given, str) and _ID.fullmatch(given) is not None


def is_test(terminal: str) -> bool:
    """Whether no money moves at the terminal."""
    return terminal.endswith(_TEST)


# -- what we ask ---------------------------------------------------------------------------------------


def judge(receipt: Receipt | None, amount: Money) -> None:
    """The receipt can be sent. Raises ProviderRefused: asking would end the same."""
    if receipt is None:
        return
    if Money.sum(line.total for line in receipt.lines) != amount:
        raise ProviderRefused(reason='receipt_differs', parameter='Receipt.Items')
    if receipt.tax_system is None:
        raise ProviderRefused(reason='tax_system_missing', parameter='Receipt.Taxation')


def payment_asked(new: NewPayment) -> Told:
    """The payment as the provider wants to be asked for it: taken at once, in one step."""
    asked: Told = {
        'Amount': new.amount.minor,
        'OrderId': new.attempt_id,
        'Description': new.description[:MOST_DESCRIPTION],
        'PayType': 'O',
        'Language': 'ru',
    }
    if new.closes_at is not None:
        asked['RedirectDueDate'] = _date(new.closes_at)
    if new.return_url:
        asked |= {'SuccessURL': new.return_url, 'FailURL': new.return_url}
    if new.is_saved and new.client_ref:
        asked |= {'Recurrent': 'Y', 'CustomerKey': new.client_ref}
    if new.receipt is not None:
        asked['Receipt'] = receipt_of(new.receipt)
    return asked


def refund_asked(new: NewRefund) -> Told:
    """The refund as the provider wants to be asked for it; the receipt of a whole one he makes himself."""
    asked: Told = {
        'PaymentId': new.external_id,
        'Amount': new.amount.minor,
        'ExternalRequestId': new.refund_id,
    }
    if new.receipt is not None and not new.is_full:
        asked['Receipt'] = receipt_of(new.receipt)
    return asked


def receipt_of(receipt: Receipt) -> Told:
    """A fiscal receipt (54-ФЗ)."""
    customer = {'Email': receipt.email, 'Phone': receipt.phone}
    return {
        **{name: value for name, value in customer.items() if value},
        'Taxation': _TAX_SYSTEMS[receipt.tax_system or TaxSystem.GENERAL],
        'Items': [_line(line, receipt.paid_as) for line in receipt.lines if line.total],
    }


def _line(line: ReceiptLine, paid_as: PaidAs) -> Told:
    # One of them for the whole sum: the price of a unit times the quantity need not make a discounted sum.
    return {
        'Name': line.name[:MOST_LINE_NAME],
        'Price': line.total.minor,
        'Quantity': 1,
        'Amount': line.total.minor,
        'Tax': _tax(line.vat, paid_as),
        'PaymentMethod': paid_as.value,
        'PaymentObject': line.subject.value,
    }


def _tax(vat: Vat, paid_as: PaidAs) -> str:
    is_prepaid = paid_as is PaidAs.FULL_PREPAYMENT
    if vat is Vat.VAT_22:
        # Not seen in the documents of the bank yet: a deployment can say what it is called there.
        plain, counted_out = settings.optional('TBANK_VAT_22', 'vat22,vat122').split(',')
        return counted_out if is_prepaid else plain
    return (_VAT_OF_PREPAYMENT if is_prepaid else _VAT)[vat]


def _date(at: datetime) -> str:
    return at.astimezone(_MOSCOW).isoformat(timespec='seconds')


# -- what is told --------------------------------------------------------------------------------------


def payment(
    told: Told,
    now: datetime,
    otherwise: type[Ambiguous | ProviderAway] = ProviderAway,
    *,
    confirmation_url: str | None = None,
) -> PaymentSnapshot:
    """The payment in our words. Raises `otherwise` for what cannot be understood."""
    try:
        status, external_id, terminal = str(told['Status']), str(told['PaymentId']), str(told['TerminalKey'])
        if not is_id(external_id):
            raise ValueError('PaymentId')
        return PaymentSnapshot(
            external_id=external_id,
            status=status_of(status),
            amount=Money(minor=_kopecks(told['Amount'])),
            went_back=refund_status(status),
            is_all_back=status in _ALL_WENT_BACK,
            confirmation_url=confirmation_url,
            decline=decline(status, code_of(told)),
            is_test=is_test(terminal),
            shop_id=terminal,
            attempt_id=str(told['OrderId']),
            created_at=now,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise otherwise(reason='not_understood') from fault


def decline(status: str, code: str) -> Decline | None:
    """Why nothing was paid, None where it may still be."""
    return _DECLINES.get(code, _ENDED[status]) if status in _ENDED else None


def refund_status(status: str) -> RefundStatus | None:
    """How a refund stands whose payment stands so; None where nothing went back of it."""
    if status in _WENT_BACK:
        return RefundStatus.SUCCEEDED
    return RefundStatus.PENDING if status in _GOING_BACK else None


def saved(told: Told) -> SavedMethod | None:
    """The card by which can be paid again, where the notice brings one."""
    rebill, pan = told.get('RebillId'), str(told.get('Pan') or '')
    if not rebill:
        return None
    last4, until = pan[-4:], str(told.get('ExpDate') or '')
    return SavedMethod(
        token=str(rebill),
        title=f'Bank card *{last4}' if last4.isdigit() else 'Bank card',
        last4=last4 if last4.isdigit() else None,
        expires=f'{until[:2]}/20{until[2:]}' if re.fullmatch(r'\d{4}', until) else None,
    )


def paid_by(told: Told) -> Method | None:
    """By what was paid, where a notice tells: it names the card if it was one."""
    return Method.CARD if str(told.get('Pan') or '')[-4:].isdigit() else None


def went_back(told: Told) -> Money | None:
    """How much a cancelling returned, where it says so."""
    before, after = told.get('OriginalAmount'), told.get('NewAmount')
    if not isinstance(before, int) or not isinstance(after, int) or not before > after >= 0:
        return None
    return Money(minor=before - after)


def status_of(status: str) -> PaymentStatus:
    """What the provider says of a payment."""
    if status in _PAID:
        return PaymentStatus.SUCCEEDED
    if status == 'AUTHORIZED':
        return PaymentStatus.AUTHORIZED
    return PaymentStatus.CANCELED if status in _ENDED else PaymentStatus.PENDING


def _kopecks(told: Any) -> int:
    if isinstance(told, bool) or not isinstance(told, int):
        raise ValueError('Amount')
    return told

