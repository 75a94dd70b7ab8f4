"""The money of a town: a shop at the sandbox, and what was paid there."""

import itertools
from datetime import timedelta
from functools import cache

from chalicelib.billing import repository, service
from chalicelib.billing.model.account import AccountInput
from chalicelib.billing.model.card import Card
from chalicelib.billing.model.paying import PaymentInput
from chalicelib.billing.model.payment import Asking, Closing, ClosingState, PaymentState, RepaymentState
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.billing.model.refund import RefundAsked, RefundInput
from chalicelib.billing.rules import linking, refunding, repaying
from chalicelib.billing.service import addressing
from chalicelib.kit import clock, dynamo
from chalicelib.prices import service as prices
from chalicelib.prices.model import Price
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, UnregisteredCustomer
from infra.local.sms_centre import SmsCentre
from infra.local.yookassa import YooKassa
from tests.make import billing, messaging, registers
from tests.refusals.town import Town, ordered

SHOPS = {'demo': '100500', 'other': '200600'}


@cache
def sandbox() -> YooKassa:
    """The provider of all towns of this process."""
    running = YooKassa(now=lambda: clock.now().timestamp(), sends=False)
    running.__enter__()
    return running


@cache
def centre() -> SmsCentre:
    """The SMS centre of all towns of this process; to it a minute passes between any two questions."""
    minutes = itertools.count(step=60)
    running = SmsCentre(now=lambda: float(next(minutes)))
    running.__enter__()
    return running


def open_till(town: Town) -> None:
    """The town has a shop, a saved card, a payment under way; `demo` refunds in every status, and a link."""
    ids, by, organisation = town.ids, town.staff, town.organisation
    price = dynamo.get(prices.reading_price(organisation, ids['legal_entity_id'], ids['price_id']))
    wanted = AccountInput.model_validate(
        {'shop_id': SHOPS[organisation], 'secret_key': 'test_secret', 'return_url': 'https://app.example/'}
    )
    account = service.configure(ids['legal_entity_id'], wanted, by=by)
    ids['hook_token'] = account.hook_path.rpartition('/')[2]
    card = Card(
        id=f'card-{organisation}',
        client_id=town.resident.id,
        legal_entity_id=ids['legal_entity_id'],
        provider=ProviderCode.YOOKASSA,
        shop_id=SHOPS[organisation],
        token='2f0a',
        title='Bank card *4477',
        saved_at=clock.now(),
    )
    dynamo.commit(*repository.keeping_card(organisation, card))
    ids['card_id'] = card.id
    if organisation != 'demo':
        issued = service.issue(ids['invoice_id'], by=by).id
        ids['payment_id'] = service.pay(issued, PaymentInput(email='a@b.example'), by=town.resident).id
        _compare(town)
        return
    for name in ('refundable', 'refund_asked', 'refund_failed', 'stuck'):
        ids['payment_id'] = _pay(town, billing.issued(town.numbers[name], by, price).id)
    service.ask_back(town.numbers['refund_asked'], RefundAsked(), by=town.resident)
    _fail(town, town.numbers['refund_failed'])
    _stick(town, town.numbers['stuck'])
    _compare(town)
    _text(town, price)


def _compare(town: Town) -> None:
    """The register shows what was paid, and two days are compared, with something found."""
    registers.entered(town.organisation, *town.numbers.values())
    for days in (2, 3):
        day = (clock.now() - timedelta(days=days)).date()
        town.ids['reconciliation_id'] = registers.started(town.ids['legal_entity_id'], day, town.staff)
        registers.found(town.organisation, town.ids['reconciliation_id'], 2)


def _pay(town: Town, invoice_id: str) -> str:
    payment = service.pay(invoice_id, PaymentInput(email='a@b.example'), by=town.resident)
    external_id = repository.ledger('demo', payment.number).payment(payment.id).external_id
    sandbox().wish(pay={'payment': external_id, 'card': '5555555555554444'})
    service.ask('demo', payment.id)
    return payment.id


def _text(town: Town, price: Price) -> None:
    """An invoice of somebody who is not registered, and the link that was sent to him."""
    messaging.sms_account(town.organisation)
    town.ids['strangers_phone'] = phone = '+79165550101'
    stranger = UnregisteredCustomer(name='Прохожий', phone=phone)
    crew = {'department_id': town.ids['department_id'], 'assignee_ids': (town.ids['crew'],)}
    order = ordered(town, client_id=None, premises_id=None, unregistered=stranger)
    number = requests.order(order, by=town.staff).number
    requests.start(number, Start(**crew), by=town.staff)
    invoice = billing.issued(number, town.staff, price)
    link = linking.Link(
        organisation=town.organisation, number=number, invoice_id=invoice.id, turn=1
    )
    town.ids['linked_invoice'], town.ids['link'] = invoice.id, addressing.words_of(link)
    repository.keep_link(linking.digest_of(town.ids['link']), link)


def _stick(town: Town, number: int) -> None:
    """One payment whose second receipt is lost, another that nobody wanted and that cannot go back."""
    ledger, over = repository.ledger('demo', number), Asking(since=clock.now(), next_at=None)
    [paid] = ledger.payments
    closing = Closing(state=ClosingState.FAILED, asking=over)
    unwanted = paid.model_copy(update={'id': f'{paid.invoice_id}-unwanted', 'state': PaymentState.UNWANTED})
    lost = repaying.begun(unwanted, unwanted.amount, (), None, clock.now())
    lost = lost.model_copy(update={'state': RepaymentState.FAILED, 'asking': over})
    stuck = ledger.with_payment(paid.model_copy(update={'closing': closing}))
    dynamo.commit(*repository.saving(ledger, stuck.with_payment(unwanted).with_repayment(lost), []))
    town.ids |= {'stuck_invoice': paid.invoice_id, 'lost_receipt': paid.id, 'stuck_payment': unwanted.id}


def _fail(town: Town, number: int) -> None:
    service.make_refund(number, RefundInput(reason='Не сделано'), by=town.staff)
    ledger = repository.ledger('demo', number)
    [repayment] = ledger.repayments
    lost = {'state': RepaymentState.FAILED, 'asking': repayment.asking.over()}
    failed = refunding.settled(ledger.with_repayment(repayment.model_copy(update=lost)), clock.now())
    dynamo.commit(*repository.saving(ledger, failed, []))
