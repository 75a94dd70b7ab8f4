"""What houses above push down onto a request, inside their own transaction."""

from datetime import datetime

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile, Contended
from chalicelib.kit.outbox import Actor
from chalicelib.requests import repository
from chalicelib.requests.events import (
    CallAttached,
    CallDetached,
    ChecklistNoted,
    LabelsChanged,
    LinkTexted,
    RequestEdited,
    RequestEvent,
    RequestMarked,
    TaskNoted,
)
from chalicelib.requests.model.request import OF_MONEY, PaidStanding, Request
from chalicelib.requests.model.status import Mark


def marking(request: Request, mark: Mark, *, is_set: bool, by: Actor) -> list[Write]:
    """The request, as it was read, will carry the mark or no longer.

    The writes hold only while the request is of the version that was read, so what the upper house judged
    about it still stands when both change together. Where the mark is so already nothing is written, and that
    condition is all there is.
    """
    marks = request.marks | {mark} if is_set else request.marks - {mark}
    if marks == request.marks:
        return [repository.holding(request)]
    marked = request.model_copy(update={'marks': marks})
    event = RequestMarked.of(marked, by, clock.now(), mark=mark, is_set=is_set)
    return repository.saving(request, marked, [event])[1]


def marking_paid(request: Request, paid: PaidStanding, *, by: Actor) -> list[Write]:
    """The request will carry what the house of money says of it: its labels, and what they bar (REQ-037).

    Holds and is empty under the same conditions as `marking`.
    """
    marks = (request.marks - OF_MONEY) | paid.marks
    after = request.model_copy(update={'paid': paid, 'marks': marks})
    return _labelling(request, after, by, is_touched=True)


def marking_important(request: Request, at: datetime | None, *, by: Actor) -> list[Write]:
    """The request will stand first for an important comment of then; None: somebody has looked (REQ-030).

    To be looked at is no change of a request: it stands where its comment was written (REQ-026).
    """
    return _labelling(request, request.model_copy(update={'important_at': at}), by, is_touched=at is not None)


def attaching_call(request: Request, call_id: str, *, is_automatic: bool, by: Actor) -> list[Write]:
    """The history of the request will tell of the call (CALL-004, CALL-005).

    Holds under the condition of `marking`. To be spoken of is no change of a request: it stays where it
    stands in the lists.
    """
    event = CallAttached.of(request, by, clock.now(), call_id=call_id, is_automatic=is_automatic)
    return repository.saving(request, request, [event], is_touched=False)[1]


def detaching_call(request: Request, call_id: str, *, by: Actor) -> list[Write]:
    """The history of the request will tell that the call was not about it (CALL-006)."""
    event = CallDetached.of(request, by, clock.now(), call_id=call_id)
    return repository.saving(request, request, [event], is_touched=False)[1]


def noting_task(
    request: Request, task_id: str, *, title: str, executor: str, what: str, by: Actor
) -> list[Write]:
    """The history of the request will tell what became of a task about it; it stays where it stands."""
    event = TaskNoted.of(
        request, by, clock.now(), task_id=task_id, title=title, executor=executor, what=what
    )
    return repository.saving(request, request, [event], is_touched=False)[1]


def noting_link(request: Request, invoice_id: str, *, phone: str, by: Actor) -> list[Write]:
    """The history of the request will tell to which telephone the link of its invoice was sent.

    The customer, who is not registered, has that telephone from now on, though an issued invoice locks
    everything else of him (SMS-006, AMB-79). Holds under the condition of `marking`.
    """
    customer, now = request.customer, clock.now()
    if customer is None or customer.id is not None:
        raise ValueError('a client changes his telephone himself')
    was, after = customer.phone or '', request
    events: list[RequestEvent] = []
    if phone != was:
        after = request.model_copy(update={'customer': customer.model_copy(update={'phone': phone})})
        events.append(RequestEdited.of(after, by, now, changes={'phone': (was, phone)}))
    events.append(LinkTexted.of(after, by, now, invoice_id=invoice_id, phone=phone))
    return repository.saving(request, after, events, is_touched=phone != was)[1]


def noting_checklist(
    request: Request,
    checklist_id: str,
    *,
    name: str,
    what: str,
    is_open: bool,
    by: Actor,
    is_brought: bool = False,
) -> list[Write]:
    """The history of the request will tell what became of a checklist, and it will be known what is open.

    With `is_brought` the one of its offering is awaited no longer. Holds under the condition of `marking`;
    the request stays where it stands in the lists.
    """
    mark, now = {Mark.CHECKLIST_OPEN}, clock.now()
    after = request.model_copy(update={'marks': request.marks | mark if is_open else request.marks - mark})
    if is_brought:
        after = after.model_copy(update={'checklist_asked_at': None})
    events: list[RequestEvent] = [
        ChecklistNoted.of(after, by, now, checklist_id=checklist_id, name=name, what=what)
    ]
    if after.marks != request.marks:
        events.append(RequestMarked.of(after, by, now, mark=Mark.CHECKLIST_OPEN, is_set=is_open))
    return repository.saving(request, after, events, is_touched=False)[1]


def looked_at(request: Request, *, by: Actor) -> Request:
    """The request after an employee has opened its card: no important comment waits for anybody (COM-007).

    Where another changes the request at the same moment the label stays until the next look, for to look is
    never refused; it is written at once, since a call that only reads commits nothing of its own.
    """
    if request.important_at is None:
        return request
    after = request.model_copy(update={'important_at': None})
    saved, writes = _labelled(request, after, by, is_touched=False)
    try:
        dynamo.send(writes)
    except (ChangedMeanwhile, Contended):
        return request
    return saved


def _labelling(before: Request, after: Request, by: Actor, *, is_touched: bool) -> list[Write]:
    return [] if after == before else _labelled(before, after, by, is_touched)[1]


def _labelled(before: Request, after: Request, by: Actor, is_touched: bool) -> tuple[Request, list[Write]]:
    were, are = before.labels, after.labels
    event = LabelsChanged.of(
        after,
        by,
        clock.now(),
        added=tuple(label for label in are if label not in were),
        removed=tuple(label for label in were if label not in are),
        refund=after.paid.refund,
    )
    return repository.saving(before, after, [event], is_touched=is_touched)
