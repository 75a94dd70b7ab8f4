"""Links under many hands: one SMS, one page, one truth; and what it costs."""

from collections import Counter
from collections.abc import Iterator

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.model.payment import PaymentState
from chalicelib.kit import clock
from chalicelib.kit.outbox import Delivered
from chalicelib.messaging.gateway import secrets, smsc
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start
from infra.local.sms_centre import SmsCentre
from tests.engine.desk import ORGANISATION, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.till import Till
from tests.engine.watching import watched
from tests.make import billing as make_billing
from tests.make import messaging as make_messaging

HANDS, TAPS = 20, 12
STRANGER = {'name': 'Прохожий', 'phone': '+79165550101'}


@pytest.fixture
def street(till: Till, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """The till's organisation has an SMS centre, and nothing leaves by the topic."""
    monkeypatch.setattr(secrets, 'seal', lambda organisation, password: password)
    monkeypatch.setattr(secrets, 'unseal', lambda organisation, sealed: sealed)
    with SmsCentre(now=lambda: clock.now().timestamp()) as centre:
        monkeypatch.setenv('SANDBOX_SMS_URL', centre.url)
        smsc._client.cache_clear()
        make_messaging.sms_account(ORGANISATION)
        yield till
    smsc._client.cache_clear()


def issued(street: Till) -> str:
    """An issued invoice of a stranger's request that is in work."""
    desk = street.desk
    number = desk.create(client_id=None, premises_id=None, unregistered=STRANGER)
    crew = (desk.crew[0].id,)
    requests.start(number, Start(department_id=desk.department, assignee_ids=crew), by=desk.dispatcher)
    return make_billing.issued(number, desk.dispatcher, street.price).id


def link_of(street: Till, invoice_id: str) -> str:
    """The link that was sent of the invoice."""
    said = call('GET', f'/v1/staff/invoices/{invoice_id}/sms-estimate', token=street.desk.token)
    assert call('POST', f'/v1/staff/invoices/{invoice_id}/sms', {}, token=street.desk.token).status == 202
    return str(said.body['text']).rpartition('/i/')[2]


@pytest.mark.proves('SMS-008')
def test_of_twenty_who_send_at_once_one_sends(street: Till) -> None:
    invoice_id = issued(street)
    path = f'/v1/staff/invoices/{invoice_id}'
    call('GET', f'{path}/sms-estimate', token=street.desk.token)
    said = at_once([lambda: call('POST', f'{path}/sms', {}, token=street.desk.token)] * HANDS)
    assert Counter(one.status for one in said) == {202: 1, 429: HANDS - 1}
    number = int(invoice_id.partition('-')[0])
    rows = repository.MoneyRow.query(f'{ORGANISATION}#{number}#money')
    told = [Delivered.model_validate_json(row.body or '').type for row in rows]
    assert told.count('InvoiceLinkTexted') == 1


@pytest.mark.proves('SMS-009', 'PAY-012')
def test_who_taps_twelve_times_at_once_has_one_page_and_of_two_ways_one_pays(street: Till) -> None:
    invoice_id = issued(street)
    link, number = link_of(street, invoice_id), int(invoice_id.partition('-')[0])
    path = f'/v1/public/invoices/{link}/pay'
    said = at_once([lambda: call('POST', path, {'method': 'card'})] * TAPS)
    assert {one.status for one in said} == {201}
    assert len({one.body['confirmation_url'] for one in said}) == 1
    assert call('POST', path, {'method': 'sbp'}).status == 201
    street.clicks(number)
    payments = [one.id for one in repository.ledger(ORGANISATION, number).payments]
    at_once([lambda one=one: service.ask(ORGANISATION, one) for one in payments * 8])
    at_once([lambda: service.send_back(ORGANISATION, number)] * HANDS)
    ledger = repository.ledger(ORGANISATION, number)
    assert Counter(one.state for one in ledger.payments) == {PaymentState.PAID: 1, PaymentState.UNWANTED: 1}
    assert street.held() == ledger.invoices[0].total.minor
    assert call('GET', f'/v1/public/invoices/{link}').body['status'] == 'paid'


def test_what_a_link_costs(street: Till) -> None:
    invoice_id = issued(street)
    path = f'/v1/staff/invoices/{invoice_id}'
    shown = call('GET', f'{path}/sms-estimate', token=street.desk.token)
    with watched() as previewed:
        assert call('GET', f'{path}/sms-estimate', token=street.desk.token).status == 200
    with watched() as sent:
        assert call('POST', f'{path}/sms', {}, token=street.desk.token).status == 202
    link = shown.body['text'].rpartition('/i/')[2]
    with watched() as seen:
        assert call('GET', f'/v1/public/invoices/{link}').status == 200
    with watched() as paid:
        assert call('POST', f'/v1/public/invoices/{link}/pay', {}).status == 201
    with watched() as unknown:
        assert call('GET', f'/v1/public/invoices/{"a" * 26}').status == 404
    # Request, ledger, the account at the centre (twice), what is around, and what the centre said before.
    assert len(previewed.calls) - AUTHENTICATION == 7, previewed.calls
    assert len(sent.calls) - AUTHENTICATION == 8, sent.calls
    # The network and the link are counted; the link, the ledger and all around it are read.
    assert len(seen.calls) == 5, seen.calls
    assert len(paid.calls) == 12, paid.calls
    assert len(unknown.calls) == 2, unknown.calls
