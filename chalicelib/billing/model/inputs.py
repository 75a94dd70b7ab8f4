"""What staff may say of invoices."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.money import Money, Percent, Quantity
from chalicelib.kit.values import Id, Value

MOST_POSITIONS = 50


class PositionInput(Value):
    """A line of the invoice: one it has, by `id`, or a new one, by `price_id` (INV-012).

    A kept one may name its price too: what was told of a position can be sent back.
    """

    id: Id | None = Field(None, description='The position to keep; what is not said of it stays.')
    price_id: Id | None = Field(None, description='The price to copy from the list.')
    tariff: Money | None = Field(None, description='For this order only; null takes that of the list.')
    quantity: Quantity | None = Field(None, description='How many units; a new position has one.')
    discount: Percent | None = Field(None, description='Needs the right to give discounts (INV-007).')

    @model_validator(mode='after')
    def _names_one(self) -> Self:
        if self.id is None and self.price_id is None:
            raise PydanticCustomError('position_unnamed', 'a position is named by id or by price_id')
        return self


Positions = Annotated[tuple[PositionInput, ...], Field(max_length=MOST_POSITIONS)]


class NewInvoice(Value):
    """A draft, empty or with its first positions (I1, I13)."""

    positions: Positions = ()


class InvoiceChanges(Value):
    """The positions the draft shall have, in their order: those not named are gone (I3)."""

    positions: Positions = Field(default_factory=tuple)
