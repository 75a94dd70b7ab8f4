"""The doors of price lists, for staff only: residents meet prices in their invoices."""

from http import HTTPStatus

from chalicelib.files.model import FileView
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page
from chalicelib.prices import service
from chalicelib.prices.model import (
    ImportQuery,
    NewPrice,
    NewPriceImport,
    PriceCard,
    PriceChanges,
    PriceImportCard,
    PriceQuery,
)
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/price-lists', Audience.STAFF)
doors = [staff]


@staff.get('/{legal_entity_id}/prices')
def browse(legal_entity_id: Id, query: PriceQuery, caller: Caller) -> Page[PriceCard]:
    """List the prices of a legal entity by name, or search among them."""
    return service.list_prices(legal_entity_id, query, by=caller).shown_as(PriceCard.of)


@staff.post('/{legal_entity_id}/prices', status=201, permission=Permission.OFFERINGS_EDIT)
def add(legal_entity_id: Id, body: NewPrice, caller: Caller) -> PriceCard:
    """Add a price. Two active prices of a list never have one name."""
    return PriceCard.of(service.add(legal_entity_id, body, by=caller))


@staff.get('/{legal_entity_id}/prices/{price_id}')
def read(legal_entity_id: Id, price_id: Id, caller: Caller) -> PriceCard:
    """Read a price."""
    return PriceCard.of(service.read(legal_entity_id, price_id, by=caller))


@staff.patch('/{legal_entity_id}/prices/{price_id}', permission=Permission.OFFERINGS_EDIT)
def change(legal_entity_id: Id, price_id: Id, body: PriceChanges, caller: Caller) -> PriceCard:
    """Change a price for invoices to come; those that have it keep what it was."""
    return PriceCard.of(service.change(legal_entity_id, price_id, body, by=caller))


@staff.post('/{legal_entity_id}/prices/{price_id}/archive', permission=Permission.OFFERINGS_EDIT)
def archive(legal_entity_id: Id, price_id: Id, caller: Caller) -> PriceCard:
    """Archive a price, so that it can no longer be chosen."""
    return PriceCard.of(service.archive(legal_entity_id, price_id, by=caller))


@staff.post('/{legal_entity_id}/prices/{price_id}/restore', permission=Permission.OFFERINGS_EDIT)
def restore(legal_entity_id: Id, price_id: Id, caller: Caller) -> PriceCard:
    """Bring an archived price back."""
    return PriceCard.of(service.restore(legal_entity_id, price_id, by=caller))


@staff.get('/{legal_entity_id}/workbook')
def export(legal_entity_id: Id, caller: Caller) -> FileView:
    """Save the active prices as an Excel workbook, which can be changed and imported again.

    The link gives the file for 15 minutes.
    """
    return service.export(legal_entity_id, by=caller)


@staff.post('/{legal_entity_id}/imports', status=HTTPStatus.ACCEPTED, permission=Permission.OFFERINGS_EDIT)
def order_import(
    legal_entity_id: Id, query: ImportQuery, body: NewPriceImport, caller: Caller
) -> PriceImportCard:
    """Import a workbook, whole or not at all; with `check`, only check it.

    Send the file first: `POST /v1/staff/uploads` with the purpose `import`. The columns are those of the
    exported workbook. A row with a code changes that price; one without changes the price of its name, or
    adds it. What is not in the workbook stays. Read the import until its status is neither `waiting` nor
    `applying`: if rows are wrong, nothing was changed, and each problem names its row and column.
    """
    return service.order_import(legal_entity_id, body, check=query.check, by=caller)


@staff.get('/{legal_entity_id}/imports/{import_id}')
def read_import(legal_entity_id: Id, import_id: Id, caller: Caller) -> PriceImportCard:
    """Read what became of an import."""
    return service.read_import(legal_entity_id, import_id, by=caller)
