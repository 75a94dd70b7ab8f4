"""The rows of places.

    <organisation>#building#<id>          building | count | number#<number>#<kind> | event#...
    <organisation>#premises#<id>          premises | count | event#...
    <organisation>#quarter#<id>           quarter | event#...          (the same for `group`)
    <organisation>#words#<what>#<letter>  <word>#<id>                  what search finds
    <organisation>#tags                   <folded tag>                 tags in use

`by_list` lists things of one kind by name, and the premises of a building by number; `by_quarter` and
`by_group` list buildings. The counts are rows of their own, so that moving in does not change the version
of what people edit.
"""

from typing import TypeVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Read, TableMeta
from chalicelib.kit.errors import NotFound
from chalicelib.kit.finding import FoundRow
from chalicelib.premises.model import (
    Building,
    BuildingNotFound,
    Group,
    GroupNotFound,
    Premises,
    PremisesNotFound,
    Quarter,
    QuarterNotFound,
)

Place = Quarter | Group | Building | Premises
P = TypeVar('P', Quarter, Group, Building, Premises)


class ByList(GlobalSecondaryIndex['PlaceRow']):
    """Things of one kind in the order of their names."""

    class Meta(TableMeta):
        index_name = 'by_list'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    list_order = UnicodeAttribute(range_key=True)


class ByQuarter(GlobalSecondaryIndex['PlaceRow']):
    """The buildings of a quarter in the order of their names."""

    class Meta(TableMeta):
        index_name = 'by_quarter'
        projection = AllProjection()

    quarter_key = UnicodeAttribute(hash_key=True)
    list_order = UnicodeAttribute(range_key=True)


class ByGroup(GlobalSecondaryIndex['PlaceRow']):
    """The buildings of a group in the order of their names."""

    class Meta(TableMeta):
        index_name = 'by_group'
        projection = AllProjection()

    group_key = UnicodeAttribute(hash_key=True)
    list_order = UnicodeAttribute(range_key=True)


class PlaceRow(FoundRow):
    """One row of the house; `place` is the building that the scope of employees speaks of."""

    class Meta(TableMeta):
        table_name = settings.table('premises')

    list_key = UnicodeAttribute(null=True)
    list_order = UnicodeAttribute(null=True)
    quarter_key = UnicodeAttribute(null=True)
    group_key = UnicodeAttribute(null=True)
    place = UnicodeAttribute(null=True)
    total = NumberAttribute(null=True)

    by_list = ByList()
    by_quarter = ByQuarter()
    by_group = ByGroup()


KINDS: dict[type, str] = {Quarter: 'quarter', Group: 'group', Building: 'building', Premises: 'premises'}
MISSING: dict[type, type[NotFound]] = {
    Quarter: QuarterNotFound,
    Group: GroupNotFound,
    Building: BuildingNotFound,
    Premises: PremisesNotFound,
}


def reading(kind: type[P], organisation: str, id: str) -> Read[P]:
    """A look at a place of a kind; missing is the kind's NotFound."""
    return Read(
        PlaceRow,
        (pk(organisation, kind, id), KINDS[kind]),
        lambda row: kind.model_validate_json(row.body),
        MISSING[kind],
    )


def reading_quarter(organisation: str, quarter_id: str) -> Read[Quarter]:
    """A look at a quarter; missing is QuarterNotFound."""
    return reading(Quarter, organisation, quarter_id)


def reading_group(organisation: str, group_id: str) -> Read[Group]:
    """A look at a group; missing is GroupNotFound."""
    return reading(Group, organisation, group_id)


def reading_building(organisation: str, building_id: str) -> Read[Building]:
    """A look at a building; missing is BuildingNotFound."""
    return reading(Building, organisation, building_id)


def reading_premises(organisation: str, premises_id: str) -> Read[Premises]:
    """A look at premises; missing is PremisesNotFound."""
    return reading(Premises, organisation, premises_id)


def pk(organisation: str, kind: type, id: str) -> str:
    """The partition of one place."""
    return f'{organisation}#{KINDS[kind]}#{id}'


def list_key(organisation: str, kind: type) -> str:
    """The list of all places of a kind."""
    return f'{organisation}#{KINDS[kind]}'


def words_shelf(organisation: str, kind: type) -> str:
    """Where the words of a kind stand."""
    return f'{organisation}#words#{KINDS[kind]}'
