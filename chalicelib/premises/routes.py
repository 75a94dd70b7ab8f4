"""The staff's doors to quarters, groups, buildings and premises."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Stored
from chalicelib.premises.model import (
    AdministeredArea,
    Area,
    AreaChanges,
    AreasQuery,
    BuildingChanges,
    BuildingsQuery,
    Contact,
    Group,
    Named,
    NewArea,
    NewBuilding,
    NewPremises,
    PlacedBuilding,
    PlacedPremises,
    PremisesChanges,
    PremisesKind,
    PremisesQuery,
    Quarter,
    TagsQuery,
)
from chalicelib.premises.service import areas, buildings, dwellings
from chalicelib.staff.model import Permission

quarters_door = Api(__name__, '/v1/staff/quarters', Audience.STAFF)
groups_door = Api(__name__, '/v1/staff/groups', Audience.STAFF)
buildings_door = Api(__name__, '/v1/staff/buildings', Audience.STAFF)
premises_door = Api(__name__, '/v1/staff/premises', Audience.STAFF)
tags_door = Api(__name__, '/v1/staff/premises-tags', Audience.STAFF)
doors = [quarters_door, groups_door, buildings_door, premises_door, tags_door]

VIEW, EDIT = Permission.PREMISES_VIEW, Permission.PREMISES_EDIT


class AreaEntry(Stored):
    """A quarter or a group in a list."""

    id: Id
    name: str
    administrator_ids: tuple[Id, ...]
    version: int

    @classmethod
    def of(cls, area: Area) -> 'AreaEntry':
        """The entry of an area."""
        return cls.model_validate(area, from_attributes=True)


class AreaCard(Stored):
    """A quarter or a group with its administrators and how to reach them."""

    id: Id
    name: str
    administrators: tuple[Contact, ...]
    """Those who still work here."""
    version: int

    @classmethod
    def of(cls, seen: AdministeredArea) -> 'AreaCard':
        """The card of an area."""
        area = seen.area
        return cls(id=area.id, name=area.name, administrators=seen.administrators, version=area.version)


class BuildingCard(Stored):
    """A building and what it belongs to."""

    id: Id
    name: str
    address: str
    zone: str | None
    """IANA name; null where clocks go as in the organisation."""
    quarter: Named | None
    group: Named | None
    legal_entity: Named | None
    version: int

    @classmethod
    def of(cls, placed: PlacedBuilding) -> 'BuildingCard':
        """The card of a building."""
        names = {'quarter': placed.quarter, 'group': placed.group, 'legal_entity': placed.legal_entity}
        return cls.model_validate({**placed.building.model_dump(), **names})


class Address(Stored):
    """A building, as far as its premises speak of it."""

    id: Id
    name: str
    address: str


class PremisesCard(Stored):
    """Premises with the hints a selector shows: tags, note, personal account."""

    id: Id
    building: Address
    number: str
    kind: PremisesKind
    floor: int | None
    entrance: str | None
    area: float | None
    """Square metres."""
    tags: tuple[str, ...]
    note: str | None
    account: str | None
    version: int

    @classmethod
    def of(cls, placed: PlacedPremises) -> 'PremisesCard':
        """The card of premises."""
        building = Address.model_validate(placed.building, from_attributes=True)
        return cls.model_validate({**placed.premises.model_dump(), 'building': building})


class Tags(Stored):
    """Tags in use."""

    items: list[str]


@quarters_door.post(status=201, permission=EDIT)
def add_quarter(body: NewArea, caller: Caller) -> AreaCard:
    """Add a quarter."""
    return AreaCard.of(areas.add(Quarter, body, by=caller))


@quarters_door.get(permission=VIEW)
def list_quarters(query: AreasQuery, caller: Caller) -> Page[AreaEntry]:
    """Quarters by name, or found by the beginnings of words."""
    return areas.list_by_name(Quarter, query, by=caller).shown_as(AreaEntry.of)


@quarters_door.get('/{quarter_id}', permission=VIEW)
def read_quarter(quarter_id: Id, caller: Caller) -> AreaCard:
    """A quarter with its administrators."""
    return AreaCard.of(areas.get(Quarter, quarter_id, by=caller))


@quarters_door.patch('/{quarter_id}', permission=EDIT)
def change_quarter(quarter_id: Id, body: AreaChanges, caller: Caller) -> AreaCard:
    """Change a quarter: what is given is changed, the rest stays."""
    return AreaCard.of(areas.change(Quarter, quarter_id, body, by=caller))


@groups_door.post(status=201, permission=EDIT)
def add_group(body: NewArea, caller: Caller) -> AreaCard:
    """Add a group of buildings."""
    return AreaCard.of(areas.add(Group, body, by=caller))


@groups_door.get(permission=VIEW)
def list_groups(query: AreasQuery, caller: Caller) -> Page[AreaEntry]:
    """Groups of buildings by name, or found by the beginnings of words."""
    return areas.list_by_name(Group, query, by=caller).shown_as(AreaEntry.of)


@groups_door.get('/{group_id}', permission=VIEW)
def read_group(group_id: Id, caller: Caller) -> AreaCard:
    """A group of buildings with its administrators."""
    return AreaCard.of(areas.get(Group, group_id, by=caller))


@groups_door.patch('/{group_id}', permission=EDIT)
def change_group(group_id: Id, body: AreaChanges, caller: Caller) -> AreaCard:
    """Change a group of buildings: what is given is changed, the rest stays."""
    return AreaCard.of(areas.change(Group, group_id, body, by=caller))


@buildings_door.post(status=201, permission=EDIT)
def add_building(body: NewBuilding, caller: Caller) -> BuildingCard:
    """Add a building."""
    return BuildingCard.of(buildings.add(body, by=caller))


@buildings_door.get(permission=VIEW)
def list_buildings(query: BuildingsQuery, caller: Caller) -> Page[BuildingCard]:
    """Buildings by name, of a quarter or group, or found by the beginnings of words."""
    return buildings.list_by_name(query, by=caller).shown_as(BuildingCard.of)


@buildings_door.get('/{building_id}', permission=VIEW)
def read_building(building_id: Id, caller: Caller) -> BuildingCard:
    """A building and what it belongs to."""
    return BuildingCard.of(buildings.get(building_id, by=caller))


@buildings_door.patch('/{building_id}', permission=EDIT)
def change_building(building_id: Id, body: BuildingChanges, caller: Caller) -> BuildingCard:
    """Change a building: what is given is changed, null clears, the rest stays."""
    return BuildingCard.of(buildings.change(building_id, body, by=caller))


@buildings_door.delete('/{building_id}', permission=EDIT)
def remove_building(building_id: Id, caller: Caller) -> None:
    """Remove a building in which no premises stand."""
    buildings.remove(building_id, by=caller)


@premises_door.post(status=201, permission=EDIT)
def add_premises(body: NewPremises, caller: Caller) -> PremisesCard:
    """Add premises to a building."""
    return PremisesCard.of(dwellings.add(body, by=caller))


@premises_door.get(permission=VIEW)
def list_premises(query: PremisesQuery, caller: Caller) -> Page[PremisesCard]:
    """Premises of all buildings or one, or found by number, address or personal account."""
    return dwellings.list_by_number(query, by=caller).shown_as(PremisesCard.of)


@premises_door.get('/{premises_id}', permission=VIEW)
def read_premises(premises_id: Id, caller: Caller) -> PremisesCard:
    """Premises and the building they are in."""
    return PremisesCard.of(dwellings.get(premises_id, by=caller))


@premises_door.patch('/{premises_id}', permission=EDIT)
def change_premises(premises_id: Id, body: PremisesChanges, caller: Caller) -> PremisesCard:
    """Change premises: what is given is changed, null clears, the rest stays."""
    return PremisesCard.of(dwellings.change(premises_id, body, by=caller))


@premises_door.delete('/{premises_id}', permission=EDIT)
def remove_premises(premises_id: Id, caller: Caller) -> None:
    """Remove premises to which no client is attached."""
    dwellings.remove(premises_id, by=caller)


@tags_door.get(permission=VIEW)
def list_premises_tags(query: TagsQuery, caller: Caller) -> Tags:
    """Tags of premises that begin so, to be used again."""
    return Tags(items=dwellings.list_tags(query, by=caller))
