"""A conversation, its messages, and how far each side has read; positions make the order of all of them.

The position of a message is the version of its conversation that it brought about. Positions grow in the
order in which messages became visible, so "read up to" and "changed since" are exact.
"""

from enum import StrEnum

from chalicelib.files.model import Attached
from chalicelib.kit.values import Instant, Stored


class Side(StrEnum):
    """Who talks to whom."""

    STAFF = 'staff'
    CLIENT = 'client'

    @property
    def other(self) -> 'Side':
        """The one who reads what this one writes."""
        return Side.CLIENT if self is Side.STAFF else Side.STAFF


class Totals(Stored):
    """How many messages each side has sent, deleted ones among them."""

    staff: int = 0
    client: int = 0

    def of(self, side: Side) -> int:
        """How many the side has sent."""
        return self.staff if side is Side.STAFF else self.client

    def with_one_more(self, side: Side) -> 'Totals':
        """The totals after another message of the side."""
        return self.model_copy(update={str(side): self.of(side) + 1})


class Conversation(Stored):
    """What is said with one client around one request; another client finds nothing of this (AMB-46)."""

    organisation: str
    number: int
    client_id: str
    version: int = 0
    sent: Totals = Totals()
    minute: Instant | None = None
    """When the client's present minute of writing began, and how much he has written in it."""
    in_minute: int = 0


class Enclosed(Stored):
    """The one file of a message, and by what name the message owns it (CHAT-004)."""

    attached: Attached
    owner: str


class Message(Stored):
    """What one side wrote to the other."""

    organisation: str
    number: int
    client_id: str
    position: int
    version: int = 1
    side: Side
    author_id: str
    author: str
    """His name as it was then; residents may be shown another."""
    text: str
    enclosed: Enclosed | None = None
    sent_at: Instant
    totals: Totals
    """How many there were with it: tells what was read by whoever read up to it."""
    edited_at: Instant | None = None
    deleted_at: Instant | None = None
    """Hidden since then, and kept for audit (AMB-44)."""

    @property
    def nth(self) -> int:
        """Which of its side's messages it is."""
        return self.totals.of(self.side)


class ReadMark(Stored):
    """How far one side has read: the one row that all ticks of the other side come from."""

    side: Side
    version: int = 0
    until: int = 0
    """The position of the last message seen."""
    nth: int = 0
    """How many messages of the other side there were up to it."""
    gone: tuple[int, ...] = ()
    """Those after it that were deleted unread, by their number: nobody has to read them."""
