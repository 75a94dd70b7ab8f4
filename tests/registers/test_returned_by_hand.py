"""Money that somebody sent back in the cabinet of T-Bank, which keeps no list: it is found all the same."""

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.payment import RepaymentState
from chalicelib.kit import dynamo
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import repository, service, workers
from chalicelib.registers.repository import RegisterRow
from chalicelib.registers.rules import life
from tests.billing.conftest import bank, terminal_till, told_of
from tests.billing.tbank import TERMINAL
from tests.billing.test_killed import Death, Killed, mortal
from tests.conftest import NOON
from tests.make import notifications as make_notifications
from tests.make import registers as make
from tests.registers.morning import Morning, kinds

__all__ = ['bank', 'terminal_till']

DEEDS = 7
"""Answers of the bank and writes, from its notice to the end of the night's comparison."""


@pytest.fixture
def morning(terminal_till, time):
    """The terminal is compared every night from today on."""
    made = Morning(terminal_till, time)
    made.knows_the_shop(TERMINAL, 'tbank')
    return made


def returns(morning, payment_id, minor=None):
    """Somebody sends it back, or a part of it, in the cabinet; by what the bank knows the payment."""
    external_id = morning.till.external(payment_id)
    wanted = {'payment': external_id} if minor is None else {'payment': external_id, 'amount': minor}
    morning.till.sandbox.wish(**{'return': wanted})
    return external_id


def is_told(morning, number, status, external_id):
    """The notice of it comes, and what it made known comes to the register."""
    assert morning.till.notices(status, external_id).body == b'OK'
    for kind, event in told_of(number):
        if kind == 'ReturnedElsewhere':
            delivered = Delivered(id='x', type=kind, event=event)
            assert workers.enter(make_notifications.payload(delivered), None) == {'batchItemFailures': []}


def a_day_later(morning):
    """The night has passed, its day was the same here and there, and it is noon again."""
    assert morning.compared()['differences'] == 0
    morning.time.advance(hours=8)


def refunds_a_part(morning, number, minor=40000):
    """Our own refund of a part, which the bank has sent or refused."""
    till = morning.till
    invoice = till.ledger(number).invoices[0]
    part = {'invoice_id': invoice.id, 'position_id': invoice.positions[0].id, 'amount': {'minor': minor}}
    till.refunds(number, body={'reason': 'Не сделано', 'lines': [part]})
    till.follows(number, 'RefundApproved')
    make.entered('demo', number)


def only(morning):
    [one] = morning.found()
    return one


def remembered():
    """The rows of what is to be looked at again."""
    return [str(row.pk) for row in RegisterRow.scan(consistent_read=True) if '#returned#' in str(row.pk)]


@pytest.mark.parametrize('minor, theirs, status', [
    (None, {'minor': 125000, 'currency': 'RUB'}, 'REFUNDED'), (50000, None, 'PARTIAL_REFUNDED'),
])  # fmt: skip
def test_what_went_back_by_hand_the_same_day_is_an_unknown_refund(
    morning, number, minor, theirs, status
):
    payment_id = morning.paid(number)
    external_id = returns(morning, payment_id, minor)
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['thing'], one['number']) == ('refund_unknown', 'refund', number)
    assert (one['external_id'], one['payment_id']) == (external_id, payment_id)
    assert (one['ours'], one['theirs'], one['their_state']) == (None, theirs, 'succeeded')
    assert one['is_settled'] is False
    assert morning.till.ledger(number).repayments == ()


def test_one_that_the_bank_is_still_at_is_found_as_pending(morning, number):
    payment_id = morning.paid(number)
    morning.till.refunds_are('pending')
    returns(morning, payment_id)
    assert morning.compared()['differences'] == 1
    assert (only(morning)['kind'], only(morning)['their_state']) == ('refund_unknown', 'pending')


def test_a_silent_payment_that_went_back_by_hand_is_heard_and_its_refund_is_unknown(morning, number):
    till = morning.till
    payment_id = till.begins(till.issued(number))['id']
    till.clicks(payment_id)
    returns(morning, payment_id)
    make.entered('demo', number)
    card = morning.compared()
    assert (card['differences'], card['settled']) == (2, 1)
    found = {(one['kind'], one['thing'], one['is_settled']) for one in morning.found()}
    assert found == {('other_state', 'payment', True), ('refund_unknown', 'refund', False)}


def test_our_own_refund_of_all_or_of_a_part_is_no_difference(morning, shop):
    morning.refunded(shop.order())
    number = shop.order()
    morning.paid(number)
    refunds_a_part(morning, number)
    assert morning.till.ledger(number).repayments[0].state is RepaymentState.DONE
    assert morning.compared()['differences'] == 0


def test_what_went_back_by_hand_after_our_part_is_what_is_more_than_ours(morning, number):
    payment_id = morning.paid(number)
    refunds_a_part(morning, number)
    returns(morning, payment_id)
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['payment_id'], one['theirs']['minor']) == ('refund_unknown', payment_id, 85000)


def test_a_part_by_hand_for_which_the_bank_refuses_ours_is_unknown(morning, number):
    payment_id = morning.paid(number)
    returns(morning, payment_id, 500)
    refunds_a_part(morning, number)
    [repayment] = morning.till.ledger(number).repayments
    assert (repayment.state, repayment.tries) == (RepaymentState.GOING, 2)
    assert len(remembered()) == 1
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['payment_id'], one['theirs']) == ('refund_unknown', payment_id, None)


def test_a_refund_under_way_is_compared_as_a_refund_alone(morning, number):
    morning.paid(number)
    morning.till.refunds_are('pending')
    morning.till.refunds(number)
    morning.till.follows(number, 'RefundApproved')
    make.entered('demo', number)
    assert morning.till.ledger(number).repayments[0].state is RepaymentState.GOING
    assert morning.compared()['differences'] == 0
    morning.till.settles(morning.till.sent()[0].id, is_sent=True)


def test_a_refund_we_gave_up_and_somebody_made_by_hand_is_one_line(morning, number):
    payment_id = morning.paid(number)
    morning.till.refunds_are('refused')
    morning.till.refunds(number)
    for _ in range(5):
        morning.till.follows(number, 'RefundApproved')
        morning.time.advance(hours=2)
    [repayment] = morning.till.ledger(number).repayments
    assert (repayment.state, repayment.external_id) == (RepaymentState.FAILED, None)
    morning.till.refunds_are('sent')
    make.entered('demo', number)
    external_id = returns(morning, payment_id)
    is_told(morning, number, 'REFUNDED', external_id)
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['thing'], one['payment_id']) == ('other_state', 'refund', repayment.id)
    assert (one['our_state'], one['their_state']) == ('failed', 'succeeded')


# -- payments of earlier days --------------------------------------------------------------------------


def test_a_payment_of_an_earlier_day_is_looked_at_when_its_notice_has_come(morning, number):
    payment_id = morning.paid(number)
    a_day_later(morning)
    external_id = returns(morning, payment_id)
    for _ in range(3):
        is_told(morning, number, 'REFUNDED', external_id)
    assert [kind for kind, _ in told_of(number)].count('ReturnedElsewhere') == 1
    assert len(remembered()) == 1
    card = morning.compared()
    assert (card['ours'], card['differences'], card['settled']) == (0, 1, 0)
    one = only(morning)
    assert (one['kind'], one['payment_id'], one['number']) == ('refund_unknown', payment_id, number)
    assert (one['external_id'], one['theirs']['minor']) == (external_id, 125000)
    # The night after has nothing to do with it.
    morning.time.advance(hours=8)
    assert morning.compared()['differences'] == 0


def test_the_rest_of_a_part_is_told_of_again_on_its_own_day(morning, number):
    payment_id = morning.paid(number)
    a_day_later(morning)
    is_told(morning, number, 'PARTIAL_REFUNDED', returns(morning, payment_id, 50000))
    assert morning.compared()['differences'] == 1
    assert only(morning)['theirs'] is None
    morning.time.advance(hours=8)
    is_told(morning, number, 'REFUNDED', returns(morning, payment_id))
    assert [kind for kind, _ in told_of(number)].count('ReturnedElsewhere') == 2
    assert morning.compared()['differences'] == 1
    assert only(morning)['theirs']['minor'] == 125000


def test_what_was_told_to_the_register_twice_or_lost_stands_once(morning, number):
    payment_id = morning.paid(number)
    a_day_later(morning)
    is_told(morning, number, 'REFUNDED', returns(morning, payment_id))
    rows = remembered()
    make.entered('demo', number, number)
    assert remembered() == rows
    for row in RegisterRow.query(rows[0]):
        assert row.ttl
        row.delete()
    make.entered('demo', number)
    assert remembered() == rows
    assert morning.compared()['differences'] == 1


def test_a_notice_of_our_own_refund_marks_nothing(morning, number):
    payment_id = morning.paid(number)
    a_day_later(morning)
    morning.till.sandbox.wish(fail={'how': 'lost', 'path': '/v2/Cancel'})
    morning.till.refunds(number)
    morning.till.follows(number, 'RefundApproved')
    # The bank has sent it, and its answer was lost on the way: for us it is going.
    assert morning.till.ledger(number).repayments[0].state is RepaymentState.GOING
    is_told(morning, number, 'REFUNDED', morning.till.external(payment_id))
    assert morning.till.ledger(number).repayments[0].state is RepaymentState.DONE
    assert morning.till.ledger(number).payment(payment_id).elsewhere is None
    assert remembered() == []
    make.entered('demo', number)
    assert morning.compared()['differences'] == 0


@pytest.mark.parametrize('changes, is_found', [
    ({}, True), ({'shop_id': 'Another'}, False), ({'day': date(2026, 11, 22)}, False),
    ({'day': date(2026, 11, 24)}, False),
])  # fmt: skip
def test_it_is_looked_at_in_its_own_shop_with_its_own_day(morning, number, shop, changes, is_found):
    payment_id = morning.paid(number)
    is_told(morning, number, 'REFUNDED', returns(morning, payment_id))
    asked = {'shop_id': TERMINAL, 'day': date(2026, 11, 23), **changes}
    name = ShopName(legal_entity_id=shop.entity, provider='tbank', shop_id=asked['shop_id'])
    job = life.begun('r', 'demo', name, asked['day'], ZoneInfo('Europe/Moscow'), NOON)
    assert repository.returned_on(job) == ([payment_id] if is_found else [])


# -- whoever dies --------------------------------------------------------------------------------------


@pytest.mark.parametrize('after', range(1, DEEDS + 2))
def test_it_is_found_once_whenever_a_process_dies(morning, number, monkeypatch, after):
    payment_id = morning.paid(number)
    a_day_later(morning)
    external_id, death, update = returns(morning, payment_id), Death(after), dynamo.write_now

    def updating(row):
        update(row)
        death.done('write')

    def dies(deed):
        with mortal(monkeypatch, death), monkeypatch.context() as patch, suppress(Killed):
            patch.setattr(dynamo, 'write_now', updating)
            deed()

    def hears():
        is_told(morning, number, 'REFUNDED', external_id)

    dies(hears)
    hears()  # the bank tells again what was not answered, and the queue brings again what was not done
    morning.comes()
    dies(morning.works)
    for _ in range(2):
        morning.time.advance(minutes=20)
        service.sweep()
        morning.works()
    card = morning.card()
    assert (card['status'], card['differences'], card['settled']) == ('done', 1, 0)
    assert only(morning)['kind'] == 'refund_unknown'
    assert [kind for kind, _ in told_of(number)].count('ReturnedElsewhere') == 1
    assert (len(remembered()), kinds().count('ReconciliationDiffered')) == (1, 1)
    assert (len(death.deeds) >= after) is (after <= DEEDS)
