"""Cards that a client let the provider keep: tokens of one shop, never a number of a card (PAY-004)."""

from pydantic import Field

from chalicelib.billing.model.provider import ProviderCode
from chalicelib.kit.values import Id, Instant, Stored

MOST_CARDS = 10


class Card(Stored):
    """A saved card; good for payments to the shop it was saved in."""

    id: Id
    client_id: Id
    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    token: str = Field(repr=False)
    title: str
    last4: str | None = None
    brand: str | None = None
    expires: str | None = None
    saved_at: Instant


class OwnCard(Stored):
    """A saved card as its owner sees it."""

    id: Id
    legal_entity_id: Id = Field(description='Whose invoices can be paid with it.')
    title: str = Field(description='As the client knows it: `Bank card *4477`.')
    last4: str | None
    brand: str | None
    expires: str | None = Field(description='`MM/YYYY`.')
    saved_at: Instant


class OwnCards(Stored):
    """The saved cards of the client, the last saved first."""

    items: tuple[OwnCard, ...]
