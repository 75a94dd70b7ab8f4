"""Workbooks: whatever is written is read back, whoever reads it, and never as a formula."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from chalicelib.kit.xlsx import MOST_COLUMNS, Column, Kind, Workbook
from tests.kit.sheets import MOSCOW, held, made, read, unescaped

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from('=+-@\t\r\n\0\x0b\x1f\x7f\x85\u2028\ufffe\ufeff<>&"\'_xX0049ADF; Яя😀'),
        st.characters(),
    ),
    max_size=40,
)
LOOKS_ESCAPED = st.lists(
    st.sampled_from(['_x000D_', '_x005F_', '_', 'x0041', '_x0041', '\x0b', 'x', '\0', 'я']), max_size=8
).map(''.join)
EARLIEST = datetime(1900, 3, 2, tzinfo=UTC).replace(tzinfo=None)


def column_of(kind, *values):
    return [row[0] for row in read(made([kind], [[value] for value in values]))]


@given(st.lists(st.one_of(NASTY, LOOKS_ESCAPED), min_size=1, max_size=8))
@example(['_x000D_', '_x000D_x000D_', '_x0041\x0b', '', 'a\ud800'])
def test_every_text_is_read_back_as_a_text(texts):
    found = [cell for _, cell in read(made([Kind.INTEGER, Kind.TEXT], enumerate(texts)))]
    assert [unescaped(cell.value) if cell.value else '' for cell in found] == [held(text) for text in texts]
    assert [cell.data_type for cell in found if cell.value] == ['s' for text in texts if text]


@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1), st.data())
def test_every_number_is_read_back_as_it_is(whole, data):
    assert [cell.value for cell in column_of(Kind.INTEGER, *whole)] == whole
    real = data.draw(st.lists(st.floats(-1e300, 1e300), min_size=1))
    assert [cell.value for cell in column_of(Kind.NUMBER, *real)] == real
    assert {cell.data_type for cell in column_of(Kind.NUMBER, *real)} == {'n'}


@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1))
@example([0, 5, -5, 99, -99, 100, -100])
def test_money_is_roubles_to_the_kopeck(kopecks):
    book = made([Kind.MONEY], [[amount] for amount in kopecks])
    written = re.findall(r'<v>([^<]+)</v>', zipfile.ZipFile(book).read('xl/worksheets/sheet1.xml').decode())
    assert [Decimal(amount) for amount in written] == [Decimal(amount).scaleb(-2) for amount in kopecks]
    assert {cell.number_format for row in read(book) for cell in row} == {'#,##0.00'}


@given(
    st.lists(st.datetimes(EARLIEST, timezones=st.just(UTC)), min_size=1),
    st.sampled_from(['Europe/Moscow', 'Asia/Vladivostok', 'America/New_York', 'Asia/Kathmandu']),
)
def test_an_instant_is_the_local_time_of_the_zone_to_the_millisecond(instants, name):
    zone = ZoneInfo(name)
    instants = [at.replace(microsecond=at.microsecond // 1000 * 1000) for at in instants if at.year < 9999]
    found = read(made([Kind.INSTANT], [[at] for at in instants], zone=zone))
    assert [row[0].value for row in found] == [at.astimezone(zone).replace(tzinfo=None) for at in instants]
    assert all(row[0].is_date for row in found)


@given(st.lists(st.dates(date(1900, 3, 1)), min_size=1))
def test_a_day_is_that_day(days):
    assert [cell.value.date() for cell in column_of(Kind.DAY, *days)] == days


@given(st.lists(st.integers(0, 10**11), min_size=1))
def test_a_duration_is_a_sum_of_hours_to_the_millisecond(milliseconds):
    spans = [timedelta(milliseconds=number) for number in milliseconds]
    found = column_of(Kind.DURATION, *spans)
    assert [round(cell.value / timedelta(milliseconds=1)) for cell in found] == milliseconds
    assert {cell.number_format for cell in found} == {'[h]:mm:ss'}


@pytest.mark.parametrize(
    'text',
    ['=1+1', '+7 900 000-00-00', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '007', '1-2', "'a"],
)
def test_what_excel_would_take_for_something_else_is_marked_as_a_text(text):
    (cell,) = column_of(Kind.TEXT, text)
    assert (cell.data_type, cell.quotePrefix) == ('s', True)
    assert unescaped(cell.value) == held(text)


def test_spaces_at_the_edges_of_a_text_are_kept():
    texts = [' Лифт', 'Лифт ', 'Лифт\t', 'Лифт\xa0']
    sheet = zipfile.ZipFile(made([Kind.TEXT], [[text] for text in texts])).read('xl/worksheets/sheet1.xml')
    assert all(f'<t xml:space="preserve">{text}</t>' in sheet.decode() for text in texts)


def test_a_word_carries_no_mark():
    assert [cell.quotePrefix for cell in column_of(Kind.TEXT, 'Лифт', 'lift 2')] == [False, False]


def test_no_cell_of_any_column_is_a_formula():
    book = made([Kind.TEXT, Kind.TEXT], [['=1+1', '=cmd|"/c calc"!A1']], titles=['=2+2', '+3'])
    assert b'<f' not in zipfile.ZipFile(book).read('xl/worksheets/sheet1.xml')
    assert [cell.data_type for cell in load_workbook(book).worksheets[0][1]] == ['s', 's']


def test_a_text_of_several_lines_is_wrapped_and_its_lines_end_alike():
    found = column_of(Kind.TEXT, 'один\nдва', 'один\r\nдва', 'один\rдва', 'один')
    assert [cell.value for cell in found] == ['один\nдва'] * 3 + ['один']
    assert [bool(cell.alignment.wrap_text) for cell in found] == [True] * 3 + [False]


@pytest.mark.parametrize('letter', ['я', '😀', '\x0b', '&'])
def test_a_text_too_long_for_a_cell_ends_with_an_ellipsis(letter):
    def units(text):
        return len(text.encode('utf-16-le')) // 2

    most = 32_767 // units(letter)
    whole, cut = (unescaped(cell.value) for cell in column_of(Kind.TEXT, letter * most, letter * (most + 1)))
    assert whole == letter * most
    assert cut == letter * (32_766 // units(letter)) + '…'
    assert units(cut) <= 32_767


def test_what_numbers_and_times_of_excel_cannot_hold_is_a_text():
    assert [cell.value for cell in column_of(Kind.INTEGER, 10**15, -(10**20))] == [
        '1000000000000000', '-100000000000000000000',
    ]  # fmt: skip
    assert column_of(Kind.MONEY, -(10**15))[0].value == '-10000000000000.00'
    assert column_of(Kind.DAY, date(1900, 2, 28))[0].value == '28.02.1900'
    assert column_of(Kind.INSTANT, datetime(1900, 1, 1, tzinfo=UTC))[0].value == '01.01.1900 02:30'
    assert column_of(Kind.DURATION, -timedelta(hours=30, seconds=5))[0].value == '-30:00:05'


@pytest.mark.parametrize(
    'kind, value',
    [(Kind.NUMBER, float('nan')), (Kind.NUMBER, Decimal('Infinity')), (Kind.NUMBER, Decimal('NaN')),
     (Kind.NUMBER, 10**400), (Kind.INSTANT, EARLIEST), (Kind.TEXT, None)],
)  # fmt: skip
def test_a_row_that_is_refused_leaves_nothing(kind, value):
    columns = [Column('Слово'), Column('Значение', kind)]
    file = io.BytesIO()
    with Workbook(file, zone=MOSCOW, sheet='Лист', columns=columns) as book:
        book.add(['раньше', None])
        with pytest.raises(ValueError):
            book.add(['отказ', value] if value is not None else ['короче'])
        book.add(['позже', None])
        assert book.rows == 2
    assert [row[0].value for row in read(file)] == ['раньше', 'позже']


def test_an_empty_value_of_any_kind_leaves_its_cell_empty():
    (row,) = read(made([*Kind, Kind.INTEGER], [[None] * len(Kind) + [0]]))
    assert [cell.value for cell in row] == [None] * len(Kind) + [0]


def test_the_header_is_bold_stays_in_sight_and_filters_all_rows():
    titles, widths = ['Номер', ' Адрес & <дом>'], [8, 40.5]
    columns = [Column(title, width=width) for title, width in zip(titles, widths, strict=True)]
    file = io.BytesIO()
    with Workbook(file, zone=MOSCOW, sheet='Лист', columns=columns) as book:
        book.add(['1', 'Лесная'])
        book.add(['2', 'Полевая'])
    sheet = load_workbook(file).worksheets[0]
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [(title, True) for title in titles]
    assert (sheet.freeze_panes, sheet.sheet_view.pane.state) == ('A2', 'frozen')
    assert sheet.auto_filter.ref == 'A1:B3'
    assert [sheet.column_dimensions[letter].width for letter in 'AB'] == widths


def test_a_total_is_not_sorted_and_hidden_with_the_rows_it_is_of():
    file = io.BytesIO()
    with Workbook(file, zone=MOSCOW, sheet='Лист', columns=[Column('Сумма', Kind.INTEGER)]) as book:
        book.add([1])
        book.add([2])
        book.add_total([3])
    assert [cell.value for (cell,) in read(file)] == [1, 2, 3]
    assert load_workbook(file).worksheets[0].auto_filter.ref == 'A1:A3'


def test_rows_beyond_a_sheet_go_on_in_the_next_with_a_header_of_its_own():
    book = load_workbook(made([Kind.INTEGER], [[n] for n in range(7)], rows_per_sheet=3))
    assert book.sheetnames == ['Лист', 'Лист 2', 'Лист 3']
    found = [[cell.value for (cell,) in sheet.iter_rows()] for sheet in book]
    assert found == [['integer', 0, 1, 2], ['integer', 3, 4, 5], ['integer', 6]]
    assert [sheet.auto_filter.ref for sheet in book] == ['A1:A4', 'A1:A4', 'A1:A2']
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False]


def test_a_sheet_ends_with_its_last_row_only():
    assert load_workbook(made([Kind.INTEGER], [[1], [2]], rows_per_sheet=2)).sheetnames == ['Лист']


def test_a_sheet_of_too_many_bytes_goes_on_in_the_next():
    texts = [f'{n}' + 'я' * 30_000 for n in range(50)]
    book = load_workbook(made([Kind.TEXT], [[text] for text in texts], bytes_per_sheet=1_000_000))
    assert len(book.sheetnames) > 1
    assert [cell.value for sheet in book for (cell,) in sheet.iter_rows(min_row=2)] == texts


@pytest.mark.parametrize(
    'wanted, name',
    [("Дом 5/2: [новые]*?\\", 'Дом 5 2   новые'), ("'Лес'", 'Лес'), ('', 'Sheet'), ('я' * 40, 'я' * 31),
     ("О'Нил & сын <1>", "О'Нил & сын <1>"), ('a\0\ud800b', 'a  b')],
)  # fmt: skip
def test_a_sheet_is_called_as_excel_can_call_it(wanted, name):
    book = load_workbook(made([Kind.INTEGER], [[1]], sheet=wanted))
    assert book.sheetnames == [name]


def test_a_long_name_leaves_room_for_its_number():
    book = load_workbook(made([Kind.INTEGER], [[1], [2]], sheet='😀' * 40, rows_per_sheet=1))
    assert book.sheetnames == ['😀' * 15, '😀' * 14 + ' 2']


def test_columns_beyond_z_have_two_letters():
    numbers = list(range(60))
    (row,) = read(made([Kind.INTEGER] * 60, [numbers]))
    assert [cell.value for cell in row] == numbers
    assert row[-1].coordinate == 'BH2'


@pytest.mark.parametrize('number', [0, MOST_COLUMNS + 1])
def test_a_sheet_without_columns_or_with_more_than_excel_has_is_refused(number):
    with pytest.raises(ValueError):
        Workbook(io.BytesIO(), zone=MOSCOW, sheet='Лист', columns=[Column('Номер')] * number)
