"""The register of payments as a workbook: a second kind of report, by the same jobs."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import boto3
import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.caller import ClientKind, Scope
from chalicelib.kit.money import Money
from chalicelib.registers import repository as registers
from chalicelib.reports import service
from chalicelib.reports.events import ReportEvent
from chalicelib.reports.model import NewPaymentsReport, TakenAway
from chalicelib.reports.rules import life, payments
from chalicelib.reports.service import filling, writing
from chalicelib.staff.model import Permission
from tests.conftest import NOON
from tests.make import registers as make_registers
from tests.make import reports as make
from tests.make import staff as make_staff
from tests.reports.conftest import (
    REPORTS,
    announced,
    bucket,
    delivered,
    files,
    key_of,
    sheet_of,
    works,
)
from tests.world import REGION

PAYMENTS = '/v1/staff/payments/reports'
VIEW, MARKETPLACE = Permission.PAYMENTS_VIEW, Permission.PAYMENTS_MARKETPLACE


def accountant(house, *more, **changes):
    return replace(house.dispatcher, permissions=frozenset({VIEW, *more}), **changes)


def filled(*entries):
    for one in entries:
        dynamo.send([registers.entering(one)])


def ordered(call, by, **filters):
    answer = call('POST', PAYMENTS, {'filters': filters}, by=by)
    assert answer.status_code == 202, answer.json_body
    return answer.json_body


def read(call, by, report_id):
    answer = call('GET', f'{PAYMENTS}/{report_id}', by=by)
    assert answer.status_code == 200, answer.json_body
    return answer.json_body


def sheet(call, by, **filters):
    report_id = ordered(call, by, **filters)['id']
    works(delivered()[-1])
    return sheet_of(read(call, by, report_id))


def rows(call, by, **filters):
    return [[cell.value for cell in row] for row in sheet(call, by, **filters).iter_rows()]


def hour(of_moscow):
    """That hour of the day as Excel holds it, which knows no zones."""
    return NOON.replace(hour=of_moscow, tzinfo=None)


def refund(**changes):
    of = {'kind': 'refund', 'state': 'returned', 'id': '17-1-p-r', 'payment_id': '17-1-p', **changes}
    return make_registers.entry(**{'created_at': NOON + timedelta(hours=2), **of})


@pytest.mark.proves('PAY-008')
def test_the_workbook_holds_the_register_with_russian_heads_typed_cells_and_a_total(call, house):
    entity = make_staff.legal_entity(name='ООО «Домовой»')
    filled(
        make_registers.entry(legal_entity_id=entity.id, external_id='2fb1', premises_number='12'),
        make_registers.entry(ordinal=2, state='declined', decline='expired', ended_at=None, method='sbp',
                             created_at=NOON + timedelta(hours=1)),
        refund(amount=Money(minor=25050), legal_entity_id=entity.id),
    )  # fmt: skip
    head, first, second, third, total = rows(call, accountant(house))
    assert head[:8] == [
        'Вид', 'Состояние', 'Начат', 'Завершён', 'Сумма', 'Поступило', 'Возвращено', 'Заявка',
    ]  # fmt: skip
    assert len(head) == len(payments.TABLE)
    assert first[:8] == ['Возврат', 'Возвращён', hour(14), hour(12), 250.5, None, 250.5, 17]
    assert second[:8] == ['Платёж', 'Отклонён', hour(13), None, 1250, None, None, 17]
    assert third[4:7] == [1250, 1250, None]
    told = dict(zip(head, third, strict=True))
    assert told['Клиент'] == 'Петров Пётр'
    assert (told['Адрес'], told['Помещение']) == ('ул. Мира, 5', '12')
    assert (told['Юридическое лицо'], told['Платёжный сервис']) == ('ООО «Домовой»', 'ЮKassa')
    assert told['Номер в платёжном сервисе'] == '2fb1'
    assert (told['Маркетплейс'], told['Тестовый']) == ('Нет', 'Нет')
    assert dict(zip(head, second, strict=True))['Причина отказа'] == 'Не оплачен вовремя'
    assert (total[0], total[5], total[6]) == ('Итого', 1250, 250.5)
    assert [cell for place, cell in enumerate(total) if place not in (0, 5, 6)] == [None] * (len(head) - 3)


def test_who_sorts_or_filters_the_workbook_leaves_the_total_where_it_is(call, house):
    filled(make_registers.entry(), make_registers.entry(18, 2))
    made = sheet(call, accountant(house))
    assert [cell.value for cell in made['A']] == ['Вид', 'Платёж', 'Платёж', 'Итого']
    assert made.auto_filter.ref == f'A1:{made.cell(3, len(payments.TABLE)).coordinate}'


def test_the_filters_of_the_list_are_those_of_the_workbook(call, house):
    filled(make_registers.entry(), make_registers.entry(18, 2, client_id='ivanov'))
    by = accountant(house)
    assert [row[7] for row in rows(call, by, client_id='ivanov')[1:]] == [18, None]
    assert [row[7] for row in rows(call, by, since='2026-11-24')[1:]] == [None]
    assert [row[7] for row in rows(call, by)[1:]] == [18, 17, None]


@pytest.mark.proves('PAY-008', 'IAM-008')
def test_the_workbook_shows_its_author_what_he_may_see_and_no_more(call, house):
    filled(make_registers.entry(), make_registers.entry(18, 2, is_marketplace=True),
           make_registers.entry(19, 3, building_id='b2'))  # fmt: skip
    scope = Scope(frozenset({'b1'}))
    assert [row[7] for row in rows(call, accountant(house))[1:]] == [19, 17, None]
    assert [row[7] for row in rows(call, accountant(house, MARKETPLACE))[1:]] == [19, 18, 17, None]
    assert [row[7] for row in rows(call, accountant(house, MARKETPLACE, scope=scope))[1:]] == [18, 17, None]


def test_what_looks_like_a_formula_stays_a_text(call, house):
    filled(make_registers.entry(client_name='=HYPERLINK("http://evil")', offering_name='+7 900'))
    by = accountant(house)
    report_id = ordered(call, by)['id']
    works(delivered()[-1])
    cells = [cell for row in sheet_of(read(call, by, report_id)).iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value in ('=HYPERLINK("http://evil")', '+7 900')]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [('s', True)] * 2


def test_the_job_is_read_and_cancelled_by_its_author_alone(call, house):
    by, other = accountant(house), accountant(house, id='another')
    card = ordered(call, by)
    assert (card['status'], card['progress'], card['links']['file']) == ('waiting', 0, None)
    assert card['links']['report'] == f'{PAYMENTS}/{card["id"]}'
    for method in ('GET', 'DELETE'):
        assert call(method, f'{PAYMENTS}/{card["id"]}', by=other).json_body['code'] == 'ReportNotFound'
    assert call('GET', PAYMENTS, by=other).json_body['items'] == []
    assert [one['id'] for one in call('GET', PAYMENTS, by=by).json_body['items']] == [card['id']]
    assert call('DELETE', f'{PAYMENTS}/{card["id"]}', by=by).status_code == 204
    works(delivered()[0])
    assert read(call, by, card['id'])['status'] == 'cancelled'
    assert files() == []
    again = call('DELETE', f'{PAYMENTS}/{card["id"]}', by=by)
    assert (again.status_code, again.json_body['code']) == (409, 'ReportAlreadyOver')


def test_the_two_kinds_of_reports_do_not_meet_at_their_doors(call, house):
    both = replace(house.dispatcher, client=ClientKind.CRM)
    of_requests = call('POST', REPORTS, {'fields': ['number'], 'tab': 'all'}, by=both).json_body['id']
    of_payments = ordered(call, both)['id']
    assert call('GET', f'{PAYMENTS}/{of_requests}', by=both).json_body['code'] == 'ReportNotFound'
    assert call('GET', f'{REPORTS}/{of_payments}', by=both).json_body['code'] == 'ReportNotFound'
    assert [one['id'] for one in call('GET', REPORTS, by=both).json_body['items']] == [of_requests]
    assert [one['id'] for one in call('GET', PAYMENTS, by=both).json_body['items']] == [of_payments]


def test_of_each_kind_one_waits_for_as_many_as_one_may_wait_for(call, house):
    by = replace(house.dispatcher, client=ClientKind.CRM)
    waiting = [ordered(call, by)['id'] for _ in range(life.MOST_OPEN)]
    answer = call('POST', PAYMENTS, {}, by=by)
    assert (answer.status_code, answer.json_body['code']) == (409, 'TooManyReports')
    assert call('POST', REPORTS, {'fields': ['phone'], 'tab': 'all'}, by=by).status_code == 202
    assert call('DELETE', f'{PAYMENTS}/{waiting[0]}', by=by).status_code == 204
    ordered(call, by)
    # What he ticked for requests is as it was.
    fields = call('GET', f'{REPORTS}/fields', by=by).json_body['fields']
    assert [one['code'] for one in fields if one['is_ticked']] == ['phone']


def test_the_doors_are_for_who_sees_payments(call, house):
    nobody = replace(house.dispatcher, permissions=frozenset({Permission.REQUESTS_REPORT}))
    for method, path in (('POST', PAYMENTS), ('GET', PAYMENTS), ('GET', f'{PAYMENTS}/x')):
        answer = call(method, path, {} if method == 'POST' else None, by=nobody)
        assert (answer.status_code, answer.json_body['code']) == (403, 'PermissionMissing')
    answer = call('POST', PAYMENTS, {'filters': {'state': ['lost']}}, by=accountant(house))
    assert answer.json_body['errors'][0]['path'] == 'body.filters.state[0]'
    assert announced() == []


def test_the_order_is_announced_with_its_filters(call, house):
    ordered(call, accountant(house), state=['paid'], sum_from=100)
    [told] = announced('ReportOrdered')
    assert (told.event['kind'], told.event['fields'], told.event['tab']) == ('payments', [], None)
    assert told.event['filters'] == {'state': ['paid'], 'sum_from': 100}


def test_the_file_has_a_name_of_its_own(call, house):
    by = accountant(house)
    report_id = ordered(call, by)['id']
    works(delivered()[-1])
    key = key_of(read(call, by, report_id))
    kept = boto3.client('s3', region_name=REGION).head_object(Bucket=bucket(), Key=key)
    assert unquote(kept['ContentDisposition']).endswith("''Платежи 2026-11-23 12-00.xlsx")


def test_how_far_it_is_follows_from_the_time_that_was_walked_through(call, house, time, monkeypatch):
    monkeypatch.setattr(filling, 'MOST_UNTOLD', 1)
    monkeypatch.setattr(filling.dynamo, 'BATCH_READ_LIMIT', 1)
    filled(*(make_registers.entry(20 + n, n, created_at=NOON + timedelta(hours=n)) for n in range(5)))
    by = accountant(house)
    report_id = ordered(call, by)['id']
    seen = []
    tell = filling.repository.tell
    monkeypatch.setattr(
        filling.repository, 'tell', lambda *told: (seen.append(told[1:3]), tell(*told)),
    )  # fmt: skip
    works(delivered()[-1])
    assert seen == [(0, 0), (1, 0), (2, 25), (3, 50), (4, 75), (5, 99)]
    card = read(call, by, report_id)
    assert (card['progress'], card['rows'], card['status']) == (100, 5, 'ready')


def test_more_than_a_report_holds_is_refused(call, house, monkeypatch):
    monkeypatch.setattr(life, 'MOST_ROWS', 1)
    filled(make_registers.entry(), make_registers.entry(18, 2))
    by = accountant(house)
    report_id = ordered(call, by)['id']
    works(delivered()[-1])
    card = read(call, by, report_id)
    assert (card['status'], card['failure']['code']) == ('failed', 'too_many_rows')
    assert files() == []


def test_a_worker_that_dies_leaves_no_file_and_the_next_one_writes_it(call, house, time):
    filled(make_registers.entry())
    by = accountant(house)
    report_id = ordered(call, by)['id']
    taken = writing.claim(make_asked(report_id))
    writing.make_file(taken)  # and it is gone before it could say so
    assert read(call, by, report_id)['links']['file'] is None
    time.advance(minutes=6)
    service.sweep()
    works(delivered()[-1])
    card = read(call, by, report_id)
    assert (card['status'], card['rows']) == ('ready', 1)
    with pytest.raises(TakenAway):
        filling.Progress(taken, total=None).tell()


def make_asked(report_id):
    [one] = [told for told in delivered() if told.event['report_id'] == report_id]
    return ReportEvent.model_validate(one.event)


def test_a_report_of_payments_is_ordered_through_the_service_too(house):
    card = service.order_payments(NewPaymentsReport(), by=accountant(house))
    assert make.kept(card.id).kind == 'payments'
