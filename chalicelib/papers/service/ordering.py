"""Staff ask for the papers of an invoice: what they will say is settled then («Скачать документы»)."""

from zoneinfo import ZoneInfo

from chalicelib.billing import service as billing
from chalicelib.billing.model.views import InvoiceCard
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.papers import events as said
from chalicelib.papers import repository
from chalicelib.papers.model import (
    InvoiceNotIssued,
    Kind,
    Line,
    Package,
    PackageCard,
    PackageStatus,
    Seller,
    Snapshot,
    Source,
    Template,
)
from chalicelib.papers.rules import life
from chalicelib.papers.service import presets, wording
from chalicelib.requests import service as requests
from chalicelib.staff import service as staff
from chalicelib.staff.model import LegalEntity


def order(invoice_id: str, *, by: Caller) -> PackageCard:
    """The papers of the invoice, as it and the templates are now, are there or are being written.

    Asked for again while nothing has changed, they are the same papers; what failed is tried again. Raises
    InvoiceNotFound, RequestNotFound and InvoiceNotIssued (ACT-001, ACT-006, AMB-61).
    """
    invoice = billing.read(invoice_id, by=by)
    if invoice.status not in life.WITH_PAPERS:
        raise InvoiceNotIssued()
    snapshot = _snapshot(invoice, by)
    author, now, package_id = Actor.of(by), clock.now(), life.id_of(snapshot)
    package = dynamo.find(repository.reading_package(by.organisation, invoice.id, package_id))
    if package is not None and package.status is not PackageStatus.FAILED:
        return wording.package_card(package, by.locale)
    if package is None:
        package = Package(
            id=package_id,
            organisation=by.organisation,
            invoice_id=invoice.id,
            snapshot=snapshot,
            author_id=by.id,
            created_at=now,
            worked_at=now,
        )
    else:
        package = life.asked_again(package, now)
    event = said.PapersOrdered.of(package, author, now)
    dynamo.commit(*repository.saving_package(package, event))
    return wording.package_card(package, by.locale)


def read(invoice_id: str, package_id: str, *, by: Caller) -> PackageCard:
    """The papers, with links for 15 minutes once they are written.

    Raises InvoiceNotFound, RequestNotFound and PackageNotFound.
    """
    billing.read(invoice_id, by=by)
    package = dynamo.get(repository.reading_package(by.organisation, invoice_id, package_id))
    return wording.package_card(package, by.locale)


def _snapshot(invoice: InvoiceCard, by: Caller) -> Snapshot:
    request = requests.seen(invoice.number, by=by)
    offering_id = request.terms.offering_id
    entity, organisation, *templates = dynamo.fetch(
        staff.reading_legal_entity(by.organisation, invoice.legal_entity_id),
        staff.reading_organisation(by.organisation),
        *(repository.reading_template(by.organisation, offering_id, kind) for kind in Kind),
    )
    zone = ZoneInfo(organisation.zone)
    issued_at = invoice.issued_at or invoice.created_at
    customer = request.customer
    return Snapshot(
        invoice_id=invoice.id,
        number=invoice.number,
        issued_on=issued_at.astimezone(zone).date(),
        done_on=request.done_at.astimezone(zone).date() if request.done_at else None,
        offering_name=request.terms.offering_name,
        address=request.place.address,
        premises_number=request.place.premises_number,
        client_name=customer.name if customer else '',
        client_phone=customer.phone if customer else None,
        seller=_seller(entity),
        lines=tuple(Line.model_validate(position.model_dump()) for position in invoice.positions),
        total=invoice.total,
        sources=tuple(_source(kind, own) for kind, own in zip(Kind, templates, strict=True)),
    )


def _seller(entity: LegalEntity) -> Seller:
    return Seller.model_validate(entity.model_dump())


def _source(kind: Kind, own: Template | None) -> Source:
    if own is None or own.current is None:
        return Source(kind=kind, digest=presets.digest(kind))
    return Source(kind=kind, file=own.current.file)
