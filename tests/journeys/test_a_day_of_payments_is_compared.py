"""Payments are looked at and saved for Excel, and in the morning it is read what the night has found."""

import io
from datetime import datetime
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused
from tests.journeys.test_an_invoice_is_paid_online import clicks, paid_online

pytestmark = pytest.mark.journey

PAYMENTS, RECONCILIATIONS = '/v1/staff/payments', '/v1/staff/reconciliations'
MOSCOW = ZoneInfo('Europe/Moscow')


def paid_elsewhere(company: Company) -> str:
    """A payment that another program took in the same shop; by what the provider knows it."""
    shop = str(crc32(company.id.encode()))
    company.runtime.yookassa_told(shop={'id': shop, 'fiscalization': False})
    answer = company.http.post(
        f'{company.runtime.yookassa}/v3/payments',
        auth=(shop, 'test_pa55word'),
        headers={'Idempotence-Key': f'elsewhere-{shop}'},
        json={
            'amount': {'value': '999.00', 'currency': 'RUB'},
            'capture': True,
            'confirmation': {'type': 'redirect', 'return_url': 'https://app.example/'},
        },
    )
    assert answer.status_code == 200, answer.text
    company.runtime.yookassa_told(pay={'payment': answer.json()['id'], 'card': '5555555555554444'})
    return str(answer.json()['id'])


def finished(person: Any, path: str) -> Any:
    """The job when it is over."""
    over = ('ready', 'failed', 'done', 'cancelled')
    return eventually(lambda: (one := person.call('GET', path)) and one['status'] in over and one)


@pytest.mark.proves('PAY-008', 'IAM-008')
def test_payments_are_listed_saved_and_compared_in_the_night(company: Company) -> None:
    entity = paid_online(company)
    tap = company.made(f'price-lists/{entity}/prices', name='Кран', tariff={'minor': 125050})['id']
    offering = company.offers(
        payment='before', legal_entity_id=entity, automatic_invoice=[{'price_id': tap}]
    )
    anna, darya = company.administrator, company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr = company.resident('Петров', 'Пётр')
    pyotr.takes_push()
    number = pyotr.orders(offering)
    pyotr.hears(number, 'invoice_issued', '250,50')
    payment = pyotr.call('POST', f'/v1/resident/invoices/{number}-1/pay', {'email': 'pyotr@example.ru'})
    clicks(company, payment)

    paid = eventually(lambda: anna.call('GET', f'{PAYMENTS}?state=paid&number={number}')['items'])
    assert [(one['id'], one['amount']['minor']) for one in paid] == [(payment['id'], 125050)]
    assert (paid[0]['client_name'], paid[0]['is_marketplace']) == ('Петров Пётр', True)
    card = anna.call('GET', f'{PAYMENTS}/{payment["id"]}')
    assert [one['kind'] for one in card['entries']] == ['payment']
    # Prepaid services are sold on the marketplace, which a dispatcher sees nothing of.
    assert darya.call('GET', PAYMENTS)['items'] == []
    with refused('EntryNotFound'):
        darya.call('GET', f'{PAYMENTS}/{payment["id"]}')
    with refused('PermissionMissing'):
        darya.call('GET', RECONCILIATIONS)

    job = anna.call('POST', f'{PAYMENTS}/reports', {'filters': {'number': number}})
    job = finished(anna, job['links']['report'])
    assert (job['status'], job['rows']) == ('ready', 1)
    saved = company.http.get(job['links']['file'])
    [sheet] = load_workbook(io.BytesIO(saved.content)).worksheets
    head, row, total = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert (head[0], row[0], total[0]) == ('Вид', 'Платёж', 'Итого')
    assert (row[4], total[5]) == (1250.5, 1250.5)
    with refused('ReportNotFound'):
        darya.call('GET', f'{PAYMENTS}/reports/{job["id"]}')

    stranger = paid_elsewhere(company)
    today = company.now().astimezone(MOSCOW).date()
    tomorrow = datetime(today.year, today.month, today.day, 4, tzinfo=MOSCOW).timestamp() + 24 * 3600
    company.runtime.advance(tomorrow - company.now().timestamp())

    def compared() -> Any:
        items = anna.call('GET', RECONCILIATIONS)['items']
        return [one for one in items if one['day'] == str(today) and one['status'] == 'done']

    [night] = eventually(compared)
    assert (night['differences'], night['settled'], night['ours']) == (1, 0, 1)
    [difference] = anna.call('GET', night['links']['differences'])['items']
    assert (difference['kind'], difference['external_id']) == ('missing_here', stranger)
    assert (difference['kind_name'], difference['theirs']['minor']) == ('Нет у нас', 99900)

    def told() -> Any:
        items = anna.list_of_notices()['items']
        return [one for one in items if one['kind'] == 'reconciliation_differed']

    [notice] = eventually(told)
    assert 'нашла 1 расхождение' in notice['text']

    again = anna.call('POST', RECONCILIATIONS, {'legal_entity_id': entity, 'day': str(today)})
    again = finished(anna, again['links']['reconciliation'])
    assert (again['status'], again['differences'], again['started_by']) == ('done', 1, 'Алексеева Анна')
