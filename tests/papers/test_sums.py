"""Sums as papers say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.money import MOST_MINOR, Money
from chalicelib.papers.model import Line
from chalicelib.papers.rules import sums
from chalicelib.prices.model import Unit, Vat


@pytest.mark.parametrize(
    ('minor', 'words'),
    [
        (0, 'Ноль рублей 00 копеек'),
        (1, 'Ноль рублей 01 копейка'),
        (2, 'Ноль рублей 02 копейки'),
        (5, 'Ноль рублей 05 копеек'),
        (100, 'Один рубль 00 копеек'),
        (211, 'Два рубля 11 копеек'),
        (1100, 'Одиннадцать рублей 00 копеек'),
        (2121, 'Двадцать один рубль 21 копейка'),
        (4022, 'Сорок рублей 22 копейки'),
        (11234, 'Сто двенадцать рублей 34 копейки'),
        (100000, 'Одна тысяча рублей 00 копеек'),
        (200000, 'Две тысячи рублей 00 копеек'),
        (123405, 'Одна тысяча двести тридцать четыре рубля 05 копеек'),
        (1100100, 'Одиннадцать тысяч один рубль 00 копеек'),
        (2100300, 'Двадцать одна тысяча три рубля 00 копеек'),
        (100000000, 'Один миллион рублей 00 копеек'),
        (200000121, 'Два миллиона один рубль 21 копейка'),
        (MOST_MINOR, 'Один миллиард рублей 00 копеек'),
    ],
)
def test_a_sum_in_words(minor, words):
    assert sums.in_words(Money(minor=minor)) == words


ENDINGS = {1: 'рубль', 2: 'рубля', 3: 'рубля', 4: 'рубля'}
KOPECKS = {1: 'копейка', 2: 'копейки', 3: 'копейки', 4: 'копейки'}


def ending(number, forms, many):
    return many if number % 100 in range(11, 15) else forms.get(number % 10, many)


@given(st.integers(0, MOST_MINOR))
def test_every_sum_ends_as_its_last_figure_asks_for(minor):
    *_, roubles, figures, kopecks = sums.in_words(Money(minor=minor)).split()
    assert roubles == ending(minor // 100, ENDINGS, 'рублей')
    assert figures == f'{minor % 100:02d}'
    assert kopecks == ending(minor % 100, KOPECKS, 'копеек')


@given(st.sets(st.integers(0, MOST_MINOR // 100), min_size=2, max_size=2))
def test_no_two_sums_are_the_same_words(two):
    first, second = (sums.in_words(Money(minor=one * 100)) for one in two)
    assert first != second


def test_a_sum_in_figures_is_not_parted_at_the_end_of_a_line():
    assert sums.in_figures(Money(minor=0)) == '0,00'
    assert sums.in_figures(Money(minor=125005)) == '1\u00a0250,05'
    assert sums.in_figures(Money(minor=MOST_MINOR)) == '1\u00a0000\u00a0000\u00a0000,00'


def line(vat, minor):
    return Line(
        name='Кран', unit=Unit.PIECE, quantity=Decimal(1), tariff=Money(minor=minor),
        discount=Decimal(0), vat=vat, total=Money(minor=minor),
    )  # fmt: skip


@pytest.mark.parametrize(
    ('lines', 'told'),
    [
        ([], 'без НДС'),
        ([(Vat.NONE, 100)], 'без НДС'),
        ([(Vat.VAT_22, 12200)], 'в том числе НДС 22% — 22,00 руб.'),
        ([(Vat.VAT_22, 1), (Vat.VAT_22, 1), (Vat.VAT_22, 1)], 'в том числе НДС 22% — 0,01 руб.'),
        ([(Vat.VAT_20, 12000), (Vat.NONE, 1)], 'в том числе НДС 20% — 20,00 руб., остальное без НДС'),
        ([(Vat.VAT_5, 105), (Vat.VAT_10, 110)], 'в том числе НДС 10% — 0,10 руб., НДС 5% — 0,05 руб.'),
        ([(Vat.VAT_0, 105)], 'в том числе НДС 0% — 0,00 руб.'),
    ],
)
def test_the_tax_is_told_for_each_rate_as_a_part_of_its_sum(lines, told):
    assert sums.tax_in(line(vat, minor) for vat, minor in lines) == told
