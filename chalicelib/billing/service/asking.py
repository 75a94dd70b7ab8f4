"""Asking the provider, and what follows from his answer. Every step may die: what is asked stands in a row.

Nothing is concluded from silence: who gave no clear answer is asked again, later and later.
"""

import hashlib
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
    SentElsewhere,
)
from chalicelib.billing.model.card import Card
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import Payment, Repayment, Sending
from chalicelib.billing.model.provider import Decline, PaymentSnapshot, PaymentStatus, RefundSnapshot
from chalicelib.billing.model.refusals import PaymentsNotConfigured
from chalicelib.billing.rules import paying, refunding, repaying
from chalicelib.billing.rules.repaying import Question
from chalicelib.billing.service.addressing import return_address
from chalicelib.billing.service.closing import ask_closing
from chalicelib.billing.service.keeping import change_now, number_of
from chalicelib.billing.service.shops import shop_of
from chalicelib.kit import clock, dynamo, sealing, telemetry
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id

_NOT_HEARD = (
    ProviderAway, Ambiguous, CredentialsWrong, PaymentsNotConfigured, sealing.SealsAway, sealing.SealBroken,
)  # fmt: skip
_KEYS_WRONG = (CredentialsWrong, PaymentsNotConfigured, sealing.SealBroken)
REPAYMENT = '-r'
"""How the id of a repayment ends."""


def ask(organisation: str, thing_id: str) -> None:
    """What was to be asked about the payment or repayment is asked."""
    if thing_id.endswith(REPAYMENT):
        ask_repayment(organisation, thing_id)
    elif ask_payment(organisation, thing_id).closing is not None:
        ask_closing(organisation, thing_id)


def ask_payment(organisation: str, payment_id: str, *, has_payer: bool = False) -> Payment:
    """The payment as the provider says it is; `has_payer`: its client waits, so that it may be made.

    Where the provider gave no answer it is asked again later. Raises PaymentNotFound.
    """
    ledger = repository.ledger(organisation, number_of(payment_id))
    payment = ledger.payment(payment_id)
    if not payment.state.is_awaited:
        return payment
    asked = paying.question(ledger, payment, clock.now(), has_payer=has_payer)
    if asked is Question.MAKE and not choice.knows_again(payment.provider):
        payment, is_ours = _sent(organisation, payment)
        asked = asked if is_ours else Question.WAIT
    if asked is Question.WAIT:
        # Nothing is written: that would come between the other hand and its answer.
        return payment
    try:
        told = _told_of(organisation, payment, asked)
    except ProviderRefused as refusal:
        telemetry.log.warning('payment refused', payment=payment.id, reason=str(refusal))
        return _changed(
            organisation, payment, lambda ledger, now: paying.declined(ledger, payment, Decline.OTHER)
        )
    except _NOT_HEARD as fault:
        _note(fault, organisation, payment)
        is_open = asked is not Question.MAKE or _may_be_done(fault)
        later = paying.unheard if is_open else paying.not_sent
        return _changed(organisation, payment, lambda ledger, now: later(ledger, payment, now))
    if told is None and asked is Question.SEARCH:
        return _changed(organisation, payment, lambda ledger, now: paying.not_found(ledger, payment, now))
    if told is None or not paying.is_of(payment, told):
        _differs(organisation, payment.id)
        return _changed(organisation, payment, lambda ledger, now: paying.unheard(ledger, payment, now))
    return hear_payment(organisation, payment, told)


def hear_payment(organisation: str, payment: Payment, told: PaymentSnapshot) -> Payment:
    """The payment is as the provider tells, and its card kept or forgotten with it.

    What went back of it there, and not by a repayment of ours, is remembered.
    """

    def judge(ledger: Ledger, _: object) -> Ledger:
        now = clock.now()
        after = paying.heard(ledger, ledger.payment(payment.id), told, now)
        return repaying.heard_elsewhere(after, after.payment(payment.id), told, now)

    more = _of_card(organisation, payment, told)
    return change_now(organisation, payment.number, judge, *more).payment(payment.id)


def ask_repayment(organisation: str, repayment_id: str) -> Repayment:
    """The repayment as the provider says it is, made if it was not. Raises PaymentNotFound."""
    ledger = repository.ledger(organisation, number_of(repayment_id))
    repayment = ledger.repayment(repayment_id)
    payment, now = ledger.payment(repayment.payment_id), clock.now()
    asked = repaying.question(repayment, now)
    if asked is Question.WAIT:
        return repayment
    if asked is Question.MAKE and not choice.knows_again(payment.provider):
        repayment, is_ours = _sent_back(organisation, payment, repayment)
        if not is_ours:
            return repayment
    try:
        told = _told_back(shop_of(organisation, payment), payment, repayment, asked)
    except ProviderRefused as refusal:
        telemetry.log.warning('refund refused', repayment=repayment.id, reason=str(refusal))
        elsewhere = refusal.told if isinstance(refusal, SentElsewhere) else None
        return _repaid(
            organisation, payment, repayment, lambda ledger, one, now: _refused(ledger, one, elsewhere, now)
        )
    except _NOT_HEARD as fault:
        _note(fault, organisation, payment)
        is_open = asked is not Question.MAKE or _may_be_done(fault)
        return _repaid(organisation, payment, repayment, repaying.unheard if is_open else repaying.not_sent)
    if told is None and asked is Question.SEARCH:
        return _repaid(organisation, payment, repayment, repaying.never_made)
    if told is None or not repaying.is_of(repayment, told):
        _differs(organisation, repayment.id)
        return _repaid(organisation, payment, repayment, repaying.unheard)
    return hear_repayment(organisation, payment, repayment, told)


def _refused(
    ledger: Ledger, repayment: Repayment, elsewhere: PaymentSnapshot | None, now: datetime
) -> Ledger:
    if elsewhere is not None:
        payment = ledger.payment(repayment.payment_id)
        ledger = repaying.sent_elsewhere(ledger, payment, elsewhere, now)
    return repaying.refused(ledger, repayment, Decline.OTHER, now)


def hear_repayment(
    organisation: str, payment: Payment, repayment: Repayment, told: RefundSnapshot
) -> Repayment:
    """The repayment is as the provider tells, its invoice and its refund with it (F5)."""
    return _repaid(
        organisation, payment, repayment, lambda ledger, one, now: repaying.heard(ledger, one, told, now)
    )


def _told_of(organisation: str, payment: Payment, asked: Question) -> PaymentSnapshot | None:
    shop = shop_of(organisation, payment)
    if asked is Question.MAKE:
        wanted = paying.asked_for(payment)
        if payment.link_turn is not None:
            wanted = wanted.model_copy(update={'return_url': return_address(organisation, payment)})
        return shop.create_payment(wanted)
    if asked is Question.LOOK:
        return shop.get_payment(str(payment.external_id))
    return shop.find_payment(payment.id, payment.created_at)


def _told_back(
    shop: PaymentProvider, payment: Payment, repayment: Repayment, asked: Question
) -> RefundSnapshot | None:
    if asked is Question.MAKE:
        return shop.refund(repaying.asked_for(repayment, payment))
    if asked is Question.LOOK:
        return shop.get_refund(str(repayment.external_id))
    return shop.find_refund(repayment.attempt_id, str(payment.external_id))


def _sent(organisation: str, payment: Payment) -> tuple[Payment, bool]:
    """The payment marked as asked for, and whether it is this hand that asks."""
    ours = Sending(by=new_id(), at=clock.now())
    after = _changed(organisation, payment, lambda ledger, _: paying.sent(ledger, payment, ours))
    return after, after.sending == ours


def _sent_back(organisation: str, payment: Payment, repayment: Repayment) -> tuple[Repayment, bool]:
    """The repayment marked as asked for, and whether it is this hand that asks."""
    ours = Sending(by=new_id(), at=clock.now())
    after = _repaid(organisation, payment, repayment, lambda ledger, one, _: repaying.sent(ledger, one, ours))
    return after, after.sending == ours


def _may_be_done(fault: Exception) -> bool:
    return isinstance(fault, Ambiguous)


def _changed(organisation: str, payment: Payment, rule: Callable[[Ledger, datetime], Ledger]) -> Payment:
    def judge(ledger: Ledger, _: object) -> Ledger:
        # Another hand may have heard of it since we asked: what it knows is newer than our silence.
        is_same = ledger.payment(payment.id) == payment
        return rule(ledger, clock.now()) if is_same else ledger

    return change_now(organisation, payment.number, judge).payment(payment.id)


def _repaid(
    organisation: str,
    payment: Payment,
    repayment: Repayment,
    rule: Callable[[Ledger, Repayment, datetime], Ledger],
) -> Repayment:
    def judge(ledger: Ledger, _: object) -> Ledger:
        now, present = clock.now(), ledger.repayment(repayment.id)
        # An answer about one try says nothing of the next.
        is_same = present.attempt_id == repayment.attempt_id and present.state is repayment.state
        return refunding.settled(rule(ledger, present, now), now) if is_same else ledger

    return change_now(organisation, payment.number, judge).repayment(repayment.id)


def _of_card(organisation: str, payment: Payment, told: PaymentSnapshot) -> list[Write]:
    """The card he let us keep is kept, and one that he took back forgotten."""
    if payment.client_id is None:
        return []
    saved, is_paid = told.saved_method, told.status is PaymentStatus.SUCCEEDED
    if saved is not None and is_paid and payment.is_card_kept:
        card = Card(
            id=hashlib.sha256(f'{payment.shop_id}#{saved.token}'.encode()).hexdigest()[:26],
            client_id=payment.client_id,
            legal_entity_id=payment.legal_entity_id,
            provider=payment.provider,
            shop_id=payment.shop_id,
            saved_at=clock.now(),
            **saved.model_dump(),
        )
        return repository.keeping_card(organisation, card)
    if payment.card_id is not None and told.decline == Decline.PERMISSION_REVOKED:
        revoked = dynamo.find(repository.reading_card(organisation, payment.client_id, payment.card_id))
        return [repository.forgetting_card(organisation, revoked)] if revoked else []
    return []


def _note(fault: Exception, organisation: str, payment: Payment) -> None:
    about = {'organisation': organisation, 'payment': payment.id, 'reason': str(fault)}
    telemetry.log.warning('provider not heard', extra=about)
    if isinstance(fault, _KEYS_WRONG):
        telemetry.count('PaymentKeysRefused')


def _differs(organisation: str, thing_id: str) -> None:
    telemetry.log.error('the provider tells of something else', organisation=organisation, thing=thing_id)
    telemetry.count('PaymentsDiffer')
