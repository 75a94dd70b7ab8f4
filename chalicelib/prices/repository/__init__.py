"""The only room that knows the rows of price lists, their keys and indexes."""

from chalicelib.prices.repository.imports import changing, ordering, reading_import, unattended
from chalicelib.prices.repository.lines import (
    active,
    active_for_import,
    list_by_name,
    reading,
    saving,
    search,
)
from chalicelib.prices.repository.rows import PriceRow

__all__ = [
    'PriceRow', 'active', 'active_for_import', 'changing', 'list_by_name', 'ordering', 'reading',
    'reading_import', 'saving', 'search', 'unattended',
]  # fmt: skip
