"""A price, and what the doors take and tell of it."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chalicelib.kit.money import Money
from chalicelib.kit.values import Id, Line, Paging, Stored, Value


class Unit(StrEnum):
    """What one of a thing is; the codes are those of fiscal receipts."""

    PIECE = 'piece'  # шт.
    HOUR = 'hour'  # ч
    DAY = 'day'  # сут.
    METER = 'meter'  # м
    SQUARE_METER = 'square_meter'  # м²
    CUBIC_METER = 'cubic_meter'  # м³
    KILOGRAM = 'kilogram'  # кг
    LITER = 'liter'  # л
    KILOWATT_HOUR = 'kilowatt_hour'  # кВт·ч
    GIGACALORIE = 'gigacalorie'  # Гкал
    ANOTHER = 'another'  # what has no unit of its own, such as a visit


class Vat(StrEnum):
    """The rate of value added tax that is in the tariff («НДС»)."""

    NONE = 'none'  # without VAT
    VAT_0 = 'vat0'
    VAT_5 = 'vat5'
    VAT_7 = 'vat7'
    VAT_10 = 'vat10'
    VAT_20 = 'vat20'  # the general rate until 2025
    VAT_22 = 'vat22'  # the general rate since 2026


class PriceState(StrEnum):
    """Whether a price can be chosen for an invoice."""

    ACTIVE = 'active'
    ARCHIVED = 'archived'  # invoices that have it keep it


Name = Annotated[str, Line(200)]


class NewPrice(Value):
    """A line of a price list as staff give it (PRC-003)."""

    name: Name
    unit: Unit = Unit.PIECE
    tariff: Money = Field(description='What one unit costs, VAT in it; nothing is a price too.')
    vat: Vat = Vat.NONE


class PriceChanges(Value):
    """What shall be different about a price: an absent field stays."""

    name: Name = Field(default_factory=str)
    unit: Unit = Field(default_factory=lambda: Unit.PIECE)
    tariff: Money = Field(default_factory=lambda: Money(minor=0))
    vat: Vat = Field(default_factory=lambda: Vat.NONE)


class PriceQuery(Paging):
    """Which prices of a list are shown."""

    search: Annotated[str, Line(100)] | None = None
    """Beginnings of words of the name, in any order: for the field «Наименование» (PRC-006)."""
    state: PriceState = PriceState.ACTIVE


class Price(Stored):
    """One line of the price list of a legal entity («прайс-лист», PRC-002)."""

    id: Id
    organisation: str
    legal_entity_id: Id
    name: str
    unit: Unit
    tariff: Money
    vat: Vat
    state: PriceState = PriceState.ACTIVE
    version: int = 1

    @property
    def is_active(self) -> bool:
        """Whether it can be chosen for something new."""
        return self.state is PriceState.ACTIVE


class PriceCard(Stored):
    """A line of a price list as staff see it."""

    id: Id
    legal_entity_id: Id
    name: str
    unit: Unit
    tariff: Money = Field(description='What one unit costs as a rule; an invoice may say otherwise.')
    vat: Vat
    state: PriceState
    version: int

    @classmethod
    def of(cls, price: Price) -> 'PriceCard':
        """What is told of the price."""
        return cls.model_validate(price.model_dump())
