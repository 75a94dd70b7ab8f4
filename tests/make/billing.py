"""Money for tests: entities for the rules, invoices through the service; every argument is optional."""

from decimal import Decimal
from typing import Any

from chalicelib.billing import service
from chalicelib.billing.model.inputs import NewInvoice, PositionInput
from chalicelib.billing.model.invoice import Invoice, InvoiceStatus, Position
from chalicelib.billing.model.views import InvoiceCard
from chalicelib.billing.rules import amounts
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.money import Money
from chalicelib.prices.model import Price, Unit, Vat
from tests.conftest import NOON


def position(roubles: int = 1250, quantity: str = '1', discount: str = '0', **changes: Any) -> Position:
    """A line of an invoice, of nothing in particular."""
    tariff, units, percent = Money(minor=roubles * 100), Decimal(quantity), Decimal(discount)
    fields = {
        'id': new_id(), 'price_id': 'tap', 'price_version': 1, 'name': 'Замена крана', 'unit': Unit.PIECE,
        'vat': Vat.NONE, 'tariff': tariff, 'quantity': units, 'discount': percent,
        'total': amounts.priced(tariff, units, percent), **changes,
    }  # fmt: skip
    return Position(**fields)


def invoice(
    status: InvoiceStatus = InvoiceStatus.DRAFT, *positions: Position, ordinal: int = 1, **changes: Any
) -> Invoice:
    """An invoice of request 17 with the positions; kept nowhere."""
    fields = {'number': 17, 'legal_entity_id': 'company', 'created_at': NOON, **changes}
    came_to = amounts.total(positions)
    return Invoice(status=status, positions=positions, total=came_to, ordinal=ordinal, **fields)


def drawn(number: int, by: Caller, *prices: Price, **changes: Any) -> InvoiceCard:
    """A draft of the request with a unit of each of the prices."""
    positions = tuple(PositionInput(price_id=price.id, **changes) for price in prices)
    return service.draw(number, NewInvoice(positions=positions), by=by)


def issued(number: int, by: Caller, *prices: Price, **changes: Any) -> InvoiceCard:
    """An invoice the client may pay."""
    return service.issue(drawn(number, by, *prices, **changes).id, by=by)
