"""What the doors of papers take and tell."""

from pydantic import Field

from chalicelib.files.model import FileLinks, FileView
from chalicelib.kit.values import Id, Instant, Stored, Value
from chalicelib.papers.model.package import PackageStatus
from chalicelib.papers.model.template import Kind, ProblemCode, TrialStatus


class GivenTemplate(Value):
    """A document of Word that was sent as a `template`."""

    file_id: Id = Field(description='The upload: sent by the caller, found clean, not used yet.')


class ProblemCard(Stored):
    """One thing that is wrong with a template."""

    code: ProblemCode
    text: str = Field(description='The placeholder, or the words around the place; empty where none is.')
    message: str


class TrialCard(Stored):
    """A template that was given and is not in force."""

    name: str
    status: TrialStatus
    problems: list[ProblemCard]


class TemplateCard(Stored):
    """What writes a paper for requests of an offering."""

    offering_id: Id
    kind: Kind
    version: int
    is_preset: bool = Field(description='Whether it is the one that comes with the house.')
    file: FileView | None = Field(description='The template of the offering; null where it is the preset.')
    author: str | None = Field(description='Who gave it.')
    given_at: Instant | None
    trial: TrialCard | None = Field(description='One that was given and is tried, or was refused.')


class TemplateList(Stored):
    """The templates of an offering, one for each kind of paper."""

    items: list[TemplateCard]


class TemplateField(Stored):
    """A placeholder, and what it might become."""

    name: str
    example: str


class PresetCard(Stored):
    """The template that comes with the house: to be saved, changed in Word and given for an offering."""

    kind: Kind
    name: str
    size: int
    content_type: str
    links: FileLinks
    fields: list[TemplateField] = Field(description='`positions` are repeated for each position.')


class PackageDocument(FileView):
    """A written paper."""

    kind: Kind


class PackageCard(Stored):
    """The papers of an invoice."""

    id: Id
    invoice_id: Id
    version: int
    status: PackageStatus
    created_at: Instant
    finished_at: Instant | None
    archive: FileView | None = Field(description='All of them in one archive; null until they are written.')
    documents: list[PackageDocument]
    problems: list[ProblemCard] = Field(description='Why they cannot be written.')
