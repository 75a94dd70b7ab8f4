"""A dispatcher makes a report of what is before her, and saves it; nobody else can."""

import io
from datetime import datetime
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Answer, Employee, refused

pytestmark = pytest.mark.journey

REPORTS = '/v1/staff/reports'


def makes(employee: Employee, **order: object) -> Answer:
    """The employee has pressed «Сформировать» and waited: the job, with the link to its file."""
    job: Answer = employee.call('POST', REPORTS, {'tab': 'all', **order})
    assert job['status'] == 'waiting'

    def finished() -> Answer | None:
        seen: Answer = employee.call('GET', job['links']['report'])
        return seen if seen['status'] not in ('waiting', 'running') else None

    return eventually(finished)


@pytest.mark.proves('RPT-001', 'RPT-005', 'RPT-007', 'RPT-011', 'RPT-012', 'REQ-050', 'AMB-37')
def test_a_report_of_the_filtered_requests_is_ordered_read_and_saved(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H', execution='PT4H')
    other = company.offers('Вызов электрика')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    denis = company.hires('Дежурный Денис', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    numbers = [pyotr.orders(plumbing, problem) for problem in ('Течёт кран', '=1+1', 'Засор')]
    pyotr.orders(other)
    darya.starts(numbers[1], ivan)
    darya.call('PUT', '/v1/staff/me/filters/all', {'offering_id': [plumbing]})

    def listed() -> bool:
        shown = darya.call('GET', '/v1/staff/requests?tab=all&is_saved=true')['items']
        states = {line['number']: line['status']['code'] for line in shown}
        return len(states) == 3 and states.get(numbers[1]) == 'in_progress'

    eventually(listed)
    job = makes(darya, fields=['number', 'status', 'form', 'client', 'assignees', 'execute_until'])
    assert (job['status'], job['progress'], job['rows']) == ('ready', 100, 3)

    # A browser holds no token of ours: the link alone gives the file.
    saved = company.http.get(job['links']['file'])
    assert saved.status_code == 200
    assert (len(saved.content), saved.content[:2]) == (job['size'], b'PK')
    assert saved.headers['content-disposition'].startswith('attachment; ')
    assert unquote(saved.headers['content-disposition']).rpartition("''")[2].startswith('Заявки 20')
    [sheet] = load_workbook(io.BytesIO(saved.content)).worksheets
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header == ['Номер', 'Статус', 'Форма заказа', 'Клиент', 'Исполнители', 'Выполнить до']
    assert sorted(row[:5] for row in rows) == [
        [numbers[0], 'Ожидание', 'Что случилось? Течёт кран', 'Петров Пётр', None],
        [numbers[1], 'В работе', 'Что случилось? =1+1', 'Петров Пётр', 'Иванов Иван'],
        [numbers[2], 'Ожидание', 'Что случилось? Засор', 'Петров Пётр', None],
    ]
    assert [type(row[5]) for row in rows if row[0] == numbers[1]] == [datetime]

    with refused('ReportNotFound'):
        denis.call('GET', job['links']['report'])
    with refused('ReportNotFound'):
        company.administrator.call('DELETE', job['links']['report'])
    with refused('PermissionMissing'):
        ivan.call('POST', REPORTS, {'fields': ['all'], 'tab': 'all'})
    with refused('ReportAlreadyOver'):
        darya.call('DELETE', job['links']['report'])
    assert company.http.get(job['links']['file'].replace('1.xlsx', '2.xlsx')).status_code >= 400
    ticked = [f['code'] for f in darya.call('GET', f'{REPORTS}/fields')['fields'] if f['is_ticked']]
    assert ticked == ['number', 'status', 'form', 'client', 'assignees', 'execute_until']

    boris = company.hires('Бригадир Борис', 'dispatcher')
    boris.program = 'staff-app'
    with refused('ReportsOnlyInCrm'):
        boris.call('POST', REPORTS, {'fields': ['all'], 'tab': 'all'})
