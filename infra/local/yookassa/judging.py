"""What a request must look like; whatever it is not is told as the provider tells it."""

import ipaddress
import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from infra.local.yookassa.refusal import Refused, wrong

Asked = Mapping[str, Any]

METHODS = ('bank_card', 'sbp', 'yoo_money', 'sberbank', 'tinkoff_bank')
SUBJECTS = (
    'commodity', 'excise', 'job', 'service', 'payment', 'casino', 'gambling_bet', 'gambling_prize', 'lottery',
    'lottery_prize', 'intellectual_activity', 'agent_commission', 'property_right', 'non_operating_gain',
    'insurance_premium', 'sales_tax', 'resort_fee', 'composite', 'another',
)  # fmt: skip
MODES = (
    'full_prepayment', 'partial_prepayment', 'advance', 'full_payment', 'partial_payment', 'credit',
    'credit_payment',
)  # fmt: skip
MEASURES = (
    'piece', 'gram', 'kilogram', 'ton', 'centimeter', 'decimeter', 'meter', 'square_centimeter',
    'square_decimeter', 'square_meter', 'milliliter', 'liter', 'cubic_meter', 'kilowatt_hour', 'gigacalorie',
    'day', 'hour', 'minute', 'second', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'another',
)  # fmt: skip
PAYMENT_HAS = (
    'amount', 'capture', 'client_ip', 'confirmation', 'description', 'merchant_customer_id', 'metadata',
    'payment_method_data', 'payment_method_id', 'receipt', 'save_payment_method',
)  # fmt: skip
REFUND_HAS = ('amount', 'description', 'metadata', 'payment_id', 'receipt')
RECEIPT_HAS = ('customer', 'internet', 'items', 'tax_system_code')
CLOSING_HAS = ('payment_id', 'send', 'settlements', 'type')
LINE_HAS = (
    'amount', 'description', 'measure', 'payment_mode', 'payment_subject', 'quantity', 'vat_code',
)  # fmt: skip
KEY = re.compile(r'[0-9a-zA-Z+\-_.]{1,64}')
AMOUNT = re.compile(r'\d{1,10}\.\d{2}')
EMAIL = re.compile(r'[^@\s]+@[^@\s]+\.[^@\s]+')
PHONE = re.compile(r'\d{4,15}')
ADDRESS = re.compile(r'(?!javascript:|data:|file:)[a-z][a-z0-9+.-]*://\S+', re.IGNORECASE)
LEAST, MOST_LINES, LAST_VAT = 100, 80, 12


def kopecks(amount: Any, parameter: str, least: int = LEAST) -> int:
    """The amount, at least `least` kopecks."""
    if not isinstance(amount, Mapping) or set(amount) != {'value', 'currency'}:
        raise wrong(parameter, 'Amount consists of value and currency')
    if not isinstance(amount['value'], str) or not AMOUNT.fullmatch(amount['value']):
        raise wrong(f'{parameter}.value', 'Incorrect format of the amount')
    if amount['currency'] != 'RUB':
        raise wrong(f'{parameter}.currency', 'The shop takes RUB only')
    minor = int(amount['value'].replace('.', ''))
    if minor < least:
        raise wrong(f'{parameter}.value', 'The amount is less than the minimum')
    return minor


def key(given: str | None) -> str:
    """The Idempotence-Key."""
    if not given or not KEY.fullmatch(given):
        raise wrong('Idempotence-Key', 'Idempotence key is missing or has a wrong format')
    return given


def payment(asked: Asked, *, needs_receipt: bool) -> None:
    """The body asks for a payment."""
    _known(asked, PAYMENT_HAS)
    amount = kopecks(asked.get('amount'), 'amount')
    _text(asked, 'description', 128)
    _text(asked, 'merchant_customer_id', 200)
    _flag(asked, 'capture')
    _flag(asked, 'save_payment_method')
    _metadata(asked)
    _source(asked)
    if 'client_ip' in asked:
        try:
            ipaddress.ip_address(asked['client_ip'])
        except ValueError:
            raise wrong('client_ip', 'Not an IP address') from None
    if 'receipt' in asked:
        receipt(asked['receipt'], amount)
    elif needs_receipt:
        raise wrong('receipt', 'Receipt is missing or illegal')


def _source(asked: Asked) -> None:
    if 'payment_method_id' in asked:
        if 'confirmation' in asked or 'payment_method_data' in asked:
            raise wrong('payment_method_id', 'A saved method needs no confirmation and no data')
        return
    confirmation = asked.get('confirmation')
    if not isinstance(confirmation, Mapping) or confirmation.get('type') != 'redirect':
        raise wrong('confirmation', 'Confirmation is missing; this shop redirects')
    address = confirmation.get('return_url')
    if not isinstance(address, str) or len(address) > 2048 or not ADDRESS.fullmatch(address):
        raise wrong('confirmation.return_url', 'Incorrect return_url')
    if 'payment_method_data' in asked and (asked['payment_method_data'] or {}).get('type') not in METHODS:
        raise wrong('payment_method_data.type', 'Payment method is not available')


def refund(asked: Asked) -> int:
    """The body asks for a refund; how much."""
    _known(asked, REFUND_HAS)
    if not isinstance(asked.get('payment_id'), str):
        raise wrong('payment_id', 'payment_id is missing')
    _text(asked, 'description', 250)
    _metadata(asked)
    amount = kopecks(asked.get('amount'), 'amount')
    if 'receipt' in asked:
        receipt(asked['receipt'], amount)
    return amount


def receipt(asked: Any, amount: int) -> None:
    """The receipt is one, by 54-ФЗ, and comes to the amount."""
    if not isinstance(asked, Mapping):
        raise wrong('receipt', 'Receipt is missing or illegal')
    _known(asked, RECEIPT_HAS, 'receipt.')
    customer = asked.get('customer') or {}
    email, phone = customer.get('email'), customer.get('phone')
    if not email and not phone:
        raise wrong('receipt.customer', 'E-mail or phone is needed')
    if email and not EMAIL.fullmatch(email):
        raise wrong('receipt.customer.email', 'Incorrect e-mail')
    if phone and not PHONE.fullmatch(phone):
        raise wrong('receipt.customer.phone', 'Incorrect phone: digits only')
    if asked.get('tax_system_code', 1) not in range(1, 7):
        raise wrong('receipt.tax_system_code', 'Unknown tax system')
    lines = asked.get('items')
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise wrong('receipt.items', f'From 1 to {MOST_LINES} items')
    total = sum((_line(line, f'receipt.items[{place}]') for place, line in enumerate(lines)), Decimal(0))
    if total != amount:
        raise wrong('receipt.items', 'The sum of the items differs from the amount')


def closing(asked: Asked) -> int:
    """The body asks for the second receipt of a prepayment; how much it settles."""
    _known(asked, (*CLOSING_HAS, *RECEIPT_HAS))
    if asked.get('type') != 'payment' or asked.get('send') is not True:
        raise wrong('type', 'A receipt of a payment is sent')
    settlements = asked.get('settlements')
    if not isinstance(settlements, list) or [one.get('type') for one in settlements] != ['prepayment']:
        raise wrong('settlements', 'A prepayment is settled')
    amount = kopecks(settlements[0].get('amount'), 'settlements[0].amount')
    receipt({name: value for name, value in asked.items() if name not in CLOSING_HAS}, amount)
    if any(line['payment_mode'] != 'full_payment' for line in asked['items']):
        raise wrong('items', 'What is closed is paid in full')
    return amount


def _line(line: Any, at: str) -> Decimal:
    if not isinstance(line, Mapping):
        raise wrong(at, 'Not an item')
    _known(line, LINE_HAS, f'{at}.')
    if not isinstance(line.get('description'), str) or not 1 <= len(line['description']) <= 128:
        raise wrong(f'{at}.description', 'From 1 to 128 characters')
    for name, allowed in (('payment_subject', SUBJECTS), ('payment_mode', MODES), ('measure', MEASURES)):
        if line.get(name) not in allowed:
            raise wrong(f'{at}.{name}', 'Unknown value')
    vat = line.get('vat_code')
    if not isinstance(vat, int) or not 1 <= vat <= LAST_VAT:
        raise wrong(f'{at}.vat_code', 'Unknown VAT code')
    try:
        quantity = Decimal(str(line.get('quantity')))
    except InvalidOperation:
        raise wrong(f'{at}.quantity', 'Not a number') from None
    if not 0 < quantity <= Decimal('99999.999') or quantity != round(quantity, 3):
        raise wrong(f'{at}.quantity', 'Three decimals at most')
    return Decimal(round(quantity * kopecks(line.get('amount'), f'{at}.amount', least=0)))


def _known(asked: Asked, names: Collection[str], before: str = '') -> None:
    for name in asked:
        if name not in names:
            raise wrong(f'{before}{name}', 'Unknown parameter')


def _text(asked: Asked, name: str, most: int) -> None:
    if name in asked and not (isinstance(asked[name], str) and len(asked[name]) <= most):
        raise wrong(name, f'A text of {most} characters at most')


def _flag(asked: Asked, name: str) -> None:
    if not isinstance(asked.get(name, False), bool):
        raise wrong(name, 'true or false')


def _metadata(asked: Asked) -> None:
    given = asked.get('metadata', {})
    if not isinstance(given, Mapping) or len(given) > 16:
        raise wrong('metadata', '16 pairs at most')
    for name, value in given.items():
        if len(name) > 32 or not isinstance(value, str) or len(value) > 512:
            raise wrong('metadata', 'A name of 32 characters and a text of 512 at most')


__all__ = ['Refused', 'closing', 'key', 'kopecks', 'payment', 'receipt', 'refund']
