"""An employee says what request a call was about, or that it was not about it."""

from chalicelib.calls import repository
from chalicelib.calls.events import RequestAttached, RequestDetached
from chalicelib.calls.model.views import CallView
from chalicelib.calls.rules import linking
from chalicelib.calls.service.looking import seen, view
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.staff.model import Permission


def attach(call_id: str, number: int, *, by: Caller) -> CallView:
    """The call is about the request, and the history of the request says so (CALL-005, CALL-007).

    Nothing happens where it is about it already. Raises CallNotFound, RequestNotFound, CallHasRequest.
    """
    by.needs(Permission.CALLS_VIEW)
    call = seen(call_id, by=by)
    dynamo.agree(call.version)
    request, actor = requests.seen(number, by=by), Actor.of(by)
    linked = linking.attached(call, request, by_hand=True)
    if call.number == number:
        return view(call, by)
    event = RequestAttached.of(linked, actor, clock.now(), number=number, is_automatic=False)
    dynamo.commit(
        *repository.saving(call, linked, [event]),
        *requests.attaching_call(request, call.id, is_automatic=False, by=actor),
    )
    return view(linked.model_copy(update={'version': call.version + 1}), by)


def detach(call_id: str, *, by: Caller) -> CallView:
    """The call is about no request, and the history of the request says so (CALL-006).

    Raises CallNotFound, RequestNotFound, CallHasNoRequest.
    """
    by.needs(Permission.CALLS_VIEW)
    call = seen(call_id, by=by)
    dynamo.agree(call.version)
    loose, actor = linking.detached(call), Actor.of(by)
    number = int(call.number or 0)
    request = requests.seen(number, by=by)
    event = RequestDetached.of(loose, actor, clock.now(), number=number)
    dynamo.commit(
        *repository.saving(call, loose, [event]),
        *requests.detaching_call(request, call.id, by=actor),
    )
    return view(loose.model_copy(update={'version': call.version + 1}), by)
