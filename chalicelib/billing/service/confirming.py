"""The letter that confirms a payment, to the address given with it (PAY-005)."""

from chalicelib.billing import repository
from chalicelib.billing.events import InvoicePaid
from chalicelib.kit import dynamo, texts
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import Channel, Message
from chalicelib.staff import service as staff


def confirm(event_id: str, paid: InvoicePaid) -> None:
    """Who gave an e-mail with his payment has his confirmation there, once however often it is told.

    It speaks the language of the organisation, as its SMS do: of who pays by a link no other is known.
    """
    if paid.email is None:
        return
    locale = dynamo.get(staff.reading_organisation(paid.organisation)).locale
    # Whoever has a link may pay by it, and is not told where the work is.
    payment = repository.ledger(paid.organisation, paid.number).payment(paid.payment_id)
    place = f' ({paid.address})' if payment.client_id else ''
    about = {
        'number': str(paid.number),
        'offering_name': paid.offering_name,
        'place': place,
        'amount': texts.spelled(paid.amount, locale),
    }
    letter = Message(
        id=f'{event_id}:confirmation',
        organisation=paid.organisation,
        channel=Channel.EMAIL,
        to=paid.email,
        locale=locale,
        title=texts.say('payment-confirmation.title', locale, **about),
        text=texts.say('payment-confirmation', locale, **about),
    )
    messaging.send(letter)
