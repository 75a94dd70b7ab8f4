"""Staff read what a client did."""

from collections.abc import Set

from chalicelib.activity import repository, rules
from chalicelib.activity.model import ActivityEntry, ActivityQuery, Entry, Only
from chalicelib.activity.service import wording
from chalicelib.clients import service as clients
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.staff.model import Permission


def list_of_request(number: int, query: ActivityQuery, *, by: Caller) -> Page[ActivityEntry]:
    """One page of what the request's present client did, newest first; raises RequestNotFound.

    All of it (ACTV-002), or what he did about this request (ACTV-003): never what a former client did, which
    stays with him (AMB-46). Nothing where the client is not registered.
    """
    request = requests.seen(number, by=by)
    client_id = request.customer.id if request.customer else None
    if client_id is None:
        return Page(items=[])
    if query.only is Only.REQUEST:
        found = repository.list_about_request(by.organisation, client_id, number, query)
    else:
        found = repository.list_newest(by.organisation, client_id, query)
    return _shown(found, by, known={number})


def list_of_client(client_id: str, paging: Paging, *, by: Caller) -> Page[ActivityEntry]:
    """One page of all the client did, newest first; raises ClientNotFound (ACTV-005)."""
    client = clients.seen(client_id, by=by)
    return _shown(repository.list_newest(by.organisation, client.id, paging), by)


def _shown(found: Page[Entry], by: Caller, known: Set[int] = frozenset()) -> Page[ActivityEntry]:
    """The page without what the employee may not see: it may be short, or empty, and have a next one."""
    seen = _seen_numbers(found.items, by, known)
    shown = [wording.told(entry, by.locale) for entry in found.items if rules.is_shown(entry, by, seen)]
    return Page(items=shown, next_cursor=found.next_cursor)


def _seen_numbers(entries: list[Entry], by: Caller, known: Set[int]) -> Set[int]:
    """Which of the requests the employee may see: one batch read, none for who sees them all."""
    numbers = {entry.number for entry in entries if entry.number is not None} - known
    if rules.sees_every_request(by):
        return numbers | known
    found = dynamo.fetch_all(requests.reading(by.organisation, number) for number in sorted(numbers))
    may_view = by.may(Permission.REQUESTS_VIEW)
    return known | {request.number for request in found if request.is_visible_to_staff(by, may_view)}
