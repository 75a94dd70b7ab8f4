"""Whoever may see a request attaches documents to it, reads and deletes them, in every status (DOC-007)."""

from chalicelib.documents import repository
from chalicelib.documents.events import DocumentAttached, DocumentDeleted
from chalicelib.documents.model import (
    Document,
    Documents,
    DocumentView,
    NewDocument,
    TooManyDocuments,
)
from chalicelib.documents.repository import MOST_DOCUMENTS
from chalicelib.files import service as files
from chalicelib.files.model import Purpose
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.status import Mark

MARK = Mark.DOCUMENT_ATTACHED


def attach(number: int, new: NewDocument, *, by: Caller) -> DocumentView:
    """The file is among the documents of the request, which knows that it has one (DOC-001..003, REQ-099).

    A file that is there already stays as it is. Raises RequestNotFound, TooManyDocuments, and what
    `files.taking` raises.
    """
    request = requests.seen(number, by=by)
    owner = _owner(number)
    file, taking = files.taking(new.file_id, Purpose.DOCUMENT, owner, by=by, field='body.file_id')
    if not taking:
        return _view(dynamo.get(repository.reading(by.organisation, number, new.file_id)))
    there_are = dynamo.find(repository.reading_tally(by.organisation, number)) or 0
    if there_are >= MOST_DOCUMENTS:
        raise TooManyDocuments(limit=MOST_DOCUMENTS)
    now, author = clock.now(), Actor.of(by)
    document = Document(
        id=file.file_id,
        organisation=by.organisation,
        number=number,
        author_id=by.id,
        author=by.name,
        at=now,
        file=file,
    )
    event = DocumentAttached.of(document, request, author, now)
    is_first = there_are == 0
    dynamo.commit(
        *repository.attaching(document, event, is_first=is_first),
        *(requests.marking(request, MARK, is_set=True, by=author) if is_first else ()),
        *taking,
    )
    return _view(document)


def list_documents(number: int, *, by: Caller) -> Documents:
    """All documents of the request, with links (DOC-004, DOC-005, DOC-008). Raises RequestNotFound."""
    requests.seen(number, by=by)
    found = repository.list_documents(by.organisation, number)
    return Documents(items=[_view(document) for document in found], room=MOST_DOCUMENTS - len(found))


def delete(number: int, document_id: str, *, by: Caller) -> None:
    """The document is gone for everybody and its place is free, whoever attached it (DOC-006, AMB-42).

    Raises RequestNotFound and DocumentNotFound.
    """
    request = requests.seen(number, by=by)
    document, there_are = dynamo.fetch(
        repository.reading(by.organisation, number, document_id),
        repository.reading_tally(by.organisation, number),
    )
    now, author = clock.now(), Actor.of(by)
    is_last = there_are == 1
    dynamo.commit(
        *repository.deleting(document, DocumentDeleted.of(document, request, author, now), is_last=is_last),
        *(requests.marking(request, MARK, is_set=False, by=author) if is_last else ()),
        *files.releasing(by.organisation, document.file.file_id, _owner(number), by=author),
    )


def _owner(number: int) -> str:
    return f'requests/{number}/documents'


def _view(document: Document) -> DocumentView:
    return DocumentView(
        **dict(files.shown(document.file)),
        id=document.id,
        author_id=document.author_id,
        author=document.author,
        at=document.at,
    )
