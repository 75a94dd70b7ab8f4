"""What is there and what is here, for whoever compares the two; what is found is settled as ever.

A provider is asked for a shop that an organisation uses or has used, by the keys that are kept for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.billing import repository
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import CredentialsWrong, PaymentProvider
from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.payment import Payment, Repayment
from chalicelib.billing.model.provider import PaymentSnapshot, PaymentsPage, RefundSnapshot, RefundsPage
from chalicelib.billing.model.refusals import PaymentNotFound, PaymentsNotConfigured, ShopKeysRefused
from chalicelib.billing.rules import paying, repaying
from chalicelib.billing.service.asking import REPAYMENT, hear_payment, hear_repayment
from chalicelib.billing.service.keeping import number_of
from chalicelib.kit import dynamo, sealing, telemetry


def money(organisation: str, number: int) -> Ledger:
    """All money of the request, strongly consistent; empty where there is none: one query."""
    return repository.ledger(organisation, number)


def payments_there(
    organisation: str, shop: ShopName, since: datetime, before: datetime, cursor: str | None
) -> PaymentsPage | None:
    """A page of the payments the shop made in that time, None where it has to be asked one by one.

    Raises ShopKeysRefused, ProviderAway, SealsAway.
    """
    with _asked(organisation, shop) as provider:
        return provider.list_payments(since, before, cursor)


def refunds_there(
    organisation: str, shop: ShopName, since: datetime, before: datetime, cursor: str | None
) -> RefundsPage | None:
    """A page of the refunds the shop made in that time, None where it has to be asked one by one.

    Raises ShopKeysRefused, ProviderAway, SealsAway.
    """
    with _asked(organisation, shop) as provider:
        return provider.list_refunds(since, before, cursor)


def payment_there(organisation: str, shop: ShopName, external_id: str) -> PaymentSnapshot | None:
    """The payment as the shop has it. Raises ShopKeysRefused, ProviderAway, SealsAway."""
    with _asked(organisation, shop) as provider:
        return provider.get_payment(external_id)


def refund_there(organisation: str, shop: ShopName, external_id: str) -> RefundSnapshot | None:
    """The refund as the shop has it. Raises ShopKeysRefused, ProviderAway, SealsAway."""
    with _asked(organisation, shop) as provider:
        return provider.get_refund(external_id)


def payment_here(organisation: str, attempt_id: str) -> Payment | None:
    """Our payment of that id, None where there is none."""
    try:
        return repository.ledger(organisation, number_of(attempt_id)).payment(attempt_id)
    except PaymentNotFound:
        return None


def repayment_here(organisation: str, refund_id: str) -> tuple[Payment, Repayment] | None:
    """What goes back by that id, as the provider was told it, and of which payment; None for none of ours."""
    repayment_id = refund_id.rpartition('-')[0]
    if not repayment_id.endswith(REPAYMENT):
        return None
    try:
        ledger = repository.ledger(organisation, number_of(repayment_id))
        repayment = ledger.repayment(repayment_id)
        return ledger.payment(repayment.payment_id), repayment
    except PaymentNotFound:
        return None


def settle_payment(organisation: str, payment: Payment, told: PaymentSnapshot) -> Payment:
    """The payment as it is after the provider told of it; what is not of it changes nothing."""
    return hear_payment(organisation, payment, told) if paying.is_of(payment, told) else payment


def settle_repayment(
    organisation: str, payment: Payment, repayment: Repayment, told: RefundSnapshot
) -> Repayment:
    """The repayment as it is after the provider told of it; what is not of it changes nothing."""
    is_of = repaying.is_of(repayment, told)
    return hear_repayment(organisation, payment, repayment, told) if is_of else repayment


@contextmanager
def _asked(organisation: str, shop: ShopName) -> Iterator[PaymentProvider]:
    try:
        where = (shop.legal_entity_id, shop.provider, shop.shop_id)
        keys = dynamo.get(repository.reading_keys(organisation, *where))
        secret = sealing.unseal(keys.sealed, use='payments', organisation=organisation, shop=shop.shop_id)
        yield choice.provider_for(shop.provider, shop.shop_id, secret)
    except (CredentialsWrong, PaymentsNotConfigured, sealing.SealBroken) as fault:
        telemetry.count('PaymentKeysRefused')
        raise ShopKeysRefused() from fault
