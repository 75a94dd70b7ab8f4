"""What periods are made of, and what counters tell."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from chalicelib.figures.model import EVERYWHERE, MOST_DAYS, By, Kind, Period
from chalicelib.figures.rules import telling
from chalicelib.figures.rules.periods import Grain, Segment, days, segments
from chalicelib.figures.rules.telling import Counted
from chalicelib.kit.caller import Scope
from chalicelib.requests.model.status import STANDINGS, Status

DAYS = some.dates(date(2023, 1, 1), date(2027, 12, 31))
SPANS = some.integers(0, MOST_DAYS - 1)


@given(DAYS, SPANS)
def test_the_segments_of_a_period_hold_each_of_its_days_once(since, span):
    until = since + timedelta(days=span)
    held = Counter()
    found = segments(since, until)
    for segment in found:
        for day in days(since - timedelta(days=40), until + timedelta(days=40)):
            name = day.isoformat() if segment.grain is Grain.DAY else day.isoformat()[:7]
            held[day] += segment.first <= name <= segment.last
    assert {day for day, times in held.items() if times} == set(days(since, until))
    assert set(held.values()) <= {0, 1}
    assert len(found) <= 3
    single = [segment for segment in found if segment.grain is Grain.DAY]
    assert sum((date.fromisoformat(s.last) - date.fromisoformat(s.first)).days + 1 for s in single) <= 60


@given(DAYS, SPANS, some.randoms())
def test_the_sum_of_the_segments_is_the_sum_of_the_days(since, span, draw):
    until = since + timedelta(days=span)
    by_day = {day: draw.randint(-5, 99) for day in days(since.replace(day=1), until + timedelta(days=31))}
    rows = Counter()
    for day, amount in by_day.items():
        rows[Grain.DAY, day.isoformat()] += amount
        rows[Grain.MONTH, day.isoformat()[:7]] += amount
    told = sum(
        amount
        for segment in segments(since, until)
        for (grain, name), amount in rows.items()
        if grain is segment.grain and segment.first <= name <= segment.last
    )
    assert told == sum(by_day[day] for day in days(since, until))


@pytest.mark.parametrize(
    'since, until, expected',
    [
        ('2026-11-23', '2026-11-23', ['day 2026-11-23..2026-11-23']),
        ('2026-10-25', '2026-11-23', ['day 2026-10-25..2026-11-23']),
        ('2026-11-01', '2026-11-30', ['month 2026-11..2026-11']),
        ('2026-01-01', '2026-12-31', ['month 2026-01..2026-12']),
        (
            '2026-08-15',
            '2026-11-23',
            ['day 2026-08-15..2026-08-31', 'month 2026-09..2026-10', 'day 2026-11-01..2026-11-23'],
        ),
        ('2024-02-01', '2024-03-01', ['month 2024-02..2024-02', 'day 2024-03-01..2024-03-01']),
        ('2099-11-30', '2099-12-31', ['day 2099-11-30..2099-11-30', 'month 2099-12..2099-12']),
    ],
)
def test_whole_months_are_taken_whole(since, until, expected):
    found = segments(date.fromisoformat(since), date.fromisoformat(until))
    assert [f'{one.grain} {one.first}..{one.last}' for one in found] == expected
    assert all(isinstance(one, Segment) for one in found)


@pytest.mark.parametrize(
    'since, until, code',
    [
        ('2026-11-24', '2026-11-23', 'period_reversed'),
        ('2024-01-01', '2026-01-01', 'period_too_long'),
        ('2099-01-01', '2026-01-01', 'period_reversed'),
    ],
)
def test_a_period_goes_forward_and_has_two_years_at_most(since, until, code):
    with pytest.raises(ValidationError) as caught:
        Period(since=since, until=until)
    [error] = caught.value.errors()
    assert (error['loc'], error['type']) == (('until',), code)


def test_a_period_may_be_one_day_or_two_years():
    assert Period(since='2026-11-23', until='2026-11-23')
    assert Period(since='2024-01-01', until='2025-12-31')


def test_means_are_of_what_was_measured_and_nothing_has_none():
    told = telling.figures(
        {'created': 9, 'reactions': 2, 'reaction_ms': 5_000, 'ratings': 3, 'points': 13, 'execution_ms': 0}
    )
    assert (told.created, told.done, told.ratings) == (9, 0, 3)
    assert told.mean_reaction == timedelta(seconds=2)
    assert told.mean_execution is None
    assert told.mean_rating == 4.33
    assert telling.figures({}).mean_rating is None


def test_a_series_has_a_point_for_every_day():
    points = telling.series(date(2026, 2, 27), date(2026, 3, 2), {'2026-03-01': {'created': 2}})
    assert [(point.on.isoformat(), point.created) for point in points] == [
        ('2026-02-27', 0),
        ('2026-02-28', 0),
        ('2026-03-01', 2),
        ('2026-03-02', 0),
    ]


@given(some.dictionaries(some.sampled_from([status.value for status in Status]), some.integers(0, 99)))
def test_what_is_open_is_all_but_done_and_cancelled(statuses):
    present = telling.present(statuses)
    assert set(present.statuses) == set(Status)
    closed = statuses.get('done', 0) + statuses.get('cancelled', 0)
    assert present.total == sum(statuses.values()) == present.open + closed
    assert {s for s in Status if not STANDINGS[s].is_open} == {Status.DONE, Status.CANCELLED}


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3), some.integers(0, 3))), SPANS)
def test_the_pages_of_a_breakdown_hold_each_line_once_in_order(lines, number):
    limit = number % 4 + 1
    counted = [
        Counted(f'id{position}', Counter(waiting=waiting), Counter(created=created, done=done))
        for position, (waiting, created, done) in enumerate(lines)
    ]
    told, after = [], None
    while True:
        part, after = telling.page(counted, limit, after)
        told += part
        if after is None:
            break
        assert len(part) == limit
    assert told == sorted((one for one in counted if one.is_worth_telling), key=lambda one: one.rank)
    assert len(told) == sum(any(line) for line in lines)
    created = [one.sums['created'] for one in told]
    assert created == sorted(created, reverse=True)


def test_the_counters_of_a_scope_are_those_of_its_buildings():
    everywhere, two = Scope(), Scope(frozenset({'b2', 'b1'}))
    assert telling.sources(everywhere, By.BUILDING) == [(EVERYWHERE, Kind.BUILDING)]
    assert telling.sources(everywhere, By.EXECUTOR) == [(EVERYWHERE, Kind.EXECUTOR)]
    assert telling.sources(two, By.BUILDING) == [('b1', Kind.TOTAL), ('b2', Kind.TOTAL)]
    assert telling.sources(two, By.OFFERING) == [('b1', Kind.OFFERING), ('b2', Kind.OFFERING)]
    assert telling.sources(Scope(frozenset()), By.OFFERING) == []
