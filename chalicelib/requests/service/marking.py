"""What houses above push down onto a request, inside their own transaction."""

from chalicelib.kit import clock
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import Actor
from chalicelib.requests import repository
from chalicelib.requests.events import RequestMarked
from chalicelib.requests.model.request import Request
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
