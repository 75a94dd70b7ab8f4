"""The shop that a payment was made in, whatever shop its legal entity has now."""

from chalicelib.billing import repository
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import PaymentProvider
from chalicelib.billing.model.payment import Payment
from chalicelib.kit import dynamo, sealing


def shop_of(organisation: str, payment: Payment) -> PaymentProvider:
    """The shop, with its own key. Raises PaymentsNotConfigured, SealBroken, SealsAway."""
    where = (payment.legal_entity_id, payment.provider, payment.shop_id)
    keys = dynamo.get(repository.reading_keys(organisation, *where))
    secret = sealing.unseal(keys.sealed, use='payments', organisation=organisation, shop=keys.shop_id)
    return choice.provider_for(payment.provider, payment.shop_id, secret)
