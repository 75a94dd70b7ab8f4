"""The papers of an invoice: what they are written from, and where the written ones lie."""

from enum import StrEnum

from chalicelib.files.model import Attached
from chalicelib.kit.money import Money, Percent, Quantity
from chalicelib.kit.values import Day, Instant, Stored
from chalicelib.papers.model.template import Kind, Problem
from chalicelib.prices.model import Unit, Vat


class Bank(Stored):
    """Where the seller is paid."""

    bik: str
    bank: str = ''
    account: str
    correspondent: str = ''


class Seller(Stored):
    """The legal entity in whose name the papers are, as it was."""

    name: str
    inn: str
    kpp: str | None = None
    ogrn: str | None = None
    address: str = ''
    bank_account: Bank | None = None


class Line(Stored):
    """A position of the invoice, as it was."""

    name: str
    unit: Unit
    quantity: Quantity
    tariff: Money
    discount: Percent
    vat: Vat
    total: Money


class Source(Stored):
    """By what a paper is written: the file of an offering's own template, or the preset of this digest."""

    kind: Kind
    file: Attached | None = None
    digest: str = ''


class Snapshot(Stored):
    """Everything the papers say, as it was when they were asked for; nothing of it ever changes."""

    invoice_id: str
    number: int
    issued_on: Day
    done_on: Day | None
    offering_name: str
    address: str
    premises_number: str | None
    client_name: str
    client_phone: str | None
    seller: Seller
    lines: tuple[Line, ...]
    total: Money
    sources: tuple[Source, ...]


class PackageStatus(StrEnum):
    """Where a package stands."""

    WAITING = 'waiting'  # it is written
    READY = 'ready'  # it can be saved
    FAILED = 'failed'  # it cannot be written so; asked for again, it is tried again


class Document(Stored):
    """A written paper."""

    kind: Kind
    file: Attached


class Package(Stored):
    """The papers of an invoice as somebody asked for them; `id` is the digest of what they say."""

    id: str
    organisation: str
    invoice_id: str
    snapshot: Snapshot
    status: PackageStatus = PackageStatus.WAITING
    version: int = 1
    attempts: int = 1
    author_id: str
    documents: tuple[Document, ...] = ()
    archive: Attached | None = None
    problems: tuple[Problem, ...] = ()
    created_at: Instant
    worked_at: Instant
    finished_at: Instant | None = None
