"""Links of invoices: how they are made, how they die, and when an SMS with one may go.

A link is made of whose it is by a key of ours, so that the same invoice has the same link at every SMS while
nothing that is kept tells it. It is as long as it must be that nobody guesses it: 128 bits.
"""

import hashlib
import hmac
import math
import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus, Texted
from chalicelib.billing.model.link import Link, LinkedStatus
from chalicelib.billing.model.refusals import (
    ClientIsRegistered,
    InvoiceMoveNotAllowed,
    NothingToPay,
    RequestNotInWork,
    TextedTooOften,
)
from chalicelib.billing.rules.invoicing import is_unregistered
from chalicelib.kit.errors import DomainError
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status

BYTES = 16
FORM = re.compile(r'[a-z2-7]{26}', re.ASCII)
"""A link in small letters and digits: it survives being read out and typed."""

SENDINGS = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
"""To one telephone: within each span at most so many SMS with links."""
REMEMBERED = timedelta(days=1)
MOST_TEXTED = 10
LONGEST_NAME = 30


def words_of(key: str, link: Link) -> str:
    """The words of the link: the same for the same invoice and turn, and for nothing else."""
    whole = '\x1f'.join([link.organisation, link.invoice_id, str(link.turn)])
    made = hmac.new(key.encode(), whole.encode(), hashlib.sha256).digest()
    return b32encode(made[:BYTES]).decode().rstrip('=').lower()


def digest_of(words: str) -> str:
    """What a link is found by."""
    return hashlib.sha256(words.encode()).hexdigest()


def link_of(invoice: Invoice, organisation: str) -> Link:
    """The link that leads to the invoice now."""
    return Link(organisation=organisation, number=invoice.number, invoice_id=invoice.id, turn=invoice.turn)


def status_of(link: Link, invoice: Invoice) -> LinkedStatus:
    """How the invoice stands for who has the link: of an earlier turn, or annulled, it is closed."""
    if invoice.turn != link.turn:
        return LinkedStatus.CLOSED
    if invoice.status is InvoiceStatus.ISSUED:
        return LinkedStatus.AWAITING_PAYMENT
    if invoice.refunded:
        return LinkedStatus.REFUNDED
    return LinkedStatus.PAID if invoice.status.is_paid else LinkedStatus.CLOSED


def must_be_textable(invoice: Invoice, request: Request) -> None:
    """Refuses an SMS where there is nobody to send it to, or nothing to pay (SMS-003, SMS-012, AMB-60).

    Raises ClientIsRegistered, InvoiceMoveNotAllowed, NothingToPay, RequestNotInWork.
    """
    if not is_unregistered(request):
        raise ClientIsRegistered()
    if invoice.status is not InvoiceStatus.ISSUED:
        raise InvoiceMoveNotAllowed(action='sms', status=invoice.status)
    if not invoice.total:
        raise NothingToPay()
    if request.status is not Status.IN_PROGRESS:
        raise RequestNotInWork()


def may_be_texted(invoice: Invoice, request: Request) -> bool:
    """Whether `must_be_textable` lets it be sent."""
    try:
        must_be_textable(invoice, request)
    except DomainError:
        return False
    return True


def texted(invoice: Invoice, sms: Texted) -> Invoice:
    """The invoice, of which one SMS more was sent."""
    kept = (*invoice.texted, sms)[-MOST_TEXTED:]
    return invoice.model_copy(update={'texted': kept, 'version': invoice.version + 1})


def sent_again(sent_at: Sequence[datetime], now: datetime) -> list[datetime]:
    """When SMS went to a telephone, this one included. Raises TextedTooOften."""
    waits = [0.0]
    for span, most in SENDINGS:
        recent = [at for at in sent_at if now - at < span]
        if len(recent) >= most:
            waits.append((recent[-most] + span - now).total_seconds())
    if max(waits) > 0:
        raise TextedTooOften(retry_after=math.ceil(max(waits)))
    return [*(at for at in sent_at if now - at < REMEMBERED), now]


def short(name: str) -> str:
    """The name of a company as an SMS has room for it."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + '…'
