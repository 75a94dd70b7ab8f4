"""A price list comes from Excel, an invoice is made of it, and its papers are saved."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Answer, Person, refused
from tests.journeys.sending import sends
from tests.make.papers import template, text
from tests.prices.conftest import workbook

pytestmark = pytest.mark.journey


def over(person: Person, path: str, *unfinished: str) -> Answer:
    """The thing, once nobody is at it any more."""

    def read() -> Answer | None:
        card: Answer = person.call('GET', path)
        return None if card['status'] in unfinished else card

    return eventually(read)


def imports(company: Company, entity: str, rows: list, check: str = '') -> Answer:
    """What became of the workbook of the rows."""
    file = sends(company.administrator, workbook(rows), name='прайс.xlsx', purpose='import')
    path = f'/v1/staff/price-lists/{entity}/imports'
    made = company.administrator.call('POST', path + check, {'file_id': file['id']})
    return over(company.administrator, f'{path}/{made["id"]}', 'waiting', 'applying')


@pytest.mark.proves('PRC-001', 'PRC-002', 'PRC-003', 'ACT-001', 'ACT-002', 'ACT-003', 'ACT-005', 'ACT-007')
def test_prices_come_from_excel_and_papers_are_saved_as_documents_of_word(company: Company) -> None:
    administrator = company.administrator
    entity = company.made('legal-entities', name='ООО «Уют»', inn='7707083893')['id']
    wrong = imports(company, entity, [['', 'Кран', 'ведро', -1, '22%']])
    assert [(one['row'], one['column'], one['code']) for one in wrong['problems']] == [
        (2, 'C', 'unit_unknown'), (2, 'D', 'tariff_negative'),
    ]  # fmt: skip
    rows = [['', 'Кран', 'шт.', 1250.5, '22%'], ['', 'Выезд мастера', 'усл.', '500', 'Без НДС']]
    assert imports(company, entity, rows, '?check=true')['status'] == 'checked'
    assert imports(company, entity, rows)['added'] == 2
    saved = administrator.call('GET', f'/v1/staff/price-lists/{entity}/workbook')
    [sheet] = load_workbook(io.BytesIO(company.http.get(saved['links']['file']).content)).worksheets
    assert [[cell.value for cell in row[1:4]] for row in sheet.iter_rows(min_row=2)] == [
        ['Выезд мастера', 'усл.', 500], ['Кран', 'шт.', 1250.5],
    ]  # fmt: skip

    prices = administrator.call('GET', f'/v1/staff/price-lists/{entity}/prices')['items']
    offering = company.offers(payment='after', legal_entity_id=entity)
    pyotr = company.resident('Петров', 'Пётр')
    number = pyotr.orders(offering)
    positions = [{'price_id': price['id']} for price in prices]
    invoice = administrator.does('invoices', number, positions=positions)
    papers = f'/v1/staff/invoices/{invoice["id"]}/papers'
    with refused('InvoiceNotIssued'):
        administrator.call('POST', papers)
    administrator.call('POST', f'/v1/staff/invoices/{invoice["id"]}/issue')

    templates = f'/v1/staff/offerings/{offering}/paper-templates'
    attack = template("{{ cycler.__init__.__globals__.os.popen('id').read() }}")
    for body, status in (
        (attack, 'refused'),
        (template('Наш акт {{ document.number }}: {{ total.words }}'), None),
    ):
        file = sends(administrator, body, name='акт.docx', purpose='template')
        administrator.call('PUT', f'{templates}/act', {'file_id': file['id']})

        def tried() -> Answer | None:
            act: Answer = administrator.call('GET', templates)['items'][1]
            return act if act['trial'] is None or act['trial']['status'] != 'waiting' else None

        act = eventually(tried)
        assert (act['trial'] and act['trial']['status'], act['is_preset']) == (status, status is not None)

    ordered = administrator.call('POST', papers)
    ready = over(administrator, f'{papers}/{ordered["id"]}', 'waiting')
    assert ready['status'] == 'ready', ready
    archive = zipfile.ZipFile(io.BytesIO(company.http.get(ready['archive']['links']['file']).content))
    contract, act = (text(archive.read(name)) for name in archive.namelist())
    assert act == f'Наш акт {number}-1: Одна тысяча семьсот пятьдесят рублей 50 копеек'
    assert 'ООО «Уют»' in contract and 'Петров Пётр' in contract and '1\u00a0750,50' in contract
