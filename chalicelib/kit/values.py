"""Frozen values and the text types every input is made of.

Lengths are bounded everywhere: a field without a limit is a door left open.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from annotated_types import GroupedMetadata
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
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

    model_config = ConfigDict(frozen=True, extra='forbid', use_attribute_docstrings=True)


class Stored(BaseModel):
    """A frozen value read from our own rows: fields of older or newer versions are passed over."""

    model_config = ConfigDict(frozen=True, extra='ignore', use_attribute_docstrings=True)


class Paging(Value):
    """Which page of a list."""

    limit: int = Field(25, ge=1, le=100, description='Entries on a page.')
    cursor: str | None = Field(None, max_length=2000, description='`next_cursor` of the page before.')


class Page(BaseModel, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

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


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise PydanticCustomError('timezone_missing', 'an instant needs its zone')
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise PydanticCustomError('year_out_of_range', 'the year is out of range')
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


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
    AfterValidator(_instant),
    PlainSerializer(clock.text, return_type=str, when_used='json'),
    WithJsonSchema({'type': 'string', 'format': 'date-time'}),
]
Id = Annotated[str, StringConstraints(pattern=r'^[A-Za-z0-9_-]{1,64}$')]
OrganisationId = Annotated[str, StringConstraints(pattern=r'^[a-z][a-z0-9-]{1,39}$')]
Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
