"""Deferred messages («Запланировать»): what is kept, and what the doors take and tell."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.conversations.model.chat import Enclosed
from chalicelib.conversations.model.views import Said
from chalicelib.files.model import FileView
from chalicelib.kit.values import Day, Instant, Stored, Value

Clock = Annotated[str, StringConstraints(pattern=r'^([01][0-9]|2[0-3]):[0-5][0-9]$')]
"""A time of the day, `HH:MM`."""


class DeferredState(StrEnum):
    """What becomes of a deferred message."""

    SCHEDULED = 'scheduled'  # it leaves at its time
    HELD = 'held'  # its time came, and the request had another client: its author decides (AMB-46)
    SENT = 'sent'
    DELETED = 'deleted'


PENDING = frozenset({DeferredState.SCHEDULED, DeferredState.HELD})


class Deferred(Stored):
    """What an employee has written and the client does not see yet (CHAT-017)."""

    id: str
    organisation: str
    number: int
    client_id: str
    """For whom it was written: it leaves by itself for nobody else."""
    author_id: str
    author: str
    text: str
    enclosed: Enclosed | None = None
    send_at: Instant
    created_at: Instant
    state: DeferredState = DeferredState.SCHEDULED
    position: int | None = None
    """Of the message it became."""
    version: int = 1


class NewDeferred(Said):
    """What is sent later, and when by the clocks of the organisation's zone (CHAT-021)."""

    send_on: Day
    send_time: Clock = Field(description="`HH:MM` in the organisation's zone.")


class DeferredChanges(Value):
    """When it is sent instead; what is left out stays. Its words stay as they are (AMB-45)."""

    send_on: Day | None = None
    send_time: Clock | None = Field(None, description="`HH:MM` in the organisation's zone.")


class DeferredCard(Stored):
    """A deferred message in its section, as all colleagues see it (CHAT-015, AMB-45)."""

    id: str
    text: str
    file: FileView | None
    author_id: str
    author: str = Field(description='The only one who may send, move and delete it.')
    send_at: Instant
    state: DeferredState = Field(
        description='`held`: not sent, because the request got another client; move, send or delete it.'
    )
    version: int
