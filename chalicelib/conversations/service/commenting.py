"""Comments are written and read by whoever may see their request."""

from chalicelib.conversations import repository
from chalicelib.conversations.events import CommentAdded
from chalicelib.conversations.model.comments import Comment, CommentView, NewComment
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests


def comment(number: int, new: NewComment, *, by: Caller) -> CommentView:
    """The comment stands under the request, whatever its status; an important one puts the request first.

    Raises RequestNotFound; ChangedMeanwhile where an important one met another change of the request
    (COM-001, COM-006, COM-009, AMB-48).
    """
    request, now, author = requests.seen(number, by=by), clock.now(), Actor.of(by)
    written = Comment(
        id=new_id(),
        organisation=by.organisation,
        number=number,
        author_id=by.id,
        author=by.name,
        text=new.text,
        is_important=new.is_important,
        at=now,
    )
    event = CommentAdded.of(request, author, now, comment_id=written.id, is_important=new.is_important)
    marked = requests.marking_important(request, now, by=author) if new.is_important else []
    dynamo.commit(*repository.adding(written, event), *marked)
    return CommentView.of(written)


def list_comments(number: int, paging: Paging, *, by: Caller) -> Page[CommentView]:
    """One page of the comments under the request, oldest first. Raises RequestNotFound (COM-002, COM-003)."""
    requests.seen(number, by=by)
    return repository.list_comments(by.organisation, number, paging).shown_as(CommentView.of)
