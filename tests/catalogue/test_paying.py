"""What an offering says of money, and what stands in the invoice made at ordering."""

from decimal import Decimal

import pytest

from chalicelib.catalogue import rules, service
from chalicelib.catalogue.model import AutomaticInvoiceInvalid, AutomaticPosition, Offering, PaymentTime
from chalicelib.prices import service as prices
from tests.catalogue.conftest import staff
from tests.make import catalogue as make
from tests.make import prices as make_prices
from tests.make import staff as make_staff

pytestmark = pytest.mark.usefixtures('world', 'time')

FIELDS = (
    make.form_field('meters'),
    make.form_field('when', kind='choice', label='Когда', choices=('утро', 'ночь')),
    make.form_field('words', kind='text', label='Что случилось'),
)


def offering(*automatic: AutomaticPosition, **changes) -> Offering:
    fields = {'payment': PaymentTime.BEFORE, 'legal_entity_id': 'company', 'fields': FIELDS, **changes}
    return Offering(id='o1', organisation='demo', name='Поверка', automatic_invoice=automatic, **fields)


def position(**changes) -> AutomaticPosition:
    return AutomaticPosition(**{'price_id': 'visit', **changes})


@pytest.mark.proves('SVC-014', 'INV-010')
@pytest.mark.parametrize(
    ('answers', 'stands'),
    [
        ({}, {0: '1'}),
        ({'meters': 3}, {0: '1', 1: '3'}), ({'meters': 2.5}, {0: '1', 1: '2.5'}),
        ({'meters': 4.0}, {0: '1', 1: '4'}),
        ({'meters': 1, 'when': 'ночь'}, {0: '1', 1: '1', 2: '2'}),
        ({'meters': 1, 'when': 'утро'}, {0: '1', 1: '1'}),
        ({'meters': 0}, {}), ({'meters': 1.00001}, {}), ({'meters': -1}, {}), ({'meters': 1e11}, {}),
    ],
)  # fmt: skip
def test_automatic_positions_follow_the_answers_of_the_form(answers, stands):
    whole = offering(
        position(),
        *([position(price_id='meter', quantity_field='meters')] if 'meters' in answers else []),
        position(price_id='night', choice_field='when', choice='ночь', quantity=Decimal(2)),
    )
    found = rules.automatic(whole, answers)
    assert found == {place: Decimal(units) for place, units in stands.items()}


@pytest.mark.proves('SVC-013', 'SVC-014')
@pytest.mark.parametrize(
    ('wrong', 'where'),
    [
        (offering(position(), payment=PaymentTime.FREE), ''),
        (offering(position(), legal_entity_id=None), ''),
        (offering(position(quantity_field='none')), '[0].quantity_field'),
        (offering(position(), position(quantity_field='words')), '[1].quantity_field'),
        (offering(position(choice_field='meters', choice='утро')), '[0].choice_field'),
        (offering(position(choice_field='when')), '[0].choice'),
        (offering(position(choice='утро')), '[0].choice'),
        (offering(position(choice_field='when', choice='днём')), '[0].choice'),
    ],
)
def test_an_automatic_invoice_that_could_not_be_made_is_refused_where_it_is_wrong(wrong, where):
    with pytest.raises(AutomaticInvoiceInvalid) as refusal:
        rules.must_be_coherent(wrong)
    assert refusal.value.path == f'body.automatic_invoice{where}'


def test_an_offering_without_an_automatic_invoice_may_be_free():
    rules.must_be_coherent(offering(payment=PaymentTime.FREE, legal_entity_id=None))


@pytest.mark.proves('SVC-013', 'SVC-014', 'SVC-015', 'SVC-016', 'SVC-018', 'SVC-002')
def test_staff_say_how_an_offering_is_paid_for(call):
    entity = make_staff.legal_entity()
    visit = make_prices.price(entity.id)
    body = {
        'name': 'Выезд мастера', 'payment': 'before', 'legal_entity_id': entity.id,
        'automatic_invoice': [{'price_id': visit.id, 'quantity': '2'}],
        'is_refundable': True, 'automatic_refund': 'by_client',
    }  # fmt: skip
    made = call('POST', '/v1/staff/offerings', body)
    assert made.status_code == 201
    card = made.json_body
    assert (card['payment'], card['is_refundable'], card['automatic_refund']) == ('before', True, 'by_client')
    [told] = card['automatic_invoice']
    assert (told['price_id'], told['quantity'], told['choice']) == (visit.id, '2', None)
    kept = service.get('demo', card['id'])
    assert service.automatic_invoice(kept, {}) == [(visit.id, Decimal(2))]


def test_the_prices_of_an_automatic_invoice_are_of_the_list_of_its_legal_entity(call):
    entity, other = make_staff.legal_entity(), make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    visit = make_prices.price(entity.id)
    body = {'name': 'Выезд', 'payment': 'after', 'automatic_invoice': [{'price_id': visit.id}]}
    refused = call('POST', '/v1/staff/offerings', {**body, 'legal_entity_id': other.id})
    assert (refused.status_code, refused.json_body['code']) == (422, 'OfferingReferenceUnknown')
    assert refused.json_body['errors'][0]['path'] == 'body.automatic_invoice'
    made = call('POST', '/v1/staff/offerings', {**body, 'legal_entity_id': entity.id}).json_body
    moved = call('PATCH', f'/v1/staff/offerings/{made["id"]}', {'legal_entity_id': other.id})
    assert (moved.status_code, moved.json_body['code']) == (422, 'OfferingReferenceUnknown')
    freed = call('PATCH', f'/v1/staff/offerings/{made["id"]}', {'payment': 'free'})
    assert (freed.status_code, freed.json_body['code']) == (422, 'AutomaticInvoiceInvalid')
    assert service.get('demo', made['id']).version == 1


def test_an_archived_price_is_in_no_automatic_invoice(call):
    entity = make_staff.legal_entity()
    visit = make_prices.price(entity.id)
    prices.archive(entity.id, visit.id, by=staff())
    body = {
        'name': 'Выезд', 'payment': 'after', 'legal_entity_id': entity.id,
        'automatic_invoice': [{'price_id': visit.id}],
    }  # fmt: skip
    refused = call('POST', '/v1/staff/offerings', body)
    assert (refused.status_code, refused.json_body['code']) == (422, 'OfferingReferenceUnknown')
