"""Notices of the providers. Nothing in them is believed but that something may have happened.

The provider is asked what, in the shop where the payment was made, whatever shop there is now. What is final
is answered so that he does not tell it for a day; only where he cannot be asked now is he told to come again.
"""

import hmac

from chalicelib.billing import repository
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import CredentialsWrong, PaymentProvider
from chalicelib.billing.model.account import Account
from chalicelib.billing.model.payment import Payment
from chalicelib.billing.model.provider import (
    Hint,
    PaymentSnapshot,
    ProviderCode,
    RefundSnapshot,
    RefundStatus,
    Thing,
)
from chalicelib.billing.model.refusals import (
    HookSenderUnknown,
    HookUnknown,
    NoticeAmountDiffers,
    NoticeForged,
    NoticeOrderUnknown,
    NoticeRefused,
    NoticeTerminalDiffers,
    NoticeTerminalUnknown,
    PaymentNotFound,
    PaymentsNotConfigured,
)
from chalicelib.billing.rules import paying, repaying
from chalicelib.billing.service.asking import REPAYMENT, hear_payment, hear_repayment
from chalicelib.billing.service.keeping import number_of
from chalicelib.billing.service.shops import shop_of
from chalicelib.kit import dynamo, sealing, telemetry
from chalicelib.kit.operations import Raw


def hear(provider: ProviderCode, organisation: str, legal_entity_id: str, token: str, raw: Raw) -> None:
    """What the notice is about is known as the provider has it.

    Raises HookUnknown, HookSenderUnknown; ProviderAway, SealsAway where it has to come again.
    """
    account = _addressed(provider, organisation, legal_entity_id, token, raw)
    hint = choice.hint_of(provider, raw.body)
    if hint is None:
        return
    try:
        _heard(provider, organisation, account, hint)
    except (PaymentNotFound, PaymentsNotConfigured, CredentialsWrong, sealing.SealBroken) as fault:
        about = {'organisation': organisation, 'thing': hint.external_id, 'reason': str(fault)}
        telemetry.log.warning('notice about nothing of ours', extra=about)
        telemetry.count('PaymentsDiffer')


def hear_signed(
    provider: ProviderCode, organisation: str, legal_entity_id: str, token: str, raw: Raw
) -> NoticeRefused | None:
    """What the notice, which the provider has signed, is about is known as he has it; or why it is not ours.

    Raises HookUnknown, HookSenderUnknown, NoticeForged, NoticeTerminalUnknown; ProviderAway, SealsAway where
    it has to come again.
    """
    _addressed(provider, organisation, legal_entity_id, token, raw)
    hint = choice.hint_of(provider, raw.body)
    if hint is None:
        raise NoticeForged()
    keys = dynamo.find(
        repository.reading_keys(organisation, legal_entity_id, provider, str(hint.shop_id))
    )
    if keys is None:
        raise NoticeTerminalUnknown()
    secret = sealing.unseal(keys.sealed, use='payments', organisation=organisation, shop=keys.shop_id)
    if not choice.is_from(provider, raw.body, secret):
        telemetry.count('NoticesForged')
        raise NoticeForged()
    try:
        payment = _named(organisation, str(hint.attempt_id))
        _judge(payment, provider, hint)
        _told(organisation, payment, choice.provider_for(provider, keys.shop_id, secret), hint)
    except (NoticeRefused, CredentialsWrong) as refusal:
        about = {'organisation': organisation, 'thing': hint.external_id, 'reason': str(refusal)}
        telemetry.log.warning('notice about nothing of ours', extra=about)
        telemetry.count('PaymentsDiffer')
        if isinstance(refusal, NoticeRefused):
            return refusal
        raise
    return None


def _addressed(
    provider: ProviderCode, organisation: str, legal_entity_id: str, token: str, raw: Raw
) -> Account:
    """The account whose secret address this is: notices of a provider it had before come there too."""
    account = dynamo.find(repository.reading_account(organisation, legal_entity_id))
    if account is None or not hmac.compare_digest(account.hook_token.encode(), token.encode()):
        raise HookUnknown()
    if not choice.is_sender(provider, raw.source_ip):
        raise HookSenderUnknown()
    return account


# -- notices that are signed ---------------------------------------------------------------------------


def _named(organisation: str, attempt_id: str) -> Payment:
    try:
        return repository.ledger(organisation, number_of(attempt_id)).payment(attempt_id)
    except PaymentNotFound as missing:
        raise NoticeOrderUnknown() from missing


def _judge(payment: Payment, provider: ProviderCode, hint: Hint) -> None:
    if (payment.provider, payment.shop_id) != (provider, hint.shop_id):
        raise NoticeTerminalDiffers()
    if hint.amount not in (None, payment.amount):
        raise NoticeAmountDiffers()
    if payment.external_id not in (None, hint.external_id):
        raise NoticeOrderUnknown()


def _told(organisation: str, payment: Payment, shop: PaymentProvider, hint: Hint) -> None:
    told = shop.get_payment(hint.external_id)
    if told is None:
        raise NoticeOrderUnknown()
    # A card, and whether it can be charged again, is told of in the notice alone.
    known = told.model_copy(update={'saved_method': hint.saved_method, 'paid_by': hint.paid_by})
    if not paying.is_of(payment, known):
        raise NoticeAmountDiffers()
    if known.went_back is not None:
        _sent_back(organisation, payment, known, known.went_back)
    hear_payment(organisation, payment, known)


def _sent_back(organisation: str, payment: Payment, told: PaymentSnapshot, status: RefundStatus) -> None:
    # Read when the bank has answered: what we ask it for stands in the ledger before it can be there.
    ledger = repository.ledger(organisation, payment.number)
    repayment = ledger.repayment_of(payment)
    if repayment is not None and repaying.may_be(repayment, ledger.payment(payment.id), told):
        back = RefundSnapshot(external_id=told.external_id, status=status)
        hear_repayment(organisation, payment, repayment, back)


# -- notices that are not ------------------------------------------------------------------------------


def _heard(provider: ProviderCode, organisation: str, account: Account, hint: Hint) -> None:
    shop = _shop(provider, organisation, account, hint)
    if hint.thing is Thing.PAYMENT:
        _payment(organisation, shop, hint.external_id)
    else:
        _repayment(organisation, shop, hint.external_id)


def _shop(provider: ProviderCode, organisation: str, account: Account, hint: Hint) -> PaymentProvider:
    """Where to ask: in the shop of the payment that the notice names, or in the one there is now."""
    if hint.attempt_id is not None:
        payment = repository.ledger(organisation, number_of(hint.attempt_id)).payment(hint.attempt_id)
        # Whoever names another's payment is answered by what its own shop says of the id he gave.
        if (payment.provider, payment.legal_entity_id) == (provider, account.legal_entity_id):
            return shop_of(organisation, payment)
    if account.provider is not provider:
        raise PaymentNotFound()
    keys = dict(use='payments', organisation=organisation, shop=account.shop_id)
    return choice.provider_for(account.provider, account.shop_id, sealing.unseal(account.sealed, **keys))


def _payment(organisation: str, shop: PaymentProvider, external_id: str) -> None:
    told = shop.get_payment(external_id)
    if told is None or told.attempt_id is None:
        raise PaymentNotFound()
    payment = repository.ledger(organisation, number_of(told.attempt_id)).payment(told.attempt_id)
    if not paying.is_of(payment, told):
        raise PaymentNotFound()
    hear_payment(organisation, payment, told)


def _repayment(organisation: str, shop: PaymentProvider, external_id: str) -> None:
    told = shop.get_refund(external_id)
    if told is None or told.refund_id is None:
        raise PaymentNotFound()
    repayment_id = told.refund_id.rpartition('-')[0]
    if not repayment_id.endswith(REPAYMENT):
        raise PaymentNotFound()
    ledger = repository.ledger(organisation, number_of(repayment_id))
    repayment = ledger.repayment(repayment_id)
    if repaying.is_of(repayment, told):
        hear_repayment(organisation, ledger.payment(repayment.payment_id), repayment, told)
