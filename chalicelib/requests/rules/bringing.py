"""A checklist that an offering brings is asked for with the request, and again where none came."""

from datetime import datetime, timedelta

from chalicelib.kit.outbox import Actor
from chalicelib.requests.events import ChecklistAwaited, RequestEvent
from chalicelib.requests.model.request import Request

AGAIN_AFTER = timedelta(hours=1)
"""How long an answer is waited for; what asks again is the sweep, should the message have been lost."""


def asked(request: Request, by: Actor, now: datetime) -> tuple[Request, list[RequestEvent]]:
    """The checklist by the terms of the request is asked for; none is awaited where they name none."""
    template_id = request.terms.checklist_template_id
    asked_at = None if template_id is None else now
    request = request.model_copy(update={'checklist_asked_at': asked_at})
    if template_id is None:
        return request, []
    return request, [ChecklistAwaited.of(request, by, now, checklist_template_id=template_id)]


def due_at(request: Request) -> datetime | None:
    """When it is asked for again, unless it is there by then."""
    return request.checklist_asked_at and request.checklist_asked_at + AGAIN_AFTER
