"""The doors of deferred messages («Запланировать»): colleagues see them, their author decides about them."""

from chalicelib.conversations import service
from chalicelib.conversations.model.deferred import DeferredCard, DeferredChanges, NewDeferred
from chalicelib.conversations.model.views import StaffMessage
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)


@staff.get('/{number}/deferred-messages')
def list_deferred(number: int, query: Paging, caller: Caller) -> Page[DeferredCard]:
    """List what waits to be sent to the client of a request, the first to leave first."""
    return service.list_deferred(number, query, by=caller)


@staff.post('/{number}/deferred-messages', status=201, permission=Permission.REQUESTS_CHAT)
def defer_message(number: int, body: NewDeferred, caller: Caller) -> DeferredCard:
    """Write to the client at a later time, at most a year ahead."""
    return service.defer(number, body, by=caller)


@staff.get('/{number}/deferred-messages/{deferred_id}')
def read_deferred(number: int, deferred_id: Id, caller: Caller) -> DeferredCard:
    """Read a deferred message, whatever became of it."""
    return service.deferred(number, deferred_id, by=caller)


@staff.patch('/{number}/deferred-messages/{deferred_id}', permission=Permission.REQUESTS_CHAT)
def move_deferred(number: int, deferred_id: Id, body: DeferredChanges, caller: Caller) -> DeferredCard:
    """Send one's own deferred message at another time. Its words stay: delete it and write another."""
    return service.move(number, deferred_id, body, by=caller)


@staff.delete('/{number}/deferred-messages/{deferred_id}', permission=Permission.REQUESTS_CHAT)
def delete_deferred(number: int, deferred_id: Id, caller: Caller) -> None:
    """Never send one's own deferred message."""
    service.delete_deferred(number, deferred_id, by=caller)


@staff.post('/{number}/deferred-messages/{deferred_id}/send-now', permission=Permission.REQUESTS_CHAT)
def send_now(number: int, deferred_id: Id, caller: Caller) -> StaffMessage:
    """Send one's own deferred message at once; it leaves no second time."""
    return service.send_now(number, deferred_id, by=caller)
