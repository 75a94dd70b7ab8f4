"""Workbooks as tests make them and read them back."""

import io
import re
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from chalicelib.kit.xlsx import Column, Workbook

MOSCOW = ZoneInfo('Europe/Moscow')


def made(kinds, rows, *, zone=MOSCOW, sheet='Лист', titles=None, **limits):
    """A workbook with a column of each kind, in memory."""
    file = io.BytesIO()
    columns = [Column(title, kind) for title, kind in zip(titles or map(str, kinds), kinds, strict=True)]
    with Workbook(file, zone=zone, sheet=sheet, columns=columns, **limits) as book:
        for row in rows:
            book.add(row)
    return file


def read(file):
    """The cells of the first sheet below its header, as openpyxl sees them."""
    return list(load_workbook(file).worksheets[0].iter_rows(min_row=2))


def cells(file):
    """What stands in the cells of the first sheet below its header."""
    return [[cell.value for cell in row] for row in read(file)]


def unescaped(text):
    """The text as Excel understands what is in the file; openpyxl does not undo `_x000B_`."""
    return re.sub('_x([0-9A-Fa-f]{4})_', lambda found: chr(int(found[1], 16)), text)


def held(text):
    """The text as a cell can hold it."""
    return re.sub('[\ud800-\udfff]', '\ufffd', text).replace('\r\n', '\n').replace('\r', '\n')
