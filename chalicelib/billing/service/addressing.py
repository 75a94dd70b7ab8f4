"""Where the links of invoices lead: addresses short enough for an SMS."""

from chalicelib.billing.model.link import Link
from chalicelib.billing.model.payment import Payment
from chalicelib.billing.rules import linking
from chalicelib.kit import settings


def words_of(link: Link) -> str:
    """The words of the link, made anew: they are kept nowhere."""
    return linking.words_of(settings.required('LINKS_KEY'), link)


def address_of(words: str) -> str:
    """Where the page of the invoice is whose link that is."""
    return f'{settings.optional("SANDBOX_PUBLIC_URL") or settings.required("PUBLIC_URL")}/i/{words}'


def return_address(organisation: str, payment: Payment) -> str:
    """Where the provider sends somebody back to who pays by a link."""
    link = Link(
        organisation=organisation,
        number=payment.number,
        invoice_id=payment.invoice_id,
        turn=payment.link_turn or 0,
    )
    return f'{address_of(words_of(link))}/back'
