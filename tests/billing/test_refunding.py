"""Money goes back: asked for, decided, sent, and never twice (the table F1-F8)."""

from dataclasses import replace

import pytest

from chalicelib.billing import service
from chalicelib.catalogue.model import AutomaticRefund
from chalicelib.kit.caller import ClientKind
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start
from chalicelib.staff.model import Permission
from tests.billing.conftest import OWN, STAFF, labels, refused, told_of
from tests.billing.test_following import cancelled, happened
from tests.make import catalogue as make_catalogue


def asks_back(till, number, **wish):
    return till.call('POST', f'{OWN}/{number}/refund-request', wish, by=till.shop.resident)


def own(till, number):
    return till.call('GET', f'{OWN}/{number}/refund', by=till.shop.resident).json_body


def block(till, number):
    return till.call('GET', f'{STAFF}/{number}/refund', by=till.accountant).json_body


def position_of(till, number, name='Кран'):
    """The position of that name in the first invoice, as a line of a refund."""
    [found] = [one for one in block(till, number)['positions'] if one['name'] == name]
    return {'invoice_id': found['invoice_id'], 'position_id': found['position_id']}


@pytest.fixture
def refundable(shop):
    """The resident's request for what clients may ask money back for, in work."""
    shop.offering = make_catalogue.offering(
        name='Окна', legal_entity_id=shop.entity, is_refundable=True, assignees_max=4,
        department_id=shop.house.plumbers,
    ).id  # fmt: skip
    return shop.order()


def starts(till, number):
    crew = (till.shop.house.crew[0].id,)
    requests.start(number, Start(assignee_ids=crew), by=till.shop.dispatcher)


@pytest.mark.proves('F2', 'F5', 'I12', 'REF-002', 'REF-004', 'REF-008', 'REF-010', 'REF-011', 'REQ-036')
def test_an_employee_gives_all_of_it_back(till, number, shop):
    till.paid(number, shop.tap, shop.pipe)
    card = till.refunds(number)
    assert (card.status_code, card.json_body['refund']['status']) == (201, 'approved')
    assert card.json_body['actions'] == []
    assert labels(number, shop) == ['invoice_paid', 'refund_approved']
    till.follows(number, 'RefundApproved')
    assert till.held() == 0
    assert block(till, number)['refund']['status'] == 'completed'
    [invoice] = service.bill(number, by=shop.dispatcher).invoices
    assert (invoice.status, invoice.refunded) == ('paid_online', invoice.total)
    seen = till.call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body['invoices'][0]
    assert seen['status'] == 'refunded'
    shown = own(till, number)['refund']
    assert (shown['status'], shown['arrives_in_days']) == ('completed', [5, 10])
    kinds = [kind for kind, _ in told_of(number)]
    assert kinds[-3:] == ['RefundApproved', 'RepaymentEnded', 'RefundCompleted']
    refused(till.refunds(number), 409, 'AlreadyRefunded')


@pytest.mark.proves('REF-005', 'REF-030', 'AMB-68')
@pytest.mark.parametrize(
    ('part', 'minor'),
    [
        ({}, 250000),
        ({'amount': {'minor': 100}}, 100),
        ({'quantity': '1'}, 125000),
        ({'tariff': {'minor': 5000}}, 10000),
        ({'tariff': {'minor': 5000}, 'quantity': '1'}, 5000),
    ],
)
def test_a_part_of_a_position_goes_back_with_its_receipt(till, number, shop, part, minor):
    till.paid(number, shop.tap, shop.pipe, quantity='2')
    line = position_of(till, number) | part
    assert till.refunds(number, body={'reason': 'Не сделано', 'lines': [line]}).status_code == 201
    till.follows(number, 'RefundApproved')
    assert till.held() == 250000 + 66666 - minor
    [invoice] = service.bill(number, by=shop.dispatcher).invoices
    assert invoice.refunded.minor == minor
    [sent] = till.sandbox.wish()['refunds']
    assert sent['amount']['value'] == f'{minor / 100:.2f}'


@pytest.mark.parametrize(
    ('changes', 'code', 'path'),
    [
        ({'lines': [{'amount': {'minor': 125001}}]}, 'RefundAboveLimit', 'body.lines[0]'),
        ({'lines': [{'quantity': '1.001'}]}, 'RefundAboveLimit', 'body.lines[0]'),
        ({'lines': [{'amount': {'minor': 0}}]}, 'RefundEmpty', 'body.lines[0]'),
        ({'lines': [{}, {}]}, 'PositionTwice', 'body.lines[1].position_id'),
        ({'lines': [{'position_id': 'other'}]}, 'PositionUnknown', 'body.lines[0].position_id'),
        ({'lines': [{'invoice_id': '1-9'}]}, 'PositionUnknown', 'body.lines[0].position_id'),
    ],
)
def test_what_cannot_go_back_is_refused_and_nothing_is_kept(till, number, changes, code, path):
    till.paid(number)
    known = position_of(till, number)
    lines = [known | line for line in changes['lines']]
    answer = till.refunds(number, body={'reason': 'Не сделано', 'lines': lines})
    refused(answer, 422, code, path)
    assert till.ledger(number).refund is None
    assert till.held() == 125000


@pytest.mark.proves('REF-006', 'AMB-69')
@pytest.mark.parametrize('reason', ['', 'abc', '  ab  '])
def test_a_reason_has_four_characters(till, number, reason):
    till.paid(number)
    assert till.refunds(number, body={'reason': reason}).status_code == 400
    assert till.refunds(number, body={'reason': 'abcd', 'lines': []}).status_code == 400
    both = position_of(till, number) | {'amount': {'minor': 1}, 'quantity': '1'}
    assert till.refunds(number, body={'reason': 'abcd', 'lines': [both]}).status_code == 400


@pytest.mark.proves('REF-001', 'REF-002', 'AMB-63', 'INV-032')
def test_who_may_not_refund_and_what_was_not_paid_online(till, number, shop):
    refused(till.refunds(number), 422, 'NothingToRefund')
    service.mark_paid(till.issued(number), by=shop.dispatcher)
    refused(till.refunds(number), 422, 'NothingToRefund')
    on_the_phone = replace(till.accountant, client=ClientKind.STAFF_APP)
    for action, body in (('', None), ('approve', None), ('reject', None), ('retry', {})):
        refused(till.refunds(number, action, body, by=on_the_phone), 403, 'OnlyInCrm')
    may_not = replace(till.accountant, permissions=till.accountant.permissions - {Permission.REFUNDS})
    refused(till.refunds(number, by=may_not), 403, 'PermissionMissing')
    refused(till.refunds(999), 404, 'RequestNotFound')


@pytest.mark.proves('F1', 'F4', 'REF-013', 'REF-014', 'REF-015', 'REF-016', 'REF-023', 'REQ-035')
def test_a_client_asks_and_an_employee_gives_something_else(till, refundable, shop):
    till.paid(refundable)
    assert own(till, refundable)['may_ask'] is True
    answer = asks_back(till, refundable, amount={'minor': 50000}, comment='Долго ждал')
    assert (answer.status_code, answer.json_body['refund']['status']) == (201, 'requested')
    assert answer.json_body['may_ask'] is False
    assert labels(refundable, shop) == ['invoice_paid', 'refund_requested']
    refused(till.refunds(refundable), 409, 'RefundAsksForDecision')
    refused(till.refunds(refundable, 'approve'), 422, 'RefundNeedsWork')
    starts(till, refundable)
    assert block(till, refundable)['actions'] == ['approve', 'reject']
    line = position_of(till, refundable) | {'amount': {'minor': 40000}}
    assert till.refunds(refundable, 'approve', {'reason': 'Скидка', 'lines': [line]}).status_code == 200
    till.follows(refundable, 'RefundApproved')
    assert till.held() == 125000 - 40000
    shown = own(till, refundable)['refund']
    assert (shown['status'], shown['amount']['minor'], 'reason' in shown) == ('completed', 40000, False)


@pytest.mark.proves('F3', 'F8', 'REF-020', 'REF-021', 'REF-022', 'REF-031', 'NTF-024', 'AMB-71', 'AMB-64')
def test_a_rejected_client_reads_why_and_asks_no_more_and_staff_may_still_refund(till, refundable):
    till.paid(refundable)
    asks_back(till, refundable)
    starts(till, refundable)
    assert till.refunds(refundable, 'reject', {'reason': ''}).status_code == 400
    assert till.refunds(refundable, 'reject', {'reason': 'Работа сделана'}).status_code == 200
    shown = own(till, refundable)['refund']
    assert (shown['status'], shown['rejection']) == ('rejected', 'Работа сделана')
    refused(asks_back(till, refundable), 409, 'AlreadyRefunded')
    refused(till.refunds(refundable, 'reject', {'reason': 'Ещё раз'}), 409, 'RefundMoveNotAllowed')
    assert block(till, refundable)['actions'] == ['make']
    assert till.refunds(refundable).status_code == 201
    till.follows(refundable, 'RefundApproved')
    assert till.held() == 0


@pytest.mark.proves('REF-013', 'AMB-67')
def test_when_a_client_may_not_ask(till, number, refundable, shop):
    till.paid(number)
    refused(asks_back(till, number), 422, 'RefundNotOffered')
    refused(asks_back(till, refundable), 422, 'NothingToRefund')
    till.paid(refundable)
    refused(asks_back(till, refundable, amount={'minor': 125001}), 422, 'RefundAboveLimit', 'body.amount')
    refused(asks_back(till, refundable, amount={'minor': 0}), 422, 'RefundEmpty', 'body.amount')
    till.issued(refundable, shop.pipe)
    refused(asks_back(till, refundable), 422, 'SeveralInvoices')
    stranger = till.call('POST', f'{OWN}/{refundable}/refund-request', {}, by=till.neighbour)
    refused(stranger, 404, 'RequestNotFound')
    assert till.ledger(refundable).refund is None


@pytest.mark.proves('REF-004', 'AMB-72', 'AMB-57')
def test_all_invoices_that_were_paid_online_go_back_together(till, number, shop):
    till.paid(number)
    till.paid(number, shop.pipe)
    service.mark_paid(till.issued(number, shop.tap), by=shop.dispatcher)
    refund = till.refunds(number).json_body['refund']
    assert (refund['amount']['minor'], refund['offline']['minor']) == (125000 + 33333, 125000)
    till.follows(number, 'RefundApproved')
    assert till.held() == 0
    assert len(till.sandbox.wish()['refunds']) == 2


@pytest.mark.proves('F7', 'I10', 'REF-025', 'REF-026', 'AMB-54')
@pytest.mark.parametrize(
    ('option', 'by_client', 'goes_back'),
    [
        (AutomaticRefund.NEVER, True, False),
        (AutomaticRefund.BY_CLIENT, True, True),
        (AutomaticRefund.BY_CLIENT, False, False),
        (AutomaticRefund.ALWAYS, False, True),
    ],
)
def test_a_cancelled_request_sends_its_money_back_where_so_agreed(till, shop, option, by_client, goes_back):
    shop.offering = make_catalogue.offering(
        name='Мойка', legal_entity_id=shop.entity, automatic_refund=option, department_id=shop.house.plumbers
    ).id
    number = shop.order()
    till.paid(number)
    if by_client:
        requests.cancel_own(number, by=shop.resident)
        event = happened(number, 'RequestCancelled')
    else:
        event = cancelled(number, shop.dispatcher)
    for _ in range(2):
        service.follow(event)
    if goes_back:
        till.follows(number, 'RefundApproved')
    [invoice] = service.bill(number, by=shop.dispatcher).invoices
    assert (invoice.status, till.held()) == (('annulled', 0) if goes_back else ('paid_online', 125000))
    kinds = [kind for kind, _ in told_of(number)]
    assert kinds.count('RefundCompleted') == goes_back
    assert kinds.count('InvoiceAnnulled') == goes_back


@pytest.mark.proves('F7', 'AMB-65')
def test_what_waits_for_a_decision_goes_back_when_the_client_cancels(till, shop):
    shop.offering = make_catalogue.offering(
        name='Мойка', legal_entity_id=shop.entity, automatic_refund=AutomaticRefund.ALWAYS,
        is_refundable=True, department_id=shop.house.plumbers,
    ).id  # fmt: skip
    number = shop.order()
    till.paid(number)
    asks_back(till, number)
    requests.cancel_own(number, by=shop.resident)
    service.follow(happened(number, 'RequestCancelled'))
    till.follows(number, 'RefundApproved')
    assert till.held() == 0
    assert own(till, number)['refund']['status'] == 'completed'
