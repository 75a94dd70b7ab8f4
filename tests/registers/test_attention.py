"""What is stuck stands in a list of its own until an employee has seen to it."""

import pytest

from chalicelib.staff.model import Permission
from tests.billing.conftest import INVOICES
from tests.billing.test_closing import is_refused, prepaid, sweeps
from tests.make import registers as make
from tests.registers.conftest import PAYMENTS, looking

__all__ = ['prepaid']


def stuck(till, shop, wanted='true', query=''):
    make.entered('demo', *{one for one in range(1, 4) if till.ledger(one).payments})
    path = f'{PAYMENTS}?needs_attention={wanted}{query}'
    answer = till.call('GET', path, by=looking(shop, Permission.PAYMENTS_MARKETPLACE))
    assert answer.status_code == 200, answer.json_body
    return [one['id'] for one in answer.json_body['items']]


def sees_to(till, payment_id, how):
    path = f'{INVOICES}/{payment_id.rpartition("-")[0]}/payments/{payment_id}/closing-receipt/{how}'
    assert till.call('POST', path, {}, by=till.accountant).status_code == 200


@pytest.fixture
def lost(till, prepaid, time):
    """A prepayment whose second receipt was given up; its id."""
    return is_refused(till, prepaid, time)


def test_a_receipt_that_is_missing_is_listed_until_it_is_confirmed(till, shop, lost):
    till.paid(shop.order())
    assert stuck(till, shop) == [lost]
    assert len(stuck(till, shop, 'false')) == 1
    assert lost not in stuck(till, shop, 'false')
    sees_to(till, lost, 'confirm')
    assert stuck(till, shop) == []
    assert lost in stuck(till, shop, 'false')


def test_what_is_asked_for_again_is_listed_no_more_until_it_fails_again(till, shop, lost, prepaid):
    sees_to(till, lost, 'retry')
    assert stuck(till, shop) == []
    till.follows(prepaid, 'ClosingReceiptRetried')
    assert stuck(till, shop) == [lost]


def test_a_refund_that_the_provider_refuses_is_listed_until_it_is_made(till, shop, time):
    number = shop.order()
    till.paid(number)
    till.refunds_are('refused')
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    for _ in range(5):
        sweeps(time, hours=3)
    [repayment] = till.ledger(number).repayments
    assert stuck(till, shop) == [repayment.id]
    assert stuck(till, shop, query='&kind=payment') == []
    till.refunds_are('sent')
    till.refunds(number, 'retry', {})
    till.follows(number, 'RefundRetried')
    assert stuck(till, shop) == []
