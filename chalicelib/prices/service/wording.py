"""How prices are called in workbooks, and what is wrong with one, from the catalogue."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar

from chalicelib.kit import texts
from chalicelib.kit.archives import MEGABYTE
from chalicelib.kit.xlsx import Column, Kind
from chalicelib.prices.model import PriceImport, PriceImportCard, Problem, ProblemCard, Unit, Vat
from chalicelib.prices.rules.columns import KINDS, MOST_ROWS, WIDTHS, Heading, Words, known
from chalicelib.prices.rules.sheet import BOUNDS

T = TypeVar('T', Heading, Unit, Vat)


def columns(locale: str) -> list[Column]:
    """The headings of a workbook."""
    return [
        Column(texts.say(f'price-column-{one}', locale), KINDS.get(one, Kind.TEXT), WIDTHS.get(one, 14))
        for one in Heading
    ]


def units(locale: str) -> dict[Unit, str]:
    """What each unit is called."""
    return {unit: texts.say(f'price-unit-{unit}', locale) for unit in Unit}


def vats(locale: str) -> dict[Vat, str]:
    """What each rate is called."""
    return {vat: texts.say(f'price-vat-{vat}', locale) for vat in Vat}


@cache
def words() -> Words:
    """What everything may be called in a workbook: by its code, or in any of our languages."""
    return Words(
        headings=dict(_called('price-column', Heading)),
        units=dict(_called('price-unit', Unit)),
        vats=dict(_called('price-vat', Vat)),
    )


def _called(prefix: str, kind: Iterable[T]) -> Iterator[tuple[str, T]]:
    for one in kind:
        yield known(str(one)), one
        for locale in texts.LOCALES:
            yield known(texts.say(f'{prefix}-{one}', locale)), one


def card(made: PriceImport, locale: str) -> PriceImportCard:
    """The import as staff see it."""
    told = made.model_dump(include=set(PriceImportCard.model_fields) - {'problems'})
    return PriceImportCard(**told, problems=[_problem(one, locale) for one in made.problems])


def _problem(problem: Problem, locale: str) -> ProblemCard:
    message = texts.say(
        f'price-problem-{problem.code}',
        locale,
        rows=MOST_ROWS,
        size=BOUNDS.unpacked // MEGABYTE,
        units=', '.join(units(locale).values()),
        vats=', '.join(vats(locale).values()),
    )
    return ProblemCard(**problem.model_dump(), message=message)
