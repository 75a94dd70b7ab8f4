"""What documents announce: who put which file beside a request, and who took it away."""

from typing import ClassVar, Self

from chalicelib.documents.model import Document
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Instant
from chalicelib.requests.model.request import Request


class DocumentEvent(Event):
    """A fact about one document of a request."""

    source: ClassVar[str] = 'documents'

    number: int
    building_id: str
    document_id: str
    name: str
    content_type: str
    size: int

    @classmethod
    def of(cls, document: Document, request: Request, by: Actor, at: Instant) -> Self:
        """The fact about the document of the request."""
        return cls(
            organisation=document.organisation,
            at=at,
            by=by,
            number=document.number,
            building_id=request.place.building_id,
            document_id=document.id,
            name=document.file.name,
            content_type=document.file.content_type,
            size=document.file.size,
        )


class DocumentAttached(DocumentEvent):
    """A file stands among the documents (DOC-003)."""


class DocumentDeleted(DocumentEvent):
    """A file stands there no longer, and its place is free (DOC-006)."""
