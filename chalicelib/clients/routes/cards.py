"""What the doors answer with: clients and their homes as staff and residents see them."""

from datetime import date
from typing import Self

from chalicelib.clients.model import (
    Client,
    ClientAtHome,
    ClientKind,
    ClientState,
    ExternalId,
    Home,
    Locale,
    Passport,
    Right,
    Settled,
    Sex,
)
from chalicelib.kit.values import Id, Instant, Stored
from chalicelib.premises.model import PremisesKind


class Money(Stored):
    """A sum."""

    minor: int
    """Kopecks."""
    currency: str = 'RUB'


class ClientEntry(Stored):
    """A client in a list, with the hints a selector shows."""

    id: Id
    full_name: str
    surname: str
    given_name: str
    patronymic: str | None
    phone: str | None
    email: str | None
    kind: ClientKind
    state: ClientState
    is_tester: bool
    tags: tuple[str, ...]
    note: str | None
    avatar_key: str | None
    debt: Money | None
    """«Долг по ЖКУ»; null where there is none."""
    advance: Money | None
    """«Аванс по ЖКУ»; null where there is none."""
    last_seen_at: Instant | None
    """The last login to the personal account."""
    version: int

    @classmethod
    def of(cls, client: Client) -> Self:
        """The entry or card of a client."""
        return cls.model_validate(fields_of(client))


class ClientDetails(ClientEntry):
    """A client's card. Passport, INN and SNILS are masked but in `GET /{client_id}` by who edits clients."""

    sex: Sex | None
    born_on: date | None
    passport: Passport | None
    passport_comment: str | None
    registration_address: str | None
    postcode: str | None
    address_comment: str | None
    inn: str | None
    snils: str | None
    loyalty_card: str | None
    external_ids: tuple[ExternalId, ...]
    locale: Locale | None


class Address(Stored):
    """A building, as far as its premises speak of it."""

    id: Id
    name: str
    address: str


class OwnHome(Stored):
    """Premises of a resident, and by what right."""

    premises_id: Id
    building: Address
    number: str
    kind: PremisesKind
    floor: int | None
    entrance: str | None
    right: Right
    since_on: date | None

    @classmethod
    def of(cls, home: Home) -> 'OwnHome':
        """The card of a home, as its resident sees it."""
        building = Address.model_validate(home.building, from_attributes=True)
        return cls.model_validate(
            {**home.premises.model_dump(), **home.tenure.model_dump(), 'building': building}
        )


class HomeCard(OwnHome):
    """Premises of a client with the hints a selector shows: tags, note, personal account."""

    tags: tuple[str, ...]
    note: str | None
    account: str | None
    is_kept_on_integration: bool
    """«Не удалять клиента при интеграции»."""

    @classmethod
    def of(cls, home: Home) -> 'HomeCard':
        """The card of a home, as staff see it."""
        return cls.model_validate(OwnHome.of(home).model_dump() | _staff_only(home))


class ClientCard(ClientDetails):
    """A client with the premises of his that the caller may see."""

    premises: tuple[HomeCard, ...]

    @classmethod
    def of_home(cls, seen: ClientAtHome) -> 'ClientCard':
        """The card of a client with his premises."""
        premises = [HomeCard.of(home) for home in seen.homes]
        return cls.model_validate({**fields_of(seen.client), 'premises': premises})


class Dweller(Stored):
    """Who is in premises, and by what right."""

    client: ClientEntry
    right: Right
    since_on: date | None
    is_kept_on_integration: bool
    """«Не удалять клиента при интеграции»."""

    @classmethod
    def of(cls, settled: Settled) -> 'Dweller':
        """The card of one who is in premises."""
        return cls.model_validate({**settled.tenure.model_dump(), 'client': fields_of(settled.client)})


class OwnCard(Stored):
    """A resident as he sees himself."""

    id: Id
    surname: str
    given_name: str
    patronymic: str | None
    phone: str | None
    email: str | None
    locale: Locale | None
    state: ClientState
    version: int

    @classmethod
    def of(cls, client: Client) -> 'OwnCard':
        """The card of a resident."""
        return cls.model_validate(client, from_attributes=True)


class ClientTags(Stored):
    """Tags in use."""

    items: list[str]


def fields_of(client: Client) -> dict[str, object]:
    """What the cards of a client are made from."""
    return {
        **client.model_dump(),
        'full_name': client.full_name,
        'debt': Money(minor=client.debt_minor) if client.debt_minor else None,
        'advance': Money(minor=client.advance_minor) if client.advance_minor else None,
    }


def _staff_only(home: Home) -> dict[str, object]:
    premises = home.premises
    return {
        'tags': premises.tags,
        'note': premises.note,
        'account': premises.account,
        'is_kept_on_integration': home.tenure.is_kept_on_integration,
    }
