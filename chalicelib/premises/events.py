"""What happened to places."""

from typing import Any, ClassVar

from chalicelib.kit.outbox import Event
from chalicelib.kit.values import Stored


class Change(Stored):
    """One field that became different, for people who read the history."""

    field: str
    was: Any = None
    now: Any = None


class _OfPlace(Event):
    """A fact about one place."""

    source: ClassVar[str] = 'premises'


class QuarterAdded(_OfPlace):
    """A quarter exists."""

    quarter_id: str
    name: str


class QuarterChanged(_OfPlace):
    """A quarter is different."""

    quarter_id: str
    changes: tuple[Change, ...]


class GroupAdded(_OfPlace):
    """A group of objects exists."""

    group_id: str
    name: str


class GroupChanged(_OfPlace):
    """A group of objects is different."""

    group_id: str
    changes: tuple[Change, ...]


class BuildingAdded(_OfPlace):
    """A building exists."""

    building_id: str
    name: str
    address: str


class BuildingChanged(_OfPlace):
    """A building is different."""

    building_id: str
    changes: tuple[Change, ...]


class BuildingRemoved(_OfPlace):
    """An empty building is gone."""

    building_id: str


class PremisesAdded(_OfPlace):
    """Premises exist in a building."""

    premises_id: str
    building_id: str
    number: str
    kind: str


class PremisesChanged(_OfPlace):
    """Premises are different."""

    premises_id: str
    building_id: str
    changes: tuple[Change, ...]


class PremisesRemoved(_OfPlace):
    """Premises in which nobody lived are gone."""

    premises_id: str
    building_id: str


def changes(was: Stored, now: Stored) -> tuple[Change, ...]:
    """The fields in which two states of one thing differ, its version apart."""
    before, after = was.model_dump(mode='json'), now.model_dump(mode='json')
    return tuple(
        Change(field=field, was=before[field], now=after[field])
        for field in after
        if field != 'version' and before[field] != after[field]
    )
