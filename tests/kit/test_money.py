"""Money, quantities and percents: exact, bounded, and spelled one way."""

import re
from decimal import Decimal

import pytest
from pydantic import ValidationError

from chalicelib.kit import texts
from chalicelib.kit.money import Money, Percent, Quantity, roubles, rounded
from chalicelib.kit.values import Value


class _Measured(Value):
    quantity: Quantity = Decimal(1)
    percent: Percent = Decimal(0)


@pytest.mark.parametrize(
    ('spelled', 'minor'), [('1250.00', 125000), ('0.01', 1), ('7', 700), ('7.5', 750), ('0', 0)]
)
def test_roubles_of_neighbours_are_read_to_the_kopeck(spelled, minor):
    assert roubles(spelled) == Money(minor=minor)


@pytest.mark.parametrize('spelled', ['', '-1.00', '1,00', '1.001', '1e3', ' 1', 'NaN', '١.00'])
def test_what_is_no_sum_is_not_read(spelled):
    with pytest.raises(ValueError, match=f'^{re.escape(spelled)}$'):
        roubles(spelled)


@pytest.mark.parametrize('minor', [0, 1, 99, 100, 125000, 100_000_000_000])
def test_a_sum_told_to_a_neighbour_comes_back_the_same(minor):
    money = Money(minor=minor)
    assert roubles(money.decimal) == money


def test_money_is_added_taken_away_and_compared():
    ten, three = Money(minor=1000), Money(minor=300)
    assert (ten + three, ten - three) == (Money(minor=1300), Money(minor=700))
    assert Money.sum([]) == Money(minor=0)
    assert Money.sum([ten, three, three]) == Money(minor=1600)
    assert three < ten <= ten
    assert (bool(ten), bool(Money(minor=0))) == (True, False)
    with pytest.raises(ValidationError):
        three - ten


@pytest.mark.proves('INV-041')
@pytest.mark.parametrize(('exact', 'minor'), [('0.5', 1), ('1.5', 2), ('2.5', 3), ('2.4999', 2), ('0.49', 0)])
def test_half_a_kopeck_is_rounded_upward(exact, minor):
    assert rounded(Decimal(exact)).minor == minor


@pytest.mark.parametrize(
    ('given', 'kept'),
    [('"1"', '1'), ('"2.50"', '2.5'), ('"0.001"', '0.001'), ('"99999.999"', '99999.999')],
)
def test_a_quantity_is_kept_exactly_and_spelled_short(given, kept):
    read = _Measured.model_validate_json(f'{{"quantity": {given}}}', strict=True)
    assert read.model_dump(mode='json')['quantity'] == kept
    assert _Measured.model_validate_json(read.model_dump_json()) == read


@pytest.mark.parametrize(
    'given', ['1', '"0"', '"0.000"', '-1', '1.5', '"1,5"', '"100000"', '"1.0001"', 'true', 'null', '"1e2"']
)
def test_what_is_no_quantity_is_refused(given):
    with pytest.raises(ValidationError) as refused:
        _Measured.model_validate_json(f'{{"quantity": {given}}}', strict=True)
    assert refused.value.errors()[0]['type'] == 'quantity_invalid'


@pytest.mark.proves('INV-042')
@pytest.mark.parametrize(
    ('given', 'kept'), [('"0"', '0'), ('"100"', '100'), ('"12.50"', '12.5'), ('"99.99"', '99.99')]
)
def test_a_percent_is_from_nothing_to_all(given, kept):
    read = _Measured.model_validate_json(f'{{"percent": {given}}}', strict=True)
    assert read.model_dump(mode='json')['percent'] == kept


@pytest.mark.proves('INV-042')
@pytest.mark.parametrize('given', ['50', '"101"', '"100.01"', '-1', '"12.345"', '12.5', 'false'])
def test_what_is_no_percent_is_refused(given):
    with pytest.raises(ValidationError) as refused:
        _Measured.model_validate_json(f'{{"percent": {given}}}', strict=True)
    assert refused.value.errors()[0]['type'] == 'percent_invalid'


@pytest.mark.parametrize(
    ('locale', 'minor', 'written'),
    [
        ('ru', 195878, '1\xa0958,78\xa0₽'),
        ('en', 195878, 'RUB\xa01,958.78'),
        ('en', 5, 'RUB\xa00.05'),
        ('en', 100_000_000_000, 'RUB\xa01,000,000,000.00'),
    ],
)
def test_a_sum_is_written_as_people_of_the_locale_write_it(locale, minor, written):
    assert texts.spelled(Money(minor=minor), locale) == written
