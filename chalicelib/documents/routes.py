"""The doors of the tab «Документы»; residents have none (DOC-009)."""

from chalicelib.documents import service
from chalicelib.documents.model import Documents, DocumentView, NewDocument
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)
doors = [staff]


@staff.get('/{number}/documents')
def read_documents(number: int, caller: Caller) -> Documents:
    """Read the documents of a request, with links to the files and to small pictures of pictures."""
    return service.list_documents(number, by=caller)


@staff.post('/{number}/documents', status=201)
def attach_document(number: int, body: NewDocument, caller: Caller) -> DocumentView:
    """Attach a file that the caller has sent, in any status of the request; fifteen are the most.

    Send the file first: `POST /v1/staff/uploads` with the purpose `document`.
    """
    return service.attach(number, body, by=caller)


@staff.delete('/{number}/documents/{document_id}')
def delete_document(number: int, document_id: Id, caller: Caller) -> None:
    """Delete a document, whoever attached it; its place is free again."""
    service.delete(number, document_id, by=caller)
