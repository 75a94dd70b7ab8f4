"""The nouns of price lists: prices, imports, what doors take and give, what may be refused."""

from chalicelib.prices.model.imports import (
    ImportQuery,
    ImportStatus,
    NewPriceImport,
    PriceImport,
    PriceImportCard,
    Problem,
    ProblemCard,
    ProblemCode,
)
from chalicelib.prices.model.price import (
    Name,
    NewPrice,
    Price,
    PriceCard,
    PriceChanges,
    PriceQuery,
    PriceState,
    Unit,
    Vat,
)
from chalicelib.prices.model.refusals import (
    PriceActive,
    PriceImportNotFound,
    PriceImportNotWorkbook,
    PriceListBusy,
    PriceListTooLong,
    PriceNameTaken,
    PriceNotActive,
    PriceNotFound,
)

__all__ = [
    'ImportQuery', 'ImportStatus', 'Name', 'NewPrice', 'NewPriceImport', 'Price', 'PriceActive', 'PriceCard',
    'PriceChanges', 'PriceImport', 'PriceImportCard', 'PriceImportNotFound', 'PriceImportNotWorkbook',
    'PriceListBusy', 'PriceListTooLong', 'PriceNameTaken', 'PriceNotActive', 'PriceNotFound', 'PriceQuery',
    'PriceState', 'Problem', 'ProblemCard', 'ProblemCode', 'Unit', 'Vat',
]  # fmt: skip
