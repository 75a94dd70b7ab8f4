"""Buildings: what stands where and what it belongs to (PRM-010, REQ-063)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page
from chalicelib.kit.words import asked
from chalicelib.premises import repository
from chalicelib.premises.events import BuildingAdded, BuildingChanged, BuildingRemoved, changes
from chalicelib.premises.model import (
    AdministeredArea,
    Administration,
    Building,
    BuildingBeyondScope,
    BuildingChanges,
    BuildingNotFound,
    BuildingsQuery,
    Group,
    GroupUnknown,
    LegalEntityUnknown,
    Named,
    NewBuilding,
    PlacedBuilding,
    Quarter,
    QuarterUnknown,
)
from chalicelib.premises.service import areas
from chalicelib.staff import service as staff
from chalicelib.staff.model import LegalEntity


def add(body: NewBuilding, *, by: Caller) -> PlacedBuilding:
    """A building exists; raises QuarterUnknown, GroupUnknown, LegalEntityUnknown, BuildingBeyondScope."""
    if by.scope.places is not None:
        raise BuildingBeyondScope()
    building = Building(id=new_id(), organisation=by.organisation, **body.model_dump())
    placed = _placed(building, are_needed=True)
    event = BuildingAdded(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        building_id=building.id,
        name=building.name,
        address=building.address,
    )
    dynamo.commit(*repository.adding(building, event))
    return placed


def get(building_id: str, *, by: Caller) -> PlacedBuilding:
    """A building with the names of its quarter, group and legal entity (REQ-063)."""
    return _placed(_seen(building_id, by))


def change(building_id: str, body: BuildingChanges, *, by: Caller) -> PlacedBuilding:
    """The building is as asked; raises QuarterUnknown, GroupUnknown, LegalEntityUnknown."""
    was = _seen(building_id, by)
    dynamo.agree(was.version)
    building = was.model_copy(update=body.model_dump(exclude_unset=True))
    placed = _placed(building, are_needed=True)
    if building == was:
        return placed
    building = building.model_copy(update={'version': was.version + 1})
    event = BuildingChanged(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        building_id=building.id,
        changes=changes(was, building),
    )
    dynamo.commit(*repository.changing(building, was, event))
    return placed.model_copy(update={'building': building})


def remove(building_id: str, *, by: Caller) -> None:
    """The building is gone; raises BuildingNotEmpty while premises stand in it."""
    building = _seen(building_id, by)
    dynamo.agree(building.version)
    event = BuildingRemoved(
        organisation=by.organisation, at=clock.now(), by=Actor.of(by), building_id=building.id
    )
    dynamo.commit(*repository.removing(building, event))


def list_by_name(query: BuildingsQuery, *, by: Caller) -> Page[PlacedBuilding]:
    """Buildings within the caller's scope: all, of a quarter or group, or found by words (REQ-058, REQ-063).

    One Query (a search takes up to four and a batch read), and one batch read for the names of up to a
    hundred quarters, groups and legal entities.
    """
    page = _page(query, by)
    seen = [building for building in page.items if by.scope.covers(building.id)]
    return Page(items=place_all(seen), next_cursor=page.next_cursor)


def place_all(buildings: Sequence[Building]) -> list[PlacedBuilding]:
    """The buildings with the names of what they belong to: one round trip for each hundred names."""
    reads: dict[str, dynamo.Read[Any]] = {}
    for building in buildings:
        reads.update(_reads(building))
    things = dynamo.fetch_all(reads.values())
    named = {thing.id: Named(id=thing.id, name=thing.name) for thing in things}
    return [
        PlacedBuilding(
            building=building,
            quarter=named.get(building.quarter_id or ''),
            group=named.get(building.group_id or ''),
            legal_entity=named.get(building.legal_entity_id or ''),
        )
        for building in buildings
    ]


def administration_of(building: Building) -> Administration:
    """Who administers the building by its quarter and by its group, and its legal entity: two round trips
    (REQ-075, REQ-076)."""
    quarter, group, legal_entity = _belongings(building)
    people = {person.id: person for person in areas.people_of(quarter, group)}

    def administered(area: Quarter | Group | None) -> AdministeredArea | None:
        if area is None:
            return None
        own = [people[id] for id in area.administrator_ids if id in people]
        return AdministeredArea(area=area, administrators=areas.contacts(own))

    return Administration(
        quarter=administered(quarter),
        group=administered(group),
        legal_entity=_named(legal_entity),
    )


def _seen(building_id: str, by: Caller) -> Building:
    building = dynamo.get(repository.reading_building(by.organisation, building_id))
    if not by.scope.covers(building.id):
        raise BuildingNotFound()
    return building


def _page(query: BuildingsQuery, by: Caller) -> Page[Building]:
    if query.search is not None:
        return repository.search(Building, by.organisation, asked(query.search), by.scope, query)
    if query.quarter_id is not None:
        quarter = dynamo.get(repository.reading_quarter(by.organisation, query.quarter_id))
        return repository.list_buildings_of(quarter, by.scope, query)
    if query.group_id is not None:
        group = dynamo.get(repository.reading_group(by.organisation, query.group_id))
        return repository.list_buildings_of(group, by.scope, query)
    return repository.list_by_name(Building, by.organisation, by.scope, query)


def _placed(building: Building, *, are_needed: bool = False) -> PlacedBuilding:
    quarter, group, legal_entity = _belongings(building, are_needed=are_needed)
    return PlacedBuilding(
        building=building, quarter=_named(quarter), group=_named(group), legal_entity=_named(legal_entity)
    )


def _belongings(
    building: Building, *, are_needed: bool = False
) -> tuple[Quarter | None, Group | None, LegalEntity | None]:
    reads = _reads(building)
    if not reads:
        return None, None, None
    unknown = {
        building.quarter_id: QuarterUnknown,
        building.group_id: GroupUnknown,
        building.legal_entity_id: LegalEntityUnknown,
    }
    looks = [replace(read, missing=unknown[id] if are_needed else None) for id, read in reads.items()]
    found = dict(zip(reads, dynamo.fetch(*looks), strict=True))
    return (
        found.get(building.quarter_id or ''),
        found.get(building.group_id or ''),
        found.get(building.legal_entity_id or ''),
    )


def _reads(building: Building) -> dict[str, dynamo.Read[Any]]:
    """Looks at what the building belongs to, by id."""
    organisation = building.organisation
    reads: dict[str, dynamo.Read[Any]] = {}
    if building.quarter_id:
        reads[building.quarter_id] = repository.reading_quarter(organisation, building.quarter_id)
    if building.group_id:
        reads[building.group_id] = repository.reading_group(organisation, building.group_id)
    if building.legal_entity_id:
        entity_id = building.legal_entity_id
        reads[entity_id] = staff.reading_legal_entity(organisation, entity_id)
    return reads


def _named(thing: Quarter | Group | LegalEntity | None) -> Named | None:
    return None if thing is None else Named(id=thing.id, name=thing.name)
