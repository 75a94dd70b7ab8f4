"""Workbooks as LibreOffice opens them: it has other eyes than openpyxl, and saves what it has read."""

import csv
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from chalicelib.kit.xlsx import Kind
from tests.kit.sheets import held, made

pytestmark = pytest.mark.slow

OF_ALL_KINDS = {
    Kind.TEXT: 'Лифт',
    Kind.INTEGER: 99_999,
    Kind.NUMBER: 0.1,
    Kind.INSTANT: datetime(2026, 11, 23, 21, 4, 5, 678_000, tzinfo=UTC),
    Kind.DAY: date(2024, 2, 29),
    Kind.DURATION: timedelta(hours=30, minutes=1, seconds=2),
    Kind.MONEY: -1_234_567,
}
TEXTS = [
    '=1+1', '+7 900 000-00-00', '-5', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1 ', "'=1", '007', '1-2', '1e5',
    '26.11.2026', 'TRUE', '#ССЫЛКА!', 'один\nдва\r\nтри', ' края  и середина ', '<b>&amp;"\']]>', '_x000D_',
    '_x005F_x000D_', '_x0041\x0b', 'звонок\x07', '\x00начало', '\ufffe', '\x7f\x85\u2028', 'половина \ud83d',
    '😀', 'я' * 32_767,
]  # fmt: skip
CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true'
"""Commas, quotes, UTF-8, every text quoted, every cell as it is shown."""


def saved(file, folder, form):
    """The workbook as LibreOffice saves it in another form."""
    office = shutil.which('soffice')
    assert office, 'LibreOffice is not installed: `make office` installs it'
    source = folder / 'book.xlsx'
    source.write_bytes(file.getvalue())
    home = f'-env:UserInstallation={(folder / "home").as_uri()}'
    command = [office, home, '--headless', '--convert-to', form, '--outdir', folder / 'saved', source]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120)
    (result,) = (folder / 'saved').iterdir()
    assert said.returncode == 0, said.stderr
    return result


def shown(file, folder):
    with saved(file, folder, CSV).open(encoding='utf-8', newline='') as lines:
        return list(csv.reader(lines))


def test_every_kind_is_saved_as_it_was_written(tmp_path):
    empty = [None] * len(Kind)
    rows = [list(OF_ALL_KINDS.values()), empty, list(OF_ALL_KINDS.values())]
    book = load_workbook(saved(made(list(OF_ALL_KINDS), rows, rows_per_sheet=2), tmp_path, 'xlsx'))
    assert book.sheetnames == ['Лист', 'Лист 2']
    first, second = book.worksheets
    at, day = datetime.fromisoformat('2026-11-24T00:04:05.678'), datetime.fromisoformat('2024-02-29')
    expected = ['Лифт', 99_999, 0.1, at, day, OF_ALL_KINDS[Kind.DURATION], -12_345.67]
    assert [cell.value for cell in first[2]] == [cell.value for cell in second[2]] == expected
    assert [cell.data_type for cell in first[2]] == ['s', 'n', 'n', 'd', 'd', 'd', 'n']
    assert [cell.value for cell in first[1]] == [cell.value for cell in second[1]] == list(Kind)
    assert (first.auto_filter.ref, second.auto_filter.ref) == ('A1:G3', 'A1:G2')


def test_every_kind_is_shown_as_people_read_it(tmp_path):
    header, row = shown(made(list(OF_ALL_KINDS), [list(OF_ALL_KINDS.values())]), tmp_path)
    assert header == list(Kind)
    assert row == ['Лифт', '99999', '0.1', '24.11.2026 00:04', '29.02.2024', '30:01:02', '-12,345.67']


def test_every_text_is_the_text_that_was_written(tmp_path):
    rows = [[number, text] for number, text in enumerate(TEXTS)]
    _, *found = shown(made([Kind.INTEGER, Kind.TEXT], rows), tmp_path)
    assert [text for _, text in found] == [held(text) for text in TEXTS]


def test_no_text_has_become_a_formula_when_saved(tmp_path):
    book = load_workbook(saved(made([Kind.TEXT], [[text] for text in TEXTS]), tmp_path, 'xlsx'))
    found = [cell for (cell,) in book.worksheets[0].iter_rows(min_row=2)]
    assert [cell.data_type for cell in found] == ['s'] * len(TEXTS)
    assert [cell.value for cell in found[:4]] == TEXTS[:4]
