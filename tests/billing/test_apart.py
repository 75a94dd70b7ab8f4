"""Several invoices of a request: each is paid and shown apart, and a cancelling may annul all of them."""

import pytest

from chalicelib.billing import service
from chalicelib.catalogue.model import AutomaticRefund, PaymentTime
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step
from tests.billing.conftest import INVOICES, OWN, STAFF, labels, refused, told_of
from tests.billing.test_following import cancelled
from tests.make import billing as make
from tests.make import catalogue as make_catalogue


def bill(call, shop, number):
    """What staff read of the money of the request."""
    return call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher).json_body


def statuses(call, shop, number):
    return [one['status'] for one in bill(call, shop, number)['invoices']]


@pytest.mark.proves('INV-003', 'INV-020', 'PAY-010', 'REQ-032', 'REQ-033', 'REQ-034')
def test_each_invoice_is_paid_apart_and_staff_see_how(till, call, number, shop):
    till.paid(number)
    second = till.issued(number, shop.pipe)
    assert statuses(call, shop, number) == ['paid_online', 'issued']
    assert labels(number, shop) == ['invoice_unpaid', 'invoice_paid']
    assert (bill(call, shop, number)['due']['minor'], till.held()) == (33333, 125000)
    till.notices('payment.succeeded', till.clicks(till.begins(second)['id']))
    assert statuses(call, shop, number) == ['paid_online', 'paid_online']
    assert sorted(one.minor for one in till.seen()) == [33333, 125000]
    third = make.drawn(number, shop.dispatcher, shop.tap).id
    assert statuses(call, shop, number)[2] == 'draft'
    service.mark_paid(third, by=shop.dispatcher)
    assert statuses(call, shop, number) == ['paid_online', 'paid_online', 'paid_offline']
    assert labels(number, shop) == ['invoice_marked_paid', 'invoice_paid']


@pytest.fixture
def returning(shop):
    """A request of an offering that sends its money back when it is cancelled."""
    shop.offering = make_catalogue.offering(
        name='Мойка', legal_entity_id=shop.entity, automatic_refund=AutomaticRefund.ALWAYS,
        department_id=shop.house.plumbers,
    ).id  # fmt: skip
    return shop.order()


@pytest.mark.proves('INV-035', 'REF-026', 'I10', 'F7', 'AMB-56', 'AMB-57')
def test_a_cancelling_annuls_all_that_was_issued_or_paid_and_what_is_annulled_is_over(
    till, call, returning, shop
):
    till.paid(returning)
    service.mark_paid(till.issued(returning, shop.pipe), by=shop.dispatcher)
    till.issued(returning, shop.pipe, quantity='2')
    service.follow(cancelled(returning, shop.dispatcher))
    till.follows(returning, 'RefundApproved')
    seen = bill(call, shop, returning)
    assert [one['status'] for one in seen['invoices']] == ['annulled'] * 3
    assert (seen['due']['minor'], seen['by_hand']['minor'], till.held()) == (0, 33333, 0)
    refund = till.call('GET', f'{STAFF}/{returning}/refund', by=till.accountant).json_body['refund']
    assert [refund[name] for name in ('status', 'is_full', 'is_automatic')] == ['completed', True, True]
    assert (refund['amount']['minor'], refund['offline']['minor']) == (125000, 33333)
    own = call('GET', f'{OWN}/{returning}/invoices', by=shop.resident).json_body
    assert [one['status'] for one in own['invoices']] == ['refunded']
    before = till.ledger(returning)
    for invoice in seen['invoices']:
        assert invoice['actions'] == []
        path = f'{INVOICES}/{invoice["id"]}'
        refused(call('PATCH', path, {'positions': []}, by=shop.dispatcher), 409, 'InvoiceMoveNotAllowed')
        for verb in ('issue', 'withdraw', 'mark-paid', 'make-unpaid'):
            refused(call('POST', f'{path}/{verb}', by=shop.dispatcher), 409, 'InvoiceMoveNotAllowed')
        assert till.asks(invoice['id']).status_code in (404, 409)
    assert till.ledger(returning) == before


@pytest.mark.proves('AMB-57')
def test_staff_read_what_they_have_to_give_back_by_hand_where_nothing_goes_back_by_itself(
    till, call, returning, shop
):
    service.mark_paid(till.issued(returning), by=shop.dispatcher)
    assert bill(call, shop, returning)['by_hand']['minor'] == 0
    service.follow(cancelled(returning, shop.dispatcher))
    seen = bill(call, shop, returning)
    assert ([one['status'] for one in seen['invoices']], seen['by_hand']['minor']) == (['annulled'], 125000)
    assert till.ledger(returning).refund is None
    assert told_of(returning)[-1][1]['was'] == 'paid_offline'


@pytest.mark.proves('INV-035', 'AMB-54', 'AMB-55')
def test_once_the_work_has_begun_a_cancelling_annuls_nothing(till, call, returning, shop):
    till.paid(returning)
    requests.start(returning, Start(assignee_ids=(shop.house.crew[0].id,)), by=shop.dispatcher)
    service.follow(cancelled(returning, shop.dispatcher))
    assert (statuses(call, shop, returning), till.held()) == (['paid_online'], 125000)


@pytest.mark.proves('AMB-19')
def test_what_is_to_be_paid_before_is_begun_and_done_without_a_payment(call, shop):
    shop.offering = make_catalogue.offering(
        name='Выезд', legal_entity_id=shop.entity, payment=PaymentTime.BEFORE,
        department_id=shop.house.plumbers,
    ).id  # fmt: skip
    number = shop.order()
    make.issued(number, shop.dispatcher, shop.tap)
    own = call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body
    assert [one['status'] for one in own['invoices']] == ['awaiting_payment']
    requests.start(number, Start(assignee_ids=(shop.house.crew[0].id,)), by=shop.dispatcher)
    assert requests.complete(number, Step(), by=shop.dispatcher).status == 'done'
    assert (statuses(call, shop, number), labels(number, shop)) == (['issued'], ['invoice_unpaid'])


@pytest.mark.proves('AMB-52')
def test_positions_come_to_an_issued_invoice_after_it_was_withdrawn(call, shop, number):
    invoice = make.issued(number, shop.dispatcher, shop.tap)
    path, more = f'{INVOICES}/{invoice.id}', {'positions': [{'price_id': shop.pipe.id}]}
    refused(call('PATCH', path, more, by=shop.dispatcher), 409, 'InvoiceMoveNotAllowed')
    call('POST', f'{path}/withdraw', by=shop.dispatcher)
    assert call('PATCH', path, more, by=shop.dispatcher).json_body['total']['minor'] == 33333
    call('POST', f'{path}/issue', by=shop.dispatcher)
    assert [kind for kind, _ in told_of(number)].count('InvoiceIssued') == 2


@pytest.mark.proves('AMB-62')
@pytest.mark.parametrize(
    ('discount', 'comes_to'),
    [('0', 125000), ('0.01', 124988), ('33.33', 83338), ('99.99', 13), ('100', 0),
     ('33.333', None), ('100.01', None), ('-1', None), ('5%', None)],
)  # fmt: skip
def test_a_discount_is_a_percentage_of_two_decimals(call, shop, number, discount, comes_to):
    body = {'positions': [{'price_id': shop.tap.id, 'discount': discount}]}
    answer = call('POST', f'{STAFF}/{number}/invoices', body, by=shop.dispatcher)
    if comes_to is None:
        refused(answer, 400, 'NotDecent', 'body.positions[0].discount')
    else:
        assert answer.json_body['total']['minor'] == comes_to
