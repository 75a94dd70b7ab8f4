"""Finding an invoice by its id: its request is the caller's to see, and it is of the version he speaks of."""

import re

from chalicelib.billing import repository
from chalicelib.billing.model.invoice import Invoice
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refusals import InvoiceNotFound
from chalicelib.billing.rules import standing
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.requests import service as requests
from chalicelib.requests.model.refusals import RequestNotFound
from chalicelib.requests.model.request import Request

_ID = re.compile(r'(\d{1,9})-(\d{1,2})', re.ASCII)


def opened(invoice_id: str, by: Caller) -> tuple[Request, Ledger, Invoice]:
    """The request, all its money, and the invoice. Raises InvoiceNotFound and RequestNotFound."""
    request = requests.seen(_request_of(invoice_id), by=by)
    return _found(invoice_id, request)


def opened_own(invoice_id: str, by: Caller) -> tuple[Request, Ledger, Invoice]:
    """The client's own request, all its money, and an invoice that he sees (INV-005).

    Raises InvoiceNotFound and RequestNotFound.
    """
    request = dynamo.get(requests.reading(by.organisation, _request_of(invoice_id)))
    # Not `find_own`: that agrees on the version of the request, but it is the invoice that is addressed.
    if not request.belongs_to(by.id):
        raise RequestNotFound()
    opened_one = _found(invoice_id, request)
    if standing.seen_by_client(opened_one[2]) is None:
        raise InvoiceNotFound()
    return opened_one


def _request_of(invoice_id: str) -> int:
    spelled = _ID.fullmatch(invoice_id)
    if spelled is None:
        raise InvoiceNotFound()
    return int(spelled[1])


def _found(invoice_id: str, request: Request) -> tuple[Request, Ledger, Invoice]:
    ledger = repository.ledger(request.organisation, request.number)
    invoice = ledger.invoice(invoice_id)
    dynamo.agree(invoice.version)
    return request, ledger, invoice
