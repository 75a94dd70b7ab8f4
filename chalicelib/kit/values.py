"""Frozen values and the text types every input is made of.

Lengths are bounded everywhere: a field without a limit is a door left open.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Generic, TypeVar

from annotated_types import GroupedMetadata
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from chalicelib.kit import clock

T = TypeVar('T')
C = TypeVar('C')

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099


class Value(BaseModel):
    """A frozen value; fields it does not know are refused."""

    # Built at the first use: a cold start meets a few of some hundred models.
    model_config = ConfigDict(frozen=True, extra='forbid', defer_build=True)


class Stored(BaseModel):
    """A frozen value read from our own rows: fields of older or newer versions are passed over."""

    model_config = ConfigDict(frozen=True, extra='ignore', defer_build=True)


class Paging(Value):
    """Which page of a list."""

    limit: int = Field(25, ge=1, le=100, description='Entries on a page.')
    cursor: str | None = Field(None, max_length=2000, description='`next_cursor` of the page before.')


class Page(BaseModel, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    model_config = ConfigDict(defer_build=True)

    items: list[T]
    next_cursor: str | None = None

    def shown_as(self, card: Callable[[T], C]) -> 'Page[C]':
        """The same page with each entry as `card` makes it."""
        return Page(items=[card(entry) for entry in self.items], next_cursor=self.next_cursor)


def _without_controls(allowed: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        for character in text:
            if unicodedata.category(character) in ('Cc', 'Cs') and character not in allowed:
                raise PydanticCustomError('control_character', 'control characters are not text')
        return unicodedata.normalize('NFC', text)

    return check


@dataclass(frozen=True, slots=True)
class Line(GroupedMetadata):
    """`Annotated[str, Line(200)]`: one trimmed line of `least` to `limit` characters, no controls."""

    limit: int
    least: int = 1

    def __iter__(self) -> Iterator[object]:
        """The constraints pydantic applies, in order."""
        yield StringConstraints(strip_whitespace=True, min_length=self.least, max_length=self.limit)
        yield AfterValidator(_without_controls(''))


@dataclass(frozen=True, slots=True)
class Prose(GroupedMetadata):
    """`Annotated[str, Prose(4000)]`: trimmed text of several lines, only line ends and tabs as controls."""

    limit: int
    least: int = 1

    def __iter__(self) -> Iterator[object]:
        """The constraints pydantic applies, in order."""
        yield StringConstraints(strip_whitespace=True, min_length=self.least, max_length=self.limit)
        yield AfterValidator(_without_controls('\n\r\t'))


# pydantic's own parsers take texts of digits for seconds since 1970.
_RFC_3339 = re.compile(
    r'\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?', re.ASCII | re.IGNORECASE
)
_ISO_DAY = re.compile(r'\d{4}-\d{2}-\d{2}', re.ASCII)


def instant_of(given: object) -> datetime:
    """The instant given as such or by RFC 3339, in UTC to the millisecond; for validators."""
    at = _read(given, _RFC_3339, datetime.fromisoformat)
    if not isinstance(at, datetime):
        raise PydanticCustomError('datetime_parsing', 'an instant is written by RFC 3339')
    if at.tzinfo is None:
        raise PydanticCustomError('timezone_missing', 'an instant needs its zone')
    _judge_year(at.year)
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def day_of(given: object) -> date:
    """The day given as such or as `YYYY-MM-DD`; for validators."""
    day = _read(given, _ISO_DAY, date.fromisoformat)
    if not isinstance(day, date) or isinstance(day, datetime):
        raise PydanticCustomError('date_parsing', 'a day is written YYYY-MM-DD')
    _judge_year(day.year)
    return day


def _read(given: object, form: re.Pattern[str], reading: Callable[[str], object]) -> object:
    if not isinstance(given, str):
        return given
    try:
        return reading(given.upper()) if form.fullmatch(given) else None
    except ValueError:
        return None


def _judge_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PydanticCustomError('year_out_of_range', 'the year is out of range')


def _phone(text: str) -> str:
    import phonenumbers  # 36 ms of import that most cold starts never need

    try:
        number = phonenumbers.parse(text, 'RU')
    except phonenumbers.NumberParseException:
        raise PydanticCustomError('phone_invalid', 'not a telephone number') from None
    if not phonenumbers.is_valid_number(number):
        raise PydanticCustomError('phone_invalid', 'not a telephone number')
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


_EMAIL = re.compile(r'[a-z0-9.!#$%&\'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+')


def _email(text: str) -> str:
    folded = text.lower()
    if not _EMAIL.fullmatch(folded):
        raise PydanticCustomError('email_invalid', 'not an e-mail address')
    return folded


Instant = Annotated[
    datetime,
    PlainValidator(instant_of),
    PlainSerializer(clock.text, return_type=str, when_used='json'),
    WithJsonSchema({'type': 'string', 'format': 'date-time'}),
]
Day = Annotated[
    date,
    PlainValidator(day_of),
    PlainSerializer(date.isoformat, return_type=str, when_used='json'),
    WithJsonSchema({'type': 'string', 'format': 'date'}),
]
Id = Annotated[str, StringConstraints(pattern=r'^[A-Za-z0-9_-]{1,64}$')]
OrganisationId = Annotated[str, StringConstraints(pattern=r'^[a-z][a-z0-9-]{1,39}$')]
Phone = Annotated[
    str, StringConstraints(max_length=40), AfterValidator(_without_controls('')), AfterValidator(_phone)
]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
