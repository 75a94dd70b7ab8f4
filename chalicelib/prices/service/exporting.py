"""A price list as a workbook, which can be changed in Excel and imported again."""

from io import BytesIO

from chalicelib.files import service as files
from chalicelib.files.model import FileView
from chalicelib.kit import clock, dynamo, texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.xlsx import Workbook
from chalicelib.prices import repository
from chalicelib.prices.model import PriceListTooLong
from chalicelib.prices.rules import columns
from chalicelib.prices.rules.columns import MOST_ROWS
from chalicelib.prices.service import wording
from chalicelib.staff import service as staff


def export(legal_entity_id: str, *, by: Caller) -> FileView:
    """The active prices by name lie in a workbook that a link gives for 15 minutes (PRC-003).

    No text of theirs becomes a formula. Raises LegalEntityNotFound and PriceListTooLong.
    """
    entity = dynamo.get(staff.reading_legal_entity(by.organisation, legal_entity_id))
    prices = repository.active(by.organisation, legal_entity_id, MOST_ROWS + 1)
    if len(prices) > MOST_ROWS:
        raise PriceListTooLong(limit=MOST_ROWS)
    units, vats, file = wording.units(by.locale), wording.vats(by.locale), BytesIO()
    sheet = texts.say('price-sheet', by.locale)
    with Workbook(file, zone=by.zoneinfo, sheet=sheet, columns=wording.columns(by.locale)) as book:
        for price in prices:
            book.add(columns.row(price, units, vats))
    day = clock.now().astimezone(by.zoneinfo).date()
    name = texts.say('price-file', by.locale, entity=entity.name, day=day.isoformat()) + '.xlsx'
    lent = files.lend(by.organisation, 'prices', new_id(), name, files.Kind.XLSX, file.getvalue())
    return files.shown(lent)
