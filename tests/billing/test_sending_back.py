"""The provider is asked for a refund until he has sent it, and sends it once, whatever goes wrong."""

from datetime import timedelta

import pytest

from chalicelib.billing import service
from chalicelib.kit import clock
from tests.billing.conftest import STAFF, refused, told_of


def block(till, number):
    return till.call('GET', f'{STAFF}/{number}/refund', by=till.accountant).json_body


def sweeps(time, **span):
    time.move(clock.now() + timedelta(**span))
    service.sweep()


@pytest.mark.parametrize('how', ['lost', '500', 'broken', 'garbage', 'hang_up', '429'])
def test_an_answer_that_is_none_refunds_once(till, number, time, how):
    till.paid(number)
    till.refunds(number)
    till.sandbox.wish(fail={'how': how, 'method': 'POST', 'path': '/refunds'})
    till.follows(number, 'RefundApproved')
    assert till.ledger(number).refund.status == 'approved'
    sweeps(time, minutes=2)
    assert till.held() == 0
    assert len(till.sandbox.wish()['refunds']) == 1
    assert till.ledger(number).refund.status == 'completed'


def test_who_died_after_asking_finds_the_refund_a_day_later(till, number, time):
    till.paid(number)
    till.refunds(number)
    till.sandbox.wish(fail={'how': 'lost', 'method': 'POST', 'path': '/refunds'})
    till.follows(number, 'RefundApproved')
    sweeps(time, days=3)
    assert len(till.sandbox.wish()['refunds']) == 1
    assert till.ledger(number).refund.status == 'completed'


def test_what_was_surely_not_made_within_a_day_is_made_then(till, number, time):
    till.paid(number)
    till.refunds(number)
    sweeps(time, days=3)
    sweeps(time, minutes=1)
    assert till.held() == 0
    assert len(till.sandbox.wish()['refunds']) == 1


def test_a_refund_under_way_is_asked_about_until_it_is_sent(till, number, time):
    till.sandbox.wish(shop={'id': '100500', 'refunds': 'pending'})
    till.paid(number)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    assert till.ledger(number).refund.status == 'approved'
    [sent] = till.sandbox.wish()['refunds']
    till.sandbox.wish(refund={'refund': sent['id'], 'status': 'succeeded'})
    sweeps(time, minutes=2)
    assert till.ledger(number).refund.status == 'completed'


@pytest.mark.proves('F6', 'AMB-64', 'AMB-71')
def test_a_refund_the_provider_refuses_is_tried_anew_and_in_the_end_by_an_employee(till, number, time):
    till.sandbox.wish(shop={'id': '100500', 'refunds': 'canceled', 'refund_reason': 'insufficient_funds'})
    till.paid(number)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    for _ in range(5):
        sweeps(time, hours=3)
    assert till.ledger(number).refund.status == 'failed'
    assert till.held() == 125000
    [repayment] = till.ledger(number).repayments
    assert (repayment.tries, repayment.decline) == (5, 'insufficient_funds')
    assert block(till, number)['actions'] == ['retry']
    till.sandbox.wish(shop={'id': '100500', 'refunds': 'succeeded'})
    assert till.refunds(number, 'retry', {}).status_code == 200
    till.follows(number, 'RefundRetried')
    assert till.held() == 0
    kinds = [kind for kind, _ in told_of(number)]
    assert kinds[-5:] == [
        'RepaymentEnded', 'RefundFailed', 'RefundRetried', 'RepaymentEnded', 'RefundCompleted',
    ]  # fmt: skip
    refused(till.refunds(number, 'retry', {}), 409, 'RefundMoveNotAllowed')


def test_a_notice_of_a_refund_is_asked_about(till, number):
    till.sandbox.wish(shop={'id': '100500', 'refunds': 'pending'})
    till.paid(number)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    [sent] = till.sandbox.wish()['refunds']
    till.sandbox.wish(refund={'refund': sent['id'], 'status': 'succeeded'})
    for _ in range(2):
        assert till.notices('refund.succeeded', sent['id']).status_code == 204
    assert till.ledger(number).refund.status == 'completed'
    assert [kind for kind, _ in told_of(number)].count('RefundCompleted') == 1
