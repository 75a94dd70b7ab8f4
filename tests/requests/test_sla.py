"""The clocks of a request: promised, observed, breached, reminded, warned."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.requests.model.request import Clock, Rating
from chalicelib.requests.model.status import Status, Verdict
from chalicelib.requests.rules import sla
from tests.conftest import NOON
from tests.make import requests as make

MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)


def kinds(happened):
    return [event.type for event in happened]


def in_work(**changes):
    started, _ = sla.started(
        sla.opened(make.request(Status.IN_PROGRESS, assignees=(make.IVAN,), **changes)), NOON
    )
    return started


@pytest.mark.proves('SLA-001', 'SLA-002', 'SLA-003', 'SLA-019', 'AMB-28')
def test_the_reaction_is_breached_after_the_limit_not_at_it_and_once():
    waiting = sla.opened(make.request())
    assert sla.due_at(waiting) == NOON + HOUR + MS
    assert sla.passed(waiting, NOON + HOUR) == (waiting, [])
    breached, happened = sla.passed(waiting, NOON + HOUR + MS)
    assert kinds(happened) == ['ReactionBreached']
    assert sla.passed(breached, NOON + 9 * HOUR) == (breached, [])
    assert sla.due_at(breached) is None


@pytest.mark.proves('SLA-004', 'SLA-005', 'SLA-008')
def test_the_first_start_observes_the_reaction_and_starts_the_execution_clock():
    started, happened = sla.started(sla.opened(make.request(Status.IN_PROGRESS)), NOON + HOUR)
    assert kinds(happened) == ['ReactionObserved']
    assert started.execution == Clock(until=NOON + 5 * HOUR, verdict=Verdict.PENDING)


@pytest.mark.proves('SLA-007')
def test_later_starts_change_neither_clock():
    request = in_work()
    again, happened = sla.started(request, NOON + 3 * HOUR)
    assert (again, happened) == (request, [])


@pytest.mark.proves('SLA-006', 'SLA-009', 'SLA-010')
def test_a_reminder_comes_an_hour_before_the_deadline_and_the_breach_after_it():
    request = in_work()
    assert sla.due_at(request) == NOON + 3 * HOUR
    reminded, happened = sla.passed(request, NOON + 3 * HOUR)
    assert kinds(happened) == ['ExecutionDeadlineNear']
    assert sla.passed(reminded, NOON + 4 * HOUR) == (reminded, [])
    breached, happened = sla.passed(reminded, NOON + 4 * HOUR + MS)
    assert kinds(happened) == ['ExecutionBreached']
    assert sla.due_at(breached) is None


def test_after_an_outage_only_the_breach_is_told():
    _, happened = sla.passed(in_work(), NOON + 9 * HOUR)
    assert kinds(happened) == ['ExecutionBreached']


@pytest.mark.proves('AMB-28')
def test_completion_at_the_limit_is_observed():
    done, happened = sla.completed(in_work(), NOON + 4 * HOUR)
    assert kinds(happened) == ['ExecutionObserved']
    assert done.execution.verdict is Verdict.OBSERVED


@pytest.mark.proves('SLA-018')
def test_without_limits_nothing_is_ever_due():
    request = sla.opened(make.request(terms=make.terms(reaction=None, execution=None)))
    started, happened = sla.started(request.model_copy(update={'status': Status.IN_PROGRESS}), NOON)
    assert (sla.due_at(request), sla.due_at(started), happened) == (None, None, [])


@pytest.mark.proves('SLA-017', 'AMB-24')
@pytest.mark.parametrize('status', [Status.DONE, Status.CANCELLED])
def test_what_is_over_is_not_watched(status):
    over = in_work().model_copy(update={'status': status, 'customer': None})
    assert sla.due_at(over) is None
    assert sla.passed(over, NOON + 9 * HOUR) == (over, [])


@pytest.mark.proves('SLA-020')
def test_reopening_after_the_deadline_breaches_at_once_and_before_it_later():
    done, _ = sla.completed(in_work(), NOON + HOUR)
    reopened = sla.reopened(done.model_copy(update={'status': Status.REOPENED}))
    assert kinds(sla.passed(reopened, NOON + 2 * HOUR)[1]) == []
    assert kinds(sla.passed(reopened, NOON + 5 * HOUR)[1]) == ['ExecutionBreached']


@pytest.mark.proves('AMB-25')
def test_a_recorded_breach_stays_when_the_terms_change():
    breached, _ = sla.passed(in_work(), NOON + 9 * HOUR)
    longer = breached.model_copy(update={'terms': make.terms(execution=timedelta(days=3), reaction=2 * HOUR)})
    assert sla.retermed(longer, breached.terms).execution.verdict is Verdict.BREACHED
    pending = in_work().model_copy(update={'terms': make.terms(execution=timedelta(days=3))})
    again = sla.retermed(pending, in_work().terms)
    assert again.execution == Clock(until=NOON + timedelta(days=3), verdict=Verdict.PENDING)


@pytest.mark.proves('AMB-20')
def test_suspension_does_not_stop_the_clock_unless_the_offering_says_so():
    suspended = in_work().model_copy(update={'status': Status.SUSPENDED, 'suspended_at': NOON + HOUR})
    assert 'ExecutionBreached' in kinds(sla.passed(suspended, NOON + 9 * HOUR)[1])
    strict = make.terms(does_suspension_stop_clock=True)
    resting = suspended.model_copy(update={'terms': strict})
    assert sla.passed(resting, NOON + 9 * HOUR)[1] == []
    resumed, _ = sla.started(resting.model_copy(update={'status': Status.IN_PROGRESS}), NOON + 3 * HOUR)
    assert resumed.execution.until == NOON + 6 * HOUR


@pytest.mark.proves('SLA-013')
@pytest.mark.parametrize(
    'suspended_at, until, warned_at',
    [
        ('2026-11-23T09:00', '2026-11-25T15:00', '2026-11-25T06:00'),  # 09:00 in Moscow of that day
        ('2026-11-23T09:00', '2026-11-23T15:00', '2026-11-23T14:00'),  # the morning is past: an hour before
        ('2026-11-23T09:00', '2026-11-23T09:30', '2026-11-23T09:30'),  # less than an hour: at the end
        ('2026-11-23T09:00', '2026-11-25T05:00', '2026-11-25T04:00'),  # ends before the morning of its day
    ],
)
def test_when_the_end_of_a_suspension_is_warned_of(suspended_at, until, warned_at):
    at = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (suspended_at, until, warned_at)]
    request = make.request(Status.SUSPENDED, suspended_at=at[0], resume_until=at[1])
    assert sla.due_at(request) == at[2]
    warned, happened = sla.passed(request, at[2])
    assert kinds(happened) == ['SuspensionEnding']
    assert (sla.due_at(warned), sla.passed(warned, at[2])) == (None, (warned, []))


@pytest.mark.proves('REQ-111')
def test_the_resident_is_asked_to_rate_and_reminded_once():
    done = make.request(Status.DONE, done_at=NOON, completions=1)
    asked, happened = sla.rating_pursued(done, NOON)
    assert kinds(happened) == ['RatingAsked']
    assert sla.due_at(asked) == NOON + timedelta(hours=24)
    assert sla.rating_pursued(asked, NOON + 23 * HOUR) == (asked, [])
    reminded, happened = sla.rating_pursued(asked, NOON + 24 * HOUR)
    assert kinds(happened) == ['RatingReminded']
    assert sla.due_at(reminded) is None


@pytest.mark.proves('REQ-111')
def test_who_has_rated_before_he_was_asked_is_not_asked():
    rating = Rating(points=5, at=NOON)
    done = make.request(Status.DONE, done_at=NOON, completions=1, rating=rating)
    assert (sla.due_at(done), sla.rating_pursued(done, NOON)) == (None, (done, []))
    again = done.model_copy(update={'done_at': NOON + HOUR, 'completions': 2})
    assert kinds(sla.rating_pursued(again, NOON + HOUR)[1]) == ['RatingAsked']


def test_nobody_is_asked_to_rate_for_an_unregistered_customer():
    done = make.request(Status.DONE, done_at=NOON, customer=None)
    assert (sla.due_at(done), sla.rating_pursued(done, NOON)) == (None, (done, []))


@pytest.mark.proves('AMB-21')
@pytest.mark.parametrize('begun', ['2026-11-27T17:00', '2026-12-31T20:00'])
def test_the_clocks_run_through_nights_weekends_and_holidays(begun):
    at = datetime.fromisoformat(begun).replace(tzinfo=UTC)
    three_days = make.terms(reaction=timedelta(hours=12), execution=timedelta(days=3))
    waiting = sla.opened(make.request(terms=three_days, created_at=at))
    assert waiting.reaction.until == at + timedelta(hours=12)
    started, _ = sla.started(waiting.model_copy(update={'status': Status.IN_PROGRESS}), at + HOUR)
    assert started.execution.until == at + HOUR + timedelta(days=3)


@pytest.mark.proves('AMB-20', 'AMB-22')
def test_what_is_done_while_it_rests_goes_on_by_a_clock_that_stood_meanwhile():
    terms = make.terms(does_suspension_stop_clock=True)
    resting = in_work().model_copy(update={'suspended_at': NOON + HOUR, 'terms': terms})
    done, _ = sla.completed(resting.model_copy(update={'status': Status.DONE}), NOON + 9 * HOUR)
    again = sla.reopened(done.model_copy(update={'status': Status.REOPENED, 'suspended_at': None}))
    assert again.execution == Clock(until=NOON + 12 * HOUR, verdict=Verdict.PENDING)


@pytest.mark.proves('AMB-20', 'AMB-25')
@pytest.mark.parametrize('leaves_out, until', [(True, 14), (False, 6)])
def test_changed_terms_leave_out_the_rest_so_far_where_they_leave_out_any(leaves_out, until):
    was = make.terms(does_suspension_stop_clock=True)
    resting = in_work().model_copy(update={'suspended_at': NOON + HOUR, 'terms': was})
    resumed, _ = sla.started(resting, NOON + 9 * HOUR)
    terms = make.terms(does_suspension_stop_clock=leaves_out, execution=6 * HOUR)
    again = sla.retermed(resumed.model_copy(update={'terms': terms, 'suspended_at': None}), was)
    assert again.execution == Clock(until=NOON + until * HOUR, verdict=Verdict.PENDING)
