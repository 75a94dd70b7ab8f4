"""Workbooks for Excel, written row by row in memory that does not grow with them.

    with Workbook(file, zone=zone, sheet='Список', columns=[Column('Номер', Kind.INTEGER)]) as book:
        book.add([99999])

The file is written from its beginning to its end and never gone back over, so it may be an upload. The same
rows make the same bytes. Only the standard library takes part: openpyxl needs many times as long for the same
cells (`python -m tests.bench.sheets`).
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import IO, BinaryIO, Self
from zoneinfo import ZoneInfo

from chalicelib.kit import xlsx_parts as parts
from chalicelib.kit.xlsx_cells import ROW, Kind, Style, Value, letters, text_cell, writer

__all__ = ['Column', 'Kind', 'Value', 'Workbook']

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""

MOST_BYTES = 2_000_000_000
"""XML of a sheet: a part above 2 GiB needs a form of zip that Excel does not open from a stream."""

MOST_COLUMNS = 16_384

_COMPRESSION = 1
"""Speed first: level 6 takes half as long again for a file a fifth smaller, level 9 three times as long."""

_AT_ONCE = 200_000
"""Characters that are gathered before they are compressed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    title: str
    kind: Kind = Kind.TEXT
    width: float = 12  # in characters


class Workbook:
    """A workbook in the making: complete when its block ends, and no workbook at all when its block breaks.

    Rows beyond what a sheet holds go on in a next one of the same name with a number and a header of its own.
    Instants are shown in `zone`: Excel knows no zones.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        zone: ZoneInfo,
        sheet: str,
        columns: Sequence[Column],
        rows_per_sheet: int = MOST_ROWS,
        bytes_per_sheet: int = MOST_BYTES,
    ) -> None:
        """Nothing is written yet; raises ValueError where Excel has no room for so many columns."""
        if not 1 <= len(columns) <= MOST_COLUMNS:
            raise ValueError(f'a sheet has 1 to {MOST_COLUMNS} columns, not {len(columns)}')
        self.rows = 0
        self._outlet = _Outlet(file)
        self._archive = zipfile.ZipFile(
            self._outlet, 'w', compression=zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION
        )
        self._name = sheet
        self._columns = tuple(columns)
        self._writers = [
            writer(column.kind, letters(place), zone) for place, column in enumerate(columns, 1)
        ]
        self._rows_per_sheet, self._bytes_per_sheet = rows_per_sheet, bytes_per_sheet
        self._sheet: _Sheet | None = None
        self._written: list[parts.Written] = []

    def __enter__(self) -> Self:
        """The first sheet is open, its header stands."""
        self._outlet.open()
        with self._to_the_end():
            self._put('_rels/.rels', parts.root_links())
            self._put('xl/styles.xml', parts.styles())
            self._sheet = self._begin_sheet()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The file is a complete workbook, or after an exception lacks the end that would make it one."""
        if kind is not None:
            self._outlet.close()
        with self._to_the_end():
            self._end_sheet()
            self._put('xl/workbook.xml', parts.workbook(self._written))
            self._put('xl/_rels/workbook.xml.rels', parts.workbook_links(len(self._written)))
            self._put('[Content_Types].xml', parts.content_types(len(self._written)))
            self._archive.close()

    def add(self, row: Sequence[Value]) -> None:
        """The row stands below the others; None and an empty text leave a cell empty.

        Raises ValueError outside the block, for a row of another length than the header's, for a number that
        is none and for an instant without a zone; such a row is not written.
        """
        if self._sheet is None:
            raise ValueError('the workbook is not open')
        if len(row) != len(self._writers):
            raise ValueError(f'a row of {len(row)} cells for {len(self._writers)} columns')
        written = ''.join(
            ['' if value is None else write(value) for write, value in zip(self._writers, row, strict=True)]
        )
        if self._sheet.rows > self._rows_per_sheet or self._sheet.bytes >= self._bytes_per_sheet:
            self._end_sheet()
            self._sheet = self._begin_sheet()
        self._sheet.add(written)
        self.rows += 1

    def add_total(self, row: Sequence[Value]) -> None:
        """The row is the last, and stays below whatever others are hidden and however they are sorted.

        Raises ValueError as `add` does.
        """
        self.add(row)
        if self._sheet is not None:
            self._sheet.is_totalled = True

    @contextmanager
    def _to_the_end(self) -> Iterator[None]:
        # ZipFile writes its end when it is forgotten, too: after a failure that would claim a whole workbook.
        try:
            yield
        except BaseException:
            self._outlet.close()
            raise

    def _put(self, name: str, text: str) -> None:
        with self._archive.open(name, 'w') as part:
            part.write(text.encode())

    def _begin_sheet(self) -> '_Sheet':
        number = len(self._written) + 1
        sheet = _Sheet(self._archive.open(f'xl/worksheets/sheet{number}.xml', 'w'))
        sheet.put(parts.sheet_beginning(number, (column.width for column in self._columns)))
        titles = enumerate((column.title for column in self._columns), 1)
        sheet.add(''.join(text_cell(letters(place), title, Style.HEADER) for place, title in titles))
        return sheet

    def _end_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            cells = parts.cells(len(self._columns), sheet.rows - sheet.is_totalled)
            sheet.put(parts.sheet_end(cells))
            sheet.close()
            name = parts.sheet_name(self._name, len(self._written) + 1)
            self._written.append(parts.Written(name, cells))


class _Sheet:
    """A sheet in the making; `rows` with its header, `bytes` of what has been compressed."""

    def __init__(self, part: IO[bytes]) -> None:
        self.rows = self.bytes = 0
        self.is_totalled = False
        self._part = part
        self._gathered: list[str] = []
        self._length = 0

    def add(self, cells: str) -> None:
        """The cells are the next row."""
        self.rows += 1
        number = str(self.rows)
        self.put(f'<row r="{number}">{cells.replace(ROW, number)}</row>')

    def put(self, text: str) -> None:
        """The text comes next."""
        self._gathered.append(text)
        self._length += len(text)
        if self._length >= _AT_ONCE:
            self._compress()

    def close(self) -> None:
        """Nothing is left to be written."""
        self._compress()
        self._part.close()

    def _compress(self) -> None:
        text = ''.join(self._gathered).encode()
        self.bytes += len(text)
        self._part.write(text)
        self._gathered.clear()
        self._length = 0


class _Outlet:
    """The way to the file, which cannot be gone back over; what comes while it is closed is poured away."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._is_open = False

    def open(self) -> None:
        """What comes from now on reaches the file."""
        self._is_open = True

    def close(self) -> None:
        """Nothing more reaches the file."""
        self._is_open = False

    def write(self, written: bytes) -> int:
        """The bytes come next in the file."""
        if self._is_open:
            self._file.write(written)
        return len(written)

    def flush(self) -> None:
        """Nothing is held back."""
