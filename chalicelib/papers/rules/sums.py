"""Sums as Russian papers say them: in figures, in words, and what tax is in them."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from chalicelib.kit.money import Money
from chalicelib.papers.model import Line
from chalicelib.prices.model import Vat

_GAP = '\u00a0'  # figures of one sum are not parted at the end of a line
RATES = {Vat.VAT_0: 0, Vat.VAT_5: 5, Vat.VAT_7: 7, Vat.VAT_10: 10, Vat.VAT_20: 20, Vat.VAT_22: 22}


def in_figures(money: Money) -> str:
    """Roubles with two decimals: `1 250,00`."""
    return f'{money.minor // 100:,}'.replace(',', _GAP) + f',{money.minor % 100:02d}'


def in_words(money: Money) -> str:
    """Roubles in words and kopecks in figures: `Одна тысяча двести пятьдесят рублей 05 копеек`."""
    from num2words import num2words  # dozens of languages: only who writes papers pays for them

    # An int would be taken for kopecks.
    roubles = Decimal(money.minor) / 100
    words = str(
        num2words(
            roubles.quantize(Decimal('0.01')),
            lang='ru',
            to='currency',
            currency='RUB',
            separator='',
            cents=False,
        )
    )
    return words[0].upper() + words[1:]


def tax_in(lines: Iterable[Line]) -> str:
    """What of the sum is value added tax, by rates: `в том числе НДС 22% - 225,41 руб.`, or `без НДС`.

    The tariff includes it, so the tax of a sum is `sum x rate / (100 + rate)`, rounded once for each rate.
    """
    sums: dict[Vat, int] = {}
    for line in lines:
        sums[line.vat] = sums.get(line.vat, 0) + line.total.minor
    told = [
        f'НДС {RATES[vat]}% — {in_figures(_tax(minor, RATES[vat]))} руб.'
        for vat, minor in sorted(sums.items(), key=lambda pair: -RATES.get(pair[0], 0))
        if vat in RATES
    ]
    if not told:
        return 'без НДС'
    rest = ', остальное без НДС' if Vat.NONE in sums else ''
    return f'в том числе {", ".join(told)}{rest}'


def _tax(minor: int, rate: int) -> Money:
    exact = Decimal(minor * rate) / (100 + rate)
    return Money(minor=int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
