"""Which provider an organisation has, by the code in its settings."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.billing.gateway import yookassa
from chalicelib.billing.gateway.port import PaymentProvider
from chalicelib.billing.model.provider import Hint, ProviderCode


class _Door(NamedTuple):
    provider: Callable[[str, str], PaymentProvider]
    hint: Callable[[bytes], Hint | None]
    is_sender: Callable[[str], bool]


_DOORS = {
    ProviderCode.YOOKASSA: _Door(yookassa.YooKassa, yookassa.hint_of, yookassa.is_sender),
}  # fmt: skip


def provider_for(code: ProviderCode, shop_id: str, secret: str) -> PaymentProvider:
    """The shop at the provider; nobody is called yet."""
    return _DOORS[code].provider(shop_id, secret)


def hint_of(code: ProviderCode, body: bytes) -> Hint | None:
    """What a notice of the provider is about, None where it is about nothing we know."""
    return _DOORS[code].hint(body)


def is_sender(code: ProviderCode, address: str) -> bool:
    """Whether notices of the provider come from this address."""
    return _DOORS[code].is_sender(address)
