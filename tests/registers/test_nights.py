"""Nights of reconciliations: each day has its own, what breaks off goes on, and what fails is told."""

import pytest

from chalicelib.kit import telemetry
from chalicelib.registers import service, workers
from chalicelib.registers.service.comparing import Comparison
from chalicelib.staff.model import OrganisationChanges
from chalicelib.staff.service import organisations
from tests.make import notifications as make_notifications
from tests.registers.morning import DAY, Morning, announced, kinds


@pytest.fixture
def morning(till, time):
    """The shop is compared every night from today on."""
    made = Morning(till, time)
    made.knows_the_shop()
    return made


def test_a_provider_who_is_away_is_asked_again_by_the_clock(morning, time):
    morning.alone()
    morning.comes()
    morning.till.sandbox.wish(fail={'how': '500', 'times': 1, 'method': 'GET', 'path': '/payments'})
    morning.works()
    assert (morning.card()['status'], morning.card()['differences']) == ('running', 0)
    time.advance(minutes=10)
    service.sweep()
    assert kinds() == ['ReconciliationStarted']
    time.advance(minutes=7)
    service.sweep()
    assert kinds() == ['ReconciliationStarted', 'ReconciliationHandedOn']
    morning.works()
    assert (morning.card()['status'], morning.card()['differences']) == ('done', 1)


def test_a_day_is_given_up_when_the_provider_stays_away(morning, time, monkeypatch):
    counted = []
    monkeypatch.setattr(telemetry, 'count', lambda metric, *_, **__: counted.append(metric))
    morning.comes()
    morning.till.sandbox.wish(fail={'how': '500', 'times': 1000})
    morning.works()
    time.advance(hours=20)
    service.sweep()
    card = morning.card()
    assert (card['status'], card['failure']['code']) == ('failed', 'provider_away')
    assert kinds()[-1] == 'ReconciliationFailed'
    assert 'ReconciliationsFailed' in counted


def test_a_shop_whose_key_is_good_for_nothing_ends_the_day_at_once(till, time):
    morning = Morning(till, time)
    morning.knows_the_shop('200600')
    card = morning.compared()
    assert (card['status'], card['failure']['code']) == ('failed', 'keys_refused')
    assert 'ключ' in card['failure']['message']


def test_every_night_has_its_day_and_missed_nights_are_caught_up(morning, time):
    assert service.sweep() == 0
    time.advance(days=3)
    for _ in range(5):
        service.sweep()
    days = {one.event['day'] for one in announced() if one.type == 'ReconciliationStarted'}
    assert sorted(days) == ['2026-11-23', '2026-11-24', '2026-11-25']
    time.advance(hours=16)
    service.sweep()
    days = {one.event['day'] for one in announced() if one.type == 'ReconciliationStarted'}
    assert sorted(days)[-1] == '2026-11-26'


def test_a_long_day_is_handed_on_from_worker_to_worker(morning, time, monkeypatch):
    step = Comparison.step

    def slow(comparison):
        time.advance(minutes=4)
        return step(comparison)

    monkeypatch.setattr(Comparison, 'step', slow)
    morning.alone()
    morning.comes()
    [started] = announced()
    assert workers.reconcile(make_notifications.payload(started), None) == {'batchItemFailures': []}
    assert kinds() == ['ReconciliationStarted', 'ReconciliationHandedOn']
    assert (morning.card()['status'], morning.card()['progress']) == ('running', 40)
    for _ in range(3):
        morning.works()
    assert (morning.card()['status'], morning.card()['differences']) == ('done', 1)
    assert kinds()[-1] == 'ReconciliationDiffered'
    assert kinds().count('ReconciliationDiffered') == 1


def test_an_organisation_that_moves_to_another_zone_has_its_nights_there(morning, time):
    organisations.change(OrganisationChanges(zone='Europe/Kaliningrad'), by=morning.till.shop.dispatcher)
    time.advance(hours=15, minutes=30)  # half past three in Moscow, and half past two there
    service.sweep()
    assert kinds() == []
    time.advance(minutes=45)
    service.sweep()
    [started] = announced()
    assert (started.type, started.event['day']) == ('ReconciliationStarted', DAY)


def test_a_shop_is_known_once_however_often_it_is_told_of(morning):
    morning.knows_the_shop()
    morning.comes()
    assert kinds() == ['ReconciliationStarted']
    service.sweep()
    assert kinds() == ['ReconciliationStarted']
