"""The tags of a house: offered as they were spelled at their first use, one row for each.

<organisation>#tags    <tag as it is compared>
"""

from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Row, Write
from chalicelib.kit.words import spelled, tag_key


def tagging(row: type[Row], organisation: str, tags: tuple[str, ...]) -> tuple[tuple[str, ...], list[Write]]:
    """The tags as they were spelled at their first use, and the writes that keep the new ones (CLI-014)."""
    wanted = list({tag_key(tag): tag for tag in reversed(tags)}.values())[::-1]
    if not wanted:
        return (), []
    known = dynamo.fetch(*(_reading(row, organisation, tag) for tag in wanted))
    pairs = list(zip(wanted, known, strict=True))
    kept = [_keeping(row, organisation, tag) for tag, old in pairs if old is None]
    return tuple(old or tag for tag, old in pairs), kept


def listed(row: type[Row], organisation: str, beginning: str, limit: int) -> list[str]:
    """The tags that begin so, in their order: one Query."""
    wanted = spelled(beginning)
    rows = row.query(_pk(organisation), row.sk.startswith(wanted) if wanted else None, limit=limit)
    return [one.body or '' for one in rows]


def _reading(row: type[Row], organisation: str, tag: str) -> Read[str]:
    return Read(row, (_pk(organisation), tag_key(tag)), lambda one: str(one.body))


def _keeping(row: type[Row], organisation: str, tag: str) -> Write:
    return dynamo.putting(row(pk=_pk(organisation), sk=tag_key(tag), body=tag))


def _pk(organisation: str) -> str:
    return f'{organisation}#tags'
