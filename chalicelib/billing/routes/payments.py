"""Clients pay, and look after their saved cards."""

from chalicelib.billing import service
from chalicelib.billing.model.card import OwnCards
from chalicelib.billing.model.paying import OwnPayment, PaymentInput
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id

own_invoices = Api(__name__, '/v1/resident/invoices', Audience.RESIDENT)
own_payments = Api(__name__, '/v1/resident/payments', Audience.RESIDENT)
own_cards = Api(__name__, '/v1/resident/cards', Audience.RESIDENT)
doors = [own_invoices, own_payments, own_cards]


@own_invoices.post('/{invoice_id}/pay', status=201)
def pay(invoice_id: Id, body: PaymentInput, caller: Caller) -> OwnPayment:
    """Pay an issued invoice: open `confirmation_url`, then read the payment until it is paid or declined.

    With a saved card there may be nothing to open. Asking again with the same words pays once.
    """
    return service.pay(invoice_id, body, by=caller)


@own_payments.get('/{payment_id}')
def read(payment_id: Id, caller: Caller) -> OwnPayment:
    """Read how one's payment stands."""
    return service.own_payment(payment_id, by=caller)


@own_cards.get()
def list_cards(caller: Caller) -> OwnCards:
    """List one's saved cards, the last saved first."""
    return service.own_cards(by=caller)


@own_cards.delete('/{card_id}')
def forget(card_id: Id, caller: Caller) -> None:
    """Forget a saved card."""
    service.forget_card(card_id, by=caller)
