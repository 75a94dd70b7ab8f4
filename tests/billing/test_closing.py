"""The second receipt of a prepayment: once, when the work is done, of what did not go back."""

from datetime import timedelta

import pytest

from chalicelib.billing import service
from chalicelib.billing.model.payment import ClosingState
from chalicelib.catalogue.model import PaymentTime
from chalicelib.kit import clock
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step
from tests.billing.conftest import STAFF
from tests.billing.tbank import TERMINAL
from tests.billing.till import SHOP_ID
from tests.make import catalogue as make_catalogue


@pytest.fixture
def prepaid(shop):
    """A request for what is paid «с предоплатой»."""
    shop.offering = make_catalogue.offering(
        name='Окна', legal_entity_id=shop.entity, payment=PaymentTime.BEFORE, assignees_max=4,
        department_id=shop.house.plumbers, is_refundable=True,
    ).id  # fmt: skip
    return shop.order()


@pytest.fixture(params=['till', 'terminal_till'])
def anyones(request):
    """The till of either provider."""
    return request.getfixturevalue(request.param)


def works(till, number):
    crew = (till.shop.house.crew[0].id,)
    requests.start(number, Start(assignee_ids=crew), by=till.accountant)


def is_done(till, number):
    """The work is done, and the queue has brought the news."""
    requests.complete(number, Step(), by=till.accountant)
    service.close('demo', number)


def is_refused(till, number, time):
    """A prepayment whose second receipt the provider refuses as often as he is asked; its id."""
    till.paid(number)
    works(till, number)
    till.sandbox.wish(shop={'id': SHOP_ID, 'closings': 'canceled'})
    is_done(till, number)
    for _ in range(5):
        sweeps(time, hours=3)
    return till.ledger(number).payments[0].id


def sweeps(time, **span):
    time.move(clock.now() + timedelta(**span))
    service.sweep()


def seconds(till):
    """The sums of the second receipts that the tax office has."""
    told = till.sandbox.wish()['receipts']
    if till.__class__.__name__ == 'TBankTill':
        return [[item['Amount'] for item in one['receipt']['Items']] for one in told]
    return [
        [int(item['amount']['value'].replace('.', '')) for item in one['items']]
        for one in told
        if 'settlements' in one
    ]


def closing(till, number):
    return till.ledger(number).payments[0].closing


def test_a_prepayment_is_closed_once_when_the_work_is_done(anyones, prepaid, time):
    anyones.paid(prepaid)
    works(anyones, prepaid)
    assert (seconds(anyones), closing(anyones, prepaid)) == ([], None)
    is_done(anyones, prepaid)
    assert seconds(anyones) == [[125000]]
    assert closing(anyones, prepaid).state is ClosingState.DONE
    service.close('demo', prepaid)
    for _ in range(3):
        sweeps(time, hours=25)
    assert seconds(anyones) == [[125000]]
    bill = anyones.call('GET', f'{STAFF}/{prepaid}/invoices', by=anyones.accountant).json_body
    assert bill['invoices'][0]['payments'][0]['closing_receipt'] == 'done'


def test_both_receipts_say_what_they_are(till, prepaid):
    till.paid(prepaid)
    works(till, prepaid)
    is_done(till, prepaid)
    first, second = till.sandbox.wish()['receipts']
    modes = [[(one['payment_mode'], one['vat_code']) for one in told['items']] for told in (first, second)]
    assert modes == [[('full_prepayment', 12)], [('full_payment', 11)]]
    assert second['settlements'] == [
        {'type': 'prepayment', 'amount': {'value': '1250.00', 'currency': 'RUB'}}
    ]
    assert second['customer'] == first['customer']


def test_what_the_bank_is_sent_says_what_it_is(terminal_till, prepaid):
    terminal_till.paid(prepaid)
    works(terminal_till, prepaid)
    is_done(terminal_till, prepaid)
    [first] = [one['receipt'] for one in terminal_till.sandbox.wish()['payments']]
    [second] = [one['receipt'] for one in terminal_till.sandbox.wish()['receipts']]
    told = [(one['Items'][0]['PaymentMethod'], one['Items'][0]['Tax']) for one in (first, second)]
    assert told == [('full_prepayment', 'vat122'), ('full_payment', 'vat22')]


def test_what_is_paid_after_the_work_or_for_another_kind_of_offering_has_one_receipt(till, number, prepaid):
    works(till, prepaid)
    is_done(till, prepaid)
    till.paid(prepaid)
    till.follows(prepaid, 'InvoicePaid')
    till.paid(number)
    works(till, number)
    is_done(till, number)
    assert seconds(till) == []
    modes = {one['items'][0]['payment_mode'] for one in till.sandbox.wish()['receipts']}
    assert modes == {'full_payment'}


def test_a_page_that_was_opened_before_the_work_was_done_and_paid_after_is_closed(anyones, prepaid):
    payment = anyones.begins(anyones.issued(prepaid))
    works(anyones, prepaid)
    is_done(anyones, prepaid)
    external_id = anyones.clicks(payment['id'])
    anyones.notices('payment.succeeded' if TERMINAL not in anyones.hook and 'yookassa' in anyones.hook
                    else 'CONFIRMED', external_id)  # fmt: skip
    assert seconds(anyones) == []
    anyones.follows(prepaid, 'InvoicePaid')
    assert seconds(anyones) == [[125000]]


def test_what_went_back_is_not_closed(till, shop, prepaid):
    invoice_id = till.paid(prepaid, shop.tap, shop.pipe)
    [invoice] = till.ledger(prepaid).invoices
    line = {'invoice_id': invoice_id, 'position_id': invoice.positions[0].id, 'amount': {'minor': 25000}}
    till.refunds(prepaid, body={'reason': 'Не сделано', 'lines': [line]})
    works(till, prepaid)
    is_done(till, prepaid)
    assert seconds(till) == []  # the money is on its way back: nobody knows yet what is left
    till.follows(prepaid, 'RefundApproved')
    returned = till.sandbox.wish()['receipts'][-1]
    assert returned['items'][0]['payment_mode'] == 'full_prepayment'
    service.close('demo', prepaid)
    assert seconds(till) == [[100000, 33333]]


def test_of_what_went_back_whole_there_is_no_second_receipt(anyones, prepaid, time):
    anyones.paid(prepaid)
    works(anyones, prepaid)
    anyones.refunds(prepaid)
    is_done(anyones, prepaid)
    anyones.follows(prepaid, 'RefundApproved')
    sweeps(time, minutes=15)
    assert (seconds(anyones), closing(anyones, prepaid).state) == ([], ClosingState.VOID)
    sweeps(time, hours=7)
    assert closing(anyones, prepaid).state is ClosingState.VOID


def test_what_goes_back_after_it_was_handed_over_is_a_return_of_what_was_sold(till, prepaid):
    invoice_id = till.paid(prepaid)
    works(till, prepaid)
    is_done(till, prepaid)
    [invoice] = till.ledger(prepaid).invoices
    line = {'invoice_id': invoice_id, 'position_id': invoice.positions[0].id, 'amount': {'minor': 25000}}
    till.refunds(prepaid, body={'reason': 'Плохо', 'lines': [line]})
    till.follows(prepaid, 'RefundApproved')
    assert till.sandbox.wish()['receipts'][-1]['items'][0]['payment_mode'] == 'full_payment'


@pytest.mark.parametrize('how', ['lost', '500', 'broken', 'garbage', 'hang_up', '429'])
def test_an_answer_that_is_none_closes_once(till, prepaid, time, how):
    till.paid(prepaid)
    works(till, prepaid)
    till.sandbox.wish(fail={'how': how, 'path': '/receipts'})
    is_done(till, prepaid)
    for _ in range(3):
        sweeps(time, minutes=3)
    assert seconds(till) == [[125000]]
    assert closing(till, prepaid).state is ClosingState.DONE


def test_who_was_silent_for_a_day_is_asked_whether_he_has_made_it(till, prepaid, time):
    till.paid(prepaid)
    works(till, prepaid)
    till.sandbox.wish(fail={'how': 'lost', 'path': '/receipts'})
    is_done(till, prepaid)
    sweeps(time, days=3)
    assert (seconds(till), closing(till, prepaid).state) == ([[125000]], ClosingState.DONE)


@pytest.mark.parametrize('how, is_made, state', [
    ('lost', True, ClosingState.FAILED), ('502', False, ClosingState.FAILED),
    ('429', True, ClosingState.DONE),
])  # fmt: skip
def test_the_bank_is_never_asked_for_a_second_receipt_twice(
    terminal_till, prepaid, time, how, is_made, state
):
    terminal_till.paid(prepaid)
    works(terminal_till, prepaid)
    terminal_till.sandbox.wish(fail={'how': how, 'path': 'SendClosingReceipt'})
    is_done(terminal_till, prepaid)
    for _ in range(3):
        sweeps(time, minutes=3)
    assert seconds(terminal_till) == [[125000]] * is_made
    assert closing(terminal_till, prepaid).state is state


def test_a_second_receipt_that_is_refused_is_tried_anew_and_given_up_in_the_end(till, prepaid, time):
    is_refused(till, prepaid, time)
    assert (closing(till, prepaid).state, closing(till, prepaid).tries) == (ClosingState.FAILED, 5)


def test_a_till_that_takes_its_time_is_asked_about(till, prepaid, time):
    till.paid(prepaid)
    works(till, prepaid)
    till.sandbox.wish(shop={'id': '100500', 'closings': 'pending'})
    is_done(till, prepaid)
    assert closing(till, prepaid).state is ClosingState.GOING
    with till.sandbox._books.lock:
        [kept] = [one for one in till.sandbox._books.all('receipt') if 'settlements' in one['told']]
        kept['told']['status'] = 'succeeded'
    sweeps(time, minutes=3)
    assert closing(till, prepaid).state is ClosingState.DONE
    assert seconds(till) == [[125000]]
