"""The verbs of staff on invoices. Each is judged on all money of the request and saved with its labels."""

from collections.abc import Sequence
from typing import Any

from chalicelib.billing import events as said
from chalicelib.billing import repository
from chalicelib.billing.model.inputs import InvoiceChanges, NewInvoice, PositionInput
from chalicelib.billing.model.invoice import Invoice
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refusals import LegalEntityNotChosen
from chalicelib.billing.model.views import InvoiceAction, InvoiceCard
from chalicelib.billing.rules import amounts, invoicing, paying, positions
from chalicelib.billing.rules.invoicing import Attempt
from chalicelib.billing.service.keeping import written
from chalicelib.billing.service.looking import card_of
from chalicelib.billing.service.opening import opened
from chalicelib.catalogue import service as catalogue
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.prices import service as prices
from chalicelib.prices.model import Price
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

NOBODY = ''
"""The legal entity of a service that names none."""


def draw(number: int, new: NewInvoice, *, by: Caller) -> InvoiceCard:
    """The request has one draft more (I1, I13).

    Raises RequestNotFound, RequestIsCancelled, NobodyPays, OnlyInCrm, ClientNotRegistered,
    EarlierInvoiceUnpaid, TooManyInvoices, LegalEntityNotChosen, and what the positions are refused for.
    """
    request = requests.seen(number, by=by)
    before = repository.ledger(by.organisation, number)
    invoicing.must_be_drawable(before, request, by)
    offering = catalogue.get(by.organisation, request.terms.offering_id)
    if offering.legal_entity_id is None:
        raise LegalEntityNotChosen()
    invoice = Invoice(
        number=number,
        ordinal=len(before.invoices) + 1,
        legal_entity_id=offering.legal_entity_id,
        offering_id=offering.id,
        created_at=clock.now(),
    )
    invoice = _with_positions(before, invoice, new.positions, by)
    return _saved(before, invoice, request, said.InvoiceDrawn, by)


def edit(invoice_id: str, changes: InvoiceChanges, *, by: Caller) -> InvoiceCard:
    """The draft has the positions asked for (I3), from the list of the service the request has now (REQ-086).

    Raises InvoiceMoveNotAllowed, LegalEntityNotChosen, and what the positions are refused for.
    """
    request, before, invoice = opened(invoice_id, by)
    attempt = _attempt(before, invoice, request, by)
    after = invoicing.move(attempt, InvoiceAction.EDIT, clock.now())
    if changes.model_fields_set:
        after = _with_positions(before, _relisted(after, attempt), changes.positions, by)
    if after.positions == invoice.positions:
        return card_of(invoice, before, request, by)
    return _saved(before, after, request, said.InvoiceEdited, by, was=invoice.total)


def issue(invoice_id: str, *, by: Caller) -> InvoiceCard:
    """«Активировать в ЛК»: the client may pay, the basic data of the request are locked (I4).

    Raises InvoiceMoveNotAllowed, RequestIsCancelled, InvoiceEmpty, PriceListChanged, RequestNotInWork,
    EarlierInvoiceUnpaid, ClientNotRegistered.
    """
    return _moved(invoice_id, InvoiceAction.ISSUE, said.InvoiceIssued, by)


def withdraw(invoice_id: str, *, by: Caller) -> InvoiceCard:
    """«Отменить»: the issued invoice is a draft again (I6). Raises InvoiceMoveNotAllowed."""
    return _moved(invoice_id, InvoiceAction.WITHDRAW, said.InvoiceWithdrawn, by)


def mark_paid(invoice_id: str, *, by: Caller) -> InvoiceCard:
    """«Отметить как оплаченный»: it was paid elsewhere (I5, I8).

    Raises InvoiceMoveNotAllowed, InvoiceEmpty, PriceListChanged, PaymentInProgress.
    """
    return _moved(invoice_id, InvoiceAction.MARK_PAID, said.InvoiceMarkedPaid, by)


def make_unpaid(invoice_id: str, *, by: Caller) -> InvoiceCard:
    """«Сделать неоплаченным»: what an employee had marked is a draft again (I9).

    Raises InvoiceMoveNotAllowed.
    """
    return _moved(invoice_id, InvoiceAction.MAKE_UNPAID, said.InvoiceMadeUnpaid, by)


def _moved(invoice_id: str, action: InvoiceAction, event: type[said.BillingEvent], by: Caller) -> InvoiceCard:
    request, before, invoice = opened(invoice_id, by)
    after = invoicing.move(_attempt(before, invoice, request, by), action, clock.now())
    return _saved(before, after, request, event, by)


def _attempt(ledger: Ledger, invoice: Invoice, request: Request, by: Caller) -> Attempt:
    is_being_paid = paying.is_being_paid(ledger, invoice)
    is_another_due = invoicing.is_another_due(ledger, invoice)
    return Attempt(invoice, request, by, is_being_paid, is_another_due, _entity_now(invoice, request))


def _entity_now(invoice: Invoice, request: Request) -> str | None:
    """Whose price list the service of the request has; looked up only where that is another one since."""
    offering_id = request.terms.offering_id
    if invoice.offering_id in (None, offering_id):
        return None
    return catalogue.get(request.organisation, offering_id).legal_entity_id or NOBODY


def _relisted(invoice: Invoice, attempt: Attempt) -> Invoice:
    """The draft begun anew where its service has another list now."""
    entity = attempt.legal_entity_id
    if entity in (None, invoice.legal_entity_id):
        return invoice
    if entity == NOBODY:
        raise LegalEntityNotChosen()
    offering_id = attempt.request.terms.offering_id
    anew = {'legal_entity_id': entity, 'offering_id': offering_id, 'positions': ()}
    return invoice.model_copy(update=anew)


def _with_positions(ledger: Ledger, invoice: Invoice, wanted: Sequence[PositionInput], by: Caller) -> Invoice:
    named = {one.price_id for one in wanted if one.price_id and not one.id}
    listed = _prices(invoice.legal_entity_id, sorted(named), by)
    ids = [new_id() for _ in wanted]
    asked = positions.asked(wanted, invoice.positions, listed, ids, by=by)
    others = (one for one in ledger.invoices if one.id != invoice.id)
    return invoice.model_copy(update={'positions': asked, 'total': amounts.total(asked, others)})


def _prices(legal_entity_id: str, ids: Sequence[str], by: Caller) -> dict[str, Price]:
    reads = (prices.reading_price(by.organisation, legal_entity_id, one) for one in ids)
    return {price.id: price for price in dynamo.fetch_all(reads)}


def _saved(
    before: Ledger,
    invoice: Invoice,
    request: Request,
    event: type[said.BillingEvent],
    by: Caller,
    **more: Any,
) -> InvoiceCard:
    after, actor = before.replaced(invoice), Actor.of(by)
    told = event.about(invoice, request, actor, clock.now(), **more)
    dynamo.commit(*written(before, after, [told], request, actor))
    return card_of(invoice, after, request, by)
