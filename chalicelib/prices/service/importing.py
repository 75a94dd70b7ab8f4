"""An employee gives a workbook, and reads what became of it."""

from chalicelib.files import service as files
from chalicelib.files.model import Purpose
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.prices import repository
from chalicelib.prices.events import PriceImportOrdered
from chalicelib.prices.model import (
    NewPriceImport,
    PriceImport,
    PriceImportCard,
    PriceImportNotFound,
    PriceImportNotWorkbook,
)
from chalicelib.prices.rules import life
from chalicelib.prices.service import wording
from chalicelib.staff import service as staff


def order_import(legal_entity_id: str, new: NewPriceImport, *, check: bool, by: Caller) -> PriceImportCard:
    """The workbook waits to be read, and until that is over nobody else changes the list.

    A check changes nothing: neither the list is taken nor the file, which can be imported then. Raises
    LegalEntityNotFound, PriceImportNotWorkbook, PriceListBusy, and what `files.taking` raises.
    """
    dynamo.get(staff.reading_legal_entity(by.organisation, legal_entity_id))
    import_id, now, author = new_id(), clock.now(), Actor.of(by)
    owner = life.owner_of(import_id)
    file, taking = files.taking(new.file_id, Purpose.IMPORT, owner, by=by, field='body.file_id')
    if file.content_type != files.Kind.XLSX:
        raise PriceImportNotWorkbook()
    made = PriceImport(
        id=import_id,
        organisation=by.organisation,
        legal_entity_id=legal_entity_id,
        author=author,
        file=file,
        is_check=check,
        created_at=now,
        worked_at=now,
    )
    ordered = repository.ordering(made, PriceImportOrdered.of(made, author, now))
    dynamo.commit(*ordered, *([] if check else taking))
    return wording.card(made, by.locale)


def read_import(legal_entity_id: str, import_id: str, *, by: Caller) -> PriceImportCard:
    """What became of the import, and what is wrong with its workbook. Raises PriceImportNotFound."""
    made = dynamo.get(repository.reading_import(by.organisation, import_id))
    if made.legal_entity_id != legal_entity_id:
        raise PriceImportNotFound()
    return wording.card(made, by.locale)
