"""Opening a request for a change: it is the caller's to see, and of the version he speaks of."""

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.requests import repository
from chalicelib.requests.model.refusals import RequestNotFound
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Permission


def opened(number: int, by: Caller) -> Request:
    """The request, if this employee may see it; a request of another scope is not there (AMB-94)."""
    request = seen(number, by=by)
    dynamo.agree(request.version)
    return request


def seen(number: int, *, by: Caller) -> Request:
    """The request, if this employee may see it, for houses above that show what is around it (AMB-94)."""
    request = dynamo.get(repository.reading(by.organisation, number))
    must_be_seen(request, by)
    return request


def must_be_seen(request: Request, by: Caller) -> None:
    """Refuses a request this employee may not see as if there were none (AMB-94)."""
    if not request.is_visible_to_staff(by, by.may(Permission.REQUESTS_VIEW)):
        raise RequestNotFound()


def own(number: int, by: Caller) -> Request:
    """The request, if this resident is its customer (REQ-149)."""
    request = dynamo.get(repository.reading(by.organisation, number))
    if not request.belongs_to(by.id):
        raise RequestNotFound()
    dynamo.agree(request.version)
    return request
