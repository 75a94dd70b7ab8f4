"""The rows of papers.

    pk                           sk                what
    <org>#offering#<offering>    template#<kind>   what writes a paper for its requests
    <org>#offering#<offering>#<kind>  event#<v>.<n>  what became of it
    <org>#invoice#<invoice>      package#<id>      papers of an invoice, with everything they say
    <org>#invoice#<invoice>#<id> event#<v>.<n>     what became of them

What waits for a worker stands in the sparse index `unfinished` until it is over.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.outbox import announcing
from chalicelib.papers.events import PackageEvent, TemplateEvent
from chalicelib.papers.model import Kind, Package, PackageNotFound, Template

TEMPLATE, PACKAGE, UNFINISHED = 'template#', 'package#', 'unfinished'


class Unfinished(GlobalSecondaryIndex['PaperRow']):
    """What waits for a worker, by when it was last in any hand; the sweep reads it for everybody."""

    class Meta(TableMeta):
        index_name = 'unfinished'
        projection = KeysOnlyProjection()

    unfinished = UnicodeAttribute(hash_key=True)
    worked_at = UnicodeAttribute(range_key=True)


class PaperRow(Row):
    """A row of the table of papers; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('papers')

    unfinished = UnicodeAttribute(null=True)
    worked_at = UnicodeAttribute(null=True)

    by_worked_at = Unfinished()


def reading_template(organisation: str, offering_id: str, kind: Kind) -> Read[Template]:
    """A look at what writes the paper for the offering; nothing to be seen where it never had its own."""
    return Read(PaperRow, (_offering(organisation, offering_id), TEMPLATE + kind), _template_of)


def reading_package(organisation: str, invoice_id: str, package_id: str) -> Read[Package]:
    """A look at the papers; `missing` is PackageNotFound."""
    key = (_invoice(organisation, invoice_id), PACKAGE + package_id)
    return Read(PaperRow, key, _package_of, PackageNotFound)


def unattended(until: datetime, most: int) -> Iterator[Read[Any]]:
    """Looks at what waits and was in no hand since, the longest first."""
    last = PaperRow.worked_at <= clock.text(until)
    for row in PaperRow.by_worked_at.query(UNFINISHED, last, limit=most):
        entity: Any = _package_of if row.sk.startswith(PACKAGE) else _template_of
        yield Read(PaperRow, (row.pk, row.sk), entity)


def saving_template(template: Template, *events: TemplateEvent) -> list[Write]:
    """The template will be as given in place of the version before."""
    pk = _offering(template.organisation, template.offering_id)
    row = PaperRow(
        pk=pk, sk=TEMPLATE + template.kind, version=template.version, body=template.model_dump_json()
    )
    if template.is_tried and template.trial:
        _waits(row, template.trial.worked_at)
    return [_kept(row), *_telling(f'{pk}#{template.kind}', template.version, events)]


def saving_package(package: Package, *events: PackageEvent) -> list[Write]:
    """The papers will be as given in place of the version before."""
    pk = _invoice(package.organisation, package.invoice_id)
    row = PaperRow(pk=pk, sk=PACKAGE + package.id, version=package.version, body=package.model_dump_json())
    if package.finished_at is None:
        _waits(row, package.worked_at)
    return [_kept(row), *_telling(f'{pk}#{package.id}', package.version, events)]


def _kept(row: PaperRow) -> Write:
    version = int(row.version or 0)
    return dynamo.creating(row) if version == 1 else dynamo.putting(row, PaperRow.version == version - 1)


def _waits(row: PaperRow, since: datetime) -> None:
    row.unfinished, row.worked_at = UNFINISHED, clock.text(since)


def _telling(pk: str, version: int, events: Sequence[TemplateEvent | PackageEvent]) -> list[Write]:
    return announcing(PaperRow, pk, version, *events)


def _offering(organisation: str, offering_id: str) -> str:
    return f'{organisation}#offering#{offering_id}'


def _invoice(organisation: str, invoice_id: str) -> str:
    return f'{organisation}#invoice#{invoice_id}'


def _template_of(row: Any) -> Template:
    return Template.model_validate_json(row.body or '')


def _package_of(row: Any) -> Package:
    return Package.model_validate_json(row.body or '')
