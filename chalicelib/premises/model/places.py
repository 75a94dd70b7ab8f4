"""Places as they are kept. Nothing here reads a row or a clock."""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.values import Stored


class PremisesKind(StrEnum):
    """What a premises is used for."""

    FLAT = 'flat'
    """Somebody's home."""
    OFFICE = 'office'
    """A place of work or trade."""
    PARKING = 'parking'
    """A parking space."""
    STORAGE = 'storage'
    """A storage room."""
    COMMON = 'common'
    """A place all residents share: a hall, a cellar, the yard."""


class Area(Stored):
    """Buildings taken together, and the employees who administer them."""

    id: str
    organisation: str
    name: str
    administrator_ids: tuple[str, ...] = ()
    version: int = 1


class Quarter(Area):
    """A quarter («квартал»): neighbouring buildings."""


class Group(Area):
    """A group of objects («группа»): buildings taken together for any reason."""


class Building(Stored):
    """A building («объект», a house): what a request is about when it is about no flat."""

    id: str
    organisation: str
    name: str
    address: str
    quarter_id: str | None = None
    group_id: str | None = None
    legal_entity_id: str | None = None
    zone: str | None = Field(None, description='IANA name; null where clocks go as in the organisation.')
    version: int = 1


class Premises(Stored):
    """A premises («помещение») in a building: a flat, an office, a parking space."""

    id: str
    organisation: str
    building_id: str
    number: str
    kind: PremisesKind = PremisesKind.FLAT
    floor: int | None = None
    entrance: str | None = None
    area: float | None = Field(None, description='Square metres.')
    tags: tuple[str, ...] = ()
    note: str | None = None
    account: str | None = Field(None, description='The number of the personal account shown in hints.')
    version: int = 1


class Named(Stored):
    """A thing's name, with the id that leads to its card (REQ-065)."""

    id: str
    name: str


class Contact(Stored):
    """An administrator and how to reach him (REQ-076)."""

    id: str
    name: str
    phone: str
    email: str | None = None


class PlacedBuilding(Stored):
    """A building with the names of what it belongs to: the hint of a selector (REQ-063)."""

    building: Building
    quarter: Named | None = None
    group: Named | None = None
    legal_entity: Named | None = None


class PlacedPremises(Stored):
    """Premises and the building they are in (REQ-064, REQ-078)."""

    premises: Premises
    building: Building


class AdministeredArea(Stored):
    """A quarter or a group and its administrators, as far as they still work here."""

    area: Area
    administrators: tuple[Contact, ...] = ()


class Administration(Stored):
    """Who administers a building: by its quarter and by its group (REQ-075)."""

    quarter: AdministeredArea | None = None
    group: AdministeredArea | None = None
    legal_entity: Named | None = None
