"""The executor of a task is reminded once, before it is due, whatever the clock does."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.tasks import service
from chalicelib.tasks.model.task import TaskChanges
from chalicelib.tasks.repository.rows import TaskRow
from chalicelib.tasks.rules import doing
from chalicelib.tasks.workers import sweep
from tests.conftest import NOON
from tests.make import tasks as make
from tests.tasks.conftest import announced

SAMPLE = Path(__file__).parent.parent.parent / 'events/tasks/in/sweep.json'
HOUR = timedelta(hours=1)


def reminded():
    return [one['task_id'] for one in announced('TaskDeadlineNear')]


@pytest.mark.proves('SLA-012', 'NTF-017', 'REQ-147')
def test_the_executor_is_reminded_an_hour_before_and_never_again(house, number, time):
    made = make.task(house.dispatcher, house.crew[0].id, number)
    time.advance(hours=22, minutes=59)
    assert service.sweep() == 0
    time.advance(minutes=1)
    assert (service.sweep(), service.sweep()) == (1, 0)
    time.advance(days=3)
    assert service.sweep() == 0
    assert reminded() == [made.id]
    [event] = announced('TaskDeadlineNear')
    assert (event['number'], event['executor_id'], event['by']['kind']) == (
        number, house.crew[0].id, 'system',
    )  # fmt: skip


@pytest.mark.proves('SLA-012')
def test_a_clock_that_was_away_for_days_catches_up(house, time):
    made = [make.task(house.dispatcher, house.crew[0].id).id for _ in range(12)]
    time.advance(days=9)
    assert service.sweep() == 12
    assert sorted(reminded()) == sorted(made)


def test_what_is_due_sooner_than_the_reminder_is_reminded_of_as_it_is_due():
    assert doing.reminder(NOON + 2 * HOUR, HOUR, NOON) == NOON + HOUR
    assert doing.reminder(NOON + HOUR, HOUR, NOON) == NOON + HOUR
    assert doing.reminder(NOON + HOUR / 2, HOUR, NOON) == NOON + HOUR / 2


@pytest.mark.parametrize('close', [service.complete, service.cancel])
def test_nobody_is_reminded_of_what_is_over(house, time, close):
    made = make.task(house.dispatcher, house.crew[0].id)
    close(made.id, by=house.dispatcher)
    time.advance(days=2)
    assert service.sweep() == 0
    assert service.remind('demo', made.id) is False


def test_another_time_is_reminded_of_anew(house, time):
    made = make.task(house.dispatcher, house.crew[0].id)
    time.advance(hours=23)
    assert service.sweep() == 1
    service.change(made.id, TaskChanges(due_at=NOON + timedelta(days=2)), by=house.dispatcher)
    assert service.sweep() == 0
    time.advance(days=1)
    assert service.sweep() == 1


def test_the_words_may_change_without_another_reminder(house, time):
    made = make.task(house.dispatcher, house.crew[0].id)
    time.advance(hours=23)
    service.sweep()
    service.change(made.id, TaskChanges(title='Иное'), by=house.dispatcher)
    assert service.sweep() == 0


def test_of_two_clocks_that_saw_the_same_task_one_tells(house, time, monkeypatch):
    made = make.task(house.dispatcher, house.crew[0].id)
    time.advance(hours=23)
    prepared = []
    with dynamo.unit_of_work() as unit:
        assert service.remind('demo', made.id)
        prepared = list(unit.writes)
    assert service.remind('demo', made.id)
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(prepared)
    assert reminded() == [made.id]


def test_one_that_cannot_be_told_of_keeps_back_no_other(house, time):
    broken, sound = (make.task(house.dispatcher, house.crew[0].id) for _ in range(2))
    row = next(row for row in TaskRow.scan() if row.sk == 'task' and broken.id in row.pk)
    row.update([TaskRow.body.set('{}')])
    time.advance(days=1)
    assert service.sweep() == 1
    assert reminded() == [sound.id]


def test_the_clock_calls_the_sweep(house, time):
    made = make.task(house.dispatcher, house.crew[0].id)
    time.advance(days=1)
    sweep(json.loads(SAMPLE.read_text()), None)
    assert reminded() == [made.id]
