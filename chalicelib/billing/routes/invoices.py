"""Invoices: staff in the card of a request and by the invoice, clients in their own requests."""

from chalicelib.billing import service
from chalicelib.billing.model.inputs import InvoiceChanges, NewInvoice
from chalicelib.billing.model.views import Bill, InvoiceCard, OwnBill
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)
staff_invoices = Api(__name__, '/v1/staff/invoices', Audience.STAFF)
resident = Api(__name__, '/v1/resident/requests', Audience.RESIDENT)
doors = [staff, staff_invoices, resident]


@staff.get('/{number}/invoices')
def read_bill(number: int, caller: Caller) -> Bill:
    """Read the invoices of a request and what they make together."""
    return service.bill(number, by=caller)


@staff.post('/{number}/invoices', status=201, permission=Permission.INVOICES_EDIT)
def draw(number: int, body: NewInvoice, caller: Caller) -> InvoiceCard:
    """Draw an invoice, as a draft that the client does not see.

    Another one only when all earlier ones are paid, in the CRM, and for a registered client.
    """
    return service.draw(number, body, by=caller)


@staff_invoices.get('/{invoice_id}')
def read(invoice_id: Id, caller: Caller) -> InvoiceCard:
    """Read an invoice."""
    return service.read(invoice_id, by=caller)


@staff_invoices.patch('/{invoice_id}', permission=Permission.INVOICES_EDIT)
def edit(invoice_id: Id, body: InvoiceChanges, caller: Caller) -> InvoiceCard:
    """Give a draft its positions: kept ones by `id`, new ones by `price_id` from the price list.

    Those not named are gone. A discount needs the right to give discounts.
    """
    return service.edit(invoice_id, body, by=caller)


@staff_invoices.post('/{invoice_id}/issue', permission=Permission.INVOICES_EDIT)
def issue(invoice_id: Id, caller: Caller) -> InvoiceCard:
    """Issue a draft: the client sees it and may pay."""
    return service.issue(invoice_id, by=caller)


@staff_invoices.post('/{invoice_id}/withdraw', permission=Permission.INVOICES_EDIT)
def withdraw(invoice_id: Id, caller: Caller) -> InvoiceCard:
    """Take an issued invoice back: it is a draft again."""
    return service.withdraw(invoice_id, by=caller)


@staff_invoices.post('/{invoice_id}/mark-paid', permission=Permission.INVOICES_EDIT)
def mark_paid(invoice_id: Id, caller: Caller) -> InvoiceCard:
    """Mark an invoice paid that was paid elsewhere, in cash for example."""
    return service.mark_paid(invoice_id, by=caller)


@staff_invoices.post('/{invoice_id}/make-unpaid', permission=Permission.INVOICES_EDIT)
def make_unpaid(invoice_id: Id, caller: Caller) -> InvoiceCard:
    """Make an invoice that was marked paid by hand a draft again."""
    return service.make_unpaid(invoice_id, by=caller)


@resident.get('/{number}/invoices')
def read_own_bill(number: int, caller: Caller) -> OwnBill:
    """Read what there is to pay, and what was paid, for one's own request."""
    return service.own_bill(number, by=caller)
