"""The request gets another service while its invoice is a draft: its list is the one to choose from."""

import pytest

from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Edit
from tests.billing.conftest import INVOICES, refused
from tests.make import billing as make
from tests.make import catalogue as make_catalogue
from tests.make import prices as make_prices
from tests.make import staff as make_staff

pytestmark = pytest.mark.proves('REQ-086')


@pytest.fixture
def draft(shop, number):
    """A draft with a tap in it."""
    return make.drawn(number, shop.dispatcher, shop.tap)


@pytest.fixture
def other(shop):
    """Another legal entity, whose work the request can be turned to."""
    return make_staff.legal_entity(name='ООО «Второе»', inn='5024002119').id


def turned(shop, number, entity):
    """The request is for another service, of that legal entity."""
    department = shop.house.plumbers
    offering = make_catalogue.offering(name='Поверка', legal_entity_id=entity, department_id=department)
    requests.edit(number, Edit(offering_id=offering.id), by=shop.dispatcher)


@pytest.mark.parametrize('action', ['issue', 'mark-paid'])
def test_a_draft_of_another_list_goes_nowhere_until_it_is_made_anew(call, shop, number, draft, other, action):
    path, filter_ = f'{INVOICES}/{draft.id}', make_prices.price(other, name='Фильтр')
    turned(shop, number, other)
    refused(call('POST', f'{path}/{action}', {}, by=shop.dispatcher), 409, 'PriceListChanged')
    kept = {'positions': [{'id': draft.positions[0].id}]}
    refused(call('PATCH', path, kept, by=shop.dispatcher), 422, 'PositionUnknown', 'body.positions[0].id')
    foreign = {'positions': [{'price_id': shop.pipe.id}]}
    answer = call('PATCH', path, foreign, by=shop.dispatcher)
    refused(answer, 422, 'PriceNotInList', 'body.positions[0].price_id')
    assert call('GET', path, by=shop.dispatcher).json_body['positions'][0]['name'] == 'Кран'

    anew = call('PATCH', path, {'positions': [{'price_id': filter_.id}]}, by=shop.dispatcher).json_body
    assert [one['name'] for one in anew['positions']] == ['Фильтр']
    done = call('POST', f'{path}/{action}', {}, by=shop.dispatcher)
    assert (done.status_code, done.json_body['total']['minor']) == (200, 125000)


def test_another_service_of_the_same_list_changes_nothing(call, shop, number, draft):
    turned(shop, number, shop.entity)
    assert call('POST', f'{INVOICES}/{draft.id}/issue', {}, by=shop.dispatcher).status_code == 200


def test_a_service_of_no_list_has_nothing_to_choose_from(call, shop, number, draft):
    turned(shop, number, None)
    path = f'{INVOICES}/{draft.id}'
    refused(call('POST', f'{path}/issue', {}, by=shop.dispatcher), 409, 'PriceListChanged')
    answer = call('PATCH', path, {'positions': [{'price_id': shop.tap.id}]}, by=shop.dispatcher)
    refused(answer, 422, 'LegalEntityNotChosen')
