"""What callers may ask of the house: every field bounded, absent fields of a change are kept."""

import re
from typing import Annotated, Self

from annotated_types import Len
from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.clients.model.kept import ClientKind, ClientState, Locale, Right, Sex, Space
from chalicelib.clients.model.numbers import inn_fits, snils_fits
from chalicelib.kit.values import (
    Day,
    Email,
    Id,
    Line,
    Paging,
    Phone,
    Prose,
    Value,
)

MOST_TAGS = 20
MOST_EXTERNAL_IDS = 10


def _inn(digits: str) -> str:
    if not inn_fits(digits):
        raise PydanticCustomError('inn_invalid', 'not an INN')
    return digits


def _snils(text: str) -> str:
    digits = re.sub(r'[ -]', '', text)
    if not digits.isdecimal() or not digits.isascii() or not snils_fits(digits):
        raise PydanticCustomError('snils_invalid', 'not a SNILS')
    return digits


Name = Annotated[str, Line(100)]
GivenName = Annotated[str, Line(100, least=0)]
Note = Annotated[str, Prose(4000)]
Comment = Annotated[str, Prose(1000)]
Inn = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r'^[0-9]{1,20}$'), AfterValidator(_inn)]
Snils = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20), AfterValidator(_snils)]
Postcode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r'^[0-9]{6}$')]
Tags = Annotated[tuple[Annotated[str, Line(50)], ...], Len(0, MOST_TAGS)]


class NewExternalId(Value):
    """What another system calls the client; those of this CRM alone may be changed (CLI-017)."""

    system: Space = Space.OPERATION
    value: Annotated[str, Line(100)]
    note: Annotated[str, Line(500)] | None = None


def _distinct(ids: tuple[NewExternalId, ...]) -> tuple[NewExternalId, ...]:
    if len({(one.system, one.value) for one in ids}) < len(ids):
        raise PydanticCustomError('external_ids_repeated', 'an identifier is repeated')
    return ids


ExternalIds = Annotated[tuple[NewExternalId, ...], Len(0, MOST_EXTERNAL_IDS), AfterValidator(_distinct)]


class NewPassport(Value):
    """An identity document."""

    series: Annotated[str, Line(20)] | None = None
    number: Annotated[str, Line(20)]
    issued_by: Annotated[str, Line(300)] | None = None
    issued_on: Day | None = None
    department_code: Annotated[str, Line(20)] | None = None


class _Card(Value):
    """The fields that a new client and a change have in common."""

    patronymic: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    kind: ClientKind = ClientKind.PERSON
    is_tester: bool = False
    sex: Sex | None = None
    born_on: Day | None = None
    note: Note | None = None
    tags: Tags = ()
    passport: NewPassport | None = None
    passport_comment: Comment | None = None
    registration_address: Annotated[str, Line(500)] | None = None
    postcode: Postcode | None = None
    address_comment: Comment | None = None
    inn: Inn | None = None
    snils: Snils | None = None
    loyalty_card: Annotated[str, Line(40)] | None = None
    external_ids: ExternalIds = ()
    locale: Locale | None = None


class NewClient(_Card):
    """A client to be added; with a phone he may sign in to the application of residents (REG-013)."""

    surname: Name = Field(description='For a company its name.')
    given_name: GivenName = ''


class ClientChanges(_Card):
    """What becomes different about a client; null clears what may be absent.

    `phone` can be given once where there was none; changed it is by support only (CLI-008). Tags and
    external identifiers are given whole.
    """

    surname: Name = ''
    given_name: GivenName = ''


class OwnChanges(Value):
    """What a resident changes about himself."""

    email: Email | None = None
    locale: Locale | None = None


class ClientsQuery(Paging):
    """Which clients: by the beginnings of words of the name or of the telephone, of a building, by mark."""

    search: Annotated[str, Line(100)] | None = None
    building_id: Id | None = None
    state: ClientState | None = None
    kind: ClientKind | None = None
    tag: Annotated[str, Line(50)] | None = None

    @model_validator(mode='after')
    def _one_way(self) -> Self:
        if self.search is not None and self.building_id is not None:
            raise PydanticCustomError('one_search_only', 'one of q and building_id')
        return self


class NewTenure(Value):
    """Where a client is to be settled."""

    premises_id: Id
    right: Right = Right.OTHER
    since_on: Day | None = None
    is_kept_on_integration: bool = Field(False, description='«Не удалять клиента при интеграции» (PRM-008).')


class TenureChanges(Value):
    """What becomes different about a client's right to premises."""

    right: Right = Right.OTHER
    since_on: Day | None = None
    is_kept_on_integration: bool = False


class TagsQuery(Value):
    """Which tags: those that begin with `search`."""

    search: Annotated[str, Line(50)] | None = None
    limit: int = Field(25, ge=1, le=100)
