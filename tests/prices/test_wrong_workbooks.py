"""What is no price list is refused whole, and each thing that is wrong with it is named."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from chalicelib.kit import archives
from tests.make import prices as make
from tests.prices.conftest import DOOR, HEADINGS, TAP, listed, path, problems

WRONG = [
    ([None, '', 'шт.', 1, '5%'], 'B', 'missing'),
    ([None, 'x' * 201, 'шт.', 1, '5%'], 'B', 'too_long'),
    ([None, 'две\nстроки', 'шт.', 1, '5%'], 'B', 'not_text'),
    ([None, 12, 'шт.', 1, '5%'], 'B', 'not_text'),
    ([None, '=1+1', 'шт.', 1, '5%'], 'B', 'formula'),
    ([None, 'А', 'ведро', 1, '5%'], 'C', 'unit_unknown'),
    ([None, 'А', None, 1, '5%'], 'C', 'missing'),
    ([None, 'А', 'шт.', -1, '5%'], 'D', 'tariff_negative'),
    ([None, 'А', 'шт.', '-0,01', '5%'], 'D', 'tariff_negative'),
    ([None, 'А', 'шт.', 'дорого', '5%'], 'D', 'tariff_invalid'),
    ([None, 'А', 'шт.', True, '5%'], 'D', 'tariff_invalid'),
    ([None, 'А', 'шт.', '=2*2', '5%'], 'D', 'formula'),
    ([None, 'А', 'шт.', 0.001, '5%'], 'D', 'tariff_too_fine'),
    ([None, 'А', 'шт.', '1,250', '5%'], 'D', 'tariff_too_fine'),
    ([None, 'А', 'шт.', 1_000_000_000.01, '5%'], 'D', 'tariff_too_large'),
    ([None, 'А', 'шт.', None, '5%'], 'D', 'missing'),
    ([None, 'А', 'шт.', 1, '18%'], 'E', 'vat_unknown'),
    ([None, 'А', 'шт.', 1, 0.18], 'E', 'vat_unknown'),
    ([None, 'А', 'шт.', 1, None], 'E', 'missing'),
    (['нет такого', 'А', 'шт.', 1, '5%'], 'A', 'code_unknown'),
    ([None, 'А', 'шт.', 1, '5%', 'лишнее'], 'F', 'column_unknown'),
    ([None, '#N/A', 'шт.', 1, '5%'], 'B', 'not_text'),
]


def test_every_wrong_cell_is_named_by_row_and_column_and_nothing_is_changed(call, entity, give):
    card = give([DOOR, *([code, name, *rest] for (code, name, *rest), _, _ in WRONG)])
    assert card['status'] == 'refused'
    expected = [(row, column, code) for row, (_, column, code) in enumerate(WRONG, 3)]
    assert [one for one in problems(card) if one[2] not in ('name_twice',)] == expected
    assert card['problem_count'] == len(card['problems'])
    assert card['problems'][0]['message'] == 'Ячейка не заполнена.'
    assert listed(call, entity) == {}


@pytest.mark.parametrize(
    ('language', 'words'),
    [
        ('ru', ['шт., ч, сут., м, м², м³, кг, л, кВт·ч, Гкал, усл.', 'Без НДС, 0%, 5%, 7%, 10%, 20%, 22%']),
        ('en', ['pc, hour, day, m, m², m³, kg, l, kWh, Gcal, other', 'No VAT, 0%, 5%, 7%, 10%, 20%, 22%']),
    ],
)
def test_what_is_no_unit_and_no_rate_is_told_what_there_is_in_the_language_asked_for(
    call, entity, give, language, words
):
    given = give([[None, 'А', 'ведро', 1, '18%']])
    imported = f'/v1/staff/price-lists/{entity.id}/imports/{given["id"]}'
    card = call('GET', imported, accept_language=language).json_body
    assert [one['message'].partition(': ')[2] for one in card['problems']] == words


@pytest.mark.parametrize(
    ('rows', 'expected'),
    [
        ([DOOR, ['', 'установка  ДВЕРИ!', 'м', 1, '5%']], [(3, 'B', 'name_twice')]),
        ([['{tap}', 'А', 'м', 1, '5%'], ['{tap}', 'Б', 'м', 1, '5%']], [(3, 'A', 'code_twice')]),
        ([['{tap}', 'А', 'м', 1, '5%'], ['', 'Кран', 'м', 1, '5%']], [(3, 'B', 'code_twice')]),
        ([['{tap}', 'Труба', 'м', 1, '5%']], [(2, 'B', 'name_taken')]),
        (
            [['{tap}', 'Труба', 'м', 1, '5%'], ['{pipe}', 'Кран', 'м', 1, '5%']],
            [(2, 'B', 'name_taken'), (3, 'B', 'name_taken')],
        ),
        ([], [(None, None, 'no_rows')]),
    ],
)
def test_rows_that_contradict_each_other_or_the_list_are_refused(call, entity, give, rows, expected):
    ids = {
        name: make.price(entity.id, name=called).id for name, called in (('tap', 'Кран'), ('pipe', 'Труба'))
    }
    before = listed(call, entity)
    card = give([[str(code).format(**ids), *rest] for code, *rest in rows])
    assert (card['status'], problems(card)) == ('refused', expected)
    assert listed(call, entity) == before


@pytest.mark.parametrize(
    ('headings', 'expected'),
    [
        ([*HEADINGS, 'Скидка'], (1, 'F', 'column_unknown')),
        ([*HEADINGS, 'код'], (1, 'F', 'column_twice')),
        (HEADINGS[:4], (1, None, 'column_missing')),
        ([*HEADINGS[:4], '=A1'], (1, 'E', 'column_unknown')),
    ],
)
def test_columns_are_those_of_a_price_list(give, headings, expected):
    assert problems(give([DOOR], headings=headings)) == [expected]


def test_columns_stand_in_any_order_and_the_code_may_be_left_out(call, entity, give):
    card = give([['5%', 10, 'Кран', 'шт.']], headings=['VAT', 'tariff', 'Наименование', 'Unit'])
    assert card['status'] == 'applied'
    assert listed(call, entity) == {'Кран': ('piece', 1000, 'vat5', 1)}


def test_a_workbook_has_no_more_rows_than_a_list_may_have(give, monkeypatch):
    monkeypatch.setattr('chalicelib.prices.rules.sheet.MOST_ROWS', 2)
    rows = [['', f'Работа {n}', 'шт.', 1, '5%'] for n in range(3)]
    assert problems(give(rows)) == [(4, None, 'too_many_rows')]
    assert give(rows[:2])['status'] == 'applied'


def test_what_stands_far_to_the_right_is_not_passed_over(give):
    far = [*DOOR, *[None] * 200, 'далеко']
    assert problems(give([DOOR, far])) == [(3, 'GX', 'column_unknown')]


def test_what_stands_far_below_is_not_passed_over(give, monkeypatch):
    monkeypatch.setattr('chalicelib.prices.rules.sheet.MOST_SCANNED', 50)
    assert problems(give([DOOR, *[[]] * 60, DOOR])) == [(51, None, 'too_many_rows')]


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, 'w', ZIP_DEFLATED) as archive:
        for name, part in {
            '[Content_Types].xml': b'<Types/>',
            'xl/workbook.xml': b'<workbook/>',
            **parts,
        }.items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    ('body', 'code'),
    [
        (zipped(**{'xl/sharedStrings.xml': b'0' * 41 * archives.MEGABYTE}), 'too_large'),
        (zipped(**{f'xl/{n}.xml': b'' for n in range(1001)}), 'too_large'),
        (zipped(), 'not_workbook'),
        (zipped(**{'../out.xml': b''}), 'not_workbook'),
        (zipped(**{'xl/a.xml': b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>'}), 'not_workbook'),
        (zipped()[:-30], 'not_workbook'),
    ],
)
def test_a_bomb_or_what_is_no_workbook_is_never_opened(give, body, code, monkeypatch):
    monkeypatch.setattr(
        'openpyxl.load_workbook', lambda *a, **k: pytest.fail('opened') if code == 'too_large' else 1 / 0
    )
    assert problems(give(body)) == [(None, None, code)]


def test_a_file_of_another_kind_is_refused_at_once(give, entity, call):
    refused = give('Наименование;Тариф'.encode(), status=422)
    assert (refused['code'], refused['errors'][0]['path']) == ('PriceImportNotWorkbook', 'body.file_id')
    assert call('POST', path(entity), TAP).status_code == 201
