"""What became of templates and papers. Whom papers are about is never told."""

from typing import Any, ClassVar, Self

from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant
from chalicelib.papers.model import Kind, Package, Template


class TemplateEvent(Event):
    """A fact about the template of a paper for an offering."""

    source: ClassVar[str] = 'papers'

    offering_id: str
    kind: Kind

    @classmethod
    def of(cls, template: Template, by: Actor, at: Instant, **more: Any) -> Self:
        """The fact about the template as it is now."""
        about = {'offering_id': template.offering_id, 'kind': template.kind}
        return cls(organisation=template.organisation, at=at, by=by, **about, **more)


class PaperTemplateGiven(TemplateEvent):
    """A document was given as a template, and has to be tried."""


class PaperTemplateBegunAnew(TemplateEvent):
    """The trial broke off, or no worker came: it waits for the next."""


class PaperTemplateAccepted(TemplateEvent):
    """It writes papers from now on (ACT-005)."""


class PaperTemplateRefused(TemplateEvent):
    """It cannot be used."""

    problems: int


class PaperTemplateWithdrawn(TemplateEvent):
    """Papers are written by the preset again."""


class PackageEvent(Event):
    """A fact about the papers of an invoice."""

    source: ClassVar[str] = 'papers'

    number: int
    invoice_id: str
    package_id: str

    @classmethod
    def of(cls, package: Package, by: Actor, at: Instant, **more: Any) -> Self:
        """The fact about the papers as they are now."""
        about = {'invoice_id': package.invoice_id, 'package_id': package.id}
        number = package.snapshot.number
        return cls(organisation=package.organisation, at=at, by=by, number=number, **about, **more)


class PapersOrdered(PackageEvent):
    """Somebody asked for the papers of an invoice (ACT-001)."""


class PapersBegunAnew(PackageEvent):
    """A worker broke off, or none came: the papers wait for the next."""


class PapersReady(PackageEvent):
    """The papers can be saved."""


class PapersFailed(PackageEvent):
    """The papers cannot be written so."""

    problems: int
