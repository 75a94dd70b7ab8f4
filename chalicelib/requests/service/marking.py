"""What houses above push down onto a request, inside their own transaction."""

from datetime import datetime

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile, Contended
from chalicelib.kit.outbox import Actor
from chalicelib.requests import repository
from chalicelib.requests.events import LabelsChanged, RequestMarked
from chalicelib.requests.model.request import PaidStanding, Request
from chalicelib.requests.model.status import Mark


def marking(request: Request, mark: Mark, *, is_set: bool, by: Actor) -> list[Write]:
    """The request, as it was read, will carry the mark or no longer; nothing to write where it is so already.

    The writes hold only while the request is of the version that was read, so what the upper house judged
    about it still stands when both change together.
    """
    marks = request.marks | {mark} if is_set else request.marks - {mark}
    if marks == request.marks:
        return []
    marked = request.model_copy(update={'marks': marks})
    event = RequestMarked.of(marked, by, clock.now(), mark=mark, is_set=is_set)
    return repository.saving(request, marked, [event])[1]


def marking_paid(request: Request, paid: PaidStanding, *, by: Actor) -> list[Write]:
    """The request will carry what the house of money says of it: labels, and a refund (REQ-037).

    Holds and is empty under the same conditions as `marking`.
    """
    return _labelling(request, request.model_copy(update={'paid': paid}), by, is_touched=True)


def marking_important(request: Request, at: datetime | None, *, by: Actor) -> list[Write]:
    """The request will stand first for an important comment of then; None: somebody has looked (REQ-030).

    To be looked at is no change of a request: it stands where its comment was written (REQ-026).
    """
    return _labelling(
        request, request.model_copy(update={'important_at': at}), by, is_touched=at is not None
    )


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
