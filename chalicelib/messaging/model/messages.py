"""What is sent, to whom and by which channel, and what became of it."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from chalicelib.kit.errors import Unavailable
from chalicelib.kit.values import Instant, OrganisationId, Stored

LARGEST_NOTE = 1000
"""Bytes of `data` altogether: a push holds 4 KB at most."""

LEASE = timedelta(minutes=3)
"""How long a deliverer may be at a message; longer than its Lambda lives."""


class Channel(StrEnum):
    """The way a message goes."""

    PUSH = 'push'  # a notification on every phone of the recipient
    EMAIL = 'email'  # a letter to one address
    SMS = 'sms'  # a text message to one phone


def _bounded(notes: dict[str, str]) -> dict[str, str]:
    if sum(len(text.encode()) for pair in notes.items() for text in pair) > LARGEST_NOTE:
        raise ValueError('the data of a message are ids, not contents')
    return notes


_ADDRESS = {
    Channel.PUSH: re.compile(r'[a-z]+:[A-Za-z0-9_-]{1,64}'),
    Channel.EMAIL: re.compile(r'[^@\s]+@[^@\s]+'),
    Channel.SMS: re.compile(r'\+[1-9]\d{6,14}'),
}


class Message(Stored):
    """One message by one channel. The same id is the same message, however often it is sent."""

    # A message that does not fit the schema is named without its contents: they may be a one-time code.
    model_config = ConfigDict(hide_input_in_errors=True)

    id: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    """What a deliverer remembers the message by."""
    organisation: OrganisationId
    channel: Channel
    to: Annotated[str, StringConstraints(max_length=320)]
    """`staff:<id>` or `resident:<id>` for push, an address for e-mail, E.164 for SMS."""
    title: Annotated[str, StringConstraints(max_length=300)] = Field('', repr=False)
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)] = Field(repr=False)
    data: Annotated[dict[str, str], AfterValidator(_bounded)] = Field(default_factory=dict)
    """Ids the app opens the right page by; no personal data."""
    locale: Annotated[str, StringConstraints(max_length=10)] = 'ru'
    is_secret: bool = False
    """A one-time code: it never waits for an account that an organisation let break."""
    expires_at: Instant | None = None
    """Not sent at this instant or later."""
    correlation: str = ''

    @model_validator(mode='after')
    def _is_addressed(self) -> Self:
        if not _ADDRESS[self.channel].fullmatch(self.to):
            raise ValueError(f'not a recipient by {self.channel}')
        return self

    def is_expired(self, now: datetime) -> bool:
        """Whether it is too late to send it."""
        return self.expires_at is not None and self.expires_at <= now


class Outcome(StrEnum):
    """What became of a message."""

    SENDING = 'sending'  # a deliverer is at it until its lease ends
    WAITING = 'waiting'  # surely not sent; the queue brings it again
    SENT = 'sent'  # the neighbour took it
    REJECTED = 'rejected'  # it will never be sent
    UNKNOWN = 'unknown'  # nobody knows whether it was sent; it is not sent again


FINAL = frozenset({Outcome.SENT, Outcome.REJECTED, Outcome.UNKNOWN})


class Delivery(Stored):
    """What the ledger remembers of a message: never its text, never its recipient."""

    message: str
    organisation: str
    channel: Channel
    outcome: Outcome = Outcome.SENDING
    at: Instant
    lease_until: Instant
    reached: tuple[str, ...] = ()
    """The devices that have it already."""
    reference: str = ''
    """What the neighbour calls it."""
    cost_minor: int | None = None
    reason: str = ''
    version: int = 1

    @classmethod
    def of(cls, message: Message, now: datetime) -> Self:
        """The first try of a message, begun now."""
        return cls(
            message=message.id,
            organisation=message.organisation,
            channel=message.channel,
            at=now,
            lease_until=now + LEASE,
        )

    def again(self, now: datetime) -> Self:
        """The next try, begun now."""
        fresh = {'outcome': Outcome.SENDING, 'at': now, 'lease_until': now + LEASE, 'reason': ''}
        return self.model_copy(update={**fresh, 'version': self.version + 1})

    def ended(self, outcome: Outcome, now: datetime, reason: str = '', **known: object) -> Self:
        """The try is over."""
        known |= {'outcome': outcome, 'at': now, 'reason': reason, 'version': self.version + 1}
        return self.model_copy(update=known)


class MessagesNotTaken(Unavailable):
    """The topic did not take the messages; sending them again is harmless."""


class BeingDelivered(Unavailable):
    """Another deliverer is at the message; it is looked at again later."""


class NotTakenYet(Unavailable):
    """The neighbour did not take the message now; the queue brings it again."""
