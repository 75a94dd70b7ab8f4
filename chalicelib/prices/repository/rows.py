"""The rows of price lists.

    pk                            sk               what
    <org>#<legal entity>          price#<id>       a line of the list
    <org>#<legal entity>          name#<name>      whose the name is, as names are compared; of active lines
    <org>#<legal entity>          import           which import the list is given to, while it is
    <org>#price#<id>              event#<v>.<n>    what happened at version v: audit and outbox
    <org>#<legal entity>#words#<letter>  <word>#<id>     what search finds; of active lines
    <org>#import#<id>             import           an import, with what is wrong with its workbook
    <org>#import#<id>             event#<v>.<n>    what became of it

`by_name` lists those of one state in the order of their names. Imports that are not over stand in the sparse
index `unfinished`.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import TableMeta
from chalicelib.kit.finding import FoundRow


class ByName(GlobalSecondaryIndex['PriceRow']):
    """The lines of one list and state in the order of names."""

    class Meta(TableMeta):
        index_name = 'by_name'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class Unfinished(GlobalSecondaryIndex['PriceRow']):
    """Imports that are not over, by when they were last in any hand; the sweep reads those of everybody."""

    class Meta(TableMeta):
        index_name = 'unfinished'
        projection = KeysOnlyProjection()

    unfinished = UnicodeAttribute(hash_key=True)
    worked_at = UnicodeAttribute(range_key=True)


class PriceRow(FoundRow):
    """A row of the table of prices."""

    class Meta(TableMeta):
        table_name = settings.table('prices')

    list_key = UnicodeAttribute(null=True)
    name_key = UnicodeAttribute(null=True)
    unfinished = UnicodeAttribute(null=True)
    worked_at = UnicodeAttribute(null=True)

    by_name = ByName()
    by_worked_at = Unfinished()
