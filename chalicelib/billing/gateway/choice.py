"""Which provider an organisation has, by the code in its settings."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.billing.gateway import tbank, yookassa
from chalicelib.billing.gateway.port import PaymentProvider
from chalicelib.billing.model.provider import Hint, ProviderCode


class _Door(NamedTuple):
    provider: Callable[[str, str], PaymentProvider]
    knows_again: bool
    hint: Callable[[bytes], Hint | None]
    is_sender: Callable[[str], bool]
    is_from: Callable[[bytes, str], bool] | None = None
    needs_tax_system: bool = False


_DOORS = {
    ProviderCode.YOOKASSA: _Door(yookassa.YooKassa, True, yookassa.hint_of, yookassa.is_sender),
    ProviderCode.TBANK:    _Door(tbank.TBank, False, tbank.hint_of, tbank.is_sender, tbank.is_from, True),
}  # fmt: skip


def provider_for(code: ProviderCode, shop_id: str, secret: str) -> PaymentProvider:
    """The shop at the provider; nobody is called yet."""
    return _DOORS[code].provider(shop_id, secret)


def knows_again(code: ProviderCode) -> bool:
    """Whether asking the provider again with the same id is the same payment and the same refund."""
    return _DOORS[code].knows_again


def needs_tax_system(code: ProviderCode) -> bool:
    """Whether the provider makes no receipt without knowing how the shop is taxed."""
    return _DOORS[code].needs_tax_system


def hint_of(code: ProviderCode, body: bytes) -> Hint | None:
    """What a notice of the provider is about, None where it is about nothing we know."""
    return _DOORS[code].hint(body)


def is_sender(code: ProviderCode, address: str) -> bool:
    """Whether notices of the provider come from this address."""
    return _DOORS[code].is_sender(address)


def is_from(code: ProviderCode, body: bytes, secret: str) -> bool:
    """Whether a notice is the provider's by its signature; of one who signs none it cannot be told."""
    signed = _DOORS[code].is_from
    return signed is None or signed(body, secret)
