"""Who has the link of an invoice sees it and pays it, without registration (SMS-009).

Nobody is known here: what a link shows names no client, how often it is followed is counted for it and for
the network it is followed from, and what is no link is not there.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from chalicelib.billing import repository
from chalicelib.billing.model.account import Account
from chalicelib.billing.model.invoice import Invoice
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.link import Link, LinkedInvoice, LinkedStatus, LinkPayment, LinkPaymentInput
from chalicelib.billing.model.refusals import LinkDead, LinkTriedTooOften, LinkUnknown
from chalicelib.billing.rules import linking, paying
from chalicelib.billing.service.keeping import TRIES
from chalicelib.billing.service.paying import begun, till_of, wanted_of
from chalicelib.kit import clock, dynamo
from chalicelib.kit.connection import pause
from chalicelib.kit.dynamo import Read
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.networks import network_of
from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff import service as staff
from chalicelib.staff.model import LegalEntity, Organisation

Shown = TypeVar('Shown')

SEEN, PAID = 'seen', 'paid'
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_OF_A_LINK = {SEEN: 600, PAID: 15}
"""In an hour: what the page asks by itself while a payment is awaited must fit in."""
MOST_OF_A_NETWORK = {SEEN: 120, PAID: 20}
"""In a minute: a village may be behind one address of its operator."""


def linked_invoice(words: str, *, source_ip: str) -> LinkedInvoice:
    """The invoice of the link as anybody may see it. Raises LinkUnknown, LinkTriedTooOften."""
    link = _followed(words, SEEN, source_ip)
    ledger = repository.ledger(link.organisation, link.number)
    invoice = ledger.invoice(link.invoice_id)
    request: Request
    organisation: Organisation
    entity: LegalEntity | None
    account: Account | None
    request, organisation, entity, account = dynamo.fetch(
        requests.reading(link.organisation, link.number),
        staff.reading_organisation(link.organisation),
        _optional(staff.reading_legal_entity(link.organisation, invoice.legal_entity_id)),
        _optional(repository.reading_account(link.organisation, invoice.legal_entity_id)),
    )
    status = linking.status_of(link, invoice)
    if status is LinkedStatus.CLOSED:
        return LinkedInvoice.closed(organisation.name, link.number)
    phone = request.customer.phone if request.customer else None
    is_due = status is LinkedStatus.AWAITING_PAYMENT
    return LinkedInvoice(
        status=status,
        organisation=organisation.name,
        seller=entity.name if entity else None,
        inn=entity.inn if entity else None,
        number=link.number,
        offering_name=request.terms.offering_name,
        positions=tuple(one.model_dump() for one in invoice.positions),
        total=invoice.total,
        refunded=invoice.refunded,
        issued_at=invoice.issued_at,
        paid_at=invoice.paid_at,
        may_pay=is_due and account is not None and bool(invoice.total),
        is_being_paid=is_due and paying.is_being_paid(ledger, invoice),
        is_email_needed=account is not None and account.are_receipts_made and not phone,
    )


def pay_linked(words: str, how: LinkPaymentInput, *, source_ip: str) -> LinkPayment:
    """A payment of the link's invoice, with the page where it is paid (SMS-009).

    The same again is the same payment, and of several that are paid one wins and the others go back. Raises
    LinkUnknown, LinkTriedTooOften, LinkDead, EmailNeeded, what `till_of` does, and PaymentsAway where the
    provider gave no answer.
    """
    link = _followed(words, PAID, source_ip)
    for attempt in range(TRIES):
        try:
            return _paid(link, how)
        except ChangedMeanwhile:
            # Nobody is asked to tap again because somebody else did at the same moment.
            pause(attempt)
    raise ChangedMeanwhile()


def _optional(read: Read[Shown]) -> Read[Shown]:
    """The same look, which finds nothing where there is nothing."""
    return replace(read, missing=None)


def _paid(link: Link, how: LinkPaymentInput) -> LinkPayment:
    request = dynamo.get(requests.reading(link.organisation, link.number))
    ledger = repository.ledger(link.organisation, link.number)
    invoice = _alive(ledger, link)
    account = till_of(ledger, invoice, request)
    phone = request.customer.phone if request.customer else None
    wanted = wanted_of(request, invoice, account, how, phone)
    # He comes back to the page of his invoice, not to an application he does not have.
    by_link = wanted.model_copy(update={'link_turn': link.turn, 'return_url': ''})
    return LinkPayment.of(begun(ledger, by_link, request, SYSTEM))


def _alive(ledger: Ledger, link: Link) -> Invoice:
    invoice = ledger.invoice(link.invoice_id)
    if linking.status_of(link, invoice) is LinkedStatus.CLOSED:
        raise LinkDead()
    return invoice


def _followed(words: str, what: str, source_ip: str) -> Link:
    now = clock.now()
    minute = now.replace(second=0, microsecond=0)
    repository.count_visit(
        network_of(source_ip), what, minute, MOST_OF_A_NETWORK[what], _refusing(minute, A_MINUTE, now)
    )
    if not linking.FORM.fullmatch(words):
        raise LinkUnknown()
    digest, hour = linking.digest_of(words), minute.replace(minute=0)
    link = dynamo.get(repository.reading_link(digest))
    repository.count_link(digest, what, hour, MOST_OF_A_LINK[what], _refusing(hour, AN_HOUR, now))
    return link


def _refusing(begun_at: datetime, span: timedelta, now: datetime) -> Callable[[], LinkTriedTooOften]:
    left = math.ceil((begun_at + span - now).total_seconds())
    return lambda: LinkTriedTooOften(retry_after=left)
