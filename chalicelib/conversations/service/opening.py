"""Which conversation a call speaks of: that with the present client of a request the caller may see."""

from chalicelib.conversations.model.refusals import NobodyToWriteTo
from chalicelib.conversations.repository import Key
from chalicelib.kit.caller import Caller
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request


def key_of(request: Request) -> Key | None:
    """The conversation with the present client, None where there is none who could read."""
    client_id = request.customer.id if request.customer else None
    return (request.organisation, request.number, client_id) if client_id else None


def opened(number: int, by: Caller) -> tuple[Request, Key]:
    """The request, and the conversation an employee may write in.

    Raises RequestNotFound, NobodyToWriteTo.
    """
    request = requests.seen(number, by=by)
    return request, writable(request)


def writable(request: Request) -> Key:
    """The conversation with the present client. Raises NobodyToWriteTo where nobody would read it."""
    key = key_of(request)
    if key is None:
        raise NobodyToWriteTo()
    return key


def own(number: int, by: Caller) -> tuple[Request, Key]:
    """The resident's own request, and his conversation. Raises RequestNotFound."""
    return requests.find_own(number, by=by), (by.organisation, number, by.id)
