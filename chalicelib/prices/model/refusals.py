"""What the house of prices refuses, each by a name of its own."""

from chalicelib.kit.errors import Conflict, NotFound, Refused


class PriceNotFound(NotFound):
    """There is no such price in this list."""


class PriceNotActive(Conflict):
    """The price is archived: it can be read and brought back, not changed or chosen."""


class PriceActive(Conflict):
    """The price is not archived: there is nothing to bring back."""


class PriceNameTaken(Conflict):
    """The list has a price of that name: one name, one price."""

    field = 'body.name'


class PriceListTooLong(Refused):
    """The list has more than `limit` active prices: it is not told in one workbook."""


class PriceListBusy(Conflict):
    """A workbook is being imported into the list: it is changed by nothing else until that is over."""


class PriceImportNotFound(NotFound):
    """There is no such import of this list."""


class PriceImportNotWorkbook(Refused):
    """The file is no workbook of Excel (.xlsx)."""

    field = 'body.file_id'
