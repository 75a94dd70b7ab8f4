"""What is said around a request, for tests, through the service; every argument is optional."""

from datetime import timedelta
from typing import Any

from chalicelib.conversations import service
from chalicelib.conversations.model.comments import CommentView, NewComment
from chalicelib.conversations.model.deferred import DeferredCard, NewDeferred
from chalicelib.conversations.model.templates import NewReplyTemplate, ReplyTemplateCard
from chalicelib.conversations.model.views import NewMessage, OwnMessage, StaffMessage
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller


def comment(number: int, by: Caller, **changes: Any) -> CommentView:
    """A comment of the employee under the request."""
    return service.comment(number, NewComment(**{'text': 'Ключи у консьержа', **changes}), by=by)


def message(number: int, by: Caller, **changes: Any) -> StaffMessage:
    """A message of the employee to the client of the request."""
    return service.send(number, NewMessage(**{'text': 'Мастер выехал', **changes}), by=by)


def own_message(number: int, by: Caller, **changes: Any) -> OwnMessage:
    """A message of the client about his request."""
    return service.send_own(number, NewMessage(**{'text': 'Когда придёт мастер?', **changes}), by=by)


def template(by: Caller, **changes: Any) -> ReplyTemplateCard:
    """A reply template of the organisation."""
    new = {'name': 'Выехал', 'text': '{client}, мастер выехал по заявке № {number}', **changes}
    return service.add_template(NewReplyTemplate(**new), by=by)


def deferred(number: int, by: Caller, **changes: Any) -> DeferredCard:
    """A message of the employee that leaves tomorrow morning."""
    new = {
        'text': 'Завтра придёт мастер',
        'send_on': clock.now().date() + timedelta(days=1),
        'send_time': '09:30',
        **changes,
    }
    return service.defer(number, NewDeferred(**new), by=by)
