"""The rows of requests and the indexes they stand in.

    pk                      sk                  what
    <org>#<number>          request             the request, with the keys of every list it stands in
    <org>#<number>          event#<v>.<n>       what happened at version v: history, audit and outbox
    <org>#<number>          assignee#<id>       the request in the list of one of its assignees
    <org>#numbers           last                the last number given
    <org>#new               total#<shard>, <building>   how many requests are new
    <org>#load              <employee>          how many open requests an employee has
    <org>#incident#<id>     standing, request#<number>   an incident and what is attached (`incidents.py`)

A change is one transaction: the row on its version, its events, the assignees' rows and the counters.
"""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta

SHARDS = 8
"""Over how many rows a counter and over how many partitions the due index is spread."""

_LISTED = ['brief', 'building_id', 'version']


class ByUpdate(GlobalSecondaryIndex['RequestRow']):
    """All requests of an organisation by their rank: what is pinned last, before it the latest change."""

    class Meta(TableMeta):
        index_name = 'by_update'
        projection = IncludeProjection(_LISTED)

    list_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class NewByUpdate(GlobalSecondaryIndex['RequestRow']):
    """Those nobody has begun (REQ-011)."""

    class Meta(TableMeta):
        index_name = 'new_by_update'
        projection = IncludeProjection(_LISTED)

    new_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByAssignee(GlobalSecondaryIndex['RequestRow']):
    """An employee's own (REQ-016)."""

    class Meta(TableMeta):
        index_name = 'by_assignee'
        projection = IncludeProjection(_LISTED)

    assignee_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByClient(GlobalSecondaryIndex['RequestRow']):
    """A client's own, by the latest change: what staff find important does not move them."""

    class Meta(TableMeta):
        index_name = 'by_client'
        projection = AllProjection()

    client_key = UnicodeAttribute(hash_key=True)
    client_at = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex['RequestRow']):
    """What becomes true by itself, by the instant; the clock's sweep reads it for all organisations."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class RequestRow(Row):
    """A row of the table of requests; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('requests')

    brief = UnicodeAttribute(null=True)
    building_id = UnicodeAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    list_at = UnicodeAttribute(null=True)
    new_key = UnicodeAttribute(null=True)
    assignee_key = UnicodeAttribute(null=True)
    client_key = UnicodeAttribute(null=True)
    client_at = UnicodeAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    tally = NumberAttribute(null=True)
    moves = NumberAttribute(null=True)
    is_open = BooleanAttribute(null=True)

    by_update = ByUpdate()
    new_by_update = NewByUpdate()
    by_assignee = ByAssignee()
    by_client = ByClient()
    due = Due()


def pk_of(organisation: str, number: int) -> str:
    """The partition a request shares with all that happened to it."""
    return f'{organisation}#{number}'
