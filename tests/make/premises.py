"""Places for tests, made through the service; every argument is optional."""

import itertools
from typing import Any

from chalicelib.kit.caller import Audience, Caller, Scope
from chalicelib.premises.model import (
    Building,
    Group,
    NewArea,
    NewBuilding,
    NewPremises,
    Premises,
    Quarter,
)
from chalicelib.premises.service import areas, buildings, dwellings
from chalicelib.staff.model import Permission

_numbers = itertools.count(1)


def caller(organisation: str = 'demo', places: Any = None, **changes: Any) -> Caller:
    """An employee who may do everything; `places` are the buildings he sees, all unless given."""
    scope = Scope(None if places is None else frozenset(places))
    fields = {'id': 'e1', 'name': 'Анна', 'permissions': frozenset(Permission), 'scope': scope, **changes}
    return Caller(organisation, Audience.STAFF, **fields)


def quarter(organisation: str = 'demo', **changes: Any) -> Quarter:
    """A quarter that nobody administers."""
    area = areas.add(Quarter, NewArea(**{'name': 'Северный', **changes}), by=caller(organisation)).area
    assert isinstance(area, Quarter)
    return area


def group(organisation: str = 'demo', **changes: Any) -> Group:
    """A group of buildings that nobody administers."""
    area = areas.add(Group, NewArea(**{'name': 'Новостройки', **changes}), by=caller(organisation)).area
    assert isinstance(area, Group)
    return area


def building(organisation: str = 'demo', **changes: Any) -> Building:
    """A building that belongs to nothing."""
    fields = {'name': 'Лесная, 5', 'address': 'Москва, улица Лесная, дом 5', **changes}
    return buildings.add(NewBuilding(**fields), by=caller(organisation)).building


def premises(organisation: str = 'demo', **changes: Any) -> Premises:
    """A flat of a number of its own, in a new building unless `building_id` is given."""
    fields = {'number': str(next(_numbers)), **changes}
    if 'building_id' not in fields:
        fields['building_id'] = building(organisation).id
    return dwellings.add(NewPremises(**fields), by=caller(organisation)).premises
