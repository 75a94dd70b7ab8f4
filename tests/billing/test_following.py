"""Invoices follow what becomes of their request, however often they are told."""

import pytest

from chalicelib.billing import service
from chalicelib.catalogue.model import AutomaticPosition, PaymentTime
from chalicelib.kit import clock, dynamo
from chalicelib.kit.outbox import SYSTEM, Delivered
from chalicelib.prices import service as prices
from chalicelib.requests import service as requests
from chalicelib.requests.events import RequestCancelled
from chalicelib.requests.model.commands import NewOwnRequest, Step
from chalicelib.requests.repository.rows import RequestRow
from tests.billing.conftest import OWN, labels, told_of
from tests.make import billing as make
from tests.make import catalogue as make_catalogue


def cancelled(number: int, by):
    """The event of the request's cancelling, as the bus brings it."""
    requests.cancel(number, Step(comment='не нужно'), by=by)
    return happened(number, 'RequestCancelled')


def happened(number: int, kind: str) -> Delivered:
    """The event of that kind about the request, as the bus brings it."""
    rows = RequestRow.query(f'demo#{number}', RequestRow.sk.startswith('event#'))
    told = [Delivered.model_validate_json(row.body) for row in rows]
    return next(one for one in told if one.type == kind)


@pytest.mark.proves('I11', 'AMB-55')
def test_of_a_cancelled_request_nothing_waits_to_be_paid(call, shop, number):
    first = make.issued(number, shop.dispatcher, shop.tap)
    service.mark_paid(first.id, by=shop.dispatcher)
    make.issued(number, shop.dispatcher, shop.pipe)
    event = cancelled(number, shop.dispatcher)
    service.follow(event)
    statuses = [one.status for one in service.bill(number, by=shop.dispatcher).invoices]
    assert statuses == ['paid_offline', 'draft']
    assert labels(number, shop) == ['invoice_not_issued', 'invoice_marked_paid']
    own = call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body
    assert (own['due']['minor'], [one['status'] for one in own['invoices']]) == (0, ['paid'])
    kind, told = told_of(number)[-1]
    assert (kind, told['by']['kind'], told['invoice_id']) == ('InvoiceWithdrawn', 'system', f'{number}-2')
    before = told_of(number)
    service.follow(event)
    assert told_of(number) == before


def test_a_request_that_was_not_cancelled_keeps_its_invoices(shop, number):
    make.issued(number, shop.dispatcher, shop.tap)
    told = RequestCancelled.of(
        requests.seen(number, by=shop.dispatcher), SYSTEM, clock.now(), was='waiting', turn=0
    )
    service.call_off(told)
    assert labels(number, shop) == ['invoice_unpaid']
    assert dynamo.get(requests.reading('demo', number)).status == 'waiting'


def paid_before(shop, *positions, **changes) -> str:
    """An offering whose order is paid at once."""
    fields = {'payment': PaymentTime.BEFORE, 'legal_entity_id': shop.entity, **changes}
    return make_catalogue.offering(name='Выезд', automatic_invoice=positions, **fields).id


def ordered(shop, offering_id: str, **changes) -> int:
    """The resident's order of the offering, and what follows it."""
    new = NewOwnRequest(offering_id=offering_id, premises_id=shop.house.flat, **changes)
    number = requests.order_own(new, by=shop.resident).number
    service.follow(happened(number, 'RequestCreated'))
    return number


@pytest.mark.proves('I2', 'INV-008', 'PAY-001', 'SVC-014')
def test_an_order_of_what_is_paid_before_has_its_invoice_at_once(call, shop):
    offering = paid_before(
        shop,
        AutomaticPosition(price_id=shop.tap.id),
        AutomaticPosition(price_id=shop.pipe.id, quantity_field='meters'),
        fields=(make_catalogue.form_field('meters'),),
    )
    number = ordered(shop, offering, form={'meters': 3})
    own = call('GET', f'{OWN}/{number}/invoices', by=shop.resident).json_body
    assert own['due']['minor'] == 125000 + 99999
    assert [one['quantity'] for one in own['invoices'][0]['positions']] == ['1', '3']
    [invoice] = service.bill(number, by=shop.dispatcher).invoices
    assert (invoice.status, invoice.is_automatic) == ('issued', True)
    assert labels(number, shop) == ['invoice_unpaid']
    [(kind, told)] = told_of(number)
    assert (kind, told['by']['kind'], told['client_id']) == ('InvoiceIssued', 'system', shop.house.client)
    service.follow(happened(number, 'RequestCreated'))
    assert len(told_of(number)) == 1


@pytest.mark.proves('INV-010')
def test_an_answer_that_needs_an_estimate_leaves_the_invoice_to_staff(shop):
    when = make_catalogue.form_field('what', kind='choice', label='Что', choices=('кран', 'другое'))
    position = AutomaticPosition(price_id=shop.tap.id, choice_field='what', choice='кран')
    offering = paid_before(shop, position, fields=(when,))
    assert labels(ordered(shop, offering, form={'what': 'кран'}), shop) == ['invoice_unpaid']
    assert labels(ordered(shop, offering, form={'what': 'другое'}), shop) == []


@pytest.mark.proves('I2')
def test_a_routed_order_has_its_invoice_when_it_is_approved(shop):
    offering = paid_before(shop, AutomaticPosition(price_id=shop.tap.id), is_routed=True)
    number = ordered(shop, offering)
    assert told_of(number) == []
    requests.approve(number, Step(), by=shop.dispatcher)
    service.follow(happened(number, 'RequestApproved'))
    assert labels(number, shop) == ['invoice_unpaid']


def test_for_a_stranger_the_automatic_invoice_is_a_draft_until_the_work_begins(shop):
    shop.offering = paid_before(shop, AutomaticPosition(price_id=shop.tap.id))
    number = shop.order_for_a_stranger()
    service.draw_automatically('demo', number)
    assert [one.status for one in service.bill(number, by=shop.dispatcher).invoices] == ['draft']
    assert [kind for kind, _ in told_of(number)] == ['InvoiceDrawn']


def test_a_price_that_was_withdrawn_leaves_the_invoice_to_staff(shop):
    offering = paid_before(shop, AutomaticPosition(price_id=shop.tap.id))
    prices.archive(shop.entity, shop.tap.id, by=shop.dispatcher)
    assert told_of(ordered(shop, offering)) == []
