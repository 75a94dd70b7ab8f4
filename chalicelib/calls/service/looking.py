"""Employees look at calls, and at who is calling."""

from datetime import timedelta

from chalicelib.calls import repository
from chalicelib.calls.model.call import Call, CallStatus
from chalicelib.calls.model.refusals import CallNotFound, CallNotRecorded
from chalicelib.calls.model.views import (
    CallerCard,
    Callers,
    CallsQuery,
    CallView,
    HomeBrief,
    OpenCalls,
    Recording,
)
from chalicelib.calls.rules import listing
from chalicelib.clients import service as clients
from chalicelib.clients.model import Client
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.requests.model.filters import RequestsQuery, Tab
from chalicelib.requests.model.status import STANDINGS
from chalicelib.requests.model.views import RequestBrief
from chalicelib.staff.model import Permission

MOST_AT_DESK = 20
MOST_OPEN_REQUESTS = 20
LONGEST_AT_DESK = timedelta(hours=12)
OPEN = [status for status, standing in STANDINGS.items() if standing.is_open]


def list_calls(query: CallsQuery, *, by: Caller) -> Page[CallView]:
    """One page of the calls that fit, newest first, of the caller's places (CALL-002)."""
    since, before = listing.days(query.since, query.until, by.zoneinfo)
    return _shown(repository.list_calls(query, since, before, by), by)


def list_about_request(number: int, paging: Paging, *, by: Caller) -> Page[CallView]:
    """One page of the calls about the request, newest first. Raises RequestNotFound."""
    requests.seen(number, by=by)
    return _shown(repository.list_about_request(by.organisation, number, paging), by)


def list_open_at_own_desk(*, by: Caller) -> OpenCalls:
    """The calls that ring at the caller's telephone, or that he talks in, newest first."""
    now = clock.now()
    found = repository.calls_at_desk(by.organisation, by.id, now - LONGEST_AT_DESK, now, MOST_AT_DESK)
    own = [call for call in found if not call.is_over and _is_his_turn(call, by.id)]
    return OpenCalls(items=[view(call, by) for call in own])


def read(call_id: str, *, by: Caller) -> CallView:
    """The call but for its recording. Raises CallNotFound."""
    return view(seen(call_id, by=by), by)


def listen(call_id: str, *, by: Caller) -> Recording:
    """Where the recording is. Raises CallNotFound, CallNotRecorded (CALL-001)."""
    call = seen(call_id, by=by)
    if call.recording is None:
        raise CallNotRecorded()
    return Recording(url=call.recording)


def callers(phone: str, *, by: Caller) -> Callers:
    """The clients of that telephone within the caller's places, each with his homes and open requests.

    None where it is nobody's. What the caller may not see of a client is left out.
    """
    by.needs(Permission.CLIENTS_VIEW)
    found = clients.having_phone(by.organisation, phone)
    known = [client for client in found if not client.places or any(map(by.scope.covers, client.places))]
    return Callers(items=[_card_of(client, by) for client in known])


def seen(call_id: str, *, by: Caller) -> Call:
    """The call, if this employee may see it. Raises CallNotFound."""
    call = dynamo.get(repository.reading(by.organisation, call_id))
    if not listing.is_visible(call, by):
        raise CallNotFound()
    return call


def view(call: Call, by: Caller) -> CallView:
    """The call as this employee sees it."""
    return CallView.of(call, may_link=by.may(Permission.REQUESTS_EDIT))


def _shown(found: Page[Call], by: Caller) -> Page[CallView]:
    shown = [view(call, by) for call in found.items if listing.is_visible(call, by)]
    return Page(items=shown, next_cursor=found.next_cursor)


def _is_his_turn(call: Call, employee_id: str) -> bool:
    if call.status is CallStatus.RINGING:
        return True
    return call.employee is not None and call.employee.id == employee_id


def _card_of(client: Client, by: Caller) -> CallerCard:
    homes = clients.homes_of(by.organisation, client.id)
    return CallerCard(
        id=client.id,
        name=client.full_name,
        phone=client.phone,
        is_blocked=client.is_blocked,
        homes=[
            HomeBrief(
                premises_id=home.premises.id,
                building_id=home.building.id,
                address=home.building.address,
                premises_number=home.premises.number,
                right=home.tenure.right,
            )
            for home in homes
            if by.scope.covers(home.building.id)
        ],
        requests=_open_requests(client.id, by),
    )


def _open_requests(client_id: str, by: Caller) -> list[RequestBrief]:
    if not by.may(Permission.REQUESTS_VIEW):
        return []
    wanted = RequestsQuery(tab=Tab.ALL, client_id=[client_id], status=OPEN, limit=MOST_OPEN_REQUESTS)
    return requests.list_requests(wanted, by=by).items
