"""Documents for tests, attached through the service; every argument is optional but the request."""

from typing import Any

from chalicelib.documents import service
from chalicelib.documents.model import DocumentView, NewDocument
from chalicelib.kit.caller import Caller
from tests.make import files


def document(number: int, by: Caller, **changes: Any) -> DocumentView:
    """A clean file of the employee among the documents of the request."""
    file = files.clean(by, **changes)
    return service.attach(number, NewDocument(file_id=file.id), by=by)
