"""What a request adds to the counters, deed by deed, and how a change of it becomes transactions."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from hypothesis import given

from chalicelib.figures.model import EVERYWHERE, NOW, Kind, Measure
from chalicelib.figures.repository import FigureRow
from chalicelib.figures.rules.contributing import MOST_ROWS, contributions, difference, steps, with_step
from chalicelib.requests.model.request import Clock, Place, Rating
from chalicelib.requests.model.status import Status, Verdict
from tests.conftest import NOON
from tests.figures.lives import requests
from tests.make import figures as make
from tests.make.requests import IVAN, OLGA, request, terms

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT, BROKEN = Verdict.OBSERVED, Verdict.BREACHED
TODAY, TOMORROW, LATER = '2026-11-23', '2026-11-24', '2026-11-25'


def told(one, place=EVERYWHERE, kind=Kind.TOTAL, value=None):
    """What the request adds under one name: by day, and by now."""
    found = defaultdict(dict)
    for cell, amount in contributions(one).items():
        slot = cell.slot
        if (slot.place, slot.kind, slot.value) == (place, kind, value or place):
            found[slot.period][str(cell.measure)] = amount
    return {period: names for period, names in found.items() if period != '2026-11'}


BEGUN = {
    'status': Status.IN_PROGRESS,
    'first_started_at': NOON + DAY,
    'reaction': Clock(until=NOON + DAY + HOUR, verdict=KEPT),
}
FINISHED = {
    **BEGUN,
    'status': Status.DONE,
    'done_at': NOON + 2 * DAY,
    'execution': Clock(until=NOON + 3 * DAY, verdict=KEPT),
}
BEGUN_FIGURES = {'reactions': 1, 'reaction_ms': 86_400_000, 'reaction_kept': 1}
DONE_FIGURES = {'done': 1, 'executions': 1, 'execution_ms': 86_400_000, 'execution_kept': 1}


@pytest.mark.parametrize(
    'changes, expected',
    [
        ({}, {TODAY: {'created': 1}, NOW: {'waiting': 1}}),
        (BEGUN, {TODAY: {'created': 1}, TOMORROW: BEGUN_FIGURES, NOW: {'in_progress': 1}}),
        (
            FINISHED,
            {TODAY: {'created': 1}, TOMORROW: BEGUN_FIGURES, LATER: DONE_FIGURES, NOW: {'done': 1}},
        ),
        (
            {**FINISHED, 'rating': Rating(points=4, at=NOON + 2 * DAY)},
            {
                TODAY: {'created': 1},
                TOMORROW: BEGUN_FIGURES,
                LATER: {**DONE_FIGURES, 'ratings': 1, 'points': 4},
                NOW: {'done': 1},
            },
        ),
        (  # taken up again: the completion has left its day, the promise is open again, the rating stays
            {
                **BEGUN,
                'status': Status.REOPENED,
                'execution': Clock(until=NOON + 3 * DAY, verdict=Verdict.PENDING),
                'rating': Rating(points=1, at=NOON + 2 * DAY),
            },
            {
                TODAY: {'created': 1},
                TOMORROW: BEGUN_FIGURES,
                LATER: {'ratings': 1, 'points': 1},
                NOW: {'reopened': 1},
            },
        ),
        (
            {'status': Status.CANCELLED, 'cancelled_at': NOON + DAY},
            {TODAY: {'created': 1}, TOMORROW: {'cancelled': 1}, NOW: {'cancelled': 1}},
        ),
        (  # nobody came: broken on the day that was promised, and never begun
            {'reaction': Clock(until=NOON + DAY, verdict=BROKEN)},
            {TODAY: {'created': 1}, TOMORROW: {'reaction_broken': 1}, NOW: {'waiting': 1}},
        ),
        (  # begun too late, and too late done
            {
                **FINISHED,
                'reaction': Clock(until=NOON + HOUR, verdict=BROKEN),
                'execution': Clock(until=NOON + DAY + HOUR, verdict=BROKEN),
            },
            {
                TODAY: {'created': 1, 'reaction_broken': 1},
                TOMORROW: {'reactions': 1, 'reaction_ms': 86_400_000, 'execution_broken': 1},
                LATER: {'done': 1, 'executions': 1, 'execution_ms': 86_400_000},
                NOW: {'done': 1},
            },
        ),
    ],
)
def test_each_deed_counts_on_its_day_while_it_stands(changes, expected):
    one = request(**changes)
    assert told(one) == expected
    assert told(one, 'b1') == expected
    assert told(one, EVERYWHERE, Kind.BUILDING, 'b1') == expected
    assert told(one, EVERYWHERE, Kind.OFFERING, 'plumbing') == expected
    assert told(one, 'b1', Kind.OFFERING, 'plumbing') == expected


def test_a_request_of_several_counts_for_each_of_them_and_once_in_all():
    crew = request(Status.IN_PROGRESS, assignees=(IVAN, OLGA))
    for place in (EVERYWHERE, 'b1'):
        for person in (IVAN, OLGA):
            assert told(crew, place, Kind.EXECUTOR, person.id) == told(crew)
        assert told(crew, place)[NOW] == {'in_progress': 1}
    assert not [cell for cell in contributions(request()) if cell.slot.kind is Kind.EXECUTOR]


def test_a_day_begins_when_it_does_where_the_company_is():
    at_night = NOON.replace(hour=20, minute=59)
    for zone, at, day in (
        ('Europe/Moscow', at_night, TODAY),
        ('Europe/Moscow', at_night + timedelta(minutes=1), TOMORROW),
        ('Asia/Vladivostok', NOON + 5 * HOUR, TOMORROW),
        ('America/New_York', NOON.replace(hour=4), '2026-11-22'),
    ):
        one = request(created_at=at, terms=terms(zone=zone))
        assert told(one)[day] == {'created': 1}, zone


@given(requests())
def test_a_month_is_its_days_and_the_whole_is_its_parts(one):
    months, whole = Counter(), Counter()
    for cell, amount in contributions(one).items():
        slot = cell.slot
        if slot.period != NOW:
            sign = -1 if len(slot.period) == len('2026-11') else 1
            months[slot._replace(period=slot.period[:7]), cell.measure] += sign * amount
        if slot.kind in (Kind.TOTAL, Kind.BUILDING):
            name = (slot.place, slot.kind)
            whole[name, slot.period, cell.measure] += amount
        assert amount > 0
    assert not any(months.values())
    by_name = defaultdict(dict)
    for (name, *rest), amount in whole.items():
        by_name[name][tuple(rest)] = amount
    assert len(by_name) == 3
    assert len({tuple(sorted(parts.items())) for parts in by_name.values()}) == 1


@given(requests(), requests())
def test_the_steps_of_a_change_lead_to_what_is_wanted(was, now):
    before, wanted = contributions(was), contributions(now)
    state = before
    for step in steps(before, wanted):
        assert 0 < len({cell.slot for cell in step}) <= MOST_ROWS
        assert all(step.values())
        state = with_step(state, step)
    assert state == wanted
    assert all(state.values())
    assert steps(wanted, wanted) == []


def test_the_greatest_change_there_can_be_is_four_transactions_and_a_usual_one_is_one():
    was, now = contributions(make.lived(name='a')), contributions(make.lived(name='b'))
    assert len({cell.slot for cell in difference(was, now)}) == 312
    assert [len({cell.slot for cell in step}) for step in steps(was, now)] == [99, 99, 99, 15]
    reopened = make.lived(name='b', status=Status.REOPENED, done_at=None)
    assert len(steps(was, contributions(reopened))) == 3
    life = [
        request(assignees=(IVAN,)),
        request(assignees=(IVAN,), **BEGUN),
        request(assignees=(IVAN, OLGA), **BEGUN),
        request(assignees=(IVAN, OLGA), **FINISHED),
        request(assignees=(IVAN, OLGA), **FINISHED, rating=Rating(points=5, at=NOON + 3 * DAY)),
    ]
    counted = Counter()
    for one in life:
        [step] = steps(counted, contributions(one))
        counted = with_step(counted, step)


def test_a_request_that_moved_leaves_nothing_where_it_was():
    elsewhere = request(place=Place(building_id='b2', address='ул. Мира, 7'))
    change = difference(contributions(request()), contributions(elsewhere))
    assert {cell.slot.place for cell in change} == {EVERYWHERE, 'b1', 'b2'}
    assert {cell.slot.kind for cell in change if cell.slot.place == EVERYWHERE} == {Kind.BUILDING}
    assert sum(change.values()) == 0


def test_every_measure_and_every_status_has_its_number_in_a_counter():
    names = {measure.value for measure in Measure} | {status.value for status in Status}
    assert names == set(FigureRow.get_attributes()) - {'pk', 'sk', 'version', 'body', 'ttl'}
