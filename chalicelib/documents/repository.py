"""The rows of documents, all of one request together.

    pk                          sk               what
    <org>#<number>              document#<id>    a document; ids sort by the time its file was asked for
    <org>#<number>              shelf            how many there are
    <org>#<number>#<document>   event#<v>.<n>    that it was attached (1) and deleted (2): audit and outbox

Whether there is any is also a mark on the request. The count changes between none and one only together with
the mark, on the version of the request that was read; every other change leaves at least one, as its
condition says. So the mark is never behind the documents, whoever attaches and deletes at once.
"""

from typing import Any

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.documents.events import DocumentEvent
from chalicelib.documents.model import Document, DocumentNotFound
from chalicelib.kit import dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.outbox import announcing

DOCUMENT, SHELF = 'document#', 'shelf'
MOST_DOCUMENTS = 15
ATTACHED, DELETED = 1, 2


class DocumentRow(Row):
    """A row of the table of documents."""

    class Meta(TableMeta):
        table_name = settings.table('documents')

    tally = NumberAttribute(null=True)


def reading(organisation: str, number: int, document_id: str) -> Read[Document]:
    """A look at the document; `missing` is DocumentNotFound."""
    key = (_pk(organisation, number), DOCUMENT + document_id)
    return Read(DocumentRow, key, _document_of, DocumentNotFound)


def reading_tally(organisation: str, number: int) -> Read[int]:
    """A look at how many documents the request has; nothing to be seen where it never had any."""
    return Read(DocumentRow, (_pk(organisation, number), SHELF), lambda row: int(row.tally or 0))


def list_documents(organisation: str, number: int) -> list[Document]:
    """All documents of the request, oldest first: one query, of at most fifteen rows."""
    rows = DocumentRow.query(
        _pk(organisation, number), DocumentRow.sk.startswith(DOCUMENT), consistent_read=True
    )
    return [_document_of(row) for row in rows]


def attaching(document: Document, event: DocumentEvent, *, is_first: bool) -> list[Write]:
    """The document will be there, if there is room; `is_first`: together with the mark on the request."""
    pk = _pk(document.organisation, document.number)
    row = DocumentRow(pk=pk, sk=DOCUMENT + document.id, body=document.model_dump_json())
    tally = DocumentRow.tally
    free = (tally.does_not_exist() | (tally == 0)) if is_first else ((tally > 0) & (tally < MOST_DOCUMENTS))
    return [dynamo.creating(row), _counting(pk, 1, free), *_telling(document, ATTACHED, event)]


def deleting(document: Document, event: DocumentEvent, *, is_last: bool) -> list[Write]:
    """The document will be gone; `is_last`: together with the mark on the request."""
    pk = _pk(document.organisation, document.number)
    row = DocumentRow(pk=pk, sk=DOCUMENT + document.id)
    left = DocumentRow.tally == 1 if is_last else DocumentRow.tally > 1
    gone = dynamo.removing(row, DocumentRow.pk.exists())
    return [gone, _counting(pk, -1, left), *_telling(document, DELETED, event)]


def _counting(pk: str, more: int, condition: Condition) -> Write:
    return dynamo.updating(DocumentRow(pk=pk, sk=SHELF), [DocumentRow.tally.add(more)], condition)


def _telling(document: Document, version: int, event: DocumentEvent) -> list[Write]:
    pk = f'{_pk(document.organisation, document.number)}#{document.id}'
    return announcing(DocumentRow, pk, version, event)


def _pk(organisation: str, number: int) -> str:
    return f'{organisation}#{number}'


def _document_of(row: Any) -> Document:
    return Document.model_validate_json(row.body or '')
