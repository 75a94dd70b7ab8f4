"""«Звонки», and what an operator has before him while he talks."""

from chalicelib.calls import service
from chalicelib.calls.model.views import (
    About,
    Callers,
    CallersQuery,
    CallsQuery,
    CallView,
    OpenCalls,
    Recording,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/calls', Audience.STAFF)
of_callers = Api(__name__, '/v1/staff/callers', Audience.STAFF)
of_requests = Api(__name__, '/v1/staff/requests', Audience.STAFF)
doors = [staff, of_callers, of_requests]


@staff.get(permission=Permission.CALLS_VIEW)
def list_calls(query: CallsQuery, caller: Caller) -> Page[CallView]:
    """List calls, newest first."""
    return service.list_calls(query, by=caller)


@staff.get('/current', permission=Permission.CALLS_VIEW)
def list_current(caller: Caller) -> OpenCalls:
    """List the calls that ring at one's own telephone, or that one talks in."""
    return service.list_open_at_own_desk(by=caller)


@staff.get('/{call_id}', permission=Permission.CALLS_VIEW)
def read_call(call_id: Id, caller: Caller) -> CallView:
    """Read a call."""
    return service.read(call_id, by=caller)


@staff.get('/{call_id}/recording', permission=Permission.CALLS_LISTEN)
def read_recording(call_id: Id, caller: Caller) -> Recording:
    """Read where the recording of a call can be listened to."""
    return service.listen(call_id, by=caller)


@staff.post('/{call_id}/attach', permission=Permission.REQUESTS_EDIT)
def attach(call_id: Id, body: About, caller: Caller) -> CallView:
    """Say which request a call was about; one request a call.

    A request that its operator creates while he talks attaches itself.
    """
    return service.attach(call_id, body.number, by=caller)


@staff.post('/{call_id}/detach', permission=Permission.REQUESTS_EDIT)
def detach(call_id: Id, caller: Caller) -> CallView:
    """Say that a call was not about its request; none attaches itself to it any more."""
    return service.detach(call_id, by=caller)


@of_callers.get(permission=Permission.CALLS_VIEW)
def read_callers(query: CallersQuery, caller: Caller) -> Callers:
    """Read who calls: the clients of a telephone with their homes and open requests."""
    return service.callers(query.phone, by=caller)


@of_requests.get('/{number}/calls', permission=Permission.CALLS_VIEW)
def list_calls_about(number: int, query: Paging, caller: Caller) -> Page[CallView]:
    """List the calls about a request, newest first."""
    return service.list_about_request(number, query, by=caller)
