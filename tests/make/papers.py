"""Templates and papers for tests: documents of Word as somebody types them, and what may hide in one."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

from chalicelib.files.model import File, Purpose
from chalicelib.kit.caller import Caller
from chalicelib.papers import service
from chalicelib.papers.model import GivenTemplate, Kind, PackageCard, TemplateCard
from tests.make import files

TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'


def template(*paragraphs: str, rows: tuple[str, ...] = ()) -> bytes:
    """A document of the paragraphs, with a table of a cell a row below them."""
    document, file = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), 1)
        for place, text in enumerate(rows):
            table.cell(place, 0).text = text
    document.save(file)
    return file.getvalue()


def with_parts(body: bytes, **changes: bytes) -> bytes:
    """The document with parts more or otherwise."""
    written = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(written, 'w', ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()


def part(body: bytes, name: str) -> bytes:
    """What the part of the document holds."""
    with ZipFile(BytesIO(body)) as archive:
        return archive.read(name)


def text(body: bytes) -> str:
    """All words of the document, those of tables after the others, a line for each paragraph."""
    document = Document(BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return '\n'.join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def sent(body: bytes, by: Caller, **changes: object) -> File:
    """A document that was sent as a template and found clean; it lies in the bucket."""
    return files.judged(body, by=by, **{'name': 'шаблон.docx', 'purpose': Purpose.TEMPLATE, **changes})


def given(offering_id: str, by: Caller, kind: Kind = Kind.ACT) -> TemplateCard:
    """A template that waits to be tried; it lies nowhere."""
    file = files.clean(by, Purpose.TEMPLATE, content_type=TYPE)
    return service.give(offering_id, kind, GivenTemplate(file_id=file.id), by=by)


def ordered(invoice_id: str, by: Caller) -> PackageCard:
    """Papers that wait to be written."""
    return service.order(invoice_id, by=by)
