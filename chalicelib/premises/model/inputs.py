"""What callers may ask of the house: every field bounded, absent fields of a change are kept."""

from typing import Annotated, Self

from annotated_types import Len
from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Id, Line, Paging, Prose, Value
from chalicelib.premises.model.places import PremisesKind

Name = Annotated[str, Line(200)]
Address = Annotated[str, Line(500)]
Number = Annotated[str, Line(20)]
Text = Annotated[str, Line(100)]
Account = Annotated[str, Line(40)]

MOST_ADMINISTRATORS = 20
MOST_TAGS = 20

AdministratorIds = Annotated[tuple[Id, ...], Len(0, MOST_ADMINISTRATORS)]
Tags = Annotated[tuple[Annotated[str, Line(50)], ...], Len(0, MOST_TAGS)]
Floor = Annotated[int, Field(ge=-20, le=300)]
Area = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


def _zone(name: str) -> str:
    from zoneinfo import available_timezones  # walks the zone files: only a given zone pays for it

    if name not in available_timezones():
        raise PydanticCustomError('zone_unknown', 'not a time zone')
    return name


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]


class NewArea(Value):
    """A quarter or a group to be made."""

    name: Name
    administrator_ids: AdministratorIds = ()


class AreaChanges(Value):
    """What becomes different about a quarter or a group."""

    name: Name = ''
    administrator_ids: AdministratorIds = ()


class AreasQuery(Paging):
    """Which quarters or groups; `search` is the beginning of any words of the name."""

    search: Text | None = None


class NewBuilding(Value):
    """A building to be added."""

    name: Name
    address: Address
    quarter_id: Id | None = None
    group_id: Id | None = None
    legal_entity_id: Id | None = None
    zone: Zone | None = Field(None, description='IANA name; null where clocks go as in the organisation.')


class BuildingChanges(Value):
    """What becomes different about a building; null clears what may be absent."""

    name: Name = ''
    address: Address = ''
    quarter_id: Id | None = None
    group_id: Id | None = None
    legal_entity_id: Id | None = None
    zone: Zone | None = None


class BuildingsQuery(Paging):
    """Which buildings: by the beginnings of words of name and address, or of one quarter or group."""

    search: Text | None = None
    quarter_id: Id | None = None
    group_id: Id | None = None

    @model_validator(mode='after')
    def _one_way(self) -> Self:
        if sum(value is not None for value in (self.search, self.quarter_id, self.group_id)) > 1:
            raise PydanticCustomError('one_filter_only', 'one of q, quarter_id and group_id')
        return self


class NewPremises(Value):
    """Premises to be added to a building."""

    building_id: Id
    number: Number
    kind: PremisesKind = PremisesKind.FLAT
    floor: Floor | None = None
    entrance: Annotated[str, Line(20)] | None = None
    area: Area | None = Field(None, description='Square metres.')
    tags: Tags = ()
    note: Annotated[str, Prose(4000)] | None = None
    account: Account | None = None


class PremisesChanges(Value):
    """What becomes different about premises; null clears what may be absent. The building stays."""

    number: Number = ''
    kind: PremisesKind = PremisesKind.FLAT
    floor: Floor | None = None
    entrance: Annotated[str, Line(20)] | None = None
    area: Area | None = None
    tags: Tags = ()
    note: Annotated[str, Prose(4000)] | None = None
    account: Account | None = None


class PremisesQuery(Paging):
    """Which premises: of a building, by the beginning of the number there, or anywhere by words.

    Without `building_id`, `search` is the number of a personal account, or words of the address followed
    by the number: `лесная 5 12`.
    """

    building_id: Id | None = None
    search: Text | None = None


class TagsQuery(Value):
    """Which tags: those that begin with `search`."""

    search: Annotated[str, Line(50)] | None = None
    limit: int = Field(25, ge=1, le=100)
