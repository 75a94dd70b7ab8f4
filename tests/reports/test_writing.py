"""The worker: what stands in the file, when there is one, and what happens to a job that breaks off."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import boto3
import pytest

from chalicelib.kit.caller import Scope
from chalicelib.premises.model import BuildingChanges
from chalicelib.premises.service import buildings
from chalicelib.reports import service
from chalicelib.reports.events import ReportEvent
from chalicelib.reports.model import TakenAway
from chalicelib.reports.rules import life
from chalicelib.reports.service import filling, writing
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewRequest, Start, Step
from chalicelib.staff import service as staff
from tests.conftest import NOON
from tests.make import premises as make_premises
from tests.make import reports as make
from tests.make import staff as make_staff
from tests.reports.conftest import (
    REPORTS,
    acts,
    announced,
    appears,
    delivered,
    enters,
    files,
    key_of,
    sheet_of,
    works,
)
from tests.requests.conftest import acting
from tests.world import REGION

LOCAL_NOON = NOON.astimezone(ZoneInfo('Europe/Moscow')).replace(tzinfo=None)


@pytest.fixture
def no_bucket(monkeypatch, house):
    """The bucket cannot be written to."""
    monkeypatch.setenv('REPORTS_BUCKET', 'gone-for-good')


def completes(house, number):
    crew = {'department_id': house.plumbers, 'assignee_ids': (house.crew[0].id,)}
    requests.start(number, Start(**crew), by=house.dispatcher)
    requests.complete(number, Step(), by=house.dispatcher)
    appears(number)


def asked(report_id):
    return ReportEvent.model_validate(next(d.event for d in announced() if d.event['report_id'] == report_id))


def claimed(report_id):
    """A worker has taken the job, and did nothing more."""
    report = writing.claim(asked(report_id))
    assert report is not None
    return report


@pytest.mark.proves('RPT-001', 'RPT-011', 'RPT-005')
def test_the_workbook_holds_the_chosen_columns_and_a_row_for_each_request(house, order, look, time):
    first = enters(house)
    time.advance(minutes=1)
    second = enters(house, 'single', premises_id=house.other_flat, building_id=house.other_building,
                    client_id=None, unregistered={'name': '=1+1', 'phone': '+79031112233'})  # fmt: skip
    report_id = order(fields=['client', 'number', 'created_at', 'reaction_limit', 'phone'])
    assert works() == []
    job = look(report_id)
    assert (job['status'], job['progress'], job['rows'], job['failure']) == ('ready', 100, 2, None)
    sheet = sheet_of(job)
    assert sheet.title == 'Заявки'
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ['Номер', 'Дата создания', 'Клиент', 'Телефон клиента', 'SLA времени реакции'],
        [second, LOCAL_NOON + timedelta(minutes=1), '=1+1', '+79031112233', None],
        [first, LOCAL_NOON, 'Петров Пётр', '+79161234567', timedelta(hours=1)],
    ]
    assert sheet['C2'].data_type != 'f'
    assert (sheet.freeze_panes, sheet.column_dimensions['C'].width) == ('A2', 30)


@pytest.mark.proves('RPT-008', 'SLA-015', 'RPT-007')
def test_overdue_requests_are_exported_with_their_execution_time(house, rows, time):
    late, quick = enters(house), enters(house)
    crew = {'department_id': house.plumbers, 'assignee_ids': (house.crew[0].id,)}
    for number in (late, quick):
        requests.start(number, Start(**crew), by=house.dispatcher)
    requests.complete(quick, Step(), by=house.dispatcher)
    time.advance(hours=30)
    requests.sweep()
    requests.complete(late, Step(), by=house.dispatcher)
    appears()
    fields = ['number', 'execution_time', 'execution_verdict']
    assert rows(fields=fields, filters={'is_overdue': True}) == [
        ['Номер', 'Соблюдение SLA времени выполнения', 'Время выполнения'],
        [late, 'Нарушен', timedelta(hours=30)],
    ]


@pytest.mark.proves('RPT-007', 'AMB-37', 'REQ-050')
def test_the_report_is_of_the_tab_and_of_what_was_sought(house, rows):
    new, done = enters(house), enters(house, 'single')
    completes(house, done)
    assert [row[0] for row in rows(tab='new')[1:]] == [new]
    assert {row[0] for row in rows(tab='all')[1:]} == {new, done}
    assert [row[0] for row in rows(tab='all', search='электр')[1:]] == [done]
    assert rows(tab='new', search='электр')[1:] == []


def test_a_report_shows_what_its_author_was_allowed_when_he_ordered_it(house, order, look):
    here = enters(house)
    enters(house, building_id=house.other_building, premises_id=None, client_id=None, channel='internal')
    narrow = acts(house.dispatcher, scope=Scope(frozenset({house.building})), locale='en')
    report_id = order(by=narrow)
    works()
    sheet = sheet_of(look(report_id, by=narrow))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ['Number', 'Status'],
        [here, 'Waiting'],
    ]


def test_places_and_departments_are_named(house, rows):
    quarter = make_premises.quarter(name='Мирный')
    buildings.change(house.building, BuildingChanges(quarter_id=quarter.id), by=house.dispatcher)
    number = enters(house, department_id=house.plumbers)
    assert rows(fields=['number', 'quarter', 'department'])[1:] == [[number, 'Мирный', 'Сантехники']]


def test_more_requests_than_a_batch_are_all_written_once(house, rows):
    wanted = NewRequest(**house.order('plumbing'))
    numbers = [requests.order(wanted, by=house.dispatcher).number for _ in range(120)]
    appears(*numbers)
    assert sorted(row[0] for row in rows()[1:]) == numbers


def test_the_file_is_found_by_its_author_alone_and_named_for_him(house, order, look):
    report_id = order()
    works()
    job = look(report_id)
    assert files() == [key_of(job)] == [f'demo/{report_id}/1.xlsx']
    stored = boto3.client('s3', region_name=REGION).head_object(Bucket='test-reportsbucket', Key=key_of(job))
    assert stored['ContentLength'] == job['size']
    assert stored['ContentDisposition'] == (
        'attachment; filename="report.xlsx"; '
        "filename*=UTF-8''%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B8%202026-11-23%2012-00.xlsx"
    )
    link = job['links']['file']
    assert link.startswith('https://test-reportsbucket.s3.eu-central-1.amazonaws.com/')
    assert 'X-Amz-Expires=900' in link and 'X-Amz-Signature=' in link


def test_the_link_ends_with_the_days_of_the_file(house, order, look, call, time):
    report_id = order()
    works()
    assert look(report_id)['expires_at'] == '2026-11-30T09:00:00.000Z'
    time.move(datetime(2026, 11, 30, 8, 59, 59, tzinfo=UTC))
    assert look(report_id)['links']['file']
    time.advance(seconds=1)
    assert look(report_id)['links']['file'] is None
    assert call('GET', REPORTS).json_body['items'][0]['links']['file'] is None


def test_the_same_message_again_writes_nothing_again(house, order, look):
    report_id = order()
    [message] = delivered()
    assert works(message, message) == []
    before = look(report_id)
    assert works(message) == []
    assert look(report_id)['version'] == before['version']
    assert files() == [f'demo/{report_id}/1.xlsx']


def test_of_two_workers_one_has_the_job(house, order):
    report_id = order()
    claimed(report_id)
    assert works() == []
    assert (make.kept(report_id).status, make.kept(report_id).attempts) == ('running', 1)
    assert files() == []


def test_a_worker_hears_that_his_job_was_cancelled(house, order, look, call):
    enters(house)
    report_id = order()
    report = claimed(report_id)
    assert call('DELETE', f'{REPORTS}/{report_id}').status_code == 204
    with pytest.raises(TakenAway):
        writing.make_file(report)
    assert (look(report_id)['status'], files()) == ('cancelled', [])


def test_what_was_cancelled_at_the_last_moment_leaves_no_file(house, order, look, call):
    report_id = order()
    report = claimed(report_id)
    file, rows = writing.make_file(report)
    assert files() == [file.key]
    call('DELETE', f'{REPORTS}/{report_id}')
    writing.finish(report, file, rows)
    assert (look(report_id)['status'], look(report_id)['links']['file'], files()) == ('cancelled', None, [])


def test_a_worker_tells_how_far_he_is_after_a_thousand_requests_or_two_seconds(house, order, look, time):
    report_id = order()
    progress = filling.Progress(claimed(report_id), total=4000)
    progress.add(999)
    assert (look(report_id)['status'], look(report_id)['rows']) == ('running', 0)
    progress.add(1)
    assert (look(report_id)['rows'], look(report_id)['progress']) == (1000, 25)
    time.advance(seconds=2)
    progress.add(1)
    assert (look(report_id)['rows'], look(report_id)['progress']) == (1001, 25)
    assert make.kept(report_id).worked_at == time.at


def test_a_report_of_an_employee_who_left_fails_and_says_why(house, order, look):
    leaver = make_staff.employee(name='Уходящий Устин')
    by = acting(leaver)
    enters(house)
    report_id = order(by=by)
    staff.employees.dismiss(leaver.id, by=house.dispatcher)
    assert works() == []
    job = look(report_id, by=by)
    assert (job['status'], job['failure']['code'], job['links']['file']) == (
        'failed',
        'employee_dismissed',
        None,
    )
    assert job['failure']['message'] == 'Сотрудник, заказавший отчёт, больше не работает в организации.'
    assert files() == []
    assert [told.type for told in announced()] == ['ReportOrdered', 'ReportFailed']


def test_what_breaks_off_waits_for_the_next_attempt(house, order, look, no_bucket):
    report_id = order()
    assert works() == ['m0']
    job = look(report_id)
    assert (job['status'], job['progress'], job['failure']) == ('waiting', 0, None)
    assert make.kept(report_id).attempts == 1


def test_what_breaks_off_three_times_fails_and_says_so(house, order, look, no_bucket):
    report_id = order()
    for _ in range(life.MOST_ATTEMPTS):
        assert works() == ['m0']
    assert works() == []
    job = look(report_id)
    assert (job['status'], job['failure']['code'], job['links']['file']) == ('failed', 'interrupted', None)
    order()


def test_what_broke_off_is_written_by_the_next_attempt(house, order, look, monkeypatch):
    enters(house)
    report_id = order()
    with monkeypatch.context() as patch:
        patch.setenv('REPORTS_BUCKET', 'gone-for-good')
        assert works() == ['m0']
    assert works() == []
    assert (look(report_id)['status'], look(report_id)['rows']) == ('ready', 1)
    assert files() == [f'demo/{report_id}/2.xlsx']


def test_a_job_that_is_not_there_is_no_message_to_come_again(world, time):
    service.write(asked_of_nothing())
    assert announced() == []


def asked_of_nothing():
    return ReportEvent(
        organisation='demo', at=datetime(2026, 11, 23, tzinfo=UTC), by={'kind': 'system'}, report_id='none'
    )
