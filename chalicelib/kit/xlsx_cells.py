"""Cells of a workbook: how a value of each kind is written so that Excel holds it unchanged.

No cell is ever a formula. A text that does not begin with a letter could be taken for something else when
a person edits its cell - a formula, a number, a day - so it carries Excel's own mark of a text
(`quotePrefix`): `=1+1`, `+7 900 ...` and `007` stay what they are when the workbook is opened, edited and
saved. The value itself is never changed: an apostrophe put before it would spoil every telephone for whoever
copies or imports it. A CSV that a person makes of the workbook has no types, and whoever opens that lets
Excel guess again, as with any CSV; that is the price of true values.

Three things a cell cannot hold: a line ends as Excel ends it, by LF; half a character (a lone surrogate)
becomes U+FFFD; a text too long ends with an ellipsis. A number of more digits than Excel keeps, and a time it
cannot show, stand as texts.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

Value = str | int | float | Decimal | date | timedelta | None
"""What may stand in a cell; an instant is a `datetime`, which is a `date` too."""

LONGEST_TEXT = 32_767
"""UTF-16 units of a text that Excel keeps in a cell."""

ROW = '\0'
"""Stands in a written cell for the number of its row: no text of XML can hold it."""


class Kind(StrEnum):
    """What a column holds: how its values are written and shown.

    Yes and no are words, TEXT: LibreOffice makes formulas of Excel's own.
    """

    TEXT = 'text'  # str; cut with an ellipsis where Excel's cell ends
    INTEGER = 'integer'  # int
    NUMBER = 'number'  # int, float or Decimal; shown as it is
    INSTANT = 'instant'  # aware datetime; a date with hours and minutes in the zone of the workbook
    DAY = 'day'  # date
    DURATION = 'duration'  # timedelta; hours beyond a day go on, minutes, seconds
    MONEY = 'money'  # int, kopecks; shown as roubles with two decimals


class Style(IntEnum):
    """Places of the styles in the workbook; `xlsx_parts` writes them in this order."""

    PLAIN = 0
    HEADER = 1
    QUOTED = 2
    WRAPPED = 3
    INTEGER = 4
    INSTANT = 5
    DAY = 6
    DURATION = 7
    MONEY = 8


Writer = Callable[[Any], str]
"""Writes a value as its cell, with ROW for the number of the row."""

_ORIGIN = date(1899, 12, 30).toordinal()
_FIRST_TRUE_DAY = 61
"""1 March 1900: Excel counts a 29 February before it which never was, and others do not."""

_DAY_SECONDS = 86_400
_LARGEST = 1e307
_MOST_WHOLE = 10**15
"""Excel keeps fifteen digits of a number and makes the others nought."""

_CONTROLS = r'\x00-\x08\x0b-\x1f\ufffe\uffff'
_MARKUP = re.compile(rf'[&<>\n{_CONTROLS}\ud800-\udfff]').search
_LINE_END = re.compile('\r\n?|\n')
_HALVES = re.compile('[\ud800-\udfff]')
_ESCAPED = re.compile(rf'[&<>{_CONTROLS}]|_(?=x[0-9A-Fa-f]{{4}}[_{_CONTROLS}])')
_ENTITIES = {'&': '&amp;', '<': '&lt;', '>': '&gt;'}


def letters(place: int) -> str:
    """What Excel calls the column in this place: A is 1, AA is 27."""
    name = ''
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord('A') + letter) + name
    return name


def _escaped(text: str) -> str:
    # What XML forbids, and what only looks like such an escape, stands as `_x000B_` (ST_Xstring of ECMA-376).
    return _ESCAPED.sub(_as_escape, text)


def _as_escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ENTITIES.get(character) or f'_x{ord(character):04X}_'


def text_cell(column: str, text: str, style: Style) -> str:
    """Any text as its cell."""
    return (
        f'<c r="{column}{ROW}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_escaped(_held(text))}</t></is></c>'
    )


def _held(text: str) -> str:
    text = _LINE_END.sub('\n', _HALVES.sub('\ufffd', text))
    if len(text) <= LONGEST_TEXT // 2:
        return text
    units = text.encode('utf-16-le')
    if len(units) <= LONGEST_TEXT * 2:
        return text
    return units[: (LONGEST_TEXT - 1) * 2].decode('utf-16-le', 'ignore') + '…'


def writer(kind: Kind, column: str, zone: ZoneInfo) -> Writer:
    """How values of the kind are written in the column of these letters."""
    return _WRITERS[kind](column, zone)


def _texts(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" t="inlineStr"><is><t>'
    quoted = f'<c r="{column}{ROW}" s="{Style.QUOTED}" t="inlineStr"><is><t>'

    def write(text: str) -> str:
        if not text:
            return ''
        if _is_plain(text):
            return f'{begun if text[0].isalpha() else quoted}{text}</t></is></c>'
        return text_cell(column, text, Style.WRAPPED if _LINE_END.search(text) else Style.QUOTED)

    return write


def _is_plain(text: str) -> bool:
    # One class of characters is sought five times as fast as the same in one expression with the rest.
    return (
        len(text) <= LONGEST_TEXT // 2
        and not _MARKUP(text)
        and '_x' not in text
        and text.strip() == text
    )


def _integers(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" s="{Style.INTEGER}"><v>'

    def write(whole: int) -> str:
        if -_MOST_WHOLE < whole < _MOST_WHOLE:
            return f'{begun}{whole:d}</v></c>'
        return text_cell(column, f'{whole:d}', Style.QUOTED)

    return write


def _numbers(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}"><v>'

    def write(number: float | Decimal) -> str:
        # NaN alone is not equal to itself.
        if number != number or not -_LARGEST < number < _LARGEST:
            raise ValueError(f'{number} is no number')
        return f'{begun}{number}</v></c>'

    return write


def _instants(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" s="{Style.INSTANT}"><v>'

    def write(at: datetime) -> str:
        if at.tzinfo is None:
            raise ValueError('an instant needs its zone')
        there = at.astimezone(zone)
        day = there.toordinal() - _ORIGIN
        if day < _FIRST_TRUE_DAY:
            return text_cell(column, f'{there:%d.%m.}{there.year:04d}{there: %H:%M}', Style.QUOTED)
        seconds = there.hour * 3600 + there.minute * 60 + there.second + there.microsecond / 1e6
        return f'{begun}{day + seconds / _DAY_SECONDS:.9f}</v></c>'

    return write


def _days(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" s="{Style.DAY}"><v>'

    def write(day: date) -> str:
        number = day.toordinal() - _ORIGIN
        if number < _FIRST_TRUE_DAY:
            return text_cell(column, f'{day:%d.%m.}{day.year:04d}', Style.QUOTED)
        return f'{begun}{number}</v></c>'

    return write


def _durations(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" s="{Style.DURATION}"><v>'

    def write(span: timedelta) -> str:
        if span.days < 0:
            # Excel shows a time below nought as a row of `#`.
            minutes, rest = divmod(round(-span.total_seconds()), 60)
            return text_cell(column, f'-{minutes // 60}:{minutes % 60:02d}:{rest:02d}', Style.QUOTED)
        seconds = span.seconds + span.microseconds / 1e6
        return f'{begun}{span.days + seconds / _DAY_SECONDS:.9f}</v></c>'

    return write


def _money(column: str, zone: ZoneInfo) -> Writer:
    begun = f'<c r="{column}{ROW}" s="{Style.MONEY}"><v>'

    def write(kopecks: int) -> str:
        digits = f'{abs(kopecks):03d}'
        roubles = f'{"-" if kopecks < 0 else ""}{digits[:-2]}.{digits[-2:]}'
        if -_MOST_WHOLE < kopecks < _MOST_WHOLE:
            return f'{begun}{roubles}</v></c>'
        return text_cell(column, roubles, Style.QUOTED)

    return write


_WRITERS: dict[Kind, Callable[[str, ZoneInfo], Writer]] = {
    Kind.TEXT: _texts,
    Kind.INTEGER: _integers,
    Kind.NUMBER: _numbers,
    Kind.INSTANT: _instants,
    Kind.DAY: _days,
    Kind.DURATION: _durations,
    Kind.MONEY: _money,
}
