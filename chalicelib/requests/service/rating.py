"""The resident's opinion."""

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.commands import Opinion
from chalicelib.requests.model.refusals import ClientBlocked
from chalicelib.requests.model.request import Request
from chalicelib.requests.rules import rating
from chalicelib.requests.service.opening import own


def rate(number: int, opinion: Opinion, *, by: Caller) -> Request:
    """The completed request carries the resident's rating, the first or a changed one (REQ-138, REQ-139)."""
    before = own(number, by)
    if by.is_blocked:
        raise ClientBlocked()
    now, actor = clock.now(), Actor.of(by)
    changed = rating.rated(before, opinion.points, opinion.comment, now)
    told = {'points': opinion.points, 'comment': opinion.comment}
    if before.rating is None:
        return repository.save(before, changed, said.RequestRated.of(changed, actor, now, **told))
    if (before.rating.points, before.rating.comment) == (opinion.points, opinion.comment):
        return before
    event = said.RatingChanged.of(changed, actor, now, was=before.rating.points, **told)
    return repository.save(before, changed, event)
