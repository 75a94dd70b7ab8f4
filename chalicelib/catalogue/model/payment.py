"""Whether and when an offering is paid for, and what goes back (SVC-013..016)."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chalicelib.kit.money import Quantity
from chalicelib.kit.values import Id, Line, Stored

MOST_AUTOMATIC = 20


class PaymentTime(StrEnum):
    """When an offering is paid for (PAY-001)."""

    FREE = 'free'  # never
    BEFORE = 'before'  # «с предоплатой»: the cost is known, the client pays when he orders
    AFTER = 'after'  # «с постоплатой»: the cost is known when somebody has looked


class AutomaticRefund(StrEnum):
    """Whose cancelling of a waiting request sends its money back by itself (AMB-54)."""

    NEVER = 'never'
    BY_CLIENT = 'by_client'  # «Автоматический возврат при отмене заявки клиентом»
    ALWAYS = 'always'  # «Автоматический возврат при отмене заявки»


class AutomaticPosition(Stored):
    """A price that stands in the invoice made at ordering (SVC-014, INV-008)."""

    price_id: Id
    """A line of the price list of the offering's legal entity."""
    quantity: Quantity = Decimal(1)
    quantity_field: Annotated[str, StringConstraints(pattern=r'^[a-z][a-z0-9_]{0,39}$')] | None = None
    """The number field of the order form whose answer is the quantity instead."""
    choice_field: Annotated[str, StringConstraints(pattern=r'^[a-z][a-z0-9_]{0,39}$')] | None = None
    """The choice field on whose answer it depends; null: it is always there (INV-010)."""
    choice: Annotated[str, Line(200)] | None = None
    """The answer with which it is there."""


class NewAutomaticPosition(AutomaticPosition):
    """An automatic position as staff give it: fields it does not know are refused."""

    model_config = ConfigDict(extra='forbid')


AutomaticInvoice = Annotated[tuple[NewAutomaticPosition, ...], Field(max_length=MOST_AUTOMATIC)]
