"""A document, what the doors take and tell, and what the house refuses."""

from pydantic import Field

from chalicelib.files.model import Attached, FileView
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.kit.values import Id, Instant, Stored, Value


class NewDocument(Value):
    """A file that was sent as a `document`, to be attached («Приложить»)."""

    file_id: Id = Field(description='The upload: sent by the caller, found clean, not used yet.')


class Document(Stored):
    """A file among the documents of a request; never changed, only deleted."""

    id: str
    organisation: str
    number: int
    author_id: str
    author: str
    at: Instant
    file: Attached


class DocumentView(FileView):
    """A document as colleagues see it."""

    id: str
    author_id: str
    author: str = Field(description='The name of the employee who attached it, as it was then.')
    at: Instant


class Documents(Stored):
    """All documents of a request, oldest first, and how many more it takes."""

    items: list[DocumentView]
    room: int


class DocumentNotFound(NotFound):
    """The request has no such document."""


class TooManyDocuments(Conflict):
    """The request has as many documents as a request can have (DOC-001)."""
