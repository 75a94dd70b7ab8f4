"""What conversations announce. Each event carries who has a part, so that a listener need not ask back."""

from datetime import datetime
from typing import Any, ClassVar, Self

from chalicelib.kit.outbox import Actor, Event
from chalicelib.requests.model.request import Request


class ConversationEvent(Event):
    """A fact about what is said around one request; never the words themselves."""

    source: ClassVar[str] = 'conversations'

    number: int
    offering_name: str
    address: str
    building_id: str
    assignee_ids: tuple[str, ...] = ()
    controller_id: str | None = None

    @classmethod
    def of(cls, request: Request, by: Actor, at: datetime, **more: Any) -> Self:
        """The fact about the conversation around the request as it is."""
        return cls(
            organisation=request.organisation,
            at=at,
            by=by,
            number=request.number,
            offering_name=request.terms.offering_name,
            address=request.place.address,
            building_id=request.place.building_id,
            assignee_ids=request.assignee_ids,
            controller_id=request.controller.id if request.controller else None,
            **more,
        )


class CommentAdded(ConversationEvent):
    """An employee wrote for his colleagues (COM-009)."""

    comment_id: str
    is_important: bool
