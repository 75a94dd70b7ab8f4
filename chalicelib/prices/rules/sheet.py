"""What a workbook of prices says, cell by cell; whatever is not exactly a price is told with its place.

Only the first sheet is read. Nothing is guessed: a number is a tariff only where it has no more than two
decimals, a formula is no value, and a column that is not known is not passed over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chalicelib.kit.archives import MEGABYTE, ArchiveFlawed, Bounds, Flaw, unpacked
from chalicelib.kit.money import MOST_MINOR, Money
from chalicelib.kit.xlsx_cells import letters
from chalicelib.prices.model import Name, Problem, ProblemCode, Unit, Vat
from chalicelib.prices.rules.columns import MOST_ROWS, NEEDED, Heading, Words, known

BOUNDS = Bounds(unpacked=40 * MEGABYTE)
MOST_COLUMNS = 50
MOST_SCANNED = 200_000
"""Rows looked at in all: programs leave empty ones behind, and a broken file names a row of any number."""

P = ProblemCode
_NUMBER = re.compile(r'-?\d{1,12}([.,]\d{1,10})?', re.ASCII)
_ESCAPED = re.compile(r'_x([0-9A-Fa-f]{4})_')
"""How a workbook spells what XML cannot hold, and such a spelling itself (ST_Xstring of ECMA-376)."""
_SPACES = re.compile(r'[\s\u00a0\u202f]')


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is right by itself; `columns` are the letters of its cells by their headings."""

    row: int
    code: str | None
    name: str
    unit: Unit
    tariff: Money
    vat: Vat
    columns: dict[Heading, str]


class _Wrong(Exception):
    def __init__(self, code: ProblemCode, row: int | None = None, column: str | None = None) -> None:
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


def read(body: bytes, words: Words) -> tuple[list[Line], list[Problem]]:
    """The rows of the workbook that are right by themselves, and everything that is wrong with it."""
    try:
        unpacked(body, BOUNDS)
    except ArchiveFlawed as error:
        is_large = error.flaw in (Flaw.TOO_LARGE, Flaw.TOO_MANY_PARTS)
        return [], [Problem(code=P.TOO_LARGE if is_large else P.NOT_WORKBOOK)]
    try:
        rows = list(_rows(body))
    except _Wrong as wrong:
        return [], [Problem(code=wrong.code, row=wrong.row, column=wrong.column)]
    except Exception:  # openpyxl raises whatever a broken workbook makes it
        return [], [Problem(code=P.NOT_WORKBOOK)]
    if not rows:
        return [], [Problem(code=P.NO_ROWS)]
    return _judged(rows, words)


def _rows(body: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The cells of each row that has any, with its number; one more row than may be."""
    from openpyxl import load_workbook  # only who reads a workbook pays for it

    book = load_workbook(BytesIO(body), read_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is not asked
    found = 0
    for place, cells in enumerate(sheet.iter_rows(), 1):
        if found > MOST_ROWS + 1:
            return
        if place > MOST_SCANNED:
            raise _Wrong(P.TOO_MANY_ROWS, place)
        full = [column for column, cell in enumerate(cells, 1) if cell.value not in (None, '')]
        if full and full[-1] > MOST_COLUMNS:
            raise _Wrong(P.COLUMN_UNKNOWN, place, letters(full[-1]))
        if full:
            found += 1
            yield place, list(cells[:MOST_COLUMNS])


def _judged(rows: list[tuple[int, list[Any]]], words: Words) -> tuple[list[Line], list[Problem]]:
    (header, titles), below = rows[0], rows[1:]
    columns, problems = _columns(header, titles, words)
    if problems:
        return [], problems
    if not below:
        return [], [Problem(code=P.NO_ROWS)]
    if len(below) > MOST_ROWS:
        return [], [Problem(code=P.TOO_MANY_ROWS, row=below[MOST_ROWS][0])]
    lines: list[Line] = []
    for place, cells in below:
        line, wrong = _line(place, cells, columns, words)
        problems += wrong
        if line is not None:
            lines.append(line)
    return lines, problems


def _columns(header: int, titles: list[Any], words: Words) -> tuple[dict[Heading, int], list[Problem]]:
    columns: dict[Heading, int] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(titles):
        if cell.value in (None, ''):
            continue
        heading = words.headings.get(known(str(cell.value))) if cell.data_type != 'f' else None
        if heading is None:
            problems.append(Problem(code=P.COLUMN_UNKNOWN, row=header, column=letters(index + 1)))
        elif heading in columns:
            problems.append(Problem(code=P.COLUMN_TWICE, row=header, column=letters(index + 1)))
        else:
            columns[heading] = index
    if not problems and any(heading not in columns for heading in NEEDED):
        problems.append(Problem(code=P.COLUMN_MISSING, row=header))
    return columns, problems


def _line(
    place: int, cells: list[Any], columns: dict[Heading, int], words: Words
) -> tuple[Line | None, list[Problem]]:
    found: dict[str, Any] = {}
    problems = []
    named = set(columns.values())
    for index, cell in enumerate(cells):
        if index not in named and cell.value not in (None, ''):
            problems.append(Problem(code=P.COLUMN_UNKNOWN, row=place, column=letters(index + 1)))
    for heading in Heading:
        index = columns.get(heading, len(cells))
        cell = cells[index] if index < len(cells) else None
        try:
            found[heading] = _read(heading, cell, words)
        except _Wrong as wrong:
            problems.append(Problem(code=wrong.code, row=place, column=letters(index + 1)))
    if problems:
        return None, problems
    return Line(row=place, columns={h: letters(i + 1) for h, i in columns.items()}, **found), []


def _read(heading: Heading, cell: Any, words: Words) -> Any:
    value = getattr(cell, 'value', None)
    if value is None or (isinstance(value, str) and not value.strip()):
        if heading is Heading.CODE:
            return None
        raise _Wrong(P.MISSING)
    if cell.data_type == 'f':
        raise _Wrong(P.FORMULA)
    if heading is Heading.TARIFF:
        return _tariff(value)
    if heading is Heading.VAT and _is_number(value):
        value = _percent(value)
    if not isinstance(value, str) or cell.data_type == 'e':  # such as `#N/A`
        raise _Wrong(P.NOT_TEXT)
    return _TEXTS[heading](_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value), words)


def _unit(text: str, words: Words) -> Unit:
    if (unit := words.units.get(known(text))) is None:
        raise _Wrong(P.UNIT_UNKNOWN)
    return unit


def _vat(text: str, words: Words) -> Vat:
    if (vat := words.vats.get(known(text))) is None:
        raise _Wrong(P.VAT_UNKNOWN)
    return vat


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _percent(value: float) -> str:
    # Who types `22%` into a plain cell gets 0.22 that is shown so.
    return f'{value * 100 if 0 < value < 1 else value:g}%'


_names: TypeAdapter[str] = TypeAdapter(Name)


def _name(text: str, words: Words) -> str:
    try:
        return _names.validate_python(text)
    except ValidationError as error:
        is_long = error.errors()[0]['type'] == 'string_too_long'
        raise _Wrong(P.TOO_LONG if is_long else P.NOT_TEXT) from error


_TEXTS: dict[Heading, Callable[[str, Words], Any]] = {
    Heading.CODE: lambda text, words: text.strip(),
    Heading.NAME: _name,
    Heading.UNIT: _unit,
    Heading.VAT: _vat,
}


def _tariff(value: Any) -> Money:
    roubles = _roubles(value)
    if roubles < 0:
        raise _Wrong(P.TARIFF_NEGATIVE)
    minor = roubles * 100
    if minor > MOST_MINOR:
        raise _Wrong(P.TARIFF_TOO_LARGE)
    if minor != minor.to_integral_value():
        raise _Wrong(P.TARIFF_TOO_FINE)
    return Money(minor=int(minor))


def _roubles(value: Any) -> Decimal:
    if isinstance(value, str):
        number = _NUMBER.fullmatch(_SPACES.sub('', value))
        if number is None:
            raise _Wrong(P.TARIFF_INVALID)
        if len(number[1] or '') > len(',00'):  # `1,250` may be a thousand and more to who wrote it
            raise _Wrong(P.TARIFF_TOO_FINE)
        return Decimal(number[0].replace(',', '.'))
    if not _is_number(value):
        raise _Wrong(P.TARIFF_INVALID)
    try:
        # Excel keeps fifteen digits: `repr` is the shortest number that is the same to it.
        roubles = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation as error:
        raise _Wrong(P.TARIFF_INVALID) from error
    if not roubles.is_finite():
        raise _Wrong(P.TARIFF_INVALID)
    return roubles
