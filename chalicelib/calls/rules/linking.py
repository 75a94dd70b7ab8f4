"""Which request a call was about: said by an employee, or plain since it was created while he talked."""

from datetime import datetime, timedelta

from chalicelib.calls.model.call import Call
from chalicelib.calls.model.refusals import CallHasNoRequest, CallHasRequest
from chalicelib.requests.model.request import Request

SKEW = timedelta(seconds=5)
"""The clocks of an exchange and ours agree within so much."""


def is_made_during(call: Call, employee_id: str, at: datetime) -> bool:
    """Whether the employee talked when he created something at that instant (CALL-004)."""
    talked = employee_id in (call.holder_at(at), call.holder_at(at + SKEW))
    return talked and not call.is_end_unknown and (call.ended_at is None or at <= call.ended_at + SKEW)


def may_attach_itself(call: Call) -> bool:
    """Whether nobody and nothing has said yet what the call was about."""
    return call.number is None and not call.is_settled_by_hand


def attached(call: Call, request: Request, *, by_hand: bool) -> Call:
    """The call is about the request. Raises CallHasRequest where it is about another one (CALL-007)."""
    if call.number not in (None, request.number):
        raise CallHasRequest(number=str(call.number))
    return call.model_copy(
        update={
            'number': request.number,
            'number_place': request.place.building_id,
            'is_settled_by_hand': call.is_settled_by_hand or by_hand,
        }
    )


def detached(call: Call) -> Call:
    """The call is about no request, and none attaches itself any more. Raises CallHasNoRequest (CALL-006)."""
    if call.number is None:
        raise CallHasNoRequest()
    return call.model_copy(update={'number': None, 'number_place': None, 'is_settled_by_hand': True})
