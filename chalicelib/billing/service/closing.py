"""The second receipts of prepayments: begun when the work is done, asked for until the till has them."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.billing import repository
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import (
    Ambiguous,
    CredentialsWrong,
    PaymentProvider,
    ProviderAway,
    ProviderRefused,
)
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import ClosingState, Payment, Sending
from chalicelib.billing.model.provider import ClosingSnapshot
from chalicelib.billing.model.refusals import PaymentsNotConfigured
from chalicelib.billing.rules import closing
from chalicelib.billing.rules.repaying import Question
from chalicelib.billing.service.keeping import change_now, number_of
from chalicelib.billing.service.shops import shop_of
from chalicelib.kit import clock, sealing, telemetry
from chalicelib.kit.ids import new_id
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Status

_NOT_HEARD = (
    ProviderAway, Ambiguous, CredentialsWrong, PaymentsNotConfigured, sealing.SealsAway, sealing.SealBroken,
)  # fmt: skip

Rule = Callable[[Ledger, Payment, datetime], Ledger]


def close(organisation: str, number: int) -> None:
    """The prepayments of the request, if it is completed, get their second receipts; once, however told."""

    def judge(ledger: Ledger, request: Request) -> Ledger:
        return closing.begun(ledger, clock.now()) if request.status is Status.DONE else ledger

    for payment in change_now(organisation, number, judge).payments:
        if payment.closing is not None and payment.closing.state is ClosingState.GOING:
            ask_closing(organisation, payment.id)


def ask_closing(organisation: str, payment_id: str) -> None:
    """The second receipt is as the provider says it is, made if it was not. Raises PaymentNotFound."""
    ledger, now = repository.ledger(organisation, number_of(payment_id)), clock.now()
    payment = ledger.payment(payment_id)
    knows_again = choice.knows_again(payment.provider)
    asked = closing.question(ledger, payment, now, knows_again=knows_again)
    if asked is Question.WAIT:
        _wait(organisation, payment, now)
        return
    if asked is Question.MAKE and payment.closing and payment.closing.sending is None:
        payment, is_ours = _sealed(organisation, payment)
        if not is_ours:
            return
    if asked is Question.SEARCH and not knows_again:
        # Nobody can tell, and two of them would be worse than none.
        _changed(organisation, payment, lambda ledger, one, _: closing.failed(ledger, one))
        return
    _changed(organisation, payment, _answer(organisation, payment, asked))


def _answer(organisation: str, payment: Payment, asked: Question) -> Rule:
    """What follows from what the provider says."""
    try:
        told = _told_of(shop_of(organisation, payment), payment, asked)
    except ProviderRefused as refusal:
        telemetry.log.warning('second receipt refused', payment=payment.id, reason=str(refusal))
        return closing.refused
    except _NOT_HEARD as fault:
        telemetry.log.warning('provider not heard', payment=payment.id, reason=str(fault))
        was_sent = asked is not Question.MAKE or isinstance(fault, Ambiguous)
        return closing.unheard if was_sent else closing.not_sent
    if told is None:
        return closing.not_sent if asked is Question.SEARCH else closing.unheard
    return lambda ledger, one, now: closing.heard(ledger, one, told, now)


def _told_of(shop: PaymentProvider, payment: Payment, asked: Question) -> ClosingSnapshot | None:
    assert payment.closing is not None
    if asked is Question.MAKE:
        return shop.close(closing.asked_for(payment, payment.closing))
    if asked is Question.LOOK:
        return shop.get_closing(str(payment.closing.external_id))
    return shop.find_closing(str(payment.external_id))


def _wait(organisation: str, payment: Payment, now: datetime) -> None:
    """While money goes back it is asked again later; another hand's asking is not come between."""
    kept = payment.closing
    if kept is None or kept.state is not ClosingState.GOING:
        return
    if kept.sending is None and kept.asking.since <= now:
        _changed(organisation, payment, closing.unheard)


def _sealed(organisation: str, payment: Payment) -> tuple[Payment, bool]:
    ours = Sending(by=new_id(), at=clock.now())
    after = _changed(organisation, payment, lambda ledger, one, _: closing.sealed(ledger, one, ours))
    return after, after.closing is not None and after.closing.sending == ours


def _changed(organisation: str, payment: Payment, rule: Rule) -> Payment:
    def judge(ledger: Ledger, _: object) -> Ledger:
        # Another hand may have heard of it since we asked: what it knows is newer than our silence.
        present = ledger.payment(payment.id)
        return rule(ledger, present, clock.now()) if present.closing == payment.closing else ledger

    before = payment.closing
    after = change_now(organisation, payment.number, judge).payment(payment.id)
    is_failed = after.closing is not None and after.closing.state is ClosingState.FAILED
    if is_failed and before is not None and before.state is ClosingState.GOING:
        telemetry.count('ClosingReceiptsStuck')
    return after
