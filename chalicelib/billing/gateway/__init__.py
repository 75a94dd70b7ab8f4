"""The providers of payments, each behind the same port."""

from chalicelib.billing.gateway.choice import hint_of, is_from, is_sender, provider_for
from chalicelib.billing.gateway.port import (
    Ambiguous,
    CredentialsWrong,
    PaymentProvider,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
)

__all__ = [
    'Ambiguous', 'CredentialsWrong', 'PaymentProvider', 'ProviderAway', 'ProviderBusy', 'ProviderRefused',
    'hint_of', 'is_from', 'is_sender', 'provider_for',
]  # fmt: skip
