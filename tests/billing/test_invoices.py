"""Invoices at their doors: what staff do with them, what the request and the client see of it."""

from dataclasses import replace

import pytest

from chalicelib.prices import service as prices
from chalicelib.prices.model import PriceChanges
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest
from chalicelib.staff.model import Permission
from tests.billing.conftest import INVOICES, OWN, STAFF, labels, refused, told_of
from tests.make import billing as make
from tests.make import prices as make_prices
from tests.make import staff as make_staff


@pytest.mark.proves('REQ-031')
@pytest.mark.proves(
    'INV-001', 'INV-009', 'INV-012', 'INV-014', 'INV-015', 'INV-016', 'INV-017', 'INV-039', 'I1'
)
def test_a_draft_copies_prices_and_comes_to_their_sum(call, shop, number):
    body = {
        'positions': [
            {'price_id': shop.tap.id, 'quantity': '2', 'discount': '12.5'},
            {'price_id': shop.pipe.id, 'tariff': {'minor': 10000}, 'quantity': '1.5'},
        ]
    }
    drawn = call('POST', f'{STAFF}/{number}/invoices', body, by=shop.dispatcher)
    assert (drawn.status_code, drawn.headers['ETag']) == (201, '"1"')
    invoice = drawn.json_body
    assert (invoice['id'], invoice['status'], invoice['total']['minor']) == (f'{number}-1', 'draft', 233750)
    tap, pipe = invoice['positions']
    assert (tap['name'], tap['tariff']['minor'], tap['vat'], tap['total']['minor']) == (
        'Кран',
        125000,
        'vat22',
        218750,
    )
    assert (pipe['tariff']['minor'], pipe['quantity'], pipe['discount'], pipe['total']['minor']) == (
        10000,
        '1.5',
        '0',
        15000,
    )
    assert call('GET', f'{INVOICES}/{invoice["id"]}', by=shop.dispatcher).json_body == invoice
    assert labels(number, shop) == ['invoice_not_issued']
    [(kind, event)] = told_of(number)
    assert (kind, event['invoice_id'], event['amount']['minor']) == ('InvoiceDrawn', f'{number}-1', 233750)


@pytest.mark.proves('PRC-004', 'INV-014')
def test_an_invoice_stays_as_it_is_when_the_list_changes_and_the_other_way_round(call, shop, number):
    invoice = make.drawn(number, shop.dispatcher, shop.tap)
    changed = {'positions': [{'id': invoice.positions[0].id, 'tariff': {'minor': 1}}]}
    assert (
        call('PATCH', f'{INVOICES}/{invoice.id}', changed, by=shop.dispatcher).json_body['total']['minor']
        == 1
    )
    assert prices.read(shop.entity, shop.tap.id, by=shop.dispatcher).tariff.minor == 125000
    renamed = PriceChanges.model_validate({'name': 'Кран латунный', 'tariff': {'minor': 999}})
    prices.change(shop.entity, shop.tap.id, renamed, by=shop.dispatcher)
    prices.archive(shop.entity, shop.tap.id, by=shop.dispatcher)
    thrice = {'positions': [{'id': invoice.positions[0].id, 'quantity': '3'}]}
    kept = call('PATCH', f'{INVOICES}/{invoice.id}', thrice, by=shop.dispatcher).json_body
    assert (kept['positions'][0]['name'], kept['positions'][0]['price_version']) == ('Кран', 1)
    assert kept['total']['minor'] == 3


@pytest.mark.proves('INV-012', 'INV-039', 'I3')
def test_an_edit_keeps_drops_adds_and_orders_positions(call, shop, number):
    invoice = make.drawn(number, shop.dispatcher, shop.tap, shop.pipe)
    first, second = (position.id for position in invoice.positions)
    body = {'positions': [{'id': second}, {'price_id': shop.tap.id, 'quantity': '2'}]}
    edited = call('PATCH', f'{INVOICES}/{invoice.id}', body, by=shop.dispatcher, if_match='"1"').json_body
    assert [position['name'] for position in edited['positions']] == ['Труба', 'Кран']
    assert (edited['positions'][0]['id'], edited['total']['minor'], edited['version']) == (second, 283333, 2)
    kind, event = told_of(number)[-1]
    assert (kind, event['was']['minor'], event['amount']['minor']) == ('InvoiceEdited', 158333, 283333)
    stale = call('PATCH', f'{INVOICES}/{invoice.id}', {'positions': []}, by=shop.dispatcher, if_match='"1"')
    assert stale.status_code == 412
    gone = call('PATCH', f'{INVOICES}/{invoice.id}', {'positions': [{'id': first}]}, by=shop.dispatcher)
    refused(gone, 422, 'PositionUnknown', 'body.positions[0].id')
    same = {'positions': [{'id': position['id']} for position in edited['positions']]}
    assert call('PATCH', f'{INVOICES}/{invoice.id}', same, by=shop.dispatcher).json_body['version'] == 2
    twice = {'positions': [{'id': second}, {'id': second}]}
    refused(
        call('PATCH', f'{INVOICES}/{invoice.id}', twice, by=shop.dispatcher),
        422,
        'PositionUnknown',
        'body.positions[1].id',
    )


@pytest.mark.proves('INV-013', 'PRC-002')
def test_positions_come_from_the_list_of_the_legal_entity_of_the_offering_only(call, shop, number):
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    foreign = make_prices.price(other.id)
    archived = make_prices.price(shop.entity, name='Старое')
    prices.archive(shop.entity, archived.id, by=shop.dispatcher)
    for price_id in (foreign.id, archived.id, 'nothing'):
        body = {'positions': [{'price_id': shop.tap.id}, {'price_id': price_id}]}
        answer = call('POST', f'{STAFF}/{number}/invoices', body, by=shop.dispatcher)
        refused(answer, 422, 'PriceNotInList', 'body.positions[1].price_id')
    assert call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher).json_body['invoices'] == []


@pytest.mark.proves('INV-009', 'PRC-001')
def test_an_offering_without_a_legal_entity_has_no_list_to_choose_from(call, shop):
    number = requests.order_own(_free_order(shop), by=shop.resident).number
    answer = call('POST', f'{STAFF}/{number}/invoices', {}, by=shop.dispatcher)
    refused(answer, 422, 'LegalEntityNotChosen')


def _free_order(shop):
    return NewOwnRequest(offering_id=shop.house.offerings['plumbing'], premises_id=shop.house.flat)


@pytest.mark.proves('INV-007')
def test_a_discount_needs_the_right_to_give_it(call, shop, number):
    keeper = replace(
        shop.dispatcher, permissions=shop.dispatcher.permissions - {Permission.INVOICES_DISCOUNT}
    )
    body = {'positions': [{'price_id': shop.tap.id, 'discount': '5'}]}
    answer = call('POST', f'{STAFF}/{number}/invoices', body, by=keeper)
    refused(answer, 403, 'PermissionMissing')
    body['positions'][0]['discount'] = '0'
    assert call('POST', f'{STAFF}/{number}/invoices', body, by=keeper).status_code == 201
    invoice = call('GET', f'{STAFF}/{number}/invoices', by=keeper).json_body['invoices'][0]
    discounted = {'positions': [{'id': invoice['positions'][0]['id'], 'discount': '5'}]}
    refused(call('PATCH', f'{INVOICES}/{invoice["id"]}', discounted, by=keeper), 403, 'PermissionMissing')
    given = call('PATCH', f'{INVOICES}/{invoice["id"]}', discounted, by=shop.dispatcher).json_body
    assert given['total']['minor'] == 118750
    kept = {'positions': [{'id': invoice['positions'][0]['id'], 'quantity': '2', 'discount': '5'}]}
    assert call('PATCH', f'{INVOICES}/{invoice["id"]}', kept, by=keeper).json_body['total']['minor'] == 237500


@pytest.mark.proves('INV-006', 'INV-040')
def test_without_the_right_invoices_are_looked_at_only(call, shop, number):
    invoice = make.issued(number, shop.dispatcher, shop.tap)
    reader = replace(shop.dispatcher, permissions=shop.dispatcher.permissions - {Permission.INVOICES_EDIT})
    seen = call('GET', f'{STAFF}/{number}/invoices', by=reader).json_body
    assert (seen['due']['minor'], seen['may_add'], seen['invoices'][0]['actions']) == (125000, False, [])
    for method, path, body in (
        ('POST', f'{STAFF}/{number}/invoices', {}),
        ('PATCH', f'{INVOICES}/{invoice.id}', {'positions': []}),
        *(
            ('POST', f'{INVOICES}/{invoice.id}/{verb}', None)
            for verb in ('issue', 'withdraw', 'mark-paid', 'make-unpaid')
        ),
    ):
        refused(call(method, path, body, by=reader), 403, 'PermissionMissing')
    assert len(told_of(number)) == 2


@pytest.mark.proves('REQ-149')
@pytest.mark.proves('INV-018', 'INV-019', 'INV-033', 'INV-036', 'I4', 'REQ-081', 'REQ-032', 'SVC-002')
def test_an_issued_invoice_is_the_clients_to_see_and_locks_the_request(call, shop, number):
    invoice = make.drawn(number, shop.dispatcher, shop.tap)
    assert call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body == {
        'invoices': [], 'due': {'minor': 0, 'currency': 'RUB'},
    }  # fmt: skip
    issued = call('POST', f'{INVOICES}/{invoice.id}/issue', by=shop.dispatcher)
    assert (issued.json_body['status'], issued.json_body['version']) == ('issued', 2)
    assert issued.json_body['actions'] == ['withdraw', 'mark_paid']
    own = call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body
    assert own['due']['minor'] == 125000
    assert (own['invoices'][0]['status'], own['invoices'][0]['positions'][0]['name']) == (
        'awaiting_payment',
        'Кран',
    )
    assert 'legal_entity_id' not in own['invoices'][0]
    assert labels(number, shop) == ['invoice_unpaid']
    edit = call('PATCH', f'{STAFF}/{number}', {'premises_id': None}, by=shop.dispatcher)
    refused(edit, 409, 'EditingLocked')
    assert [kind for kind, _ in told_of(number)] == ['InvoiceDrawn', 'InvoiceIssued']
    assert told_of(number)[1][1]['client_id'] == shop.house.client


@pytest.mark.proves('INV-023', 'I6', 'AMB-39')
def test_a_withdrawn_invoice_is_gone_for_the_client_and_unlocks_the_request(call, shop, number):
    invoice = make.issued(number, shop.dispatcher, shop.tap)
    back = call('POST', f'{INVOICES}/{invoice.id}/withdraw', by=shop.dispatcher).json_body
    assert (back['status'], back['issued_at']) == ('draft', None)
    assert call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body['invoices'] == []
    assert labels(number, shop) == ['invoice_not_issued']
    assert requests.seen(number, by=shop.dispatcher).marks == frozenset()
    refused(
        call('POST', f'{INVOICES}/{invoice.id}/withdraw', by=shop.dispatcher), 409, 'InvoiceMoveNotAllowed'
    )


@pytest.mark.proves('INV-021', 'INV-024', 'INV-027', 'I5', 'I9', 'REQ-033')
def test_an_invoice_marked_paid_takes_no_positions_until_it_is_made_unpaid(call, shop, number):
    invoice = make.drawn(number, shop.dispatcher, shop.tap)
    paid = call('POST', f'{INVOICES}/{invoice.id}/mark-paid', by=shop.dispatcher).json_body
    assert (paid['status'], paid['actions']) == ('paid_offline', ['make_unpaid'])
    assert labels(number, shop) == ['invoice_marked_paid']
    more = {'positions': [{'price_id': shop.pipe.id}]}
    refused(call('PATCH', f'{INVOICES}/{invoice.id}', more, by=shop.dispatcher), 409, 'InvoiceMoveNotAllowed')
    assert call('GET', f'{STAFF}/{number}/invoices', by=shop.dispatcher).json_body['paid']['minor'] == 125000
    back = call('POST', f'{INVOICES}/{invoice.id}/make-unpaid', by=shop.dispatcher).json_body
    assert (back['status'], back['paid_at']) == ('draft', None)
    assert call('PATCH', f'{INVOICES}/{invoice.id}', more, by=shop.dispatcher).status_code == 200
    assert [kind for kind, _ in told_of(number)] == [
        'InvoiceDrawn', 'InvoiceMarkedPaid', 'InvoiceMadeUnpaid', 'InvoiceEdited',
    ]  # fmt: skip
