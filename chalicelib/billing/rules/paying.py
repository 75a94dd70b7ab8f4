"""How an invoice is paid online: once, with just the money it asks for (I7, PAY-009, PAY-012).

The provider is believed, nobody else. What he has taken and nothing was to be paid with goes back by itself.
"""

from datetime import datetime, timedelta

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus
from chalicelib.billing.model.ledger import MOST_PAYMENTS, Ledger
from chalicelib.billing.model.payment import Payment, PaymentState, Sending
from chalicelib.billing.model.provider import (
    Decline,
    NewPayment,
    PaidAs,
    PaymentSnapshot,
    PaymentStatus,
    Receipt,
    ReceiptLine,
)
from chalicelib.billing.model.refusals import (
    InvoiceMoveNotAllowed,
    NothingToPay,
    RequestIsCancelled,
    TooManyPayments,
)
from chalicelib.billing.rules import repaying
from chalicelib.billing.rules.repaying import Question
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status

A_PAGE_LIVES = timedelta(minutes=50)
"""How long a page of the provider is handed out again; it closes after PAGE_CLOSES."""
PAGE_CLOSES = timedelta(hours=1)

_SAME = (
    'invoice_id', 'client_id', 'positions', 'amount', 'method', 'card_id', 'is_card_kept', 'email', 'phone',
    'legal_entity_id', 'provider', 'shop_id', 'has_receipt', 'tax_system', 'paid_as',
    'link_turn',
)  # fmt: skip


def must_be_payable(ledger: Ledger, invoice: Invoice, request: Request) -> None:
    """Refuses to begin a payment of what is not issued, or of nothing, or after very many tries.

    Of a cancelled request nothing is paid, also before its invoices have followed it (AMB-55). Raises
    RequestIsCancelled, InvoiceMoveNotAllowed, NothingToPay, TooManyPayments.
    """
    if invoice.status is not InvoiceStatus.ISSUED:
        raise InvoiceMoveNotAllowed(action='pay', status=invoice.status)
    if request.status is Status.CANCELLED:
        raise RequestIsCancelled()
    if not invoice.total:
        raise NothingToPay()
    if len(ledger.payments) >= MOST_PAYMENTS:
        raise TooManyPayments(limit=MOST_PAYMENTS)


def usable(ledger: Ledger, wanted: Payment, now: datetime) -> Payment | None:
    """The payment begun before that is just what is wanted: whoever taps twice opens one page.

    A page whose address was lost on its way to us is nobody's: another is opened.
    """
    for payment in reversed(ledger.payments):
        is_young = now - payment.created_at < A_PAGE_LIVES
        is_good = payment.state.is_awaited and is_young and not _is_lost(payment, now)
        if is_good and _what(payment) == _what(wanted):
            return payment
    return None


def _is_lost(payment: Payment, now: datetime) -> bool:
    # A saved card may have been charged by a call whose answer was lost: that is found out first.
    was_sent = payment.sending is not None and not payment.sending.is_under_way(now)
    return was_sent and payment.confirmation_url is None and payment.card_id is None


def _what(payment: Payment) -> list[object]:
    return [getattr(payment, name) for name in _SAME]


def is_being_paid(ledger: Ledger, invoice: Invoice) -> bool:
    """Whether the client may be paying it at this moment."""
    return any(payment.state.is_awaited for payment in ledger.payments_of(invoice))


def question(ledger: Ledger, payment: Payment, now: datetime, *, has_payer: bool) -> Question:
    """What there is to ask.

    A payment is made only while its client waits for it: nobody charges a card an hour after the tap, nor
    opens a page for what is not to be paid any more.
    """
    if payment.external_id is not None:
        return Question.LOOK
    if payment.sending is not None:
        return Question.WAIT if payment.sending.is_under_way(now) else Question.SEARCH
    is_known_again = now - payment.created_at < repaying.KEYS_LIVE
    is_made = has_payer and is_known_again and _is_wanted(ledger, payment)
    return Question.MAKE if is_made else Question.SEARCH


def sent(ledger: Ledger, payment: Payment, sending: Sending) -> Ledger:
    """The ledger where this hand alone asks for the payment; the same one where it is not to be made."""
    if payment.sending is not None or not _is_wanted(ledger, payment):
        return ledger
    return ledger.with_payment(payment.model_copy(update={'sending': sending}))


def not_sent(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the asking surely led to nothing, so that anybody may ask again."""
    return unheard(ledger, payment.model_copy(update={'sending': None}), now)


def paid_as(request: Request) -> PaidAs:
    """How what is paid for now stands to its payment (54-ФЗ): «с предоплатой» is paid before it is done."""
    is_before = request.terms.is_prepaid and request.status is not Status.DONE
    return PaidAs.FULL_PREPAYMENT if is_before else PaidAs.FULL_PAYMENT


def asked_for(payment: Payment) -> NewPayment:
    """The payment in words that are the same at every asking."""
    return NewPayment(
        attempt_id=payment.id,
        amount=payment.amount,
        description=payment.description,
        method=payment.method,
        saved_method=payment.card_token,
        is_saved=payment.is_card_kept,
        return_url=payment.return_url,
        client_ref=payment.client_id,
        client_ip=payment.client_ip,
        closes_at=payment.created_at + PAGE_CLOSES,
        receipt=_receipt(payment) if payment.has_receipt else None,
    )


def _receipt(payment: Payment) -> Receipt:
    sold = (position for position in payment.positions if position.total)
    lines = tuple(
        ReceiptLine(name=one.name, total=one.total, vat=one.vat, unit=one.unit) for one in sold
    )
    return Receipt(
        email=payment.email,
        phone=payment.phone,
        lines=lines,
        paid_as=payment.paid_as,
        tax_system=payment.tax_system,
    )


def is_of(payment: Payment, told: PaymentSnapshot) -> bool:
    """Whether what the provider tells is of this payment: our id, the whole amount, this shop (PAY-012).

    Of what is paid already a part may have gone back, which some take off the amount.
    """
    return (
        told.attempt_id == payment.id
        and (told.amount == payment.amount or payment.state.has_money)
        and told.shop_id in (None, payment.shop_id)
        and payment.external_id in (None, told.external_id)
    )


def heard(ledger: Ledger, payment: Payment, told: PaymentSnapshot, now: datetime) -> Ledger:
    """The ledger after the provider has told how the payment is; what was heard before changes nothing.

    He may take money that he had declined: only that overturns the end of a payment.
    """
    if told.saved_method is not None and told.status is PaymentStatus.SUCCEEDED and payment.is_card_kept:
        # Some tell of the card by a notice alone, which may come when the money is long known of.
        payment = payment.model_copy(update={'was_card_kept': True})
    if told.paid_by is not None and told.status is PaymentStatus.SUCCEEDED:
        payment = payment.model_copy(update={'paid_by': told.paid_by})
    if payment.state.has_money:
        return ledger.with_payment(payment)
    if payment.state is PaymentState.DECLINED and told.status is not PaymentStatus.SUCCEEDED:
        return ledger
    known = payment.model_copy(
        update={
            'external_id': told.external_id,
            'is_test': told.is_test,
            'confirmation_url': told.confirmation_url or payment.confirmation_url,
        }
    )
    if told.status is PaymentStatus.SUCCEEDED:
        return _taken(ledger, known, now)
    if told.status is PaymentStatus.CANCELED:
        return declined(ledger, known, told.decline or Decline.OTHER)
    waiting = {'state': PaymentState.OPEN, 'asking': known.asking.again(now)}
    return ledger.with_payment(known.model_copy(update=waiting))


def declined(ledger: Ledger, payment: Payment, why: str) -> Ledger:
    """The ledger where nothing was paid by it."""
    ended = {'state': PaymentState.DECLINED, 'decline': why, 'asking': payment.asking.over()}
    return ledger.with_payment(payment.model_copy(update=ended))


def unheard(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the provider is asked again later."""
    return ledger.with_payment(payment.model_copy(update={'asking': payment.asking.again(now)}))


def not_found(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    """The ledger where the provider knows of no such payment; he may be making it for some minutes."""
    since = payment.sending.at if payment.sending else payment.created_at
    if now - since < repaying.SURELY_NOT_MADE:
        return unheard(ledger, payment, now)
    return declined(ledger, payment, Decline.CANCELED_BY_US)


def _taken(ledger: Ledger, payment: Payment, now: datetime) -> Ledger:
    taken = {'paid_at': now, 'asking': payment.asking.over()}
    if _is_wanted(ledger, payment):
        invoice = ledger.invoice(payment.invoice_id)
        paid = {'status': InvoiceStatus.PAID_ONLINE, 'paid_at': now, 'version': invoice.version + 1}
        after = ledger.replaced(invoice.model_copy(update=paid))
        return after.with_payment(payment.model_copy(update={'state': PaymentState.PAID, **taken}))
    unwanted = payment.model_copy(update={'state': PaymentState.UNWANTED, **taken})
    going_back = repaying.begun(unwanted, unwanted.amount, (), None, now)
    return ledger.with_payment(unwanted).with_repayment(going_back)


def _is_wanted(ledger: Ledger, payment: Payment) -> bool:
    invoice = ledger.invoice(payment.invoice_id)
    frozen = (InvoiceStatus.ISSUED, payment.amount, payment.positions)
    return (invoice.status, invoice.total, invoice.positions) == frozen
