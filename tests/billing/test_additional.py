"""Who may have an invoice, and who another one; who may look at it."""

from dataclasses import replace

import pytest

from chalicelib.kit.caller import ClientKind
from chalicelib.kit.money import MOST_MINOR
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step
from chalicelib.staff.model import Permission
from tests.billing.conftest import INVOICES, OWN, STAFF, labels, refused, told_of
from tests.make import billing as make


@pytest.mark.proves('INV-028', 'INV-029', 'INV-030', 'INV-005', 'I13', 'AMB-53')
def test_an_additional_invoice_waits_until_the_earlier_ones_are_paid(call, shop, number):
    first = make.issued(number, shop.dispatcher, shop.tap)
    refused(call('POST', f'{STAFF}/{number}/invoices', {}, by=shop.dispatcher), 422, 'EarlierInvoiceUnpaid')
    call('POST', f'{INVOICES}/{first.id}/mark-paid', by=shop.dispatcher)
    second = make.issued(number, shop.dispatcher, shop.pipe)
    assert second.id == f'{number}-2'
    own = call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body
    assert [one['status'] for one in own['invoices']] == ['paid', 'awaiting_payment']
    assert own['due']['minor'] == 33333
    assert labels(number, shop) == ['invoice_unpaid', 'invoice_marked_paid']


@pytest.mark.proves('AMB-53', 'SMS-010', 'INV-031')
def test_what_was_drawn_as_an_additional_one_is_not_issued_beside_another_nor_for_a_stranger(
    call, shop, number
):
    def does(verb, invoice):
        return call('POST', f'{INVOICES}/{invoice.id}/{verb}', by=shop.dispatcher)

    first = make.drawn(number, shop.dispatcher, shop.tap)
    does('mark-paid', first)
    second = make.drawn(number, shop.dispatcher, shop.pipe)
    does('make-unpaid', first)
    assert does('issue', first).status_code == 200
    refused(does('issue', second), 422, 'EarlierInvoiceUnpaid')
    does('withdraw', first)
    assert does('issue', second).json_body['actions'] == ['withdraw', 'mark_paid']
    refused(does('issue', first), 422, 'EarlierInvoiceUnpaid')
    does('withdraw', second)
    stranger = {'unregistered': {'name': 'Прохожий', 'phone': '+79165550101'}}
    assert call('PATCH', f'{STAFF}/{number}', stranger, by=shop.dispatcher).status_code == 200
    start = Start(department_id=shop.house.plumbers, assignee_ids=(shop.house.crew[0].id,))
    requests.start(number, start, by=shop.dispatcher)
    refused(does('issue', second), 422, 'ClientNotRegistered')
    assert does('issue', first).status_code == 200


def test_all_invoices_of_a_request_can_be_said_as_one_sum(call, shop, number):
    def positions(minor):
        dear = {'price_id': shop.tap.id, 'tariff': {'minor': minor}, 'quantity': '1'}
        return {'positions': [dear]}

    first = make.issued(number, shop.dispatcher, shop.tap)
    call('POST', f'{INVOICES}/{first.id}/mark-paid', by=shop.dispatcher)
    left = MOST_MINOR - shop.tap.tariff.minor
    drawn = call('POST', f'{STAFF}/{number}/invoices', positions(left + 1), by=shop.dispatcher)
    refused(drawn, 422, 'TotalTooLarge')
    second = call('POST', f'{STAFF}/{number}/invoices', positions(left), by=shop.dispatcher).json_body
    edited = call('PATCH', f'{INVOICES}/{second["id"]}', positions(left + 1), by=shop.dispatcher)
    refused(edited, 422, 'TotalTooLarge')
    call('POST', f'{INVOICES}/{second["id"]}/mark-paid', by=shop.dispatcher)
    bill = call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher)
    assert (bill.status_code, bill.json_body['paid']['minor']) == (200, MOST_MINOR)


@pytest.mark.proves('INV-032', 'AMB-63')
def test_the_employee_app_makes_the_first_invoice_and_no_additional_ones(call, shop, number):
    on_the_phone = replace(shop.dispatcher, client=ClientKind.STAFF_APP)
    first = call(
        'POST', f'{STAFF}/{number}/invoices', {'positions': [{'price_id': shop.tap.id}]}, by=on_the_phone
    )
    assert first.status_code == 201
    call('POST', f'{INVOICES}/{first.json_body["id"]}/mark-paid', by=on_the_phone)
    refused(call('POST', f'{STAFF}/{number}/invoices', {}, by=on_the_phone), 403, 'OnlyInCrm')
    assert call('GET', f'{STAFF}/{number}/invoices', by=on_the_phone).json_body['may_add'] is False
    assert call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher).json_body['may_add'] is True


@pytest.mark.proves('INV-031', 'SMS-003', 'SMS-010', 'AMB-60')
def test_a_stranger_gets_one_invoice_and_only_when_the_work_has_begun(call, shop):
    number = shop.order_for_a_stranger()
    invoice = make.drawn(number, shop.dispatcher, shop.tap)
    refused(call('POST', f'{INVOICES}/{invoice.id}/issue', by=shop.dispatcher), 422, 'RequestNotInWork')
    start = Start(department_id=shop.house.plumbers, assignee_ids=(shop.house.crew[0].id,))
    requests.start(number, start, by=shop.dispatcher)
    assert call('POST', f'{INVOICES}/{invoice.id}/issue', by=shop.dispatcher).status_code == 200
    call('POST', f'{INVOICES}/{invoice.id}/mark-paid', by=shop.dispatcher)
    refused(call('POST', f'{STAFF}/{number}/invoices', {}, by=shop.dispatcher), 422, 'ClientNotRegistered')


@pytest.mark.proves('I1', 'AMB-55')
def test_nothing_is_drawn_or_issued_for_a_cancelled_request(call, shop, number):
    invoice = make.drawn(number, shop.dispatcher, shop.tap)
    requests.cancel(number, Step(comment='не нужно'), by=shop.dispatcher)
    refused(call('POST', f'{INVOICES}/{invoice.id}/issue', by=shop.dispatcher), 422, 'RequestIsCancelled')
    other = shop.order()
    requests.cancel(other, Step(comment='не нужно'), by=shop.dispatcher)
    refused(call('POST', f'{STAFF}/{other}/invoices', {}, by=shop.dispatcher), 422, 'RequestIsCancelled')


def test_an_internal_request_has_nobody_to_pay(call, shop):
    body = {'channel': 'internal', 'offering_id': shop.offering, 'building_id': shop.house.building}
    number = call('POST', STAFF, body, by=shop.dispatcher).json_body['number']
    refused(call('POST', f'{STAFF}/{number}/invoices', {}, by=shop.dispatcher), 422, 'NobodyPays')


def test_an_invoice_is_there_only_for_who_sees_its_request(call, shop, number):
    invoice = make.issued(number, shop.dispatcher, shop.tap)
    for stranger in (
        replace(shop.dispatcher, organisation='other'),
        replace(shop.dispatcher, id='nobody', permissions=frozenset({Permission.INVOICES_EDIT})),
    ):
        refused(call('GET', f'{INVOICES}/{invoice.id}', by=stranger), 404, 'RequestNotFound')
        refused(call('GET', f'{STAFF}/{number}/invoices', by=stranger), 404, 'RequestNotFound')
        refused(call('POST', f'{INVOICES}/{invoice.id}/withdraw', by=stranger), 404, 'RequestNotFound')
    for unknown in (f'{number}-2', f'{number}-0', 'x', f'{number}'):
        refused(call('GET', f'{INVOICES}/{unknown}', by=shop.dispatcher), 404, 'InvoiceNotFound')
    neighbour = replace(shop.resident, id=shop.house.neighbour)
    refused(call('GET', f'{OWN}/{number}/invoices', by=neighbour), 404, 'RequestNotFound')


@pytest.mark.parametrize(
    ('position', 'path', 'code'),
    [
        ({'quantity': '1'}, 'body.positions[0]', 'position_unnamed'),
        ({'price_id': 'a', 'quantity': '0'}, 'body.positions[0].quantity', 'quantity_invalid'),
        ({'price_id': 'a', 'quantity': '-1'}, 'body.positions[0].quantity', 'quantity_invalid'),
        ({'price_id': 'a', 'discount': '101'}, 'body.positions[0].discount', 'percent_invalid'),
        ({'price_id': 'a', 'tariff': {'minor': -1}}, 'body.positions[0].tariff.minor', 'greater_than_equal'),
        ({'price_id': 'a', 'sum': 1}, 'body.positions[0].sum', 'extra_forbidden'),
    ],
)
@pytest.mark.proves('INV-042')
def test_what_is_no_position_is_refused_and_nothing_is_drawn(call, shop, number, position, path, code):
    answer = call('POST', f'{STAFF}/{number}/invoices', {'positions': [position]}, by=shop.dispatcher)
    assert answer.status_code == 400
    assert (answer.json_body['errors'][0]['path'], answer.json_body['errors'][0]['code']) == (path, code)
    assert told_of(number) == []
