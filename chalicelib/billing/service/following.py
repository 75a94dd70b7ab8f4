"""What becomes of a request changes its invoices, whoever did it and however often it is told."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from chalicelib.billing import events as said
from chalicelib.billing import repository
from chalicelib.billing.events import MoneyEvent
from chalicelib.billing.model.invoice import Invoice, InvoiceStatus, Position
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refusals import TotalTooLarge
from chalicelib.billing.rules import amounts, invoicing, positions, refunding
from chalicelib.billing.service.closing import close
from chalicelib.billing.service.confirming import confirm
from chalicelib.billing.service.keeping import change_now, written
from chalicelib.billing.service.machining import begin, send_back, tell_decision
from chalicelib.billing.service.texting import deliver_link
from chalicelib.catalogue import service as catalogue
from chalicelib.kit import clock, dynamo
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, ActorKind, Delivered
from chalicelib.prices import service as prices
from chalicelib.requests import service as requests
from chalicelib.requests.events import (
    RequestApproved,
    RequestCancelled,
    RequestCompleted,
    RequestCreated,
    RequestEvent,
)
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status


def follow(delivered: Delivered) -> None:
    """The invoices of the request are as what happened asks for; what is so already stays."""
    _REACTIONS[delivered.type](delivered)


def _draw(delivered: Delivered) -> None:
    event = RequestEvent.model_validate(delivered.event)
    draw_automatically(event.organisation, event.number)


def _call_off(delivered: Delivered) -> None:
    call_off(RequestCancelled.model_validate(delivered.event))


def _send_back(delivered: Delivered) -> None:
    event = MoneyEvent.model_validate(delivered.event)
    send_back(event.organisation, event.number)


def draw_automatically(organisation: str, number: int) -> None:
    """The request has the invoice that its offering makes at ordering, and its client may pay at once (I2).

    While it waits for approval there is none yet (R3, R4). For a client who is not registered it is a draft,
    since his invoices are issued when the work has begun (AMB-60).
    """
    request = dynamo.get(requests.reading(organisation, number))
    if request.status in _UNDECIDED or request.customer is None:
        return
    offering = catalogue.get(organisation, request.terms.offering_id)
    wanted = catalogue.automatic_invoice(offering, {one.code: one.value for one in request.form})
    before = repository.ledger(organisation, number)
    if not wanted or before.invoices:
        return
    made = _copied(organisation, str(offering.legal_entity_id), wanted)
    if not made:
        return
    now = clock.now()
    invoice = Invoice(
        number=number,
        ordinal=1,
        legal_entity_id=str(offering.legal_entity_id),
        offering_id=offering.id,
        positions=made,
        total=amounts.total(made),
        is_automatic=True,
        created_at=now,
    )
    event: type[said.BillingEvent] = said.InvoiceDrawn
    if not invoicing.is_unregistered(request):
        invoice = invoice.model_copy(update={'status': InvoiceStatus.ISSUED, 'issued_at': now})
        event = said.InvoiceIssued
    after = before.replaced(invoice)
    told = event.about(invoice, request, SYSTEM, now)
    dynamo.commit(*written(before, after, [told], request, SYSTEM))


def _copied(
    organisation: str, legal_entity_id: str, wanted: Sequence[tuple[str, Decimal]]
) -> tuple[Position, ...]:
    """The positions; none where a price was withdrawn since, or the sum is too large: an employee decides."""
    reads = (prices.reading_price(organisation, legal_entity_id, price_id) for price_id, _ in wanted)
    listed = {price.id: price for price in dynamo.fetch_all(reads) if price.is_active}
    if any(price_id not in listed for price_id, _ in wanted):
        return ()
    try:
        made = tuple(positions.copied(listed[id], new_id(), quantity=units) for id, units in wanted)
        amounts.total(made)
    except TotalTooLarge:
        return ()
    return made


def call_off(event: RequestCancelled) -> None:
    """Of a cancelled request nothing waits to be paid (I10, I11, AMB-55).

    Where its offering sends money back by itself all that was paid online goes back, and nothing is owed any
    more (F7). Otherwise what was issued is a draft again, what is paid stays paid, and staff may refund.
    """
    decision = refunding.Decision(SYSTEM, clock.now(), new_id())

    def judge(ledger: Ledger, request: Request) -> Ledger:
        if request.status is not Status.CANCELLED:
            return ledger
        was_refunded = ledger.refund is not None and ledger.refund.is_carried_out
        is_by_client = event.by.kind is ActorKind.RESIDENT
        if not was_refunded and request.terms.sends_money_back(event.was, is_by_client=is_by_client):
            return refunding.annulled(ledger, decision)
        after = ledger
        for invoice in invoicing.issued(ledger):
            after = after.replaced(invoicing.called_off(invoice))
        return after

    change_now(event.organisation, event.number, judge)


_UNDECIDED = frozenset({Status.APPROVAL, Status.CLARIFICATION, Status.CANCELLED})
def _confirm(delivered: Delivered) -> None:
    paid = said.InvoicePaid.model_validate(delivered.event)
    confirm(delivered.id, paid)
    # Its page may have been opened before the work was done, and paid after.
    close(paid.organisation, paid.number)


def _close(delivered: Delivered) -> None:
    event = RequestEvent.model_validate(delivered.event)
    close(event.organisation, event.number)


def _close_again(delivered: Delivered) -> None:
    event = MoneyEvent.model_validate(delivered.event)
    close(event.organisation, event.number)


def _text(delivered: Delivered) -> None:
    deliver_link(said.InvoiceLinkTexted.model_validate(delivered.event))


_REACTIONS: dict[str, Callable[[Delivered], None]] = {
    RequestCreated.__name__: _draw,
    RequestApproved.__name__: _draw,
    RequestCancelled.__name__: _call_off,
    RequestCompleted.__name__: _close,
    said.InvoiceLinkTexted.__name__: _text,
    said.InvoicePaid.__name__: _confirm,
    said.ClosingReceiptRetried.__name__: _close_again,
    said.MoneyUnwanted.__name__: _send_back,
    said.UnwantedMoneyRetried.__name__: _send_back,
    said.RefundRequested.__name__: partial(begin, is_decided=False),
    said.RefundRejected.__name__: partial(tell_decision, is_granted=False),
    said.RefundApproved.__name__: partial(tell_decision, is_granted=True),
    said.RefundRetried.__name__: partial(begin, is_decided=True),
}
