"""The rows of incidents and the indexes they stand in.

    pk                       sk               what
    <org>#<incident>         incident         the incident, with the keys of every list it stands in
    <org>#<incident>         event#<v>.<n>    what happened at version v: audit and outbox
    <org>#<incident>         job#<kind>       how far the job of the kind is that follows its last change
    <org>#<i>#<kind>#<turn>  event#<v>.<n>    what is told of a job: it goes from hand to hand by this
    <org>#course             settings         which changes of incidents requests follow
    <org>#course#events      event#<v>.<n>    that it was changed

Which requests are attached stands with the requests.
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta


class ByList(GlobalSecondaryIndex['IncidentRow']):
    """The incidents of an organisation, by when they were entered."""

    class Meta(TableMeta):
        index_name = 'by_list'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByState(GlobalSecondaryIndex['IncidentRow']):
    """Those that are open, or those that are over."""

    class Meta(TableMeta):
        index_name = 'by_state'
        projection = AllProjection()

    state_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class Unfinished(GlobalSecondaryIndex['IncidentRow']):
    """Jobs that are not finished, by when somebody was at them last; for all organisations."""

    class Meta(TableMeta):
        index_name = 'unfinished'
        projection = KeysOnlyProjection()

    unfinished_key = UnicodeAttribute(hash_key=True)
    worked_at = UnicodeAttribute(range_key=True)


class IncidentRow(Row):
    """A row of the table of incidents; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('incidents')

    list_key = UnicodeAttribute(null=True)
    state_key = UnicodeAttribute(null=True)
    list_at = UnicodeAttribute(null=True)
    places = UnicodeSetAttribute(null=True)
    turn = NumberAttribute(null=True)
    unfinished_key = UnicodeAttribute(null=True)
    worked_at = UnicodeAttribute(null=True)

    by_list = ByList()
    by_state = ByState()
    unfinished = Unfinished()
