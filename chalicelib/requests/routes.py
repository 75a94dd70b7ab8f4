"""The HTTP doors of requests: staff, and the resident's own."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service
from chalicelib.requests.model.card import Changed, RequestCard
from chalicelib.requests.model.commands import (
    Answer,
    Assignment,
    CandidatesQuery,
    Edit,
    NewOwnRequest,
    NewRequest,
    Opinion,
    Question,
    Start,
    StatusComment,
    Step,
    Suspension,
)
from chalicelib.requests.model.filters import Filters, PageName, RequestsQuery
from chalicelib.requests.model.incidents import IncidentChoice
from chalicelib.requests.model.preferences import ListLayout, SavedFilters
from chalicelib.requests.model.views import (
    Candidate,
    HistoryEntry,
    NewCounter,
    RequestBrief,
    ResidentRequest,
)
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)
resident = Api(__name__, '/v1/resident/requests', Audience.RESIDENT)
own = Api(__name__, '/v1/staff/me', Audience.STAFF)
doors = [staff, resident, own]


@staff.get()
def list_requests(query: RequestsQuery, caller: Caller) -> Page[RequestBrief]:
    """List requests: new, all or mine, narrowed by filters and words, the latest change first.

    Requests with an important comment nobody has seen stand before the others. Those attached to an incident
    are left out unless `is_attached` is true. A page may be short, or even empty, and still have a next one.
    """
    return service.list_requests(query, by=caller)


@staff.post(status=201, permission=Permission.REQUESTS_EDIT)
def create(body: NewRequest, caller: Caller) -> Changed:
    """Enter a request for a client, for an unregistered person, or an internal one."""
    return service.shown(service.order(body, by=caller), by=caller)


@staff.get('/counters')
def count(caller: Caller) -> NewCounter:
    """Count the new requests."""
    return NewCounter(new=service.count_new(by=caller))


@staff.get('/candidates', permission=Permission.REQUESTS_EDIT)
def list_candidates(query: CandidatesQuery, caller: Caller) -> Page[Candidate]:
    """List the employees of a department with their load."""
    paging = Paging(limit=query.limit, cursor=query.cursor)
    return service.candidates(query.department_id, query.search, paging, by=caller)


@staff.get('/{number}')
def read(number: int, caller: Caller) -> RequestCard:
    """Open the card of a request."""
    return service.card_of(number, by=caller)


@staff.patch('/{number}', permission=Permission.REQUESTS_EDIT)
def edit(number: int, body: Edit, caller: Caller) -> Changed:
    """Change the basic data of a request."""
    return service.shown(service.edit(number, body, by=caller), by=caller)


@staff.get('/{number}/history')
def read_history(number: int, query: Paging, caller: Caller) -> Page[HistoryEntry]:
    """Read the change history of a request, newest first."""
    return service.history_of(number, query, by=caller)


@staff.post('/{number}/assign', permission=Permission.REQUESTS_EDIT)
def assign(number: int, body: Assignment, caller: Caller) -> Changed:
    """Name the department, the assignees and the controller."""
    return service.shown(service.assign(number, body, by=caller), by=caller)


@staff.put('/{number}/incident', permission=Permission.REQUESTS_EDIT)
def attach(number: int, body: IncidentChoice, caller: Caller) -> Changed:
    """Attach a request to an incident, or detach it; a request belongs to at most one."""
    return service.shown(service.attach(number, body.incident_id, by=caller), by=caller)


@staff.put('/{number}/status-comment', permission=Permission.REQUESTS_EDIT)
def set_comment(number: int, body: StatusComment, caller: Caller) -> Changed:
    """Set or clear the status comment without a move."""
    return service.shown(service.set_comment(number, body, by=caller), by=caller)


@staff.post('/{number}/start')
def start(number: int, body: Start, caller: Caller) -> Changed:
    """Take the request into work."""
    return service.shown(service.start(number, body, by=caller), by=caller)


@staff.post('/{number}/suspend')
def suspend(number: int, body: Suspension, caller: Caller) -> Changed:
    """Suspend the work until a date, or move the date."""
    return service.shown(service.suspend(number, body, by=caller), by=caller)


@staff.post('/{number}/complete')
def complete(number: int, body: Step, caller: Caller) -> Changed:
    """Complete the work."""
    return service.shown(service.complete(number, body, by=caller), by=caller)


@staff.post('/{number}/check')
def check(number: int, body: Step, caller: Caller) -> Changed:
    """Send the work to quality control."""
    return service.shown(service.check(number, body, by=caller), by=caller)


@staff.post('/{number}/return')
def put_back(number: int, body: Step, caller: Caller) -> Changed:
    """Give the work back from quality control."""
    return service.shown(service.put_back(number, body, by=caller), by=caller)


@staff.post('/{number}/cancel')
def cancel(number: int, body: Step, caller: Caller) -> Changed:
    """Cancel the request."""
    return service.shown(service.cancel(number, body, by=caller), by=caller)


@staff.post('/{number}/reopen')
def reopen(number: int, body: Step, caller: Caller) -> Changed:
    """Take completed work up again."""
    return service.shown(service.reopen(number, body, by=caller), by=caller)


@staff.post('/{number}/approve')
def approve(number: int, body: Step, caller: Caller) -> Changed:
    """Approve the request."""
    return service.shown(service.approve(number, body, by=caller), by=caller)


@staff.post('/{number}/clarify')
def clarify(number: int, body: Question, caller: Caller) -> Changed:
    """Ask for a clarification before approving."""
    return service.shown(service.clarify(number, body, by=caller), by=caller)


@staff.post('/{number}/answer')
def answer(number: int, body: Step, caller: Caller) -> Changed:
    """Give the clarification that was asked for."""
    return service.shown(service.answer(number, body, by=caller), by=caller)


@resident.get()
def list_own(query: Paging, caller: Caller) -> Page[ResidentRequest]:
    """List one's own requests, the latest change first."""
    return service.list_own(query, by=caller)


@resident.post(status=201)
def create_own(body: NewOwnRequest, caller: Caller) -> ResidentRequest:
    """Ask for something in one's premises."""
    return service.resident_view(service.order_own(body, by=caller), by=caller)


@resident.get('/{number}')
def read_own(number: int, caller: Caller) -> ResidentRequest:
    """Look at one's own request."""
    return service.resident_view(service.find_own(number, by=caller), by=caller)


@resident.post('/{number}/cancel')
def cancel_own(number: int, caller: Caller) -> ResidentRequest:
    """Cancel one's own request while nobody has begun."""
    return service.resident_view(service.cancel_own(number, by=caller), by=caller)


@resident.post('/{number}/reopen')
def reopen_own(number: int, caller: Caller) -> ResidentRequest:
    """Have completed work taken up again."""
    return service.resident_view(service.reopen_own(number, by=caller), by=caller)


@resident.post('/{number}/answer')
def answer_own(number: int, body: Answer, caller: Caller) -> ResidentRequest:
    """Answer a question about one's own request."""
    return service.resident_view(service.answer_own(number, body, by=caller), by=caller)


@resident.post('/{number}/rate')
def rate(number: int, body: Opinion, caller: Caller) -> ResidentRequest:
    """Rate completed work, or change the rating."""
    return service.resident_view(service.rate(number, body, by=caller), by=caller)


@own.get('/filters/{page}')
def read_filters(page: PageName, caller: Caller) -> SavedFilters:
    """Read the filters the caller has on a page."""
    return service.show_filters(page, by=caller)


@own.put('/filters/{page}')
def save_filters(page: PageName, body: Filters, caller: Caller) -> SavedFilters:
    """Save the filters of a page; they are in force at the next visit too."""
    return service.save_filters(page, body, by=caller)


@own.delete('/filters/{page}')
def clear_filters(page: PageName, caller: Caller) -> None:
    """Clear the filters of a page to the default."""
    service.clear_filters(page, by=caller)


@own.get('/list-layout')
def read_list_layout(caller: Caller) -> ListLayout:
    """Read which columns the caller's lists have, from left to right."""
    return service.list_layout(by=caller)


@own.put('/list-layout')
def save_list_layout(body: ListLayout, caller: Caller) -> ListLayout:
    """Choose the columns of the caller's lists and their order."""
    return service.save_layout(body, by=caller)
