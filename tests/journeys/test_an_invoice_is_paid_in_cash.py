"""An order that is paid before has its invoice at once; more is sold on the spot and paid in cash."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Resident, refused

pytestmark = pytest.mark.journey


def owes(resident: Resident, number: int) -> list[tuple[str, int]]:
    """What the resident's invoices of the request say, and what they come to in kopecks."""
    bill = resident.call('GET', f'/v1/resident/requests/{number}/invoices')
    return [(one['status'], one['total']['minor']) for one in bill['invoices']]


@pytest.mark.proves('INV-008', 'INV-018', 'INV-021', 'INV-028', 'NTF-021', 'INV-034', 'PRC-002')
@pytest.mark.proves('I2', 'I4', 'I5')
def test_a_resident_is_asked_to_pay_and_the_executor_takes_cash_for_the_rest(company: Company) -> None:
    entity = company.made('legal-entities', name='ООО «Уют»', inn='7707083893')['id']
    prices = f'price-lists/{entity}/prices'
    visit = company.made(prices, name='Выезд мастера', tariff={'minor': 50000})['id']
    tap = company.made(prices, name='Кран', tariff={'minor': 125050}, vat='vat22')['id']
    offering = company.offers(
        payment='before', legal_entity_id=entity, automatic_invoice=[{'price_id': visit}]
    )
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr = company.resident('Петров', 'Пётр')
    pyotr.takes_push()
    number = pyotr.orders(offering)
    eventually(lambda: owes(pyotr, number) == [('awaiting_payment', 50000)])
    pyotr.hears(number, 'invoice_issued', '500,00')

    first = f'/v1/staff/invoices/{number}-1'
    with refused('EarlierInvoiceUnpaid'):
        company.administrator.does('invoices', number, positions=[{'price_id': tap}])
    company.administrator.call('POST', f'{first}/mark-paid')
    second = company.administrator.does('invoices', number, positions=[{'price_id': tap, 'quantity': '2'}])
    company.administrator.call('POST', f'/v1/staff/invoices/{second["id"]}/issue')
    assert owes(pyotr, number) == [('paid', 50000), ('awaiting_payment', 250100)]
    assert darya.card(number)['labels'] == ['invoice_unpaid', 'invoice_marked_paid']

    darya.does('cancel', number, comment='Не застали дома')
    eventually(lambda: owes(pyotr, number) == [('paid', 50000)])
    assert darya.card(number)['labels'] == ['invoice_not_issued', 'invoice_marked_paid']
