"""All money of one request, which changes as one thing."""

from typing import TypeVar

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.payment import Payment, Repayment
from chalicelib.billing.model.refund import Refund
from chalicelib.billing.model.refusals import InvoiceNotFound, PaymentNotFound
from chalicelib.kit.values import Stored

MOST_INVOICES = 20
MOST_PAYMENTS = 100

One = TypeVar('One', Payment, Repayment)


class Ledger(Stored):
    """The invoices of a request in their order, how they were paid and what went back.

    `version` rises with every change of any of it.
    """

    organisation: str
    number: int
    version: int = 0
    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()
    repayments: tuple[Repayment, ...] = ()
    refund: Refund | None = None

    def invoice(self, invoice_id: str) -> Invoice:
        """The invoice of that id. Raises InvoiceNotFound."""
        for invoice in self.invoices:
            if invoice.id == invoice_id:
                return invoice
        raise InvoiceNotFound()

    def payment(self, payment_id: str) -> Payment:
        """The payment of that id. Raises PaymentNotFound."""
        for payment in self.payments:
            if payment.id == payment_id:
                return payment
        raise PaymentNotFound()

    def repayment(self, repayment_id: str) -> Repayment:
        """What goes back by that id. Raises PaymentNotFound."""
        for repayment in self.repayments:
            if repayment.id == repayment_id:
                return repayment
        raise PaymentNotFound()

    def repayment_of(self, payment: Payment) -> Repayment | None:
        """What goes back of the payment, None where nothing does."""
        return next((one for one in self.repayments if one.payment_id == payment.id), None)

    def payments_of(self, invoice: Invoice) -> tuple[Payment, ...]:
        """The tries to pay the invoice, the first first."""
        return tuple(one for one in self.payments if one.invoice_id == invoice.id)

    def replaced(self, invoice: Invoice) -> 'Ledger':
        """The same ledger with the invoice in place of the one of its id, or after the last."""
        others = tuple(one for one in self.invoices if one.id != invoice.id)
        after = sorted((*others, invoice), key=lambda one: one.ordinal)
        return self.model_copy(update={'invoices': tuple(after)})

    def with_payment(self, payment: Payment) -> 'Ledger':
        """The same ledger with the payment as given."""
        return self.model_copy(update={'payments': _with(self.payments, payment)})

    def with_repayment(self, repayment: Repayment) -> 'Ledger':
        """The same ledger with the repayment as given."""
        return self.model_copy(update={'repayments': _with(self.repayments, repayment)})

    def with_refund(self, refund: Refund) -> 'Ledger':
        """The same ledger with the refund as given."""
        return self.model_copy(update={'refund': refund})

    @property
    def is_settled(self) -> bool:
        """Whether every invoice is paid or annulled, so that an additional one may be made (AMB-53)."""
        return all(one.status.is_paid or one.status is InvoiceStatus.ANNULLED for one in self.invoices)


def _with(ones: tuple[One, ...], one: One) -> tuple[One, ...]:
    after = {**{each.id: each for each in ones}, one.id: one}
    return tuple(after[id] for id in sorted(after))
