"""Notices of the provider. Nothing in them is believed but that something may have happened.

The provider is asked what. What is final is answered with 2xx, so that he does not tell it for a day; only
where he cannot be asked now is he told to come again.
"""

import hmac

from chalicelib.billing import repository
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import CredentialsWrong, PaymentProvider
from chalicelib.billing.model.account import Account
from chalicelib.billing.model.provider import Hint, ProviderCode, Thing
from chalicelib.billing.model.refusals import (
    HookSenderUnknown,
    HookUnknown,
    PaymentNotFound,
    PaymentsNotConfigured,
)
from chalicelib.billing.rules import paying, repaying
from chalicelib.billing.service.asking import REPAYMENT, hear_payment, hear_repayment
from chalicelib.billing.service.keeping import number_of
from chalicelib.kit import dynamo, sealing, telemetry
from chalicelib.kit.operations import Raw


def hear(provider: ProviderCode, organisation: str, legal_entity_id: str, token: str, raw: Raw) -> None:
    """What the notice is about is known as the provider has it.

    Raises HookUnknown, HookSenderUnknown; ProviderAway, SealsAway where it has to come again.
    """
    account = dynamo.find(repository.reading_account(organisation, legal_entity_id))
    is_theirs = account is not None and hmac.compare_digest(account.hook_token.encode(), token.encode())
    if account is None or not is_theirs or account.provider is not provider:
        raise HookUnknown()
    if not choice.is_sender(provider, raw.source_ip):
        raise HookSenderUnknown()
    hint = choice.hint_of(provider, raw.body)
    if hint is None:
        return
    try:
        _heard(organisation, account, hint)
    except (PaymentNotFound, PaymentsNotConfigured, CredentialsWrong, sealing.SealBroken) as fault:
        about = {'organisation': organisation, 'thing': hint.external_id, 'reason': str(fault)}
        telemetry.log.warning('notice about nothing of ours', extra=about)
        telemetry.count('PaymentsDiffer')


def _heard(organisation: str, account: Account, hint: Hint) -> None:
    keys = dict(use='payments', organisation=organisation, shop=account.shop_id)
    shop = choice.provider_for(account.provider, account.shop_id, sealing.unseal(account.sealed, **keys))
    if hint.thing is Thing.PAYMENT:
        _payment(organisation, shop, hint.external_id)
    else:
        _repayment(organisation, shop, hint.external_id)


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
