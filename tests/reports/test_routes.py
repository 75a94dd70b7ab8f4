"""The doors: what can be ticked, what is ordered, who sees a job, and how it is cancelled."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chalicelib.kit.caller import ClientKind, Scope
from chalicelib.reports.model import DEFAULT_TICKS, EVERY_FIELD
from chalicelib.reports.rules import life
from chalicelib.requests import service as requests
from chalicelib.requests.model.filters import Filters, PageName
from chalicelib.staff.model import Permission
from tests.make import reports as make
from tests.make import staff as make_staff
from tests.reports.conftest import REPORTS, acts, announced, enters, files, works
from tests.requests.conftest import acting

ORDER = {'fields': ['number'], 'tab': 'all'}
DOORS = [('GET', '/fields', None), ('POST', '', ORDER), ('GET', '', None), ('GET', '/{id}', None),
         ('DELETE', '/{id}', None)]  # fmt: skip


@pytest.fixture
def ticked(call):
    def ticked(by=None):
        fields = call('GET', f'{REPORTS}/fields', by=by).json_body['fields']
        assert [field['code'] for field in fields] == list(EVERY_FIELD)
        return [field['code'] for field in fields if field['is_ticked']]

    return ticked


@pytest.fixture
def colleague(house):
    return acting(make_staff.employee(name='Дежурный Денис'))


@pytest.mark.proves('RPT-003', 'RPT-006', 'SET-003', 'AMB-37')
def test_the_ticks_of_the_last_report_are_remembered_for_each_employee(ticked, order, call, colleague):
    assert set(ticked()) == set(DEFAULT_TICKS)
    order(fields=['rating', 'number', 'rating'])
    assert ticked() == ['number', 'rating']
    order(fields=['all'])
    assert ticked() == list(EVERY_FIELD)
    assert set(ticked(by=colleague)) == set(DEFAULT_TICKS)


@pytest.mark.proves('RPT-006', 'RPT-010')
def test_what_was_not_ordered_is_not_remembered(ticked, call):
    for fields in ([], ['number', 'no_such'], 'number', None):
        answer = call('POST', REPORTS, {**ORDER, 'fields': fields})
        assert answer.status_code == 400
    call('GET', f'{REPORTS}/fields')
    assert set(ticked()) == set(DEFAULT_TICKS)
    assert announced() == []


@pytest.mark.proves('RPT-010')
@pytest.mark.parametrize(
    'body, path, code',
    [
        ({'fields': [], 'tab': 'all'}, 'body.fields', 'too_short'),
        ({'tab': 'all'}, 'body.fields', 'missing'),
        ({'fields': ['number', 'no_such'], 'tab': 'all'}, 'body.fields[1]', 'enum'),
        ({'fields': ['number']}, 'body.tab', 'missing'),
        ({'fields': ['number'], 'tab': 'mine'}, 'body.tab', 'enum'),
        ({**ORDER, 'filters': {'status': ['no_such']}}, 'body.filters.status[0]', 'enum'),
        ({**ORDER, 'filters': {'no_such': 1}}, 'body.filters.no_such', 'extra_forbidden'),
        ({**ORDER, 'search': 'я' * 101}, 'body.search', 'string_too_long'),
    ],
)
def test_a_bad_order_is_told_where_it_is_bad(body, path, code, call):
    answer = call('POST', REPORTS, body)
    assert answer.status_code == 400
    assert [(error['path'], error['code']) for error in answer.json_body['errors']] == [(path, code)]


@pytest.mark.proves('RPT-001', 'RPT-005')
def test_an_order_is_a_job_that_waits(order, look, call, time):
    answer = call('POST', REPORTS, ORDER)
    assert answer.status_code == 202
    job = answer.json_body
    assert (job['status'], job['progress'], job['rows']) == ('waiting', 0, 0)
    assert job['links'] == {'report': f'{REPORTS}/{job["id"]}', 'file': None}
    assert (job['failure'], job['size'], job['expires_at']) == (None, None, None)
    assert look(job['id']) == job
    assert answer.headers['ETag'] == '"1"'


def test_an_order_tells_who_took_which_data(order, house):
    report_id = order(fields=['phone'], filters={'status': ['waiting']}, search='Петров')
    [told] = announced()
    assert (told.type, told.event['report_id'], told.event['by']['id']) == (
        'ReportOrdered',
        report_id,
        house.dispatcher.id,
    )
    assert (told.event['fields'], told.event['tab'], told.event['search']) == (['phone'], 'all', 'Петров')
    assert told.event['filters'] == {'status': ['waiting']}


def test_the_same_key_orders_once(call):
    first, again = (call('POST', REPORTS, ORDER, idempotency_key='k') for _ in range(2))
    assert first.body == again.body
    assert len(announced()) == 1


def test_an_employee_waits_for_three_reports_at_most(order, call, colleague):
    waiting = [order() for _ in range(life.MOST_OPEN)]
    refusal = call('POST', REPORTS, {**ORDER, 'fields': ['rating']})
    assert (refusal.status_code, refusal.json_body['code']) == (409, 'TooManyReports')
    assert refusal.json_body['params'] == {'limit': life.MOST_OPEN}
    assert len(announced()) == life.MOST_OPEN
    order(by=colleague)
    call('DELETE', f'{REPORTS}/{waiting[0]}')
    order()
    assert call('POST', REPORTS, ORDER).status_code == 409
    assert works() == []
    assert [order() for _ in range(life.MOST_OPEN)]


@pytest.mark.proves('RPT-002')
@pytest.mark.parametrize('method, path, body', DOORS)
@pytest.mark.parametrize('lacking', ['requests.report', 'requests.view'])
def test_reports_take_two_permissions(method, path, body, lacking, house, order, call):
    path = REPORTS + path.format(id=order())
    blind = acts(house.dispatcher, permissions=frozenset(Permission) - {lacking})
    answer = call(method, path, body, by=blind)
    assert (answer.status_code, answer.json_body['code']) == (403, 'PermissionMissing')
    assert answer.json_body['params'] == {'permission': lacking}


@pytest.mark.proves('RPT-012')
@pytest.mark.parametrize('method, path, body', DOORS)
def test_the_application_of_employees_makes_no_reports(method, path, body, house, order, call):
    path = REPORTS + path.format(id=order())
    answer = call(method, path, body, by=acts(house.dispatcher, client=ClientKind.STAFF_APP))
    assert (answer.status_code, answer.json_body['code']) == (403, 'ReportsOnlyInCrm')


@pytest.mark.parametrize('method', ['GET', 'DELETE'])
def test_the_report_of_another_is_not_there_for_anybody(method, house, order, call, colleague):
    report_id = order()
    stranger = acts(house.dispatcher, organisation='other')
    for by in (colleague, stranger):
        answer = call(method, f'{REPORTS}/{report_id}', by=by)
        assert (answer.status_code, answer.json_body['code']) == (404, 'ReportNotFound')
        assert call('GET', REPORTS, by=by).json_body['items'] == []
    assert make.kept(report_id).status == 'waiting'


def test_own_reports_are_listed_newest_first_page_after_page(order, call, time):
    ordered = []
    for _ in range(3):
        ordered.append(order())
        time.advance(minutes=1)
    first = call('GET', f'{REPORTS}?limit=2').json_body
    second = call('GET', f'{REPORTS}?limit=2&cursor={first["next_cursor"]}').json_body
    assert [job['id'] for job in first['items'] + second['items']] == ordered[::-1]
    assert second['next_cursor'] is None


def test_what_waits_is_cancelled_and_never_written(house, order, look, call):
    enters(house)
    report_id = order()
    answer = call('DELETE', f'{REPORTS}/{report_id}')
    assert (answer.status_code, answer.body) == (204, b'')
    assert works() == []
    assert look(report_id)['status'] == 'cancelled'
    assert look(report_id)['links']['file'] is None
    assert files() == []
    assert [told.type for told in announced()] == ['ReportOrdered', 'ReportCancelled']


def test_what_is_over_is_not_cancelled(order, look, call):
    ready, cancelled = order(), order()
    works()
    call('DELETE', f'{REPORTS}/{order()}')
    for report_id in (ready, cancelled):
        before = look(report_id)
        answer = call('DELETE', f'{REPORTS}/{report_id}')
        assert (answer.status_code, answer.json_body['code']) == (409, 'ReportAlreadyOver')
        assert look(report_id)['version'] == before['version']


def test_a_version_is_honoured(order, look, call):
    report_id = order()
    assert call('DELETE', f'{REPORTS}/{report_id}', if_match='"7"').status_code == 412
    assert look(report_id)['status'] == 'waiting'
    assert call('DELETE', f'{REPORTS}/{report_id}', if_match='"1"').status_code == 204


def test_titles_are_in_the_language_of_the_caller(house, call):
    english = acts(house.dispatcher, locale='en')
    for by, title in ((house.dispatcher, 'Время выполнения'), (english, 'Execution time')):
        fields = call('GET', f'{REPORTS}/fields', by=by).json_body['fields']
        assert title in [field['title'] for field in fields]


@pytest.mark.proves('RPT-007', 'REQ-050', 'AMB-37', 'AMB-34')
def test_filters_left_out_are_those_saved_on_the_page(house, rows):
    plumbing, electric = enters(house), enters(house, 'single')
    offering = Filters(offering_id=[house.offerings['single']])
    requests.save_filters(PageName.ALL, offering, by=house.dispatcher)
    assert [row[0] for row in rows()[1:]] == [electric]
    assert {row[0] for row in rows(filters={})[1:]} == {plumbing, electric}
    assert [row[0] for row in rows(filters={'offering_id': [house.offerings['plumbing']]})[1:]] == [plumbing]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=some.lists(some.sampled_from(['order', 'cancel', 'work']), max_size=12))
def test_nobody_is_ever_kept_from_more_reports_than_he_waits_for(deeds, call):
    listed = call('GET', f'{REPORTS}?limit=100').json_body['items']
    waiting = [job for job in listed if job['status'] == 'waiting']
    for deed in deeds:
        if deed == 'order':
            answer = call('POST', REPORTS, ORDER)
            assert answer.status_code == (202 if len(waiting) < life.MOST_OPEN else 409)
            waiting += [answer.json_body] if answer.status_code == 202 else []
        elif deed == 'work':
            works()
            waiting = []
        elif waiting:
            assert call('DELETE', f'{REPORTS}/{waiting.pop()["id"]}').status_code == 204


def test_a_scope_of_no_building_makes_an_empty_report(house, order, look):
    enters(house)
    blind = acts(house.dispatcher, scope=Scope(frozenset()))
    report_id = order(by=blind)
    works()
    assert (look(report_id, by=blind)['status'], look(report_id, by=blind)['rows']) == ('ready', 0)
