"""The positions an employee asks for: copies of prices, with what he may say of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from chalicelib.billing.model.inputs import PositionInput
from chalicelib.billing.model.invoice import Position
from chalicelib.billing.model.refusals import PositionUnknown, PriceNotInList
from chalicelib.billing.rules.amounts import priced
from chalicelib.kit.caller import Caller
from chalicelib.kit.money import Money
from chalicelib.prices.model import Price
from chalicelib.staff.model import Permission

ONE, NO_DISCOUNT = Decimal(1), Decimal(0)


def asked(
    wanted: Sequence[PositionInput],
    before: Sequence[Position],
    prices: Mapping[str, Price],
    new_ids: Sequence[str],
    *,
    by: Caller,
) -> tuple[Position, ...]:
    """The positions as asked for, in their order; `new_ids` are for those that come from the list.

    What is not said of a kept position stays; a new one takes the tariff of the list, one unit, no discount.
    Raises PositionUnknown, PriceNotInList, TotalTooLarge, and PermissionMissing where a discount is given or
    changed without the right to (INV-007, INV-013, INV-014).
    """
    known = {position.id: position for position in before}
    made: list[Position] = []
    for place, (one, new_id) in enumerate(zip(wanted, new_ids, strict=True)):
        made.append(_kept(one, known, place, by) if one.id else _new(one, prices, new_id, place, by))
    return tuple(made)


def _kept(one: PositionInput, known: dict[str, Position], place: int, by: Caller) -> Position:
    # Taken out of those that are known: one position is not kept twice.
    position = known.pop(str(one.id), None)
    if position is None or one.price_id not in (None, position.price_id):
        raise PositionUnknown(field=f'body.positions[{place}].id')
    if one.discount is not None and one.discount != position.discount:
        by.needs(Permission.INVOICES_DISCOUNT)
    said = {name: getattr(one, name) for name in ('tariff', 'quantity', 'discount')}
    given = {name: value for name, value in said.items() if value is not None}
    return _totalled(position.model_copy(update=given))


def _new(one: PositionInput, prices: Mapping[str, Price], new_id: str, place: int, by: Caller) -> Position:
    price = prices.get(str(one.price_id))
    if price is None or not price.is_active:
        raise PriceNotInList(field=f'body.positions[{place}].price_id')
    if one.discount:
        by.needs(Permission.INVOICES_DISCOUNT)
    return copied(price, new_id, one.tariff, one.quantity, one.discount)


def copied(
    price: Price,
    position_id: str,
    tariff: Money | None = None,
    quantity: Decimal | None = None,
    discount: Decimal | None = None,
) -> Position:
    """A position that is a copy of the price, but for what is said otherwise. Raises TotalTooLarge."""
    tariff = price.tariff if tariff is None else tariff
    quantity, discount = quantity or ONE, discount or NO_DISCOUNT
    return Position(
        id=position_id,
        price_id=price.id,
        price_version=price.version,
        name=price.name,
        unit=price.unit,
        vat=price.vat,
        tariff=tariff,
        quantity=quantity,
        discount=discount,
        total=priced(tariff, quantity, discount),
    )


def _totalled(position: Position) -> Position:
    came_to = priced(position.tariff, position.quantity, position.discount)
    return position.model_copy(update={'total': came_to})
