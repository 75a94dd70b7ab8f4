"""Lines of price lists for tests, kept through the repository; every argument is optional."""

from typing import Any

from chalicelib.files.model import Purpose
from chalicelib.files.rules.kinds import Kind
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import SYSTEM
from chalicelib.prices import repository, service
from chalicelib.prices.events import PriceAdded
from chalicelib.prices.model import NewPriceImport, Price, PriceImportCard, Unit, Vat
from tests.make import files


def price(legal_entity_id: str, organisation: str = 'demo', **changes: Any) -> Price:
    """A line of the list of a legal entity: a tap for 1,250 roubles a piece."""
    fields = {'id': new_id(), 'name': f'Замена крана {new_id()[-4:]}', 'unit': Unit.PIECE, **changes}
    fields = {'tariff': Money(minor=125000), 'vat': Vat.NONE, **fields}
    made = Price(organisation=organisation, legal_entity_id=legal_entity_id, **fields)
    dynamo.commit(*repository.saving(None, made, PriceAdded.of(made, SYSTEM, clock.now())))
    return made


def checked(legal_entity_id: str, by: Caller) -> PriceImportCard:
    """A workbook that waits to be checked; the list is nobody's meanwhile."""
    file = files.clean(by, Purpose.IMPORT, content_type=Kind.XLSX.value)
    return service.order_import(legal_entity_id, NewPriceImport(file_id=file.id), check=True, by=by)
