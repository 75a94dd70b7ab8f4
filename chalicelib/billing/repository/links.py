"""Links of invoices, when telephones had them, and how often they are followed."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.billing.model.link import Link
from chalicelib.billing.model.refusals import LinkUnknown
from chalicelib.billing.repository.rows import MoneyRow
from chalicelib.kit import clock
from chalicelib.kit.dynamo import Read, Write, creating, putting, replacing, update_now, write_now

LINK, TEXTED = 'link', 'texted'
COUNTS_LIVE = timedelta(hours=2)


class Telephone(NamedTuple):
    """When links were sent to a telephone, and by how manieth change this is known."""

    sent_at: list[datetime]
    version: int = 0


def reading_link(digest: str) -> Read[Link]:
    """A look at whose the link is; `missing` is LinkUnknown."""
    return Read(MoneyRow, (_pk(digest), LINK), lambda row: Link.model_validate_json(row.body), LinkUnknown)


def keeping_link(digest: str, link: Link) -> Write:
    """The link will lead to its invoice."""
    return putting(_row(digest, link))


def keep_link(digest: str, link: Link) -> None:
    """The link leads to its invoice."""
    write_now(_row(digest, link))


def reading_telephone(organisation: str, phone: str) -> Read[Telephone]:
    """A look at when the telephone had links."""

    def telephone(row: MoneyRow) -> Telephone:
        sent = [clock.instant(one) for one in json.loads(row.body or '[]')]
        return Telephone(sent, int(row.version or 0))

    return Read(MoneyRow, (_telephone(organisation, phone), TEXTED), telephone)


def keeping_telephone(
    organisation: str, phone: str, before: Telephone, sent_at: list[datetime], until: datetime
) -> Write:
    """The telephone will have had links then, if none was sent to it meanwhile."""
    row = MoneyRow(
        pk=_telephone(organisation, phone),
        sk=TEXTED,
        version=before.version + 1,
        body=json.dumps([clock.text(one) for one in sent_at]),
        ttl=int(until.timestamp()),
    )
    return replacing(row, before.version) if before.version else creating(row)


def count_link(
    digest: str, what: str, window: datetime, limit: int, refusal: Callable[[], Exception]
) -> None:
    """The link was used so once more in the window that began then.

    Raises the refusal where that was as often as may be.
    """
    _count(_pk(digest), what, window, limit, refusal)


def count_visit(
    network: str, what: str, window: datetime, limit: int, refusal: Callable[[], Exception]
) -> None:
    """Somebody there did so once more in the window. Raises the refusal like `count_link`."""
    _count(f'visits#{network}', what, window, limit, refusal)


def _count(pk: str, what: str, window: datetime, limit: int, refusal: Callable[[], Exception]) -> None:
    row = MoneyRow(pk=pk, sk=f'{what}#{clock.text(window)}')
    is_below = MoneyRow.counted.does_not_exist() | (MoneyRow.counted < limit)
    gone_at = int((window + COUNTS_LIVE).timestamp())
    update_now(row, [MoneyRow.counted.add(1), MoneyRow.ttl.set(gone_at)], is_below, refusal)


def _row(digest: str, link: Link) -> MoneyRow:
    return MoneyRow(pk=_pk(digest), sk=LINK, body=link.model_dump_json())


def _pk(digest: str) -> str:
    return f'link#{digest}'


def _telephone(organisation: str, phone: str) -> str:
    return f'{organisation}#texted#{hashlib.sha256(phone.encode()).hexdigest()}'
