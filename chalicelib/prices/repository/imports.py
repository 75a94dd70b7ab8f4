"""Imports of price lists: their rows, and whose a list is while one is at work."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.outbox import announcing
from chalicelib.prices.events import PriceImportEvent
from chalicelib.prices.model import PriceImport, PriceImportNotFound, PriceListBusy
from chalicelib.prices.repository.lines import IMPORT
from chalicelib.prices.repository.rows import PriceRow

UNFINISHED = 'unfinished'
REMEMBERED = timedelta(days=30)
"""How long after its end an import is told of."""


def reading_import(organisation: str, import_id: str) -> Read[PriceImport]:
    """A look at the import; `missing` is PriceImportNotFound."""
    return Read(PriceRow, (_pk(organisation, import_id), IMPORT), _import_of, PriceImportNotFound)


def unattended(until: datetime, most: int) -> Iterator[tuple[str, str]]:
    """Organisation and id of imports that are not over and in no hand since, the longest first."""
    last = PriceRow.worked_at <= clock.text(until)
    for row in PriceRow.by_worked_at.query(UNFINISHED, last, limit=most):
        organisation, _, import_id = row.pk.split('#')
        yield organisation, import_id


def ordering(made: PriceImport, event: PriceImportEvent) -> list[Write]:
    """The import will be there and have its list to itself; a check takes none. Fails with PriceListBusy."""
    lock = [] if made.is_check else [dynamo.creating(_lock(made), PriceListBusy)]
    return [dynamo.creating(_row_of(made)), *lock, *_telling(made, event)]


def changing(made: PriceImport, event: PriceImportEvent | None = None) -> list[Write]:
    """The import will be as given in place of the version before; once it is over the list is free."""
    writes = [dynamo.replacing(_row_of(made), made.version - 1)]
    if made.status.is_over and not made.is_check:
        writes.append(dynamo.removing(_lock(made), PriceRow.body == made.id))
    if event is not None:
        writes += _telling(made, event)
    return writes


def _telling(made: PriceImport, event: PriceImportEvent) -> list[Write]:
    return announcing(PriceRow, _pk(made.organisation, made.id), made.version, event)


def _lock(made: PriceImport) -> PriceRow:
    return PriceRow(pk=f'{made.organisation}#{made.legal_entity_id}', sk=IMPORT, body=made.id)


def _row_of(made: PriceImport) -> PriceRow:
    row = PriceRow(
        pk=_pk(made.organisation, made.id),
        sk=IMPORT,
        version=made.version,
        body=made.model_dump_json(),
        worked_at=clock.text(made.worked_at),
    )
    if made.finished_at is None:
        row.unfinished = UNFINISHED
    else:
        row.ttl = int((made.finished_at + REMEMBERED).timestamp())
    return row


def _pk(organisation: str, import_id: str) -> str:
    return f'{organisation}#import#{import_id}'


def _import_of(row: Any) -> PriceImport:
    return PriceImport.model_validate_json(row.body or '')
