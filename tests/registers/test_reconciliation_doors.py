"""Reconciliations by hand: who may, for which days, and what may be done with one."""

from dataclasses import replace

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.registers import service
from chalicelib.registers.service.comparing import Comparison
from chalicelib.staff.model import Permission
from tests.billing.conftest import refused
from tests.registers.conftest import looking
from tests.registers.morning import RECONCILIATIONS, Morning, kinds


@pytest.fixture
def morning(till, time):
    """The day after a day on which nothing was compared by itself."""
    made = Morning(till, time)
    made.time.advance(hours=16)
    return made


def starts(morning, day='2026-11-23', by=None, **changes):
    body = {'legal_entity_id': morning.till.shop.entity, 'day': day, **changes}
    return morning.till.call('POST', RECONCILIATIONS, body, by=by or morning.accountant)


def test_a_day_is_compared_when_an_employee_wants_it(morning):
    morning.time.advance(hours=-16)
    morning.alone()
    morning.time.advance(hours=16)
    answer = starts(morning)
    assert answer.status_code == 202, answer.json_body
    card = answer.json_body
    assert (card['status'], card['progress'], card['started_by']) == ('running', 0, 'Диспетчер Дарья')
    morning.works()
    read = morning.till.call('GET', card['links']['reconciliation'], by=morning.accountant).json_body
    assert (read['status'], read['differences']) == ('done', 1)
    assert starts(morning).status_code == 202  # it may be compared again
    assert len(morning.till.call('GET', RECONCILIATIONS, by=morning.accountant).json_body['items']) == 2


def test_one_day_is_compared_by_one_at_a_time(morning):
    assert starts(morning).status_code == 202
    refused(starts(morning), 409, 'ReconciliationUnderWay')
    assert starts(morning, '2026-11-22').status_code == 202
    morning.works()
    assert starts(morning).status_code == 202


def test_the_clock_leaves_a_day_to_who_has_begun_with_it(morning):
    morning.time.advance(hours=-16)
    morning.knows_the_shop()
    morning.time.advance(hours=16)
    assert starts(morning).status_code == 202
    assert service.sweep() == 1
    assert kinds() == ['ReconciliationStarted']
    assert service.sweep() == 0


@pytest.mark.parametrize(
    'day, code', [('2026-11-24', 'DayNotOver'), ('2026-12-24', 'DayNotOver'), ('2025-11-22', 'DayTooLongAgo')]
)
def test_only_a_day_that_is_over_and_not_long_gone_is_compared(morning, day, code):
    refused(starts(morning, day), 422, code, 'body.day')
    assert kinds() == []


def test_there_must_be_a_shop(morning):
    refused(starts(morning, legal_entity_id='nobody'), 404, 'AccountNotFound')
    assert starts(morning, 'yesterday').status_code == 400
    assert kinds() == []


def test_reconciliations_are_for_who_sees_all_payments(morning):
    card = starts(morning).json_body
    paths = [RECONCILIATIONS, card['links']['reconciliation'], card['links']['differences']]
    plain = looking(morning.till.shop)
    half = replace(plain, permissions=frozenset({Permission.PAYMENTS_MARKETPLACE}))
    here = replace(morning.accountant, scope=Scope(frozenset({morning.till.shop.house.building})))
    stranger = replace(morning.accountant, organisation='other')
    for path in paths:
        refused(morning.till.call('GET', path, by=plain), 403, 'PermissionMissing')
        refused(morning.till.call('GET', path, by=half), 403, 'PermissionMissing')
    for by in (here, stranger):
        for path in paths[1:]:
            refused(morning.till.call('GET', path, by=by), 404, 'ReconciliationNotFound')
        refused(morning.till.call('DELETE', paths[1], by=by), 404, 'ReconciliationNotFound')
        assert morning.till.call('GET', RECONCILIATIONS, by=by).json_body['items'] == []
    refused(starts(morning, by=here), 403, 'ReconciliationOfAllPlaces')


def test_a_reconciliation_can_be_cancelled_until_it_is_over(morning):
    path = starts(morning).json_body['links']['reconciliation']
    assert morning.till.call('DELETE', path, by=morning.accountant).status_code == 204
    morning.works()
    assert morning.card()['status'] == 'cancelled'
    assert kinds() == ['ReconciliationStarted', 'ReconciliationCancelled']
    refused(morning.till.call('DELETE', path, by=morning.accountant), 409, 'ReconciliationOver')
    assert starts(morning).status_code == 202


def test_who_is_at_it_stops_when_it_is_cancelled(morning, monkeypatch):
    path = starts(morning).json_body['links']['reconciliation']
    step = Comparison.step

    def cancelled_meanwhile(self):
        after = step(self)
        if morning.card()['status'] == 'running':
            assert morning.till.call('DELETE', path, by=morning.accountant).status_code == 204
        return after

    monkeypatch.setattr(Comparison, 'step', cancelled_meanwhile)
    morning.works()
    assert (morning.card()['status'], morning.card()['version']) == ('cancelled', 2)
