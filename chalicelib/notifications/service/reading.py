"""A person's own list."""

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import commit
from chalicelib.kit.values import Paging
from chalicelib.notifications import repository
from chalicelib.notifications.model import NotificationCard, NotificationsPage, ReadMarks


def list_newest(paging: Paging, *, by: Caller) -> NotificationsPage:
    """One page of the caller's notices, newest first, with how many he has not read (NTF-020, AMB-76)."""
    now, recipient = clock.now(), _recipient(by)
    tallies = repository.tallies(by.organisation, recipient, now)
    found = repository.list_newest(by.organisation, recipient, paging, now, tallies)
    return NotificationsPage(
        items=[NotificationCard.of(notice) for notice in found.items],
        next_cursor=found.next_cursor,
        unread=sum(tally.unread for tally in tallies),
    )


def mark_read(marks: ReadMarks, *, by: Caller) -> int:
    """What the caller names is read, each counted once; returns how many are left unread.

    Notices that are read already, forgotten, or not his, change nothing.
    """
    tallies = repository.tallies(by.organisation, _recipient(by), clock.now())
    if marks.ids is None:
        commit(*repository.marking_all(tallies))
        return 0
    fresh = repository.unread_among(by.organisation, _recipient(by), marks.ids, tallies)
    commit(*repository.marking(fresh, tallies))
    return sum(tally.unread for tally in tallies) - len(fresh)


def _recipient(by: Caller) -> str:
    return f'{by.audience}:{by.id}'
