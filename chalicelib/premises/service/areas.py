"""Quarters and groups of buildings, and the employees who administer them (PRM-010, REQ-075)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor, Event
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import asked
from chalicelib.premises import repository
from chalicelib.premises.events import GroupAdded, GroupChanged, QuarterAdded, QuarterChanged, changes
from chalicelib.premises.model import (
    AdministeredArea,
    AdministratorUnknown,
    AreaChanges,
    AreasQuery,
    Contact,
    Group,
    NewArea,
    Quarter,
)
from chalicelib.staff import service as staff
from chalicelib.staff.model import Employee

A = TypeVar('A', Quarter, Group)


def add(kind: type[A], body: NewArea, *, by: Caller) -> AdministeredArea:
    """A quarter or a group exists with its administrators; raises AdministratorUnknown (PRM-010)."""
    people = _chosen(by.organisation, body.administrator_ids, known=())
    area = kind(
        id=new_id(),
        organisation=by.organisation,
        name=body.name,
        administrator_ids=tuple(person.id for person in people),
    )
    dynamo.commit(*repository.adding(area, _added(area, by)))
    return AdministeredArea(area=area, administrators=contacts(people))


def get(kind: type[A], area_id: str, *, by: Caller) -> AdministeredArea:
    """A quarter or a group with its administrators and how to reach them (REQ-076)."""
    area = dynamo.get(repository.reading(kind, by.organisation, area_id))
    return AdministeredArea(area=area, administrators=contacts(people_of(area)))


def change(kind: type[A], area_id: str, body: AreaChanges, *, by: Caller) -> AdministeredArea:
    """The quarter or group is as asked; raises AdministratorUnknown."""
    was = dynamo.get(repository.reading(kind, by.organisation, area_id))
    dynamo.agree(was.version)
    wished = body.model_dump(exclude_unset=True)
    ids = wished.get('administrator_ids', was.administrator_ids)
    people = _chosen(by.organisation, ids, known=was.administrator_ids)
    if 'administrator_ids' in wished:
        wished['administrator_ids'] = tuple(person.id for person in people)
    area = was.model_copy(update=wished)
    if area != was:
        area = area.model_copy(update={'version': was.version + 1})
        dynamo.commit(*repository.changing(area, was, _changed(area, was, by)))
    return AdministeredArea(area=area, administrators=contacts(people))


def list_by_name(kind: type[A], query: AreasQuery, *, by: Caller) -> Page[A]:
    """Quarters or groups by name, or those that have words beginning so (REQ-058).

    They are the whole organisation's: who sees some of the buildings finds his quarter among all.
    """
    if query.search is not None:
        return repository.search(kind, by.organisation, asked(query.search), Scope(), query)
    return repository.list_by_name(kind, by.organisation, Scope(), query)


def in_groups(groups: Iterable[Group], most: int) -> list[str]:
    """The ids of the buildings of the groups, a few more than `most` at most: a query for each hundred."""
    found: dict[str, None] = {}
    for group in groups:
        cursor: str | None = None
        while len(found) <= most:
            page = repository.list_buildings_of(group, Scope(), Paging(limit=100, cursor=cursor))
            found |= dict.fromkeys(building.id for building in page.items)
            cursor = page.next_cursor
            if cursor is None:
                break
    return list(found)


def people_of(*areas: Quarter | Group | None) -> tuple[Employee, ...]:
    """The administrators of the areas, in one round trip."""
    wanted = {id: area.organisation for area in areas if area for id in area.administrator_ids}
    return tuple(dynamo.fetch_all(staff.reading_employee(wanted[id], id) for id in wanted))


def contacts(people: Iterable[Employee]) -> tuple[Contact, ...]:
    """How to reach those who still work here (REQ-076)."""
    return tuple(
        Contact(id=person.id, name=person.name, phone=person.phone, email=person.email)
        for person in people
        if person.is_active
    )


def _added(area: Quarter | Group, by: Caller) -> Event:
    told: dict[str, Any] = {'organisation': by.organisation, 'at': clock.now(), 'by': Actor.of(by)}
    if isinstance(area, Quarter):
        return QuarterAdded(quarter_id=area.id, name=area.name, **told)
    return GroupAdded(group_id=area.id, name=area.name, **told)


def _changed(area: Quarter | Group, was: Quarter | Group, by: Caller) -> Event:
    told: dict[str, Any] = {'organisation': by.organisation, 'at': clock.now(), 'by': Actor.of(by)}
    if isinstance(area, Quarter):
        return QuarterChanged(quarter_id=area.id, changes=changes(was, area), **told)
    return GroupChanged(group_id=area.id, changes=changes(was, area), **told)


def _chosen(organisation: str, ids: Iterable[str], known: Iterable[str]) -> tuple[Employee, ...]:
    """The employees chosen; one who has left since he was chosen may stay, a new one must work here."""
    reads = [
        replace(staff.reading_employee(organisation, id), missing=AdministratorUnknown)
        for id in dict.fromkeys(ids)
    ]
    people = _fetched(reads)
    if any(not person.is_active and person.id not in known for person in people):
        raise AdministratorUnknown()
    return people


def _fetched(reads: list[dynamo.Read[Employee]]) -> tuple[Employee, ...]:
    return tuple(person for person in dynamo.fetch(*reads) if person is not None) if reads else ()
