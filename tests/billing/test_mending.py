"""What an employee does where the provider has refused for good, or nobody can tell what he did."""

from dataclasses import replace

import pytest

from chalicelib.billing.model.payment import ClosingState, RepaymentState
from chalicelib.kit.caller import ClientKind
from chalicelib.staff.model import Permission
from tests.billing.conftest import INVOICES, STAFF, refused, told_of
from tests.billing.test_closing import closing, is_done, is_refused, prepaid, seconds, sweeps, works
from tests.billing.till import SHOP_ID

__all__ = ['prepaid']



def line(till, number, payment_id=None):
    """The last payment of the first invoice, or that one, as the accountant sees it."""
    bill = till.call('GET', f'{STAFF}/{number}/invoices', by=till.accountant).json_body
    payments = bill['invoices'][0]['payments']
    return payments[-1] if payment_id is None else next(one for one in payments if one['id'] == payment_id)


def mends(till, payment_id, what, by=None):
    invoice_id = payment_id.rpartition('-')[0]
    path = f'{INVOICES}/{invoice_id}/payments/{payment_id}/{what}'
    return till.call('POST', path, {}, by=by or till.accountant)


@pytest.fixture
def refused_receipt(till, prepaid, time):
    """A prepayment whose second receipt the till has refused as often as is tried; its id."""
    payment_id = is_refused(till, prepaid, time)
    till.sandbox.wish(shop={'id': SHOP_ID, 'closings': 'succeeded'})
    return payment_id


@pytest.fixture
def stuck(till, number, time):
    """Money that nobody was to pay, which the provider will not return; the id of its payment."""
    invoice_id = till.issued(number)
    first, second = (till.begins(invoice_id, method=method)['id'] for method in ('any', 'card'))
    till.notices('payment.succeeded', till.clicks(first))
    till.refunds_are('refused')
    till.notices('payment.succeeded', till.clicks(second))
    till.follows(number, 'MoneyUnwanted')
    for _ in range(5):
        sweeps(time, hours=3)
    till.refunds_are('sent')
    return second


def test_a_receipt_that_was_refused_is_made_when_somebody_has_seen_to_it(till, prepaid, refused_receipt):
    assert line(till, prepaid)['closing_receipt'] == 'failed'
    assert line(till, prepaid)['actions'] == ['retry_receipt', 'confirm_receipt']
    before = len(seconds(till))
    answer = mends(till, refused_receipt, 'closing-receipt/retry')
    assert answer.status_code == 200
    assert answer.json_body['payments'][0]['closing_receipt'] == 'going'
    till.follows(prepaid, 'ClosingReceiptRetried')
    assert closing(till, prepaid).state is ClosingState.DONE
    assert seconds(till)[before:] == [[125000]]
    assert line(till, prepaid)['actions'] == []
    kinds = [kind for kind, _ in told_of(prepaid)]
    assert kinds[-2:] == ['ClosingReceiptStuck', 'ClosingReceiptRetried']
    till.follows(prepaid, 'ClosingReceiptRetried')
    assert len(seconds(till)) == before + 1


def test_a_receipt_that_is_asked_for_again_and_never_brought_is_found_by_the_clock(
    till, prepaid, refused_receipt, time
):
    before = len(seconds(till))
    mends(till, refused_receipt, 'closing-receipt/retry')
    sweeps(time, minutes=2)
    assert closing(till, prepaid).state is ClosingState.DONE
    assert len(seconds(till)) == before + 1


def test_a_receipt_that_is_refused_again_fails_again_and_is_told_of(till, prepaid, refused_receipt):
    till.sandbox.wish(shop={'id': SHOP_ID, 'closings': 'canceled'})
    mends(till, refused_receipt, 'closing-receipt/retry')
    till.follows(prepaid, 'ClosingReceiptRetried')
    assert line(till, prepaid)['closing_receipt'] == 'failed'
    kinds = [kind for kind, _ in told_of(prepaid)]
    assert kinds[-3:] == ['ClosingReceiptStuck', 'ClosingReceiptRetried', 'ClosingReceiptStuck']


@pytest.mark.parametrize('how, is_made, action', [('lost', True, 'confirm'), ('502', False, 'retry')])
def test_what_the_bank_cannot_tell_an_employee_can(terminal_till, prepaid, time, how, is_made, action):
    terminal_till.paid(prepaid)
    works(terminal_till, prepaid)
    terminal_till.sandbox.wish(fail={'how': how, 'path': 'SendClosingReceipt'})
    is_done(terminal_till, prepaid)
    sweeps(time, minutes=3)
    assert seconds(terminal_till) == [[125000]] * is_made
    payment_id = terminal_till.ledger(prepaid).payments[0].id
    assert mends(terminal_till, payment_id, f'closing-receipt/{action}').status_code == 200
    for _ in range(3):
        sweeps(time, minutes=3)
    assert closing(terminal_till, prepaid).state is ClosingState.DONE
    assert seconds(terminal_till) == [[125000]]


def test_a_receipt_that_was_seen_is_asked_for_no_more(till, prepaid, refused_receipt, time):
    before = seconds(till)
    answer = mends(till, refused_receipt, 'closing-receipt/confirm')
    assert answer.json_body['payments'][0]['closing_receipt'] == 'done'
    for _ in range(3):
        sweeps(time, hours=7)
    assert seconds(till) == before
    assert told_of(prepaid)[-1][0] == 'ClosingReceiptConfirmed'


def test_money_nobody_wanted_goes_back_when_somebody_has_seen_to_it(till, number, stuck):
    assert (line(till, number, stuck)['going_back'], line(till, number, stuck)['state']) == (
        'failed', 'unwanted',
    )  # fmt: skip
    assert line(till, number, stuck)['actions'] == ['retry_return']
    assert till.held() == 250000
    assert mends(till, stuck, 'return/retry').status_code == 200
    till.follows(number, 'UnwantedMoneyRetried')
    assert till.held() == 125000
    assert line(till, number, stuck)['going_back'] == 'done'
    kinds = [kind for kind, _ in told_of(number)]
    assert kinds[-3:] == ['UnwantedMoneyStuck', 'UnwantedMoneyRetried', 'UnwantedMoneyReturned']
    [repayment] = till.ledger(number).repayments
    assert repayment.state is RepaymentState.DONE


def test_a_return_that_is_asked_for_again_and_never_brought_is_found_by_the_clock(till, number, stuck, time):
    mends(till, stuck, 'return/retry')
    sweeps(time, minutes=2)
    assert till.held() == 125000


@pytest.mark.parametrize('what', ['closing-receipt/retry', 'closing-receipt/confirm', 'return/retry'])
def test_what_is_not_stuck_is_left_alone(till, number, what):
    till.paid(number)
    before = till.ledger(number)
    refused(mends(till, before.payments[0].id, what), 409, 'PaymentMoveNotAllowed')
    assert till.ledger(number) == before
    refused(mends(till, f'{number}-1-nothing', what), 404, 'PaymentNotFound')
    refused(mends(till, 'x-y', what), 404, 'InvoiceNotFound')


def test_a_refund_that_failed_is_not_retried_as_money_nobody_wanted(till, number, time):
    till.paid(number)
    till.refunds_are('refused')
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    for _ in range(5):
        sweeps(time, hours=3)
    assert (line(till, number)['going_back'], line(till, number)['actions']) == ('failed', [])
    refused(mends(till, line(till, number)['id'], 'return/retry'), 409, 'PaymentMoveNotAllowed')


def test_who_may_see_to_what_is_stuck(till, prepaid, refused_receipt):
    def with_only(*permissions, **changes):
        may = frozenset({Permission.REQUESTS_VIEW, *permissions})
        return replace(till.accountant, permissions=may, **changes)

    for what, other in (
        ('closing-receipt/retry', Permission.REFUNDS),
        ('closing-receipt/confirm', Permission.REFUNDS),
        ('return/retry', Permission.INVOICES_EDIT),
    ):
        refused(mends(till, refused_receipt, what, by=with_only(other)), 403, 'PermissionMissing')
    in_app = with_only(Permission.INVOICES_EDIT, client=ClientKind.STAFF_APP)
    refused(mends(till, refused_receipt, 'closing-receipt/retry', by=in_app), 403, 'OnlyInCrm')
    assert line(till, prepaid)['closing_receipt'] == 'failed'
