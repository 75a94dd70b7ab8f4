"""What positions come to. Each is rounded to the kopeck by itself, a half upward; sums are sums (INV-041)."""

from collections.abc import Iterable
from decimal import Decimal

from chalicelib.billing.model.invoice import Invoice, Position
from chalicelib.billing.model.refusals import TotalTooLarge
from chalicelib.kit.money import HUNDRED, MOST_MINOR, Money, rounded


def priced(tariff: Money, quantity: Decimal, discount: Decimal) -> Money:
    """What so many units cost with the discount in percent: tariff x quantity x (100 - discount) / 100.

    Raises TotalTooLarge.
    """
    exact = tariff.minor * quantity * (HUNDRED - discount) / HUNDRED
    if exact > MOST_MINOR:
        raise TotalTooLarge(most=MOST_MINOR // 100)
    return rounded(exact)


def total(positions: Iterable[Position], others: Iterable[Invoice] = ()) -> Money:
    """What the positions come to together, beside the other invoices of the request.

    All of them must be sayable as one sum: they are shown, and go back, as one. Raises TotalTooLarge.
    """
    minor = sum(position.total.minor for position in positions)
    most = MOST_MINOR - sum(invoice.total.minor for invoice in others)
    if minor > most:
        raise TotalTooLarge(most=most // 100)
    return Money(minor=minor)
