"""Somebody who is not registered gets an SMS with a link, pays on its page, and has his money back."""

import re
from typing import Any

import httpx
import pytest

from tests.journeys.company import PHONES, Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused
from tests.journeys.test_an_invoice_is_paid_online import paid_online

pytestmark = pytest.mark.journey

BROWSER = {'Accept': 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'Accept-Language': 'ru'}
CENTRE = {'provider': 'smsc', 'user': 'uyut', 'password': 'pa55', 'sender': 'UYUT'}


def texted(company: Company, phone: str) -> list[Any]:
    """The SMS that came to the telephone."""
    return company.runtime.outbox(channel='sms', to=phone.lstrip('+'))


def pays_on_the_page(company: Company, address: str) -> httpx.Response:
    """He opens the page, chooses, pays at the provider with one tap and comes back."""
    page = company.http.get(address, headers=BROWSER)
    assert page.status_code == 200, page.text
    [action] = re.findall(r'<form[^>]* action="([^"]+)"', page.text)
    chosen = {'method': 'sbp', 'email': 'prohozhy@example.ru'}
    led = company.http.post(action, data=chosen, headers=BROWSER)
    assert led.status_code == 303, led.text
    provider = led.headers['location']
    assert 'Система быстрых платежей' in company.http.get(provider).text
    back = company.http.post(provider, data={'sbp': 'yes'})
    assert (back.status_code, back.headers['location']) == (303, f'{address}/back')
    return company.http.get(back.headers['location'], headers=BROWSER)


@pytest.mark.proves('SMS-001', 'SMS-003', 'SMS-005', 'SMS-006', 'SMS-008', 'SMS-009', 'SMS-010', 'SMS-011')
@pytest.mark.proves('SMS-013', 'NTF-027', 'PAY-006', 'PAY-007', 'REF-002')
def test_a_stranger_pays_by_the_link_of_an_sms_and_is_refunded(company: Company) -> None:
    entity = paid_online(company)
    tap = company.made(f'price-lists/{entity}/prices', name='Замена крана', tariff={'minor': 125050})['id']
    offering = company.offers(legal_entity_id=entity)
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    darya.takes_push()
    company.ticks('dispatcher', payment_received=['push'])
    wanted = {'offering_id': offering, 'building_id': company.house, 'form': {'problem': 'Течёт кран'}}
    stranger = {'name': 'Прохожий'}
    entered = darya.call(
        'POST', '/v1/staff/requests', {'channel': 'incoming_call', 'unregistered': stranger, **wanted}
    )
    number = entered['number']
    anna = company.administrator
    bill = anna.does('invoices', number, positions=[{'price_id': tap}])['id']
    invoice = f'/v1/staff/invoices/{bill}'
    with refused('RequestNotInWork'):
        anna.call('POST', f'{invoice}/issue')
    darya.starts(number, company.hires('Иванов Иван'))
    anna.call('POST', f'{invoice}/issue')
    with refused('SmsNotConfigured'):
        anna.call('GET', f'{invoice}/sms-estimate')
    anna.call('PUT', '/v1/staff/settings/sms', CENTRE)

    shown = anna.call('GET', f'{invoice}/sms-estimate')
    assert (shown['phone'], shown['cost'], shown['total']['minor']) == (None, None, 125050)
    phone = next(PHONES)
    anna.call('POST', f'{invoice}/sms', {'phone': phone})
    [sms] = eventually(lambda: texted(company, phone))
    assert sms['text'] == shown['text']
    assert darya.card(number)['client']['phone'] == phone
    assert darya.happened(number, 'LinkTexted')

    address = shown['text'].rpartition(' ')[2]
    page = pays_on_the_page(company, address)
    assert page.status_code == 200
    eventually(lambda: '✓ Оплачено' in company.http.get(f'{address}/back', headers=BROWSER).text)
    assert anna.call('GET', invoice)['status'] == 'paid_online'
    assert darya.card(number)['labels'] == ['invoice_paid']
    darya.hears(number, 'payment_received', '250,50')
    [letter] = eventually(lambda: company.runtime.outbox(channel='email', to='prohozhy@example.ru'))
    assert '250,50' in letter['text']
    with refused('ClientNotRegistered'):
        anna.does('invoices', number, positions=[{'price_id': tap}])

    anna.call('POST', f'/v1/staff/requests/{number}/refund', {'reason': 'Кран не подошёл'})
    link = company.runtime.api + '/v1/public/invoices/' + address.rpartition('/')[2]
    eventually(lambda: company.http.get(link).json()['status'] == 'refunded')
    assert company.http.get(link).json()['refunded']['minor'] == 125050
    assert 'Осуществлён возврат' in company.http.get(link, headers=BROWSER).text
