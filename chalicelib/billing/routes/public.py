"""Whoever has the link of an invoice sees it and pays it: programs at `/v1/public`, people at `/i`."""

from functools import partial

from chalicelib.billing import service
from chalicelib.billing.model.link import LinkedInvoice, LinkPayment, LinkPaymentInput
from chalicelib.billing.routes import drawing
from chalicelib.kit.html import Page, form_of
from chalicelib.kit.http import Api
from chalicelib.kit.operations import Raw

programs = Api(__name__, '/v1/public/invoices')
people = Api(__name__, '/i')
doors = [programs, people]


@programs.get('/{link}', page=Page(drawing.drawn))
def read(link: str, raw: Raw) -> LinkedInvoice:
    """Read the invoice of a link. A browser gets a page where it can be paid."""
    return service.linked_invoice(link, source_ip=raw.source_ip)


@programs.post('/{link}/pay', status=201)
def pay(link: str, body: LinkPaymentInput, raw: Raw) -> LinkPayment:
    """Pay the invoice of a link: open `confirmation_url`, then read the invoice until it is paid.

    Asking again with the same words is the same payment.
    """
    return service.pay_linked(link, body, source_ip=raw.source_ip)


@people.get('/{link}', page=Page(drawing.drawn, is_always=True))
def show(link: str, raw: Raw) -> LinkedInvoice:
    """Show the invoice of a link, and how it can be paid."""
    return service.linked_invoice(link, source_ip=raw.source_ip)


@people.get('/{link}/back', page=Page(partial(drawing.drawn, is_back=True), is_always=True))
def show_again(link: str, raw: Raw) -> LinkedInvoice:
    """Show the invoice to who comes back from the provider; the page looks again until it is paid."""
    return service.linked_invoice(link, source_ip=raw.source_ip)


@people.post('/{link}/pay', status=201, page=Page(drawing.led, is_always=True))
def go(link: str, raw: Raw) -> LinkPayment:
    """Lead to the page of the provider."""
    return service.pay_linked(link, form_of(raw, LinkPaymentInput), source_ip=raw.source_ip)
