"""An entry in a client's activity, and what the doors take and tell."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from pydantic import Field
from ulid import ULID

from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Instant, Paging, Stored


class ActivityKind(StrEnum):
    """What was done; the sentence is in the catalogue as `activity-<code>`."""

    REQUEST_CREATED = 'request_created'  # by the client, or by staff for him
    REQUEST_CANCELLED = 'request_cancelled'
    REQUEST_REOPENED = 'request_reopened'
    CLARIFICATION_GIVEN = 'clarification_given'  # he answered the question of the approver
    REQUEST_RATED = 'request_rated'
    RATING_CHANGED = 'rating_changed'
    MESSAGE_SENT = 'message_sent'  # in the chat of a request
    CLIENT_ADDED = 'client_added'  # from then on he is known
    HOME_GIVEN = 'home_given'
    HOME_CHANGED = 'home_changed'  # he is there by another right
    HOME_ENDED = 'home_ended'
    INVOICE_PAID = 'invoice_paid'  # online
    REFUND_ASKED = 'refund_asked'  # he asks for his money back
    SIGNED_IN = 'signed_in'
    CALLED = 'called'  # he called the organisation, and they talked
    CALL_MISSED = 'call_missed'  # he called, and nobody answered


class Only(StrEnum):
    """Which of the two options of the tab is asked for (ACTV-002, ACTV-003)."""

    EVERYTHING = 'everything'
    """«Вся активность»."""
    REQUEST = 'request'
    """«Активность по заявке»."""


class Entry(Stored):
    """One deed of a client, or one done for him, as it was announced; names are as they were then."""

    id: str
    organisation: str
    client_id: str
    kind: ActivityKind
    at: Instant
    by: Actor
    number: int | None = None
    offering_name: str | None = None
    building_id: str | None = None
    details: dict[str, str | int] = Field(default_factory=dict)


class ActivityQuery(Paging):
    """Which page of which option of the tab."""

    only: Only = Field(Only.EVERYTHING, description='All the client did, or what concerns this request.')


class ActivityEntry(Stored):
    """One line of a client's activity."""

    id: str
    kind: ActivityKind
    at: Instant
    title: str = Field(description="What happened, in the caller's language.")
    author: str | None = Field(description='The employee who did it for the client; null where nobody did.')
    number: int | None = Field(description='The request that the line leads to.')
    offering_name: str | None = Field(description='The topic of that request, as it was then.')
    details: dict[str, str | int] = Field(description='What else is known of it, by the kind.')


def id_of(event_id: str, at: datetime) -> str:
    """The id of an event's entry: the same at every delivery, later events sort after earlier ones."""
    instant = int(at.timestamp() * 1000).to_bytes(6, 'big')
    return str(ULID.from_bytes(instant + sha256(event_id.encode()).digest()[:10])).lower()
