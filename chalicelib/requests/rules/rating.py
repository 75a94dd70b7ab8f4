"""The resident's opinion of completed work."""

from datetime import datetime

from chalicelib.requests.model.refusals import NotRateable, RatingCommentNeeded
from chalicelib.requests.model.request import Rating, Request
from chalicelib.requests.model.status import Status

LEAST_WITHOUT_COMMENT = 3


def rated(request: Request, points: int, comment: str, now: datetime) -> Request:
    """The request with the rating: completed work only; one or two points are explained (REQ-135, AMB-49)."""
    if request.status is not Status.DONE:
        raise NotRateable(status=request.status)
    if points < LEAST_WITHOUT_COMMENT and not comment.strip():
        raise RatingCommentNeeded()
    return request.model_copy(update={'rating': Rating(points=points, comment=comment, at=now)})
