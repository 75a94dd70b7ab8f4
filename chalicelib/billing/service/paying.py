"""Clients pay: the payment is written down, and then the provider is asked to make it."""

from dataclasses import replace

from chalicelib.billing import repository
from chalicelib.billing.model.account import Account
from chalicelib.billing.model.card import Card, OwnCard, OwnCards
from chalicelib.billing.model.invoice import Invoice
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.link import LinkPaymentInput
from chalicelib.billing.model.paying import OwnPayment, PaymentInput
from chalicelib.billing.model.payment import Asking, Payment, PaymentState
from chalicelib.billing.model.refusals import (
    CardOfAnotherShop,
    EmailNeeded,
    PaymentNotFound,
    PaymentsAway,
    PaymentsNotConfigured,
)
from chalicelib.billing.rules import paying
from chalicelib.billing.service.asking import ask_payment
from chalicelib.billing.service.keeping import changes, number_of
from chalicelib.billing.service.opening import opened_own
from chalicelib.clients import service as clients
from chalicelib.clients.model import Client
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.errors import NotFound
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request


def pay(invoice_id: str, how: PaymentInput, *, by: Caller) -> OwnPayment:
    """The client's payment of his issued invoice, with the page where he pays (PAY-002, PAY-009).

    The same again is the same payment. Raises InvoiceNotFound, CardNotFound, CardOfAnotherShop, EmailNeeded,
    what `till_of` does, and PaymentsAway where the provider gave no answer.
    """
    request, ledger, invoice = opened_own(invoice_id, by)
    paying.must_be_payable(ledger, invoice, request)
    account, client = _at_the_till(ledger, invoice, by)
    card = _card(how, account, by)
    # That of the request may be another's by now: his receipts are not for them to read.
    wanted = wanted_of(request, invoice, account, how, client.phone).model_copy(
        update={
            'client_id': by.id,
            'card_id': card.id if card else None,
            'card_token': card.token if card else None,
            'is_card_kept': how.is_card_kept and card is None,
        }
    )
    return OwnPayment.of(begun(ledger, wanted, request, Actor.of(by)))


def till_of(ledger: Ledger, invoice: Invoice, request: Request) -> Account:
    """The shop that the invoice can be paid in now.

    Raises RequestIsCancelled, InvoiceMoveNotAllowed, NothingToPay, TooManyPayments, PaymentsNotConfigured.
    """
    paying.must_be_payable(ledger, invoice, request)
    return dynamo.get(_reading_till(ledger, invoice))


def _reading_till(ledger: Ledger, invoice: Invoice) -> Read[Account]:
    account = repository.reading_account(ledger.organisation, invoice.legal_entity_id)
    return replace(account, missing=PaymentsNotConfigured)


def _at_the_till(ledger: Ledger, invoice: Invoice, by: Caller) -> tuple[Account, Client]:
    client = clients.reading_client(by.organisation, by.id)
    account, payer = dynamo.fetch(_reading_till(ledger, invoice), client)
    return account, payer


def begun(ledger: Ledger, wanted: Payment, request: Request, by: Actor) -> Payment:
    """The payment, or the one begun before that is just the same, as the provider has it.

    Raises ChangedMeanwhile, PaymentsAway.
    """
    payment = paying.usable(ledger, wanted, clock.now()) or _written(ledger, wanted, request, by)
    made = ask_payment(ledger.organisation, payment.id, has_payer=True)
    if made.state is PaymentState.OPENING:
        raise PaymentsAway()
    return made


def own_payment(payment_id: str, *, by: Caller) -> OwnPayment:
    """The client's payment as we know it. Raises PaymentNotFound."""
    try:
        request = requests.find_own(number_of(payment_id), by=by)
    except NotFound as missing:
        raise PaymentNotFound() from missing
    payment = repository.ledger(by.organisation, request.number).payment(payment_id)
    if payment.client_id != by.id:
        raise PaymentNotFound()
    return OwnPayment.of(payment)


def own_cards(*, by: Caller) -> OwnCards:
    """The cards the client let us keep (PAY-004)."""
    kept = repository.cards(by.organisation, by.id)
    return OwnCards(items=tuple(OwnCard(**one.model_dump(include=set(OwnCard.model_fields))) for one in kept))


def forget_card(card_id: str, *, by: Caller) -> None:
    """The card is no more to pay with. Raises CardNotFound."""
    card = dynamo.get(repository.reading_card(by.organisation, by.id, card_id))
    dynamo.commit(repository.forgetting_card(by.organisation, card))


def _card(how: PaymentInput, account: Account, by: Caller) -> Card | None:
    if how.card_id is None:
        return None
    card = dynamo.get(repository.reading_card(by.organisation, by.id, how.card_id))
    where = (account.legal_entity_id, account.provider, account.shop_id)
    if (card.legal_entity_id, card.provider, card.shop_id) != where:
        raise CardOfAnotherShop()
    return card


def wanted_of(
    request: Request,
    invoice: Invoice,
    account: Account,
    how: PaymentInput | LinkPaymentInput,
    phone: str | None,
) -> Payment:
    """A payment of the invoice in the shop, by nobody in particular yet. Raises EmailNeeded."""
    now = clock.now()
    if account.are_receipts_made and not (how.email or phone):
        raise EmailNeeded()
    return Payment(
        id=f'{invoice.id}-{new_id()}',
        number=request.number,
        invoice_id=invoice.id,
        legal_entity_id=account.legal_entity_id,
        provider=account.provider,
        shop_id=account.shop_id,
        client_id=None,
        positions=invoice.positions,
        amount=invoice.total,
        description=f'{request.terms.offering_name}, заявка № {request.number}',
        method=how.method,
        email=how.email,
        phone=phone,
        return_url=account.return_url,
        has_receipt=account.are_receipts_made,
        tax_system=account.tax_system,
        paid_as=paying.paid_as(request),
        created_at=now,
        asking=Asking.begun(now),
    )


def _written(ledger: Ledger, wanted: Payment, request: Request, by: Actor) -> Payment:
    # At once, not with the answer of the call: should we die while asking, the sweep knows what was asked.
    dynamo.send(changes(ledger, ledger.with_payment(wanted), request, by))
    return wanted
