"""What a call must look like; whatever it is not is told as the bank tells it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from infra.local.tbank.refusal import Refused, wrong

Asked = Mapping[str, Any]

FIELDS = {
    'Init': (
        'Amount', 'CustomerKey', 'DATA', 'Description', 'FailURL', 'Language', 'NotificationURL', 'OrderId',
        'PayType', 'Receipt', 'Recurrent', 'RedirectDueDate', 'SuccessURL',
    ),
    'GetState': ('PaymentId',),
    'CheckOrder': ('OrderId',),
    'Cancel': ('Amount', 'ExternalRequestId', 'PaymentId', 'Receipt'),
    'Charge': ('PaymentId', 'RebillId'),
    'GetQr': ('DataType', 'PaymentId'),
    'SbpPayTest': ('IsDeadlineExpired', 'IsRejected', 'PaymentId'),
    'SendClosingReceipt': ('PaymentId', 'Receipt'),
}  # fmt: skip
TAXATIONS = ('osn', 'usn_income', 'usn_income_outcome', 'esn', 'patent')
TAXES = (
    'none', 'vat0', 'vat5', 'vat7', 'vat10', 'vat20', 'vat22', 'vat105', 'vat107', 'vat110', 'vat120',
    'vat122',
)  # fmt: skip
METHODS = (
    'full_prepayment', 'prepayment', 'advance', 'full_payment', 'partial_payment', 'credit', 'credit_payment',
)  # fmt: skip
OBJECTS = ('commodity', 'job', 'service', 'payment', 'agent_commission', 'composite', 'another')
PREPAID = ('full_prepayment', 'prepayment', 'advance')
EMAIL = re.compile(r'[^@\s]+@[^@\s]+\.[^@\s]+')
PHONE = re.compile(r'\+\d{10,15}')
ADDRESS = re.compile(r'https?://\S+')
LEAST, MOST_LINES = 100, 100


def known(method: str, asked: Asked) -> None:
    """The call has nothing beyond what the method takes."""
    for name in asked:
        if name not in (*FIELDS[method], 'TerminalKey', 'Token'):
            raise wrong(f'Неизвестное поле {name}')


def init(asked: Asked, *, needs_receipt: bool) -> None:
    """The body asks for a payment."""
    amount = kopecks(asked.get('Amount'))
    if not isinstance(asked.get('OrderId'), str) or not 1 <= len(asked['OrderId']) <= 50:
        raise wrong('OrderId')
    _words(asked)
    if asked.get('Recurrent', 'Y') != 'Y' or ('Recurrent' in asked and not asked.get('CustomerKey')):
        raise wrong('Recurrent, CustomerKey')
    if 'RedirectDueDate' in asked:
        due(asked)
    if 'Receipt' in asked:
        receipt(asked['Receipt'], amount)
    elif needs_receipt:
        raise Refused('309', 'Receipt')


def _words(asked: Asked) -> None:
    if len(str(asked.get('Description', ''))) > 140:
        raise wrong('Description')
    if asked.get('PayType', 'O') not in ('O', 'T'):
        raise wrong('PayType')
    for name in ('SuccessURL', 'FailURL', 'NotificationURL'):
        if name in asked and not ADDRESS.fullmatch(str(asked[name])):
            raise wrong(name)


def due(asked: Asked) -> float | None:
    """Until when the page is open, if that is said."""
    if 'RedirectDueDate' not in asked:
        return None
    try:
        at = datetime.fromisoformat(asked['RedirectDueDate'])
    except (TypeError, ValueError):
        raise wrong('RedirectDueDate') from None
    if at.tzinfo is None or at.microsecond:
        raise wrong('RedirectDueDate')
    return at.timestamp()


def kopecks(given: Any, least: int = LEAST) -> int:
    """The amount, at least `least` kopecks."""
    if isinstance(given, bool) or not isinstance(given, int):
        raise wrong('Amount')
    if given < least:
        raise Refused('308', 'Amount')
    return given


def receipt(asked: Any, amount: int) -> None:
    """The receipt is one, by 54-ФЗ, and comes to the amount."""
    if not isinstance(asked, Mapping) or asked.keys() - {'Email', 'Phone', 'Taxation', 'Items', 'FfdVersion'}:
        raise wrong('Receipt')
    email, phone = asked.get('Email'), asked.get('Phone')
    if not email and not phone:
        raise wrong('Receipt.Email')
    if (email and not EMAIL.fullmatch(email)) or (phone and not PHONE.fullmatch(phone)):
        raise wrong('Receipt.Email, Receipt.Phone')
    if asked.get('Taxation') not in TAXATIONS:
        raise wrong('Receipt.Taxation')
    lines = asked.get('Items')
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise wrong('Receipt.Items')
    if sum(_line(line) for line in lines) != amount:
        raise wrong('Сумма всех позиций в чеке должна равняться сумме всех видов оплаты')


def _line(line: Any) -> int:
    fields = {'Name', 'Price', 'Quantity', 'Amount', 'Tax', 'PaymentMethod', 'PaymentObject'}
    if not isinstance(line, Mapping) or set(line) != fields:
        raise wrong('Receipt.Items')
    if not isinstance(line['Name'], str) or not 1 <= len(line['Name']) <= 128:
        raise wrong('Receipt.Items.Name')
    for name, allowed in (('Tax', TAXES), ('PaymentMethod', METHODS), ('PaymentObject', OBJECTS)):
        if line[name] not in allowed:
            raise wrong(f'Receipt.Items.{name}')
    price, total = kopecks(line['Price'], least=0), kopecks(line['Amount'], least=0)
    if round(price * line['Quantity']) != total:
        raise wrong('Receipt.Items.Amount')
    return total
