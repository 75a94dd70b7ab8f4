"""What staff do about a payment that is stuck."""

from chalicelib.billing import service
from chalicelib.billing.model.views import InvoiceCard
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/invoices/{invoice_id}/payments/{payment_id}', Audience.STAFF)
doors = [staff]


@staff.post('/closing-receipt/retry', permission=Permission.INVOICES_EDIT)
def retry_receipt(invoice_id: Id, payment_id: Id, caller: Caller) -> InvoiceCard:
    """Ask again for the second receipt of a prepayment that failed.

    Look into the till first: where the provider could not tell whether he had made it, there may be one.
    """
    return service.retry_receipt(invoice_id, payment_id, by=caller)


@staff.post('/closing-receipt/confirm', permission=Permission.INVOICES_EDIT)
def confirm_receipt(invoice_id: Id, payment_id: Id, caller: Caller) -> InvoiceCard:
    """Say that the second receipt is there: seen in the till, or made by hand."""
    return service.confirm_receipt(invoice_id, payment_id, by=caller)


@staff.post('/return/retry', permission=Permission.REFUNDS)
def retry_return(invoice_id: Id, payment_id: Id, caller: Caller) -> InvoiceCard:
    """Ask the provider again to return what was paid for an invoice that was not to be paid any more."""
    return service.retry_return(invoice_id, payment_id, by=caller)
