"""What was created during a call is what the call was about, though nobody says so (CALL-003, CALL-004).

Who creates is remembered first and his calls are looked at then; an answered call is kept first and what he
created is looked at then. So whichever comes later finds the other, however late the exchange tells of it.
"""

from chalicelib.calls import repository
from chalicelib.calls.events import CallAnswered, RequestAttached
from chalicelib.calls.model.call import Call
from chalicelib.calls.repository import Made
from chalicelib.calls.rules import hearing, linking
from chalicelib.kit import clock, dynamo
from chalicelib.kit.outbox import ActorKind, Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.events import RequestCreated

MOST_CALLS, MOST_MADE = 20, 20


def follow(delivered: Delivered) -> None:
    """A request and the call during which it was created belong together, however often it is told."""
    if delivered.type == RequestCreated.__name__:
        _created(RequestCreated.model_validate(delivered.event))
    else:
        _answered(CallAnswered.model_validate(delivered.event))


def _created(event: RequestCreated) -> None:
    if event.by.kind is not ActorKind.STAFF:
        return
    made = Made(number=event.number, at=event.at, by=event.by)
    repository.remember_made(event.organisation, event.by.id, made)
    since, until = event.at - hearing.LONGEST_TALK, event.at + linking.SKEW
    recent = repository.calls_at_desk(event.organisation, event.by.id, since, until, MOST_CALLS)
    during = [call for call in recent if linking.is_made_during(call, event.by.id, event.at)]
    if during:
        _attach(during[0], made)


def _answered(event: CallAnswered) -> None:
    if event.employee_id is None:
        return
    call = dynamo.get(repository.reading(event.organisation, event.call_id))
    since, until = event.since - linking.SKEW, event.since + hearing.LONGEST_TALK
    for made in repository.made_at_desk(event.organisation, event.employee_id, since, until, MOST_MADE):
        if linking.is_made_during(call, event.employee_id, made.at):
            _attach(call, made)
            return


def _attach(call: Call, made: Made) -> None:
    if not linking.may_attach_itself(call):
        return
    request = dynamo.get(requests.reading(call.organisation, made.number))
    linked = linking.attached(call, request, by_hand=False)
    event = RequestAttached.of(linked, made.by, clock.now(), number=made.number, is_automatic=True)
    dynamo.commit(
        *repository.saving(call, linked, [event]),
        *requests.attaching_call(request, call.id, is_automatic=True, by=made.by),
        repository.forgetting_made(call.organisation, made.by.id, made),
    )
