"""A resident prepays at T-Bank, the work is done and its second receipt sent, and a part goes back."""

import re
from typing import Any

import httpx
import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey

TERMINAL = re.compile(r'[^A-Za-z0-9]')


def paid_at_tbank(company: Company) -> tuple[str, str]:
    """A legal entity with a terminal of T-Bank, which sends its notices; the ids of both."""
    entity = company.made('legal-entities', name='ООО «Уют»', inn='7707083893')['id']
    terminal = f'{TERMINAL.sub("", company.id)[:14]}DEMO'
    wanted = {
        'provider': 'tbank', 'shop_id': terminal, 'secret_key': f'pa55-{terminal}', 'tax_system': 'income',
        'return_url': 'https://app.example/paid',
    }  # fmt: skip
    path = f'/v1/staff/settings/payments/{entity}'
    account = company.administrator.call('PUT', path, wanted)
    address = f'{company.runtime.api}{account["hook_path"]}'
    # Notices come twice, as those of the bank may.
    company.runtime.tbank_told(shop={'id': terminal, 'notification_url': address, 'copies': 2})
    return str(entity), terminal


def receipts(company: Company, number: int) -> list[Any]:
    """The second receipts of the request's payments."""
    told = company.runtime.tbank_told()
    ours = {one['id'] for one in told['payments'] if one['order'].startswith(f'{number}-')}
    return [one['receipt'] for one in told['receipts'] if one['payment'] in ours]


def answers(company: Company, terminal: str) -> set[tuple[int, ...]]:
    """How each notice of the terminal was answered, try by try."""
    told = company.runtime.tbank_told()['notices']
    return {tuple(one['answers']) for one in told if one['body']['TerminalKey'] == terminal}


@pytest.mark.proves('PAY-002', 'PAY-003', 'PAY-006', 'I7', 'F2', 'F5')
def test_a_resident_pays_at_tbank_and_gets_a_part_back(company: Company) -> None:
    entity, terminal = paid_at_tbank(company)
    tap = company.made(f'price-lists/{entity}/prices', name='Кран', tariff={'minor': 125050})['id']
    offering = company.offers(
        payment='before', legal_entity_id=entity, automatic_invoice=[{'price_id': tap}], is_refundable=True
    )
    darya, pyotr = company.hires('Дмитриева Дарья', 'dispatcher'), company.resident('Петров', 'Пётр')
    number = pyotr.orders(offering)
    invoice = f'/v1/resident/invoices/{number}-1/pay'
    eventually(lambda: pyotr.call('GET', f'/v1/resident/requests/{number}/invoices')['invoices'])

    payment = pyotr.call('POST', invoice, {'email': 'pyotr@example.ru'})
    page = payment['confirmation_url']
    assert '250,50' in httpx.get(page).text
    back = httpx.post(page, data={'card': '4300000000000777'})
    assert (back.status_code, back.headers['location']) == (303, 'https://app.example/paid')
    own = f'/v1/resident/payments/{payment["id"]}'
    eventually(lambda: pyotr.call('GET', own)['status'] == 'paid')
    assert darya.card(number)['labels'] == ['invoice_paid']
    assert receipts(company, number) == []

    darya.starts(number, company.hires('Иванов Иван'))
    darya.call('POST', f'/v1/staff/requests/{number}/complete', {})
    eventually(lambda: receipts(company, number))
    [closing] = receipts(company, number)
    assert [(one['PaymentMethod'], one['Amount']) for one in closing['Items']] == [('full_payment', 125050)]

    refund = f'/v1/staff/requests/{number}/refund'
    [position] = company.administrator.call('GET', refund)['positions']
    line = {name: position[name] for name in ('invoice_id', 'position_id')} | {'amount': {'minor': 25050}}
    company.administrator.call('POST', refund, {'reason': 'Опоздали на час', 'lines': [line]})
    own_block = f'/v1/resident/requests/{number}/refund'
    eventually(lambda: pyotr.call('GET', own_block)['refund']['status'] == 'completed')
    [there] = [one for one in company.runtime.tbank_told()['payments'] if one['shop'] == terminal]
    assert (there['status'], there['refunded']) == ('PARTIAL_REFUNDED', 25050)
    eventually(lambda: answers(company, terminal) == {(200,)})
