"""Employees see to what is stuck: a second receipt that was given up, money that could not be returned."""

from chalicelib.billing.model.refusals import PaymentNotFound
from chalicelib.billing.model.views import InvoiceCard, PaymentAction
from chalicelib.billing.rules import mending
from chalicelib.billing.service.keeping import changes
from chalicelib.billing.service.looking import card_of
from chalicelib.billing.service.opening import opened
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor


def retry_receipt(invoice_id: str, payment_id: str, *, by: Caller) -> InvoiceCard:
    """The second receipt is asked for again (54-ФЗ); whoever says so has seen that there is none.

    Raises InvoiceNotFound, PaymentNotFound, OnlyInCrm, PaymentMoveNotAllowed.
    """
    return _mended(invoice_id, payment_id, PaymentAction.RETRY_RECEIPT, by)


def confirm_receipt(invoice_id: str, payment_id: str, *, by: Caller) -> InvoiceCard:
    """The second receipt is there, an employee has seen it or made it himself; nobody is asked.

    Raises InvoiceNotFound, PaymentNotFound, OnlyInCrm, PaymentMoveNotAllowed.
    """
    return _mended(invoice_id, payment_id, PaymentAction.CONFIRM_RECEIPT, by)


def retry_return(invoice_id: str, payment_id: str, *, by: Caller) -> InvoiceCard:
    """The provider is asked again to return what nobody was to pay.

    Raises InvoiceNotFound, PaymentNotFound, OnlyInCrm, PaymentMoveNotAllowed.
    """
    return _mended(invoice_id, payment_id, PaymentAction.RETRY_RETURN, by)


def _mended(invoice_id: str, payment_id: str, action: PaymentAction, by: Caller) -> InvoiceCard:
    request, before, invoice = opened(invoice_id, by)
    payment = before.payment(payment_id)
    if payment.invoice_id != invoice_id:
        raise PaymentNotFound()
    # The card of the invoice shows its payments, so it is of another version when one of them is seen to.
    invoice = invoice.model_copy(update={'version': invoice.version + 1})
    after = mending.mended(before.replaced(invoice), payment, action, clock.now(), by=by)
    dynamo.commit(*changes(before, after, request, Actor.of(by)))
    return card_of(invoice, after, request, by)
