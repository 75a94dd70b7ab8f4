"""The clock: jobs that no hand is on are found, begun anew, and given up in the end."""

import json
from pathlib import Path

import pytest

from chalicelib.reports import workers
from chalicelib.reports.model import ReportStatus
from chalicelib.reports.repository import ReportRow
from chalicelib.reports.rules import life
from chalicelib.reports.service import filling, writing
from tests.make import reports as make
from tests.reports.conftest import REPORTS, announced, delivered, enters, files, works
from tests.reports.test_writing import asked, claimed

SAMPLE = Path(__file__).parents[2] / 'events' / 'reports' / 'in' / 'sweep.json'
UNATTENDED = life.UNATTENDED.total_seconds()


def sweeps():
    """The clock has struck."""
    workers.sweep(json.loads(SAMPLE.read_text()), None)


def kinds():
    return [told.type for told in announced()]


def test_a_job_whose_message_was_lost_is_begun_anew(house, order, look, time):
    enters(house)
    report_id = order()
    time.advance(seconds=UNATTENDED - 1)
    sweeps()
    assert kinds() == ['ReportOrdered']
    time.advance(seconds=1)
    sweeps()
    assert kinds() == ['ReportOrdered', 'ReportBegunAnew']
    sweeps()
    assert len(kinds()) == 2
    assert works(delivered()[-1]) == []
    assert (look(report_id)['status'], look(report_id)['rows']) == ('ready', 1)


def test_a_job_whose_worker_died_is_begun_anew_by_another(house, order, look, time):
    enters(house)
    report_id = order()
    dead = claimed(report_id)
    time.advance(seconds=UNATTENDED)
    sweeps()
    assert look(report_id)['status'] == 'waiting'
    assert works() == []
    assert (look(report_id)['status'], files()) == ('ready', [f'demo/{report_id}/2.xlsx'])
    # It was not dead, only slow: nothing it does counts any more.
    with pytest.raises(writing.TakenAway):
        writing.make_file(dead)
    assert files() == [f'demo/{report_id}/2.xlsx']


def test_a_worker_who_lives_is_left_alone(house, order, time):
    report_id = order()
    progress = filling.Progress(claimed(report_id), total=10)
    for _ in range(4):
        time.advance(minutes=3)
        progress.add(1)
        sweeps()
    assert make.kept(report_id).status is ReportStatus.RUNNING
    assert kinds() == ['ReportOrdered']


def test_a_job_whose_workers_all_died_fails(house, order, look, time):
    report_id = order()
    for attempt in range(1, life.MOST_ATTEMPTS + 1):
        assert claimed(report_id).attempts == attempt
        time.advance(seconds=UNATTENDED)
        sweeps()
    job = look(report_id)
    assert (job['status'], job['failure']['code']) == ('failed', 'interrupted')
    assert kinds() == ['ReportOrdered', 'ReportBegunAnew', 'ReportBegunAnew', 'ReportFailed']
    assert works() == []
    assert [order() for _ in range(life.MOST_OPEN)]


def test_a_job_that_no_worker_came_to_in_a_day_fails(house, order, look, time):
    report_id = order()
    time.advance(days=1)
    sweeps()
    assert look(report_id)['failure']['code'] == 'not_started'


def test_a_dead_workers_job_is_taken_by_a_late_message_too(house, order, look, time):
    report_id = order()
    claimed(report_id)
    time.advance(seconds=UNATTENDED)
    assert works() == []
    assert (look(report_id)['status'], make.kept(report_id).attempts) == ('ready', 2)


def test_a_job_that_cannot_be_judged_does_not_keep_back_the_others(house, order, time):
    broken, whole = order(), order()
    row = ReportRow.get(f'demo#{broken}', 'report')
    row.update([ReportRow.body.set('{}')])
    time.advance(seconds=UNATTENDED)
    sweeps()
    begun = [told.event['report_id'] for told in announced('ReportBegunAnew')]
    assert begun == [whole]


def test_what_is_over_is_no_longer_looked_at(house, order, call, time):
    order()
    works()
    call('DELETE', f'{REPORTS}/{order()}')
    assert [row.pk for row in ReportRow.by_worked_at.query('unfinished')] == []
    time.advance(days=2)
    sweeps()
    assert kinds() == ['ReportOrdered', 'ReportReady', 'ReportOrdered', 'ReportCancelled']


def test_what_is_over_is_forgotten_and_who_took_which_data_is_not(house, order):
    report_id = order()
    works()
    asked(report_id)
    rows = {row.sk: row for row in ReportRow.query(f'demo#{report_id}')}
    finished = make.kept(report_id).finished_at
    assert rows['report'].ttl == int((finished + life.REMEMBERED).timestamp())
    assert rows['order'].ttl is not None
    assert all(row.ttl is None for sk, row in rows.items() if sk.startswith('event#'))
