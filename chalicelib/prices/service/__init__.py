"""The desk of price lists: prices are kept by hand, told in a workbook, and taken from one."""

from chalicelib.prices.service.exporting import export
from chalicelib.prices.service.importing import order_import, read_import
from chalicelib.prices.service.listing import (
    add,
    archive,
    change,
    list_prices,
    read,
    reading_price,
    restore,
)
from chalicelib.prices.service.sweeping import sweep
from chalicelib.prices.service.working import work

__all__ = [
    'add', 'archive', 'change', 'export', 'list_prices', 'order_import', 'read', 'read_import',
    'reading_price', 'restore', 'sweep', 'work',
]  # fmt: skip
