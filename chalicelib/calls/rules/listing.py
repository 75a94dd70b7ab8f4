"""Who may see a call, and in which of the lists it stands."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.calls.model.call import Call, CallStatus
from chalicelib.kit.caller import Caller


def is_visible(call: Call, caller: Caller) -> bool:
    """Whether an employee who may see calls may see this one: of his places, of nobody's, or his own."""
    places = call.all_places
    return not places or caller.id in call.people or any(caller.scope.covers(place) for place in places)


def is_missed(call: Call) -> bool:
    """Whether it is over and nobody answered."""
    return call.status is CallStatus.MISSED


def days(since: date | None, until: date | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From which instant on, and before which, the days last where the clocks are of that zone."""
    begin = _midnight(since, zone) if since else None
    end = _midnight(until + timedelta(days=1), zone) if until else None
    return begin, end


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
