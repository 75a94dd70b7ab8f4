"""A day at T-Bank, which keeps no list: each payment and refund of ours is asked about."""

from chalicelib.billing.model.payment import PaymentState
from tests.billing.conftest import bank, terminal_till
from tests.billing.tbank import TERMINAL
from tests.make import registers as make
from tests.registers.morning import Morning

__all__ = ['bank', 'terminal_till']


def test_what_the_bank_never_told_of_is_found_and_the_rest_is_the_same(terminal_till, shop, time):
    till, morning = terminal_till, Morning(terminal_till, time)
    morning.knows_the_shop(TERMINAL, 'tbank')
    morning.refunded(shop.order())
    morning.paid(shop.order())
    number = shop.order()
    silent = till.begins(till.issued(number))['id']
    till.clicks(silent)
    make.entered('demo', number)
    card = morning.compared()
    assert (card['status'], card['provider'], card['is_one_by_one']) == ('done', 'tbank', True)
    assert (card['theirs'], card['ours'], card['differences'], card['settled']) == (0, 4, 1, 1)
    [one] = morning.found()
    assert (one['payment_id'], one['kind'], one['is_settled']) == (silent, 'other_state', True)
    assert (one['our_state'], one['their_state']) == ('open', 'succeeded')
    assert till.ledger(number).payment(silent).state is PaymentState.PAID
