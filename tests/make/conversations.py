"""Comments for tests, written through the service; every argument is optional."""

from typing import Any

from chalicelib.conversations import service
from chalicelib.conversations.model import CommentView, NewComment
from chalicelib.kit.caller import Caller


def comment(number: int, by: Caller, **changes: Any) -> CommentView:
    """A comment of the employee under the request."""
    return service.comment(number, NewComment(**{'text': 'Ключи у консьержа', **changes}), by=by)
