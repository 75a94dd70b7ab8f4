"""When a client may ask for his money, when employees may decide, and what the block of a refund tells."""

import pytest

from chalicelib.billing import service
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step, Suspension
from tests.billing.conftest import OWN, STAFF, labels, refused
from tests.make import billing as make
from tests.make import catalogue as make_catalogue


@pytest.fixture
def refundable(shop):
    """The resident's request for what clients may ask money back for."""
    shop.offering = make_catalogue.offering(
        name='Окна', legal_entity_id=shop.entity, is_refundable=True, department_id=shop.house.plumbers
    ).id
    return shop.order()


STATUSES = ('waiting', 'in_progress', 'suspended', 'done', 'reopened', 'cancelled')


def brought(number, status, shop):
    """The request goes to the status by the hands of the dispatcher."""
    by = shop.dispatcher
    if status == 'cancelled':
        requests.cancel(number, Step(comment='не нужно'), by=by)
    elif status != 'waiting':
        requests.start(number, Start(assignee_ids=(shop.house.crew[0].id,)), by=by)
    if status == 'suspended':
        requests.suspend(number, Suspension(comment='ждём', resume_until='2026-12-01'), by=by)
    elif status in ('done', 'reopened'):
        requests.complete(number, Step(), by=by)
    if status == 'reopened':
        requests.reopen(number, Step(), by=by)
    assert requests.seen(number, by=by).status == status


def asks(till, number, **wish):
    return till.call('POST', f'{OWN}/{number}/refund-request', wish, by=till.shop.resident)


@pytest.mark.proves('REF-018', 'AMB-65', 'AMB-66')
@pytest.mark.parametrize('action', ['approve', 'reject'])
@pytest.mark.parametrize('status', STATUSES)
def test_a_client_asks_in_any_status_and_is_answered_in_work_or_after_a_cancelling(
    till, refundable, shop, status, action
):
    till.paid(refundable)
    brought(refundable, status, shop)
    assert asks(till, refundable).status_code == 201
    answer = till.refunds(refundable, action)
    if status not in ('in_progress', 'cancelled'):
        refused(answer, 422, 'RefundNeedsWork')
        assert till.ledger(refundable).refund.status == 'requested'
        return
    said = {'approve': 'approved', 'reject': 'rejected'}[action]
    assert (answer.status_code, answer.json_body['refund']['status']) == (200, said)


@pytest.mark.proves('REF-019')
@pytest.mark.parametrize('status', STATUSES)
def test_an_employee_gives_money_back_in_any_status(till, number, shop, status):
    till.paid(number)
    brought(number, status, shop)
    assert till.refunds(number).json_body['refund']['status'] == 'approved'
    till.follows(number, 'RefundApproved')
    assert till.held() == 0


@pytest.mark.proves('REF-017', 'REQ-036', 'AMB-71')
def test_the_block_tells_all_of_what_was_asked_for_and_what_was_decided(till, refundable, shop, time):
    till.paid(refundable)
    asks(till, refundable, amount={'minor': 50000}, comment='Долго ждал')

    def told():
        return till.call('GET', f'{STAFF}/{refundable}/refund', by=shop.dispatcher).json_body

    block = told()
    known = ('status', 'is_full', 'wish', 'asked_at', 'decided_by', 'is_automatic')
    assert [block['refund'][name] for name in known] == [
        'requested', False, 'Долго ждал', '2026-11-23T09:00:00.000Z', None, False,
    ]  # fmt: skip
    assert block['refund']['asked']['minor'] == block['refund']['amount']['minor'] == 50000
    [position] = block['positions']
    assert (position['name'], position['paid']['minor'], block['most']['minor']) == ('Кран', 125000, 125000)
    brought(refundable, 'in_progress', shop)
    time.advance(hours=1)
    line = {name: position[name] for name in ('invoice_id', 'position_id')} | {'amount': {'minor': 40000}}
    till.refunds(refundable, 'approve', {'reason': 'Скидка', 'lines': [line]})
    assert labels(refundable, shop) == ['invoice_paid', 'refund_approved']
    till.follows(refundable, 'RefundApproved')
    refund = told()['refund']
    assert (refund['status'], refund['amount']['minor'], refund['asked']['minor']) == (
        'completed',
        40000,
        50000,
    )
    assert (refund['reason'], refund['decided_by']['name'], refund['decided_at']) == (
        'Скидка', shop.dispatcher.name, '2026-11-23T10:00:00.000Z',
    )  # fmt: skip
    assert [one['amount']['minor'] for one in refund['lines']] == [40000]
    assert labels(refundable, shop) == ['invoice_paid', 'refund_approved']


@pytest.mark.proves('REF-003', 'REF-007')
def test_a_whole_refund_is_given_for_a_reason_and_a_part_of_it_for_positions_too(till, number, shop):
    till.paid(number, shop.tap, shop.pipe)
    [tap, _] = till.call('GET', f'{STAFF}/{number}/refund', by=till.accountant).json_body['positions']
    line = {name: tap[name] for name in ('invoice_id', 'position_id')}
    for body in ({}, {'lines': [line]}, {'reason': 'Не сделано', 'lines': []}):
        refused(till.refunds(number, body=body), 400, 'NotDecent')
    refund = till.refunds(number, body={'reason': 'Не сделано', 'lines': [line]}).json_body['refund']
    assert (refund['is_full'], refund['amount']['minor']) == (False, 125000)
    other = shop.order()
    till.paid(other, shop.tap, shop.pipe)
    refund = till.refunds(other, body={'reason': 'Не сделано'}).json_body['refund']
    assert (refund['is_full'], refund['amount']['minor']) == (True, 158333)


@pytest.mark.proves('AMB-59')
def test_what_was_paid_by_a_bank_account_goes_back_there(till, number, shop):
    payment = till.begins(till.issued(number), method='sbp')
    external_id = till.external(payment['id'])
    till.sandbox.wish(pay={'payment': external_id, 'sbp': True})
    till.notices('payment.succeeded', external_id)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    [paid], [sent] = till.sandbox.wish()['payments'], till.sandbox.wish()['refunds']
    assert paid['payment_method']['type'] == 'sbp'
    assert (sent['payment_id'], sent['amount']['value']) == (external_id, '1250.00')


@pytest.mark.proves('AMB-67')
def test_a_draft_bars_no_asking_and_a_later_invoice_takes_back_no_wish(till, refundable, shop):
    till.paid(refundable)
    later = make.drawn(refundable, shop.dispatcher, shop.pipe)
    assert asks(till, refundable).status_code == 201
    service.issue(later.id, by=shop.dispatcher)
    assert till.ledger(refundable).refund.status == 'requested'
    brought(refundable, 'in_progress', shop)
    assert till.refunds(refundable, 'approve').json_body['refund']['amount']['minor'] == 125000


@pytest.mark.proves('AMB-68')
def test_an_invoice_of_which_a_part_went_back_stays_paid_and_only_it_says_so(till, number, shop):
    till.paid(number)
    till.paid(number, shop.pipe)
    [tap, _] = till.call('GET', f'{STAFF}/{number}/refund', by=till.accountant).json_body['positions']
    line = {name: tap[name] for name in ('invoice_id', 'position_id')} | {'amount': {'minor': 100}}
    till.refunds(number, body={'reason': 'Не сделано', 'lines': [line]})
    till.follows(number, 'RefundApproved')
    seen = till.call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher).json_body['invoices']
    own = till.call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body['invoices']
    assert [(one['status'], one['refunded']['minor']) for one in seen] == [
        ('paid_online', 100), ('paid_online', 0),
    ]  # fmt: skip
    assert [one['status'] for one in own] == ['refunded', 'paid']
