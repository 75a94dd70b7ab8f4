"""The doors of the tab «Активность клиента», of a request and of a client."""

from chalicelib.activity import service
from chalicelib.activity.model import ActivityEntry, ActivityQuery
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission

staff_requests = Api(__name__, '/v1/staff/requests', Audience.STAFF)
staff_clients = Api(__name__, '/v1/staff/clients', Audience.STAFF)
doors = [staff_requests, staff_clients]


@staff_requests.get('/{number}/activity')
def read_of_request(number: int, query: ActivityQuery, caller: Caller) -> Page[ActivityEntry]:
    """Read what the client of a request did, newest first.

    All he did, or with `only=request` what he did about this request. What concerns requests and homes the
    caller may not see is left out: a page may be short, or even empty, and still have a next one.
    """
    return service.list_of_request(number, query, by=caller)


@staff_clients.get('/{client_id}/activity', permission=Permission.CLIENTS_VIEW)
def read_of_client(client_id: Id, query: Paging, caller: Caller) -> Page[ActivityEntry]:
    """Read what a client did, newest first.

    What concerns requests and homes the caller may not see is left out: a page may be short, or even empty,
    and still have a next one.
    """
    return service.list_of_client(client_id, query, by=caller)
