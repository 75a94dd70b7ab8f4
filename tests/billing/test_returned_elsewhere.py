"""What somebody sent back in the cabinet of T-Bank is remembered by the notice of it, and never booked."""

import pytest

from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.billing.model.provider import RefundStatus
from infra.local.tbank.signing import signed
from tests.billing.conftest import labels, refused, told_of
from tests.billing.tbank import PASSWORD
from tests.billing.test_at_tbank import sweeps

PART = 50000


def returns(till, external_id, minor=None):
    """Somebody sends back the payment, or a part of it, in the cabinet."""
    wanted = {'payment': external_id} if minor is None else {'payment': external_id, 'amount': minor}
    till.sandbox.wish(**{'return': wanted})


def marks(number):
    """How often it was announced."""
    return [kind for kind, _ in told_of(number)].count('ReturnedElsewhere')


def only(till, number):
    [payment] = till.ledger(number).payments
    return payment


@pytest.fixture
def paid(terminal_till, number):
    """A payment that is known to be paid; by what the bank knows it."""
    terminal_till.paid(number)
    return str(only(terminal_till, number).external_id)


@pytest.mark.parametrize('minor, status, left', [
    (None, 'REFUNDED', 125000), (PART, 'PARTIAL_REFUNDED', 75000),
])  # fmt: skip
def test_it_is_told_of_once_and_the_money_here_stays_as_it_was(
    terminal_till, number, shop, paid, minor, status, left
):
    before = terminal_till.ledger(number)
    returns(terminal_till, paid, minor)
    for _ in range(3):
        assert terminal_till.notices(status, paid).body == b'OK'
    assert marks(number) == 1
    mark = only(terminal_till, number).elsewhere
    assert (mark.status, mark.is_all, mark.left.minor) == (RefundStatus.SUCCEEDED, minor is None, left)
    after = terminal_till.ledger(number)
    assert (after.invoices, after.repayments, after.refund) == (before.invoices, (), None)
    assert after.payments[0].model_copy(update={'elsewhere': None}) == before.payments[0]
    assert labels(number, shop)[-1] == 'invoice_paid'
    [told] = [event for kind, event in told_of(number) if kind == 'ReturnedElsewhere']
    assert (told['payment_id'], told['amount']['minor']) == (after.payments[0].id, 125000)


def test_the_bank_is_believed_and_not_its_notice(terminal_till, number, paid):
    confirmed = terminal_till.noticed('CONFIRMED', paid)
    lie = signed(confirmed | {'Status': 'REFUNDED'}, PASSWORD)
    assert terminal_till.posts(lie).body == b'OK'
    assert (marks(number), only(terminal_till, number).elsewhere) == (0, None)
    returns(terminal_till, paid)
    # Any notice of the payment will do: it says where to look.
    assert terminal_till.posts(confirmed).body == b'OK'
    assert marks(number) == 1


def test_where_the_bank_cannot_be_asked_its_notice_has_to_come_again(terminal_till, number, paid):
    returns(terminal_till, paid)
    terminal_till.sandbox.wish(fail={'how': '502', 'path': '/v2/GetState'})
    refused(terminal_till.notices('REFUNDED', paid), 503, 'ProviderAway')
    assert marks(number) == 0
    assert terminal_till.notices('REFUNDED', paid).body == b'OK'
    assert marks(number) == 1


@pytest.mark.parametrize('by_notice', [True, False])
def test_a_payment_of_which_nothing_was_heard_is_paid_first(terminal_till, number, time, by_notice):
    external_id = terminal_till.clicks(terminal_till.begins(terminal_till.issued(number))['id'])
    returns(terminal_till, external_id)
    if by_notice:
        assert terminal_till.notices('REFUNDED', external_id).body == b'OK'
    else:
        sweeps(time, minutes=2)
    payment = only(terminal_till, number)
    assert (payment.state, payment.elsewhere.is_all) == (PaymentState.PAID, True)
    kinds = [kind for kind, _ in told_of(number)]
    assert kinds[-2:] == ['InvoicePaid', 'ReturnedElsewhere']


def test_what_is_left_of_a_part_pays_no_invoice(terminal_till, number):
    external_id = terminal_till.clicks(terminal_till.begins(terminal_till.issued(number))['id'])
    returns(terminal_till, external_id, PART)
    answer = terminal_till.notices('PARTIAL_REFUNDED', external_id)
    assert (answer.body, answer.headers['X-Refused']) == (b'OK', 'NoticeAmountDiffers')
    assert only(terminal_till, number).state is PaymentState.OPEN


def test_money_nobody_wanted_goes_back_by_us(terminal_till, number):
    first = terminal_till.begins(terminal_till.issued(number))
    second = terminal_till.begins(f'{number}-1', method='card')
    for one in (first, second):
        terminal_till.notices('CONFIRMED', terminal_till.clicks(one['id']))
    external_id = terminal_till.external(second['id'])
    terminal_till.follows(number, 'MoneyUnwanted')
    assert terminal_till.notices('REFUNDED', external_id).body == b'OK'
    assert marks(number) == 0
    assert terminal_till.ledger(number).payment(second['id']).state is PaymentState.UNWANTED


@pytest.mark.parametrize('minor', [100, None])
@pytest.mark.parametrize('is_told', [True, False])
def test_a_part_sent_by_hand_is_never_taken_for_our_refund(
    terminal_till, number, time, paid, minor, is_told
):
    returns(terminal_till, paid, PART)
    if is_told:
        terminal_till.notices('PARTIAL_REFUNDED', paid)
    payment = only(terminal_till, number)
    line = {
        'invoice_id': payment.invoice_id, 'position_id': payment.positions[0].id, 'amount': {'minor': minor},
    }  # fmt: skip
    terminal_till.refunds(number, body={'reason': 'Не сделано', 'lines': [line] if minor else None})
    for _ in range(5):
        terminal_till.follows(number, 'RefundApproved')
        # What the bank refuses to send by us it has told, or it is known from the refusal.
        assert marks(number) == 1
        terminal_till.notices('PARTIAL_REFUNDED', paid)
        time.advance(hours=3)
    [repayment] = terminal_till.ledger(number).repayments
    assert (repayment.state, repayment.tries) == (RepaymentState.FAILED, 5)
    assert terminal_till.ledger(number).invoices[0].refunded.minor == 0
    assert [one.minor for one in terminal_till.sent()] == [PART]
    assert marks(number) == 1
