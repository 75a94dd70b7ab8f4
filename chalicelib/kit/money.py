"""Money as whole kopecks, quantities and percents as decimals: nothing here ever becomes a float."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Value

MOST_MINOR = 100_000_000_000
"""Kopecks: a milliard roubles is more than any invoice of a house, and far from any limit of storage."""


class Money(Value):
    """An amount of money, zero or more: `{"minor": 125000, "currency": "RUB"}` is 1,250 roubles."""

    minor: int = Field(ge=0, le=MOST_MINOR, description='Kopecks.')
    currency: Literal['RUB'] = 'RUB'

    @classmethod
    def sum(cls, amounts: Iterable['Money']) -> Self:
        """What the amounts make together, nothing where there are none."""
        return cls(minor=sum(amount.minor for amount in amounts))

    def __add__(self, other: 'Money') -> 'Money':
        """Both together."""
        return Money(minor=self.minor + other.minor)

    def __sub__(self, other: 'Money') -> 'Money':
        """What is left; money is never less than nothing."""
        return Money(minor=self.minor - other.minor)

    def __lt__(self, other: 'Money') -> bool:
        """Whether it is less."""
        return self.minor < other.minor

    def __le__(self, other: 'Money') -> bool:
        """Whether it is not more."""
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.minor > 0

    @property
    def decimal(self) -> str:
        """Roubles as neighbours want them: `1250.00`."""
        return f'{self.minor // 100}.{self.minor % 100:02d}'


def roubles(decimal: str) -> Money:
    """The money a neighbour spells as `1250.00`. Raises ValueError for what is no such text."""
    spelled = re.fullmatch(r'(\d{1,12})(?:\.(\d{1,2}))?', decimal, re.ASCII)
    if spelled is None:
        raise ValueError(decimal)
    return Money(minor=int(spelled[1]) * 100 + int((spelled[2] or '0').ljust(2, '0')))


def rounded(minor: Decimal) -> Money:
    """Kopecks to the nearest whole one, a half upward: the one rule of rounding there is (INV-041)."""
    return Money(minor=int(minor.quantize(Decimal(1), ROUND_HALF_UP)))


_QUANTITY = re.compile(r'\d{1,5}(\.\d{1,3})?', re.ASCII)
_PERCENT = re.compile(r'\d{1,3}(\.\d{1,2})?', re.ASCII)


def _read(given: Any, form: re.Pattern[str]) -> Decimal | None:
    text = f'{given:f}' if isinstance(given, Decimal) else given
    return Decimal(text) if isinstance(text, str) and form.fullmatch(text) else None


def _quantity(given: Any) -> Decimal:
    quantity = _read(given, _QUANTITY)
    if not quantity:
        raise PydanticCustomError('quantity_invalid', 'a quantity is such as 1.5')
    return quantity


def _percent(given: Any) -> Decimal:
    percent = _read(given, _PERCENT)
    if percent is None or percent > HUNDRED:
        raise PydanticCustomError('percent_invalid', 'a percent is from 0 to 100')
    return percent


def _spelled(number: Decimal) -> str:
    whole = f'{number:f}'
    return whole.rstrip('0').rstrip('.') if '.' in whole else whole


HUNDRED = Decimal(100)

Quantity = Annotated[
    Decimal,
    PlainValidator(_quantity),
    PlainSerializer(_spelled, return_type=str),
    WithJsonSchema({'type': 'string', 'pattern': r'^\d{1,5}(\.\d{1,3})?$', 'examples': ['1', '2.5']}),
]
"""More than nothing, three decimals at most; written as a text, since JSON numbers are floats to many."""

Percent = Annotated[
    Decimal,
    PlainValidator(_percent),
    PlainSerializer(_spelled, return_type=str),
    WithJsonSchema({'type': 'string', 'pattern': r'^\d{1,3}(\.\d{1,2})?$', 'examples': ['0', '12.5']}),
]
"""From 0 to 100 with two decimals at most (AMB-62); written as a text."""
