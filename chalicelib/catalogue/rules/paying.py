"""The invoice made at ordering: whether it can be, and what is in it (SVC-014, INV-008, INV-010)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from chalicelib.catalogue.model import (
    AutomaticInvoiceInvalid,
    AutomaticPosition,
    FieldKind,
    FormField,
    Offering,
    PaymentTime,
)

_QUANTITY = re.compile(r'\d{1,5}(\.\d{1,3})?', re.ASCII)


def must_be_coherent(offering: Offering) -> None:
    """Refuses an automatic invoice that could not be made. Raises AutomaticInvoiceInvalid, naming where."""
    if not offering.automatic_invoice:
        return
    if offering.payment is PaymentTime.FREE or offering.legal_entity_id is None:
        raise AutomaticInvoiceInvalid(field='body.automatic_invoice')
    fields = {field.code: field for field in offering.fields}
    for place, position in enumerate(offering.automatic_invoice):
        wrong = _wrong_in(position, fields)
        if wrong:
            raise AutomaticInvoiceInvalid(field=f'body.automatic_invoice[{place}].{wrong}')


def automatic(offering: Offering, answers: Mapping[str, Any]) -> dict[int, Decimal]:
    """Which automatic positions stand in the invoice of an order with these answers, and how many units.

    Nothing where an answer that should be a quantity is none: then an employee makes the invoice.
    """
    found: dict[int, Decimal] = {}
    for place, position in enumerate(offering.automatic_invoice):
        if position.choice_field and answers.get(position.choice_field) != position.choice:
            continue
        quantity = _quantity(position, answers)
        if quantity is None:
            return {}
        found[place] = quantity
    return found


def _wrong_in(position: AutomaticPosition, fields: Mapping[str, FormField]) -> str | None:
    if position.quantity_field is not None:
        field = fields.get(position.quantity_field)
        if field is None or field.kind is not FieldKind.NUMBER:
            return 'quantity_field'
    if (position.choice_field is None) is not (position.choice is None):
        return 'choice'
    if position.choice_field is not None:
        field = fields.get(position.choice_field)
        if field is None or field.kind is not FieldKind.CHOICE:
            return 'choice_field'
        if position.choice not in field.choices:
            return 'choice'
    return None


def _quantity(position: AutomaticPosition, answers: Mapping[str, Any]) -> Decimal | None:
    if position.quantity_field is None:
        return position.quantity
    spelled = str(answers.get(position.quantity_field, '')).removesuffix('.0')
    quantity = Decimal(spelled) if _QUANTITY.fullmatch(spelled) else None
    return quantity or None
