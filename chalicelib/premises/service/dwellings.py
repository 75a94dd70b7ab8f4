"""Premises: flats, offices, parking spaces; how they are found and kept (PRM-002, PRM-009)."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import asked, has_word, sought
from chalicelib.premises import repository
from chalicelib.premises.events import PremisesAdded, PremisesChanged, PremisesRemoved, changes
from chalicelib.premises.model import (
    Building,
    BuildingNotFound,
    BuildingUnknown,
    NewPremises,
    PlacedPremises,
    Premises,
    PremisesChanges,
    PremisesNotFound,
    PremisesQuery,
    TagsQuery,
)

BUILDINGS_PER_SEARCH = 5
"""A search by address looks for the number in no more buildings than these."""


def add(body: NewPremises, *, by: Caller) -> PlacedPremises:
    """Premises exist in a building; raises BuildingUnknown, PremisesNumberTaken (PRM-002)."""
    building = dynamo.find(repository.reading_building(by.organisation, body.building_id))
    if building is None or not by.scope.covers(building.id):
        raise BuildingUnknown()
    fields = body.model_dump()
    fields['tags'], tagging = repository.tagging(by.organisation, body.tags)
    premises = Premises(id=new_id(), organisation=by.organisation, **fields)
    event = PremisesAdded(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        premises_id=premises.id,
        building_id=building.id,
        number=premises.number,
        kind=premises.kind,
    )
    dynamo.commit(*repository.adding(premises, event), *tagging)
    return PlacedPremises(premises=premises, building=building)


def get(premises_id: str, *, by: Caller) -> PlacedPremises:
    """Premises with the building they are in (REQ-078)."""
    premises = _seen(premises_id, by)
    building = dynamo.get(repository.reading_building(by.organisation, premises.building_id))
    return PlacedPremises(premises=premises, building=building)


def change(premises_id: str, body: PremisesChanges, *, by: Caller) -> PlacedPremises:
    """The premises are as asked; raises PremisesNumberTaken (PRM-003, PRM-009)."""
    was = _seen(premises_id, by)
    dynamo.agree(was.version)
    building = dynamo.get(repository.reading_building(by.organisation, was.building_id))
    wished = body.model_dump(exclude_unset=True)
    tagging: list[Write] = []
    if 'tags' in wished:
        wished['tags'], tagging = repository.tagging(by.organisation, body.tags)
    premises = was.model_copy(update=wished)
    if premises != was:
        premises = premises.model_copy(update={'version': was.version + 1})
        event = PremisesChanged(
            organisation=by.organisation,
            at=clock.now(),
            by=Actor.of(by),
            premises_id=premises.id,
            building_id=premises.building_id,
            changes=changes(was, premises),
        )
        dynamo.commit(*repository.changing(premises, was, event), *tagging)
    return PlacedPremises(premises=premises, building=building)


def remove(premises_id: str, *, by: Caller) -> None:
    """The premises are gone; raises PremisesInhabited while clients are attached."""
    premises = _seen(premises_id, by)
    dynamo.agree(premises.version)
    event = PremisesRemoved(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        premises_id=premises.id,
        building_id=premises.building_id,
    )
    dynamo.commit(*repository.removing(premises, event))


def list_by_number(query: PremisesQuery, *, by: Caller) -> Page[PlacedPremises]:
    """Premises within the caller's scope: all, of a building, or as searched (PRM-002, REQ-058, REQ-064).

    A list costs one Query and one batch read for the buildings; what a search costs says `_searched`.
    """
    if query.building_id is not None:
        page = _in_building(query, by)
    elif query.search is not None:
        page = _searched(query.search, query, by)
    else:
        page = repository.list_by_name(Premises, by.organisation, by.scope, query)
    seen = [premises for premises in page.items if by.scope.covers(premises.building_id)]
    return Page(items=place_all(by.organisation, seen), next_cursor=page.next_cursor)


def place_all(organisation: str, premises: list[Premises]) -> list[PlacedPremises]:
    """The premises with their buildings: one round trip for each hundred buildings."""
    buildings = repository.find_all(Building, organisation, (one.building_id for one in premises))
    return [
        PlacedPremises(premises=one, building=buildings[one.building_id])
        for one in premises
        if one.building_id in buildings
    ]


def find_placed(organisation: str, premises_ids: list[str]) -> list[PlacedPremises]:
    """Those of the premises that exist, in the order given, with their buildings: two round trips."""
    found = repository.find_all(Premises, organisation, premises_ids)
    return place_all(organisation, [found[id] for id in premises_ids if id in found])


def list_tags(query: TagsQuery, *, by: Caller) -> list[str]:
    """Tags of premises in use that begin so, at most `limit`."""
    return repository.list_tags(by.organisation, query.search or '', query.limit)


def moving_in(organisation: str, premises_id: str) -> list[Write]:
    """One more client will be attached to the premises; raises PremisesNotFound where they are gone."""
    return [repository.inhabiting(organisation, premises_id, 1)]


def moving_out(organisation: str, premises_id: str) -> list[Write]:
    """One client fewer will be attached to the premises, which may then be removed."""
    return [repository.inhabiting(organisation, premises_id, -1)]


def _seen(premises_id: str, by: Caller) -> Premises:
    premises = dynamo.get(repository.reading_premises(by.organisation, premises_id))
    if not by.scope.covers(premises.building_id):
        raise PremisesNotFound()
    return premises


def _in_building(query: PremisesQuery, by: Caller) -> Page[Premises]:
    building = dynamo.get(repository.reading_building(by.organisation, query.building_id or ''))
    if not by.scope.covers(building.id):
        raise BuildingNotFound()
    if query.search is not None:
        return repository.search_numbers(building, query.search, query)
    return repository.list_by_name(Premises, by.organisation, by.scope, query, within=building.id)


def _searched(text: str, paging: Paging, by: Caller) -> Page[Premises]:
    """Premises by their own words (number, personal account), or by words of the address and the number.

    Words of the address are kept with the building alone, so that renaming it changes one row; the search
    joins: one search among premises, one among buildings, and one or two Queries in each of the first
    BUILDINGS_PER_SEARCH buildings. Only the search among premises leads on to a next page.
    """
    own = repository.search(Premises, by.organisation, asked(text), by.scope, paging)
    if paging.cursor is not None or len(own.items) >= paging.limit:
        return own
    found = {premises.id: premises for premises in own.items}
    for premises in _by_address(text, paging.limit, by):
        found.setdefault(premises.id, premises)
    return Page(items=list(found.values())[: paging.limit], next_cursor=own.next_cursor)


def _by_address(text: str, limit: int, by: Caller) -> list[Premises]:
    *address, last = sought(text) or ('',)
    few, several = Paging(limit=BUILDINGS_PER_SEARCH), Paging(limit=limit)
    there = asked(' '.join(address or [last]))
    found: list[Premises] = []
    for building in repository.search(Building, by.organisation, there, by.scope, few).items:
        if len(found) >= limit:
            break
        if address:
            found += repository.search_numbers(building, last, several).items
        if has_word(f'{building.name} {building.address}', last):
            organisation = building.organisation
            page = repository.list_by_name(Premises, organisation, by.scope, several, within=building.id)
            found += page.items
    return found
