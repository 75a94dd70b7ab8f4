"""A resident pays on the page of the provider, asks for his money back, and gets it."""

from typing import Any
from zlib import crc32

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey



def paid_online(company: Company) -> str:
    """A legal entity whose shop is at the provider, who sends his notices; its id."""
    entity = company.made('legal-entities', name='ООО «Уют»', inn='7707083893')['id']
    shop = str(crc32(company.id.encode()))
    wanted = {'shop_id': shop, 'secret_key': 'test_pa55word', 'return_url': 'https://app.example/paid'}
    account = company.administrator.call('PUT', f'/v1/staff/settings/payments/{entity}', wanted)
    assert 'secret_key' not in account
    address = f'{company.runtime.api}{account["hook_path"]}'
    company.runtime.yookassa_told(shop={'id': shop, 'notification_url': address})
    return str(entity)


def clicks(company: Company, payment: dict[str, Any]) -> None:
    """The resident pays on the page with a good card."""
    told = company.runtime.yookassa_told()['payments']
    # What other shops took by hand has nothing of ours in it.
    [one] = [one for one in told if one.get('metadata', {}).get('attempt_id') == payment['id']]
    company.runtime.yookassa_told(pay={'payment': one['id'], 'card': '5555555555554444'})


@pytest.mark.proves('PAY-002', 'PAY-005', 'PAY-006', 'PAY-007', 'PAY-011', 'I7', 'F1', 'F4', 'F5')
@pytest.mark.proves('REF-012', 'REF-016', 'REF-024', 'REF-027', 'REF-028', 'REF-029', 'NTF-018', 'NTF-019')
def test_a_resident_pays_and_gets_a_part_back(company: Company) -> None:
    entity = paid_online(company)
    tap = company.made(f'price-lists/{entity}/prices', name='Кран', tariff={'minor': 125050})['id']
    offering = company.offers(
        payment='before', legal_entity_id=entity, automatic_invoice=[{'price_id': tap}], is_refundable=True
    )
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (darya, pyotr):
        person.takes_push()
    company.ticks('dispatcher', payment_received=['push'], money_returned=['push'])
    number = pyotr.orders(offering)
    pyotr.hears(number, 'invoice_issued', '250,50')

    address = f'pyotr@{company.id}.example.ru'  # nobody's of another company
    payment = pyotr.call('POST', f'/v1/resident/invoices/{number}-1/pay', {'email': address})
    clicks(company, payment)
    own = f'/v1/resident/payments/{payment["id"]}'
    eventually(lambda: pyotr.call('GET', own)['status'] == 'paid')
    darya.hears(number, 'payment_received', '250,50')
    pyotr.hears(number, 'invoice_paid', '250,50')
    assert darya.card(number)['labels'] == ['invoice_paid']

    pyotr.call('POST', f'/v1/resident/requests/{number}/refund-request', {'amount': {'minor': 25050}})
    darya.hears(number, 'money_returned', 'просит вернуть')
    ivan = company.hires('Иванов Иван')
    darya.starts(number, ivan)
    refund = f'/v1/staff/requests/{number}/refund'
    block = company.administrator.call('GET', refund)
    [position] = block['positions']
    line = {
        'invoice_id': position['invoice_id'],
        'position_id': position['position_id'],
        'amount': {'minor': 25050},
    }
    said = {'reason': 'Опоздали на час', 'lines': [line]}
    company.administrator.call('POST', f'{refund}/approve', said)
    own_block = f'/v1/resident/requests/{number}/refund'
    eventually(lambda: pyotr.call('GET', own_block)['refund']['status'] == 'completed')
    pyotr.hears(number, 'refund_completed', '250,50')
    darya.hears(number, 'money_returned', 'возвращено')
    assert darya.card(number)['labels'] == ['invoice_paid', 'refund_approved']
    bill = pyotr.call('GET', f'/v1/resident/requests/{number}/invoices')
    assert [(one['status'], one['refunded']['minor']) for one in bill['invoices']] == [('refunded', 25050)]
    with refused('AlreadyRefunded'):
        company.administrator.call('POST', refund, {'reason': 'Ещё раз'})
    letters = company.runtime.outbox(channel='email', to=address)
    assert ['250,50' in letter['text'] for letter in letters] == [True]
