"""Clients and where they live, as they are kept. Nothing here reads a row or a clock."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from chalicelib.kit.values import Instant, Stored
from chalicelib.premises.model import Building, Premises

MOST_TENURES = 100
"""Premises of one client."""

SENSITIVE = ('passport', 'passport_comment', 'inn', 'snils')
"""Fields shown only to those who edit clients, never told in events; reading them is noted (152-FZ)."""


Locale = Literal['ru', 'en']


class ClientKind(StrEnum):
    """What a client is before the law (CLI-005, AMB-86)."""

    PERSON = 'person'
    """Физическое лицо."""
    ENTREPRENEUR = 'entrepreneur'
    """Индивидуальный предприниматель."""
    COMPANY = 'company'
    """Юридическое лицо."""
    FOREIGN_BRANCH = 'foreign_branch'
    """Филиал или производство иностранного юрлица."""


class ClientState(StrEnum):
    """Whether a client may use the whole application (CLI-004, AMB-78)."""

    ACTIVE = 'active'
    """Активен."""
    BLOCKED = 'blocked'
    """Заблокирован: signs in, reads and pays, and no more."""


class Sex(StrEnum):
    """As the passport says."""

    FEMALE = 'female'
    MALE = 'male'


class Right(StrEnum):
    """By what right a client is in premises (PRM-011)."""

    OWNER = 'owner'
    """Собственник."""
    TENANT = 'tenant'
    """Арендатор."""
    FAMILY = 'family'
    """Член семьи."""
    OTHER = 'other'
    """На другом основании."""


class Space(StrEnum):
    """The CRM that an external identifier belongs to (CLI-002, CLI-017)."""

    OPERATION = 'operation'
    """«Эксплуатация»: this system."""
    CONSTRUCTION = 'construction'
    """«Строительство»: shown here, changed there."""


class ExternalId(Stored):
    """What another system calls the client (CLI-016)."""

    system: Space
    value: str
    note: str | None = Field(None, description='Absent until somebody adds it (CLI-020).')


class Passport(Stored):
    """An identity document, as far as the card holds one (CLI-010)."""

    series: str | None = None
    number: str
    issued_by: str | None = None
    issued_on: date | None = None
    department_code: str | None = None


class Client(Stored):
    """One client of an organisation. Money is in kopecks; a client never has both a debt and an advance."""

    id: str
    organisation: str
    surname: str
    given_name: str = ''
    patronymic: str | None = None
    phone: str | None = Field(None, description='The login of a resident, E.164; changed by support only.')
    email: str | None = None
    kind: ClientKind = ClientKind.PERSON
    state: ClientState = ClientState.ACTIVE
    is_tester: bool = False
    sex: Sex | None = None
    born_on: date | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    passport: Passport | None = Field(None, repr=False)
    passport_comment: str | None = Field(None, repr=False)
    registration_address: str | None = Field(None, repr=False)
    postcode: str | None = None
    address_comment: str | None = None
    inn: str | None = Field(None, repr=False)
    snils: str | None = Field(None, repr=False)
    loyalty_card: str | None = None
    external_ids: tuple[ExternalId, ...] = ()
    avatar_key: str | None = None
    debt_minor: int = Field(0, ge=0, description='«Долг по ЖКУ», kopecks.')
    advance_minor: int = Field(0, ge=0, description='«Аванс по ЖКУ», kopecks.')
    locale: Locale | None = Field(None, description='None is the language of the organisation.')
    places: tuple[str, ...] = Field((), description='The buildings he has premises in.')
    last_seen_at: Instant | None = None
    version: int = 1

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic, as far as known; the name of a company."""
        return ' '.join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def is_blocked(self) -> bool:
        """Whether he may only sign in, read and pay (AMB-78)."""
        return self.state is ClientState.BLOCKED


class Tenure(Stored):
    """That a client is in premises, and by what right."""

    client_id: str
    premises_id: str
    building_id: str
    right: Right = Right.OTHER
    since_on: date | None = None
    is_kept_on_integration: bool = Field(False, description='«Не удалять клиента при интеграции» (PRM-008).')


class Home(Stored):
    """Where a client is, and by what right."""

    tenure: Tenure
    premises: Premises
    building: Building


class Settled(Stored):
    """Who is in premises, and by what right."""

    client: Client
    tenure: Tenure


class ClientAtHome(Stored):
    """A client and all his premises."""

    client: Client
    homes: tuple[Home, ...] = ()
