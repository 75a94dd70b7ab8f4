"""What positions come to: exact to the kopeck, whatever the order and the numbers."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from chalicelib.billing.model.refusals import TotalTooLarge
from chalicelib.billing.rules import amounts
from chalicelib.kit.money import Money
from tests.make import billing as make


@pytest.mark.proves('INV-017', 'INV-041', 'INV-016')
@pytest.mark.parametrize(
    ('minor', 'quantity', 'discount', 'comes_to'),
    [
        (125000, '1', '0', 125000), (33333, '3', '0', 99999), (33333, '1.5', '0', 50000),
        (100, '0.005', '0', 1), (100, '0.004', '0', 0), (125000, '2', '12.5', 218750),
        (1, '1', '50', 1), (3, '1', '50', 2), (99999, '1', '33.33', 66669), (125000, '7', '100', 0),
        (0, '5', '10', 0),
    ],
)  # fmt: skip
def test_a_position_is_rounded_to_the_kopeck_with_a_half_upward(minor, quantity, discount, comes_to):
    assert amounts.priced(Money(minor=minor), Decimal(quantity), Decimal(discount)).minor == comes_to


@pytest.mark.proves('INV-041')
def test_no_position_is_further_than_half_a_kopeck_from_the_exact_sum():
    chance = random.Random(41)
    for _ in range(2000):
        minor = chance.randrange(10_000_000)
        quantity, discount = (
            Decimal(chance.randrange(1, 99_999_999)) / 1000,
            Decimal(chance.randrange(10_001)) / 100,
        )
        exact = minor * Fraction(quantity) * (100 - Fraction(discount)) / 100
        if exact > 100_000_000_000:
            continue
        assert abs(amounts.priced(Money(minor=minor), quantity, discount).minor - exact) <= Fraction(1, 2)


def test_a_sum_above_what_can_be_paid_is_refused_by_the_position_and_by_the_whole():
    with pytest.raises(TotalTooLarge):
        amounts.priced(Money(minor=100_000_000_000), Decimal('1.001'), Decimal(0))
    half = make.position(roubles=600_000_000)
    with pytest.raises(TotalTooLarge):
        amounts.total([half, half])
    assert amounts.total([half, make.position(roubles=400_000_000)]).minor == 100_000_000_000
