"""The words of a notice, from the catalogue, in the recipient's language and the organisation's zone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kit import texts
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Event
from chalicelib.notifications.rules import RESIDENTS_SEE

DATE, TIME = 'd MMMM y', 'HH:mm'


def for_staff(kind: str, event: Event, zone: ZoneInfo, locale: str) -> tuple[str, str]:
    """Title and text of a staff notice."""
    return _words(f'notice-{kind}', dict(event), zone, locale)


def for_resident(kind: str, event: Event, zone: ZoneInfo, locale: str) -> tuple[str, str]:
    """Title and text of a resident's notice, made of nothing but what residents may see."""
    seen = {name: value for name, value in event if name in RESIDENTS_SEE}
    return _words(f'resident-notice-{kind}', seen, zone, locale)


def _words(message: str, fields: Mapping[str, Any], zone: ZoneInfo, locale: str) -> tuple[str, str]:
    values = _values(fields, zone, locale)
    return texts.say(f'{message}.title', locale, **values), texts.say(message, locale, **values)


def _values(fields: Mapping[str, Any], zone: ZoneInfo, locale: str) -> dict[str, str | int]:
    """What the catalogue's sentences are filled with: an instant `x` gives the date `x` and `x_time`."""
    values: dict[str, str | int] = {}
    for name, value in fields.items():
        if isinstance(value, datetime):
            values[name], values[f'{name}_time'] = _local(value, zone, locale)
        elif isinstance(value, date):
            values[name] = _day(value, locale)
        elif isinstance(value, Money):
            values[name] = texts.spelled(value, locale)
        elif isinstance(value, bool):
            values[name] = str(value).lower()
        elif isinstance(value, str):
            values[name] = str(value)
        elif isinstance(value, int):
            # A request's number is a name: «№ 1234», never «№ 1 234».
            values[name] = str(value) if name == 'number' else value
    return values


def _day(day: date, locale: str) -> str:
    from babel.dates import format_date  # as below

    return str(format_date(day, DATE, locale=locale))


def _local(at: datetime, zone: ZoneInfo, locale: str) -> tuple[str, str]:
    from babel.dates import format_datetime  # only notices with dates need it

    local = at.astimezone(zone)
    date, time = (format_datetime(local, pattern, locale=locale) for pattern in (DATE, TIME))
    return date, time
