"""A price list in Excel: saved, changed there, and imported whole or not at all."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from chalicelib.files.model import Purpose
from chalicelib.prices import service
from chalicelib.prices.model import Unit, Vat
from chalicelib.prices.repository import PriceRow
from chalicelib.prices.rules import columns, life
from chalicelib.prices.service import working
from tests.make import files as make_files
from tests.make import prices as make
from tests.make import staff as make_staff
from tests.prices.conftest import DOOR, HEADINGS, TAP, delivered, listed, path, saved, workbook, works


@pytest.mark.proves('PRC-003')
def test_the_list_is_saved_as_a_workbook_of_its_active_prices(call, entity, bucket):
    tap = make.price(entity.id, name='Замена крана', vat=Vat.VAT_22)
    make.price(entity.id, name='Аренда', unit=Unit.SQUARE_METER)
    gone = make.price(entity.id, name='Ушедшее')
    call('POST', path(entity, gone.id, 'archive'))
    answer = call('GET', f'/v1/staff/price-lists/{entity.id}/workbook')
    assert (answer.status_code, answer.json_body['content_type'][-5:]) == (200, 'sheet')
    assert answer.json_body['name'].endswith('2026-11-23.xlsx')
    [sheet] = load_workbook(BytesIO(saved(answer.json_body))).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == HEADINGS
    assert [row[1:] for row in rows[1:]] == [
        ['Аренда', 'м²', 1250, 'Без НДС'], ['Замена крана', 'шт.', 1250, '22%'],
    ]  # fmt: skip
    assert rows[2][0] == tap.id


def test_what_is_saved_can_be_imported_again_and_changes_nothing(call, entity, bucket, give):
    for unit, vat in zip(Unit, [*Vat, *Vat], strict=False):
        make.price(entity.id, name=f'Работа {unit} {vat}', unit=unit, vat=vat)
    before = listed(call, entity)
    card = give(saved(call('GET', f'/v1/staff/price-lists/{entity.id}/workbook').json_body))
    assert (card['status'], card['unchanged'], card['added'], card['changed']) == ('applied', 11, 0, 0)
    assert listed(call, entity) == before
    english = make_staff.caller(locale='en')
    view = call('GET', f'/v1/staff/price-lists/{entity.id}/workbook', by=english).json_body
    assert give(saved(view))['unchanged'] == 11


def test_no_name_becomes_a_formula_in_the_workbook_and_it_comes_back_as_it_was(call, entity, bucket, give):
    names = ['=1+1', '+7 900', '-2', '@SUM(A1)', '=HYPERLINK("http://evil.example","жми")', "'кавычка"]
    for name in names:
        make.price(entity.id, name=name)
    body = saved(call('GET', f'/v1/staff/price-lists/{entity.id}/workbook').json_body)
    [sheet] = load_workbook(BytesIO(body)).worksheets
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert sorted(cell.value for cell in cells) == sorted(names)
    assert {cell.data_type for cell in cells} == {'s'}
    assert all(cell._style.quotePrefix for cell in cells)
    assert give(body)['unchanged'] == len(names)


def test_a_list_that_fits_into_no_workbook_is_refused(call, entity, bucket, monkeypatch):
    monkeypatch.setattr(service.exporting, 'MOST_ROWS', 1)
    make.price(entity.id)
    assert call('GET', f'/v1/staff/price-lists/{entity.id}/workbook').status_code == 200
    make.price(entity.id)
    refused = call('GET', f'/v1/staff/price-lists/{entity.id}/workbook')
    assert (refused.status_code, refused.json_body['code']) == (422, 'PriceListTooLong')


@pytest.mark.proves('PRC-003', 'PRC-006')
def test_rows_add_prices_and_change_those_of_their_code_or_name(call, entity, give):
    tap = make.price(entity.id, name='Замена крана')
    pipe = make.price(entity.id, name='Замена трубы')
    make.price(entity.id, name='Остаётся')
    card = give([
        [tap.id, 'Ремонт крана', 'hour', '1 999,90', '22%'],
        [None, 'замена ТРУБЫ', 'м', 0, 0.1],
        DOOR,
        [],
    ])  # fmt: skip
    assert (card['status'], card['problem_count']) == ('applied', 0)
    assert (card['added'], card['changed'], card['unchanged']) == (1, 2, 0)
    assert listed(call, entity) == {
        'Ремонт крана': ('hour', 199990, 'vat22', 2), 'замена ТРУБЫ': ('meter', 0, 'vat10', 2),
        'Остаётся': ('piece', 125000, 'none', 1), 'Установка двери': ('piece', 450050, 'none', 1),
    }  # fmt: skip
    assert call('GET', path(entity) + '?search=ремонт').json_body['items'][0]['id'] == tap.id
    rows = PriceRow.query(f'demo#price#{pipe.id}', PriceRow.sk.startswith('event#'))
    assert '"was_tariff":{"minor":125000' in list(rows)[-1].body


@pytest.mark.proves('PRC-003', 'PRC-006')
def test_sizes_that_differ_in_a_repeated_word_or_a_sign_are_different_prices(call, entity, give):
    for name in ('Кран 1/2"', 'Уборка < 50 м²', 'Окно 60'):
        assert call('POST', path(entity), TAP | {'name': name}).status_code == 201
    before = listed(call, entity)
    card = give([
        [None, 'Кран 1 1/2"', 'шт.', 1, '5%'],
        [None, 'Уборка > 50 м²', 'шт.', 2, '5%'],
        [None, 'Окно 60×60', 'шт.', 3, '5%'],
        [None, 'КРАН 1/2', 'шт.', 4, '5%'],
    ])  # fmt: skip
    assert (card['status'], card['added'], card['changed']) == ('applied', 3, 1)
    after = listed(call, entity)
    assert {name: after[name] for name in ('Уборка < 50 м²', 'Окно 60')} == {
        name: before[name] for name in ('Уборка < 50 м²', 'Окно 60')
    }
    assert after['КРАН 1/2'] == ('piece', 400, 'vat5', 2)


def test_a_check_says_what_would_be_and_changes_nothing_and_the_file_can_be_imported_then(
    call, entity, bucket, dispatcher
):
    make.price(entity.id, name='Замена крана')
    before = listed(call, entity)
    body = workbook([DOOR, ['', 'Замена крана', 'шт.', 1, '5%']])
    file = make_files.judged(body, by=dispatcher, name='п.xlsx', purpose=Purpose.IMPORT)
    for check, status in (('?check=true', 'checked'), ('', 'applied')):
        ordered = call(
            'POST', f'/v1/staff/price-lists/{entity.id}/imports{check}', {'file_id': file.id}, by=dispatcher
        )
        assert call('POST', path(entity), {**TAP, 'name': f'Тем временем {check}'}).status_code == (
            201 if check else 409
        )
        works()
        card = call('GET', f'/v1/staff/price-lists/{entity.id}/imports/{ordered.json_body["id"]}').json_body
        assert (card['status'], card['added'], card['changed'], card['is_check']) == (
            status, 1, 1, bool(check),
        )  # fmt: skip
        if check:
            assert listed(call, entity) == {
                **before,
                'Тем временем ?check=true': ('piece', 125000, 'vat22', 1),
            }
    assert listed(call, entity)['Замена крана'] == ('piece', 100, 'vat5', 2)
    assert make_files.kept(file.id).is_released


def test_while_a_list_is_imported_into_nobody_else_changes_it(call, entity, bucket, dispatcher):
    price = make.price(entity.id, name='Замена крана')
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')

    def ordered():
        file = make_files.judged(workbook([DOOR]), by=dispatcher, name='п.xlsx', purpose=Purpose.IMPORT)
        return call('POST', f'/v1/staff/price-lists/{entity.id}/imports', {'file_id': file.id}, by=dispatcher)

    assert ordered().status_code == 202
    for asked in (
        ('POST', path(entity), TAP),
        ('PATCH', path(entity, price.id), {'vat': 'vat5'}),
        ('POST', path(entity, price.id, 'archive')),
    ):
        refused = call(*asked)
        assert (refused.status_code, refused.json_body['code']) == (409, 'PriceListBusy')
    assert ordered().json_body['code'] == 'PriceListBusy'
    assert call('POST', path(other), TAP).status_code == 201
    works()
    assert call('PATCH', path(entity, price.id), {'vat': 'vat5'}).status_code == 200


def test_an_import_that_breaks_off_is_carried_on_to_its_end(call, entity, bucket, give, monkeypatch):
    rows = [['', f'Работа {n}', 'шт.', n, '5%'] for n in range(40)]
    applied = iter([True, False])
    writing = working._writing

    def breaks(made, change):
        if change.line.row == 30 and not next(applied):
            return writing(made, change)
        if change.line.row == 30:
            raise ConnectionError('gone')
        return writing(made, change)

    monkeypatch.setattr(working, '_writing', breaks)
    card = give(rows)
    assert card['status'] == 'applying'
    assert 0 < len(listed(call, entity)) < 40
    assert call('POST', path(entity), TAP).json_body['code'] == 'PriceListBusy'
    assert works() == []
    card = call('GET', f'/v1/staff/price-lists/{entity.id}/imports/{card["id"]}').json_body
    assert (card['status'], card['added']) == ('applied', 40)
    assert len(listed(call, entity)) == 40
    assert {one[3] for one in listed(call, entity).values()} == {1}
    assert works(*delivered(), *delivered()) == []
    assert len(listed(call, entity)) == 40


def test_an_import_that_no_worker_came_to_is_begun_anew_and_given_up_in_the_end(
    call, entity, bucket, dispatcher, time
):
    file = make_files.judged(workbook([DOOR]), by=dispatcher, name='п.xlsx', purpose=Purpose.IMPORT)
    imports = f'/v1/staff/price-lists/{entity.id}/imports'
    made = call('POST', imports, {'file_id': file.id}, by=dispatcher).json_body
    assert service.sweep() == 0
    for attempts in range(2, life.MOST_ATTEMPTS + 1):
        time.advance(minutes=10)
        assert service.sweep() == 1
        assert [one.type for one in delivered()].count('PriceImportBegunAnew') == attempts - 1
    time.advance(minutes=10)
    assert service.sweep() == 1
    assert call('GET', f'{imports}/{made["id"]}').json_body['status'] == 'failed'
    assert call('POST', path(entity), TAP).status_code == 201
    assert works() == []
    assert 'Установка двери' not in listed(call, entity)
    time.advance(days=1)
    assert service.sweep() == 0


def test_an_import_belongs_to_its_list_and_organisation(call, entity, give):
    card = give([DOOR])
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    for asked, by in ((other, None), (entity, make_staff.caller('other'))):
        refused = call('GET', f'/v1/staff/price-lists/{asked.id}/imports/{card["id"]}', by=by)
        assert (refused.status_code, refused.json_body['code']) == (404, 'PriceImportNotFound')
    for asked in (('GET', 'workbook'), ('POST', 'imports')):
        door = f'/v1/staff/price-lists/{entity.id}/{asked[1]}'
        body = {'file_id': 'x'} if asked[0] == 'POST' else None
        assert call(asked[0], door, body, by=make_staff.caller('other')).status_code == 404


def test_words_of_units_and_rates_are_never_two_things():
    words = service.wording.words()
    assert set(words.units.values()) == set(Unit)
    assert set(words.vats.values()) == set(Vat)
    assert columns.known('м²') != columns.known('м³') != columns.known('м')
