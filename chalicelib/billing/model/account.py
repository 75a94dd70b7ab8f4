"""Where the money of a legal entity goes: its shop at a payment provider.

The secret key is sealed and never told again. A shop that was used once keeps its key, so that payments made
there can be asked about and returned after another was set.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.billing.model.provider import ProviderCode, TaxSystem
from chalicelib.kit.values import Id, Instant, Stored, Value

_OPEN_TO_CLIENTS = re.compile(
    r'(https://[^\x00-\x20\x7f-\x9f/<>"@]+|http://(localhost|127\.0\.0\.1)(:\d+)?)(/[^\x00-\x20\x7f-\x9f<>"]*)?',
    re.ASCII,
)


def _to_be_returned_to(address: str) -> str:
    if not _OPEN_TO_CLIENTS.fullmatch(address):
        raise PydanticCustomError('url_not_https', 'an address of the form https://… is needed')
    return address


WebAddress = Annotated[
    str, StringConstraints(min_length=1, max_length=500), AfterValidator(_to_be_returned_to)
]
ShopId = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=r'^[A-Za-z0-9_-]+$')]
SecretKey = Annotated[str, StringConstraints(pattern=r'^[^\x00-\x20\x7f-\x9f]{8,200}$')]


class ShopName(Stored):
    """Which shop of which legal entity at which provider."""

    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str


class Keys(Stored):
    """How to speak for one shop."""

    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    sealed: str = Field(repr=False)


class Account(Stored):
    """The shop that a legal entity is paid through now."""

    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    sealed: str = Field(repr=False)
    return_url: str
    are_receipts_made: bool
    tax_system: TaxSystem | None = None
    hook_token: str = Field(repr=False)
    is_test: bool = False
    checked_at: Instant | None = None
    version: int = 0

    @property
    def keys(self) -> Keys:
        """How to speak for its shop."""
        kept = ('legal_entity_id', 'provider', 'shop_id', 'sealed')
        return Keys(**{name: getattr(self, name) for name in kept})


class AccountInput(Value):
    """The shop that a legal entity shall be paid through."""

    provider: ProviderCode = ProviderCode.YOOKASSA
    shop_id: ShopId = Field(description='`shopId` of «ЮKassa», `TerminalKey` of T-Bank.')
    secret_key: SecretKey | None = Field(
        None,
        repr=False,
        description='`Password` of T-Bank. Needed for a shop not used before; never told again.',
    )
    return_url: WebAddress = Field(description='Where the client comes back to from the provider.')
    are_receipts_made: bool = Field(
        True, description='Whether the provider makes the fiscal receipts (54-ФЗ).'
    )
    tax_system: TaxSystem | None = Field(
        None, description='By which rules the legal entity is taxed; `tbank` needs it for receipts.'
    )


class AccountCard(Stored):
    """The shop of a legal entity, without its secrets."""

    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    return_url: str
    are_receipts_made: bool
    tax_system: TaxSystem | None = None
    hook_path: str = Field(description='Where the provider is to send its notices; whoever knows it may.')
    is_test: bool
    checked_at: Instant | None
    version: int


class AccountCheck(Stored):
    """What the provider says of the shop."""

    shop_id: str
    is_active: bool
    is_test: bool
    makes_receipts: bool | None = Field(description='null where the provider does not say.')
    methods: tuple[str, ...]
