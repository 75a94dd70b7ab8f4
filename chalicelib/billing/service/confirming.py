"""The letter that confirms a payment, to the address given with it (PAY-005)."""

from chalicelib.billing.events import InvoicePaid
from chalicelib.kit import texts
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import Channel, Message


def confirm(event_id: str, paid: InvoicePaid) -> None:
    """Who gave an e-mail with his payment has his confirmation there, once however often it is told."""
    if paid.email is None:
        return
    about = {
        'number': str(paid.number),
        'offering_name': paid.offering_name,
        'address': paid.address,
        'amount': texts.spelled(paid.amount),
    }
    letter = Message(
        id=f'{event_id}:confirmation',
        organisation=paid.organisation,
        channel=Channel.EMAIL,
        to=paid.email,
        title=texts.say('payment-confirmation.title', **about),
        text=texts.say('payment-confirmation', **about),
    )
    messaging.send(letter)
