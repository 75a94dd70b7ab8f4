"""The table of columns, what stands in their cells, and what becomes of a job."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.files.model import Attached
from chalicelib.kit import texts
from chalicelib.kit.outbox import Actor, ActorKind
from chalicelib.reports.model import DEFAULT_TICKS, EVERY_FIELD, Failure, Report, ReportField, ReportStatus
from chalicelib.reports.rules import columns, life
from chalicelib.reports.rules.columns import LINES, Around
from chalicelib.reports.service import wording
from chalicelib.requests.model.preferences import DEFAULT_COLUMNS
from chalicelib.requests.model.request import (
    Clock,
    FormAnswer,
    PaidStanding,
    Person,
    Place,
    Rating,
    RefundSum,
)
from chalicelib.requests.model.status import Channel, PaidState, RefundStatus, Status, Verdict
from tests.conftest import NOON
from tests.make import requests as make

AGREED = """
number integer | status text | status_comment text | channel text | offering text | form text | labels text
incident text | created_at instant | author text | updated_at instant | address text | premises text
quarter text | group text | client text | phone text | assignees text | controller text | department text
first_started_at instant | reaction_limit duration | react_until instant | reaction_verdict text
reaction_time duration | execution_limit duration | execute_until instant | execution_verdict text
execution_time duration | suspended_until instant | done_at instant | cancelled_at instant | rating integer
rating_comment text | paid text | refund_status text | refund_sum money
"""

RUSSIAN = Around(words=wording.words('ru'), names={'q1': 'Мирный', 'g1': 'Новый фонд', 'd1': 'Сантехники'})
HOUR = timedelta(hours=1)
SPANS = some.integers(0, 10**11).map(lambda milliseconds: timedelta(milliseconds=milliseconds))
PHOTO = Attached(file_id='f1', name='кран.jpg', size=1, content_type='image/jpeg', key='kept/f1')
FULL = make.request(
    Status.DONE,
    status_comment='ждали деталь',
    form=(
        FormAnswer(code='a', label='Что случилось?', value='Течёт'),
        FormAnswer(code='b', label='Сколько', value=2),
        FormAnswer(code='c', label='Фото', value='f1', file=PHOTO),
    ),
    place=Place(
        building_id='b1', address='ул. Мира, 5', quarter_id='q1', group_id='g1', premises_number='007'
    ),
    department_id='d1',
    assignees=(make.IVAN, make.OLGA),
    controller=Person(id='k', name='Контролёва Ксения'),
    paid=PaidStanding(
        states=frozenset({PaidState.PAID, PaidState.REFUND_REQUESTED}),
        refund=RefundSum(status=RefundStatus.REQUESTED, amount_minor=125_050),
    ),
    incident_id='water',
    incident_title='Нет воды',
    first_started_at=NOON + HOUR / 2,
    reaction=Clock(until=NOON + HOUR, verdict=Verdict.OBSERVED),
    execution=Clock(until=NOON + 4.5 * HOUR, verdict=Verdict.BREACHED),
    resume_until=NOON + 2 * HOUR,
    done_at=NOON + 30 * HOUR,
    cancelled_at=NOON + 31 * HOUR,
    updated_at=NOON + 32 * HOUR,
    rating=Rating(points=4, comment='долго', at=NOON + 32 * HOUR),
)


def cell(field, request=FULL, around=RUSSIAN):
    return LINES[ReportField(field)].value(request, around)


@pytest.mark.proves('RPT-003', 'RPT-004')
def test_the_table_is_as_agreed_and_has_every_field_once():
    agreed = AGREED.strip().replace('\n', ' | ').split(' | ')
    assert [f'{line.field} {line.kind}' for line in columns.TABLE] == agreed
    assert tuple(line.field for line in columns.TABLE) == EVERY_FIELD
    assert set(EVERY_FIELD) == set(ReportField) - {ReportField.ALL}


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_field_heading_word_and_failure_is_in_the_catalogue(locale):
    cards = wording.fields((), locale)
    titles = [card.title for card in cards]
    assert len(set(titles)) == len(cards) == len(EVERY_FIELD)
    assert all(card.group_title for card in cards)
    assert all(wording.words(locale).values())
    for failure in Failure:
        assert texts.say(f'report-failure-{failure}', locale, limit=1)
    assert all(8 <= wording.heading(line, locale).width <= 60 for line in columns.TABLE)


@pytest.mark.proves('RPT-009')
def test_a_request_fills_its_cells():
    assert {field: cell(field) for field in EVERY_FIELD} == {
        'number': 17, 'status': 'Выполнено', 'status_comment': 'ждали деталь',
        'channel': 'Входящий звонок', 'offering': 'Сантехник',
        'form': 'Что случилось? Течёт\nСколько: 2\nФото: кран.jpg',
        'labels': 'Нарушен SLA времени выполнения, Счёт оплачен, Возврат запрошен',
        'incident': 'Нет воды', 'created_at': NOON, 'author': 'Диспетчер', 'updated_at': NOON + 32 * HOUR,
        'address': 'ул. Мира, 5', 'premises': '007', 'quarter': 'Мирный', 'group': 'Новый фонд',
        'client': 'Петров Пётр', 'phone': '+79161234567', 'assignees': 'Иванов Иван, Орлова Ольга',
        'controller': 'Контролёва Ксения', 'department': 'Сантехники',
        'first_started_at': NOON + HOUR / 2, 'reaction_limit': HOUR, 'react_until': NOON + HOUR,
        'reaction_verdict': 'Соблюдён', 'reaction_time': HOUR / 2, 'execution_limit': 4 * HOUR,
        'execute_until': NOON + 4.5 * HOUR, 'execution_verdict': 'Нарушен', 'execution_time': 29.5 * HOUR,
        'suspended_until': NOON + 2 * HOUR, 'done_at': NOON + 30 * HOUR, 'cancelled_at': NOON + 31 * HOUR,
        'rating': 4, 'rating_comment': 'долго', 'paid': 'Счёт оплачен, Возврат запрошен',
        'refund_status': 'Запрошен', 'refund_sum': 125_050,
    }  # fmt: skip


def test_what_a_request_does_not_have_leaves_its_cell_empty():
    bare = make.request(customer=None, place=Place(building_id='b1', address='ул. Мира, 5'))
    has = {'number', 'status', 'channel', 'offering', 'created_at', 'author', 'updated_at', 'address',
           'reaction_limit', 'execution_limit'}  # fmt: skip
    assert {field for field in EVERY_FIELD if cell(field, bare) not in (None, '')} == has


def test_what_has_no_name_any_more_leaves_its_cell_empty():
    nameless = Around(words=RUSSIAN.words, names={})
    assert [cell(field, around=nameless) for field in ('quarter', 'group', 'department')] == [None] * 3


def test_who_has_no_name_is_named_by_what_he_is():
    system = make.request(created_by=Actor(kind=ActorKind.SYSTEM))
    assert cell('author', system) == 'Система'
    resident = make.request(created_by=Actor(kind=ActorKind.RESIDENT, id='c', name='Петров Пётр'))
    assert cell('author', resident) == 'Петров Пётр'


@pytest.mark.proves('AMB-01', 'REQ-087')
def test_a_status_has_one_name_in_the_neuter():
    named = {str(status): cell('status', make.request(status)) for status in Status}
    assert named == {
        'waiting': 'Ожидание', 'in_progress': 'В работе', 'done': 'Выполнено', 'suspended': 'Приостановлено',
        'cancelled': 'Отменено', 'reopened': 'Переоткрыто', 'approval': 'Согласование',
        'clarification': 'Требует уточнения', 'quality_control': 'Контроль качества',
    }  # fmt: skip


@pytest.mark.parametrize('status', Status)
@pytest.mark.parametrize('channel', Channel)
def test_every_status_and_channel_has_its_word(status, channel):
    request = make.request(status, channel=channel)
    assert cell('status', request) and cell('channel', request)


@pytest.mark.proves('RPT-008', 'SLA-015')
@given(started=SPANS, took=SPANS)
def test_execution_takes_from_the_first_start_to_the_completion(started, took):
    begun = NOON + started
    request = make.request(Status.DONE, first_started_at=begun, done_at=begun + took)
    assert (columns.reaction_time(request), columns.execution_time(request)) == (started, took)
    assert columns.execution_time(make.request(first_started_at=begun)) is None
    assert columns.execution_time(make.request(Status.DONE, done_at=begun)) is None


@given(ticks=some.lists(some.sampled_from([*EVERY_FIELD, 'of another release'])))
def test_ticks_are_columns_each_once_in_the_order_of_the_table(ticks):
    chosen = columns.chosen(ticks)
    assert set(chosen) == set(ticks) - {'of another release'}
    assert [EVERY_FIELD.index(field) for field in chosen] == sorted(EVERY_FIELD.index(f) for f in chosen)
    assert columns.chosen([*ticks, 'all']) == EVERY_FIELD


def test_at_first_the_columns_of_the_list_are_ticked():
    assert [str(field) for field in DEFAULT_TICKS] == [str(column) for column in DEFAULT_COLUMNS]


# -- the job -----------------------------------------------------------------------------------------


def job(status=ReportStatus.WAITING, **changes):
    return Report(
        id='r', organisation='demo', author_id='e', status=status, created_at=NOON, worked_at=NOON, **changes
    )


def test_a_worker_takes_what_waits_or_what_another_left_behind():
    soon, late = NOON + life.UNATTENDED - timedelta(milliseconds=1), NOON + life.UNATTENDED
    assert life.may_be_claimed(job(), NOON)
    assert not life.may_be_claimed(job(ReportStatus.RUNNING, attempts=1), soon)
    assert life.may_be_claimed(job(ReportStatus.RUNNING, attempts=1), late)
    assert not life.may_be_claimed(job(ReportStatus.RUNNING, attempts=life.MOST_ATTEMPTS), late)
    for status in ReportStatus:
        if status.is_over:
            assert not life.may_be_claimed(job(status), late)
            assert not life.is_unattended(job(status), late)


def test_a_job_is_given_up_after_three_attempts_or_a_day():
    late = NOON + life.LONGEST_WAIT
    assert life.given_up(job(attempts=2), NOON) is None
    assert life.given_up(job(attempts=3), NOON) is Failure.INTERRUPTED
    assert life.given_up(job(), late - timedelta(milliseconds=1)) is None
    assert life.given_up(job(), late) is Failure.NOT_STARTED
    assert life.given_up(job(attempts=1), late) is Failure.INTERRUPTED


@given(done=some.integers(0, 10**6), total=some.integers(0, 10**6))
def test_a_hundred_per_cent_are_told_of_a_file_only(done, total):
    assert 0 <= life.percent(min(done, total), total) <= 99


def test_every_change_of_a_job_is_another_version():
    running = life.claimed(job(), NOON)
    later = (
        life.put_back(running, NOON),
        life.failed(running, Failure.INTERRUPTED, NOON),
        life.cancelled(running, NOON),
    )
    assert running.version == 2
    assert {report.version for report in later} == {3}
