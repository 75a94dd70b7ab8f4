"""An invoice («счёт на оплату») and the positions it is made of."""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.money import Money, Percent, Quantity
from chalicelib.kit.values import Id, Instant, Stored
from chalicelib.prices.model import Unit, Vat


class InvoiceStatus(StrEnum):
    """Where an invoice stands («Черновик», «Выставлен», «Оплачен» in two kinds; INV-003)."""

    DRAFT = 'draft'  # «Черновик»: the client knows nothing of it
    ISSUED = 'issued'  # «Выставлен»: the client may pay
    PAID_OFFLINE = 'paid_offline'  # «Оплачен вне системы»: an employee has said so
    PAID_ONLINE = 'paid_online'  # «Оплачен онлайн»: the payment provider has the money
    ANNULLED = 'annulled'  # by an automatic refund at cancelling; final (AMB-56)

    @property
    def is_paid(self) -> bool:
        """Whether nothing more is to be paid of it."""
        return self in (InvoiceStatus.PAID_OFFLINE, InvoiceStatus.PAID_ONLINE)


class Position(Stored):
    """One line of an invoice: a copy of a price, which later changes of the list do not touch (PRC-004)."""

    id: Id
    price_id: Id
    price_version: int
    """Of which version of the price it is a copy."""
    name: str
    unit: Unit
    vat: Vat
    tariff: Money
    """What one unit costs here; it may differ from the list (INV-014)."""
    quantity: Quantity
    discount: Percent
    total: Money


class Texted(Stored):
    """An SMS with the link of an invoice that was sent."""

    id: Id
    phone: str
    at: Instant


class Invoice(Stored):
    """An invoice of a request; the first is number 1, each additional one the next."""

    number: int
    """The request it is of."""
    ordinal: int
    legal_entity_id: Id
    offering_id: Id | None = None
    """The service of the request when the list of that legal entity was chosen by it."""
    status: InvoiceStatus = InvoiceStatus.DRAFT
    positions: tuple[Position, ...] = ()
    total: Money = Money(minor=0)
    refunded: Money = Money(minor=0)
    """How much of what was paid for it went back (I12)."""
    is_automatic: bool = Field(False, description='Made at ordering, by the rule of the offering (I2).')
    created_at: Instant
    issued_at: Instant | None = None
    paid_at: Instant | None = None
    turn: int = 1
    """Higher each time it becomes a draft again: the links of the turn before lead nowhere (AMB-60)."""
    texted: tuple[Texted, ...] = ()
    """The SMS with its link of this turn, the last ones."""
    version: int = 1

    @property
    def id(self) -> str:
        """Its name in addresses and events: `<request>-<ordinal>`."""
        return f'{self.number}-{self.ordinal}'
