"""The page of an invoice for who has its link, made of what programs are told."""

import json
from collections.abc import Mapping
from pathlib import Path

from chalicelib.billing.model.link import LinkedInvoice, LinkPayment
from chalicelib.billing.service.addressing import address_of
from chalicelib.kit import html
from chalicelib.kit.html import Answer

INVOICE = Path(__file__).parent.parent / 'invoice.html'
LOOKS_AGAIN_SECONDS = 10
OVERTAKEN = frozenset({'LinkDead', 'InvoiceMoveNotAllowed'})
"""Refusals that the invoice itself explains better."""


def drawn(answer: Answer, path: Mapping[str, str], locale: str, *, is_back: bool = False) -> Answer:
    """The invoice, or why there is none to see."""
    if answer.status_code != 200:
        return _refused(answer, locale)
    invoice = LinkedInvoice.model_validate_json(answer.body)
    is_awaited = is_back and invoice.is_being_paid
    address = address_of(path['link'])
    return html.served(
        INVOICE,
        locale,
        200,
        invoice=invoice,
        address=address,
        looks_again=LOOKS_AGAIN_SECONDS if is_awaited else None,
        problem=None,
    )


def led(answer: Answer, path: Mapping[str, str], locale: str) -> Answer:
    """The way to the provider, or back to the invoice where it is not to be paid any more."""
    if answer.status_code == 201:
        payment = LinkPayment.model_validate_json(answer.body)
        return html.elsewhere(payment.confirmation_url or f'{address_of(path["link"])}/back')
    if json.loads(answer.body)['code'] in OVERTAKEN:
        return html.elsewhere(address_of(path['link']))
    return _refused(answer, locale, address_of(path['link']))


def _refused(answer: Answer, locale: str, address: str | None = None) -> Answer:
    problem = json.loads(answer.body)
    page = html.served(
        INVOICE,
        locale,
        answer.status_code,
        invoice=None,
        address=address if problem['status'] != 404 else None,
        looks_again=None,
        problem=problem,
    )
    page.headers |= {name: answer.headers[name] for name in ('Retry-After',) if name in answer.headers}
    return page
