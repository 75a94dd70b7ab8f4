"""The shops that are compared every night: each is due in the night after its next day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib.billing.model.account import ShopName
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.registers.model.reconciliation import ShopToReconcile
from chalicelib.registers.repository.rows import RegisterRow

NIGHTLY = 'nightly'
"""All of them are one partition, from which one row leaves a shop and night."""


def reading_shop(organisation: str, name: str) -> Read[ShopToReconcile]:
    """A look at the shop of that name."""
    return Read(RegisterRow, (_pk(organisation), name), _shop_of)


def name_of(shop: ShopName) -> str:
    """By what the shop is kept in its organisation."""
    return f'{shop.legal_entity_id}#{shop.provider}#{shop.shop_id}'


def keeping_shop(shop: ShopToReconcile, due: datetime) -> Write:
    """The shop will be due then, in place of its version before."""
    row = RegisterRow(
        pk=_pk(shop.organisation),
        sk=name_of(shop.shop),
        version=shop.version,
        body=shop.model_dump_json(),
        due_key=NIGHTLY,
        due_at=clock.text(due),
    )
    if not shop.version:
        return dynamo.creating(row)
    return dynamo.putting(row, RegisterRow.version == shop.version - 1)


def due_by(now: datetime, most: int) -> Iterator[tuple[str, str]]:
    """Organisation and name of the shops whose next day is over, the longest first."""
    until = RegisterRow.due_at <= clock.text(now)
    for row in RegisterRow.due.query(NIGHTLY, until, limit=most):
        yield str(row.pk).rpartition('#')[0], str(row.sk)


def _pk(organisation: str) -> str:
    return f'{organisation}#shops'


def _shop_of(row: Any) -> ShopToReconcile:
    return ShopToReconcile.model_validate_json(row.body or '')
