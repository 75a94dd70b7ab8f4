"""Who may see which entries, and when the days of a filter begin and end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit.caller import Caller
from chalicelib.registers.model.entry import Entry
from chalicelib.staff.model import Permission


def is_visible(entry: Entry, by: Caller) -> bool:
    """Whether who sees payments sees this one: of his places, of the marketplace if he may (PAY-008)."""
    may = not entry.is_marketplace or by.may(Permission.PAYMENTS_MARKETPLACE)
    return may and by.scope.covers(entry.building_id)


def days(since: date | None, until: date | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From which instant on, and before which, the days last where the clocks are of that zone."""
    begin = midnight(since, zone) if since else None
    return begin, midnight(until + timedelta(days=1), zone) if until else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins there."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
