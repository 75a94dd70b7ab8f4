"""The rows of people's lists, all of one person in `<organisation>#<recipient>`.

A notice   sk `notice#<id>`, sorted by the time of its event; it carries the epoch it was made in.
A tally    sk `unread#<month>`: the unread notices of a month, and the epoch that began when all were read.

Both go when their month is forgotten, so that no count is left over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute

from chalicelib.kit import dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.notifications import rules
from chalicelib.notifications.model import Notification, Tally, first_id

NOTICE, UNREAD = 'notice#', 'unread#'
LAST = '~'
"""Sorts after every id and month."""

AT_ONCE = 25
"""People whose lists grow by one transaction."""

TRIES = 8


class NotificationRow(Row):
    """A notice or a tally."""

    class Meta(TableMeta):
        table_name = settings.table('notifications')

    is_read = BooleanAttribute(null=True)
    epoch = NumberAttribute(null=True)
    unread = NumberAttribute(null=True)


def kept_for() -> timedelta:
    """How long a month's notices are kept after its end."""
    return timedelta(days=int(settings.optional('NOTIFICATIONS_KEPT_DAYS', '180')))


def keep(notices: Sequence[Notification]) -> None:
    """Each notice, of a different person, stands in his list and is counted; one that stands there stays."""
    for start in range(0, len(notices), AT_ONCE):
        _keep(notices[start : start + AT_ONCE])


def _keep(notices: Sequence[Notification]) -> None:
    for _ in range(TRIES):
        try:
            dynamo.commit(*_adding_missing(notices))
            return
        except ChangedMeanwhile:
            continue  # somebody read all, or the same event is in other hands too
    raise ChangedMeanwhile()


def _adding_missing(notices: Sequence[Notification]) -> list[Write]:
    reads: list[Read[Any]] = [_reading_notice(notice, notice.id) for notice in notices]
    tallies = [Tally(**_owner(notice), month=notice.month) for notice in notices]
    reads += [Read(NotificationRow, _tally_key(tally), _tally_of) for tally in tallies]
    found = dynamo.fetch(*reads)
    writes: list[Write] = []
    for notice, empty, row, tally in zip(
        notices, tallies, found[: len(notices)], found[len(notices) :], strict=True
    ):
        if row is None:
            writes += _adding(notice, tally or empty)
    return writes


def _adding(notice: Notification, tally: Tally) -> list[Write]:
    gone = int(rules.gone_at(notice.month, kept_for()).timestamp())
    pk, sk = _notice_key(notice, notice.id)
    row = NotificationRow(
        pk=pk, sk=sk, body=notice.model_dump_json(), is_read=False, epoch=tally.epoch, ttl=gone
    )
    same = NotificationRow.epoch == tally.epoch
    if not tally.epoch:
        same |= NotificationRow.epoch.does_not_exist()
    counted = [
        NotificationRow.unread.add(1),
        NotificationRow.epoch.set(tally.epoch),
        NotificationRow.ttl.set(gone),
    ]
    return [dynamo.creating(row), dynamo.updating(_tally_row(tally), counted, same)]


def tallies(organisation: str, recipient: str, now: datetime) -> list[Tally]:
    """The tallies of the person's months that are not forgotten, strongly consistent: one query."""
    since = rules.oldest_month(now, kept_for())
    rows = NotificationRow.query(
        _pk(organisation, recipient),
        NotificationRow.sk.between(UNREAD + since, UNREAD + LAST),
        consistent_read=True,
    )
    return [_tally_of(row) for row in rows]


def list_newest(
    organisation: str, recipient: str, paging: Paging, now: datetime, known: Iterable[Tally]
) -> Page[Notification]:
    """One page of the person's notices, newest first; `known` tells which of them are read."""
    epochs = _epochs(known)
    since = first_id(rules.oldest_month(now, kept_for()))
    return page(
        NotificationRow,
        lambda row: _notice_of(row, epochs),
        _pk(organisation, recipient),
        paging=paging,
        binding=(organisation, 'notifications', recipient),
        condition=NotificationRow.sk.between(NOTICE + since, NOTICE + LAST),
    )


def unread_among(
    organisation: str, recipient: str, ids: Iterable[str], known: Iterable[Tally]
) -> list[Notification]:
    """Those of the named notices that are the person's and unread: one round trip for 100."""
    epochs = _epochs(known)
    owner = Tally(organisation=organisation, recipient=recipient, month='')
    rows = dynamo.fetch(*(_reading_notice(owner, identity) for identity in dict.fromkeys(ids)))
    notices = [_notice_of(row, epochs) for row in rows if row is not None]
    return [notice for notice in notices if not notice.is_read]


def marking(notices: Iterable[Notification], known: Iterable[Tally]) -> list[Write]:
    """The unread notices will be read and no longer counted; raises ChangedMeanwhile if one already is."""
    by_month = {tally.month: tally for tally in known}
    counts: dict[str, int] = {}
    writes: list[Write] = []
    for notice in notices:
        counts[notice.month] = counts.get(notice.month, 0) + 1
        row = NotificationRow(*_notice_key(notice, notice.id))
        writes.append(
            dynamo.updating(row, [NotificationRow.is_read.set(True)], NotificationRow.is_read == False)  # noqa: E712
        )
    for month, count in counts.items():
        tally = by_month[month]
        same = NotificationRow.epoch == tally.epoch
        writes.append(dynamo.updating(_tally_row(tally), [NotificationRow.unread.add(-count)], same))
    return writes


def marking_all(known: Iterable[Tally]) -> list[Write]:
    """All notices counted now will be read: a write a month, however many notices there are."""
    begun = [NotificationRow.unread.set(0), NotificationRow.epoch.add(1)]
    return [
        dynamo.updating(_tally_row(tally), begun, NotificationRow.pk.exists())
        for tally in known
        if tally.unread
    ]


def _pk(organisation: str, recipient: str) -> str:
    return f'{organisation}#{recipient}'


def _owner(notice: Notification) -> dict[str, str]:
    return {'organisation': notice.organisation, 'recipient': notice.recipient}


def _notice_key(owner: Notification | Tally, identity: str) -> tuple[str, str]:
    return _pk(owner.organisation, owner.recipient), NOTICE + identity


def _reading_notice(owner: Notification | Tally, identity: str) -> Read[Any]:
    return Read(NotificationRow, _notice_key(owner, identity), lambda row: row)


def _notice_of(row: NotificationRow, epochs: dict[str, int]) -> Notification:
    notice = Notification.model_validate_json(row.body or '')
    is_read = bool(row.is_read) or epochs.get(notice.month) != row.epoch
    return notice.model_copy(update={'is_read': is_read})


def _epochs(known: Iterable[Tally]) -> dict[str, int]:
    return {tally.month: tally.epoch for tally in known}


def _tally_key(tally: Tally) -> tuple[str, str]:
    return _pk(tally.organisation, tally.recipient), UNREAD + tally.month


def _tally_row(tally: Tally) -> NotificationRow:
    return NotificationRow(*_tally_key(tally))


def _tally_of(row: Any) -> Tally:
    organisation, _, recipient = str(row.pk).partition('#')
    return Tally(
        organisation=organisation,
        recipient=recipient,
        month=str(row.sk).removeprefix(UNREAD),
        epoch=int(row.epoch or 0),
        unread=int(row.unread or 0),
    )
