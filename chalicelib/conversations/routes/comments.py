"""The doors of the tab «Комментарии»; residents have none (COM-002)."""

from chalicelib.conversations import service
from chalicelib.conversations.model.comments import CommentView, NewComment
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Page, Paging

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)


@staff.get('/{number}/comments')
def read_comments(number: int, query: Paging, caller: Caller) -> Page[CommentView]:
    """Read the internal comments under a request, oldest first."""
    return service.list_comments(number, query, by=caller)


@staff.post('/{number}/comments', status=201)
def write_comment(number: int, body: NewComment, caller: Caller) -> CommentView:
    """Write an internal comment, in any status of the request.

    It can never be changed, deleted, or called important afterwards. An important one puts the request first
    in the lists, until any employee opens its card.
    """
    return service.comment(number, body, by=caller)
