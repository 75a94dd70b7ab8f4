"""The rows of calls and the indexes they stand in.

    pk                      sk                     what
    <org>#<call>            call                   the call, with the keys of every list it stands in
    <org>#<call>            event#<v>.<n>          what happened at version v: audit and outbox
    <org>#<call>            heard#<event>          that this news was heard; for a month
    <org>#desk#<employee>   call#<at>#<call>       the call was at his telephone from then on; for a day
    <org>#desk#<employee>   made#<at>#<number>     he created a request then, during no call known so far
    <org>#telephony         settings               what is agreed on with the exchange
    <org>#telephony#events  event#<v>.<n>          that it was changed
    <org>#lines             <extension>            whose the internal number is
    <org>#lines#<ext>#<id>  event#<v>.<n>          that it was given or taken

A list is chosen by the rarest of what is asked for; the rest is a filter over its newest rows.
"""

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta

SHARDS = 8
"""Over how many partitions the due index is spread."""


class ByTime(GlobalSecondaryIndex['CallRow']):
    """All calls of an organisation."""

    class Meta(TableMeta):
        index_name = 'by_time'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByDirection(GlobalSecondaryIndex['CallRow']):
    """The incoming, or the outgoing ones."""

    class Meta(TableMeta):
        index_name = 'by_direction'
        projection = AllProjection()

    direction_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByMissed(GlobalSecondaryIndex['CallRow']):
    """The missed ones, or the others."""

    class Meta(TableMeta):
        index_name = 'by_missed'
        projection = AllProjection()

    missed_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByLinked(GlobalSecondaryIndex['CallRow']):
    """Those with a request, or those without."""

    class Meta(TableMeta):
        index_name = 'by_linked'
        projection = AllProjection()

    linked_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByEmployee(GlobalSecondaryIndex['CallRow']):
    """An employee's."""

    class Meta(TableMeta):
        index_name = 'by_employee'
        projection = AllProjection()

    employee_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByPhone(GlobalSecondaryIndex['CallRow']):
    """Those with one telephone."""

    class Meta(TableMeta):
        index_name = 'by_phone'
        projection = AllProjection()

    phone_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByRequest(GlobalSecondaryIndex['CallRow']):
    """Those about one request."""

    class Meta(TableMeta):
        index_name = 'by_request'
        projection = AllProjection()

    request_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex['CallRow']):
    """Calls that are not over, by when they are taken to be; the sweep reads it for all organisations."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class CallRow(Row):
    """A row of the table of calls; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('calls')

    list_key = UnicodeAttribute(null=True)
    list_at = UnicodeAttribute(null=True)
    direction_key = UnicodeAttribute(null=True)
    missed_key = UnicodeAttribute(null=True)
    linked_key = UnicodeAttribute(null=True)
    employee_key = UnicodeAttribute(null=True)
    phone_key = UnicodeAttribute(null=True)
    request_key = UnicodeAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    places = UnicodeSetAttribute(null=True)
    people = UnicodeSetAttribute(null=True)

    by_time = ByTime()
    by_direction = ByDirection()
    by_missed = ByMissed()
    by_linked = ByLinked()
    by_employee = ByEmployee()
    by_phone = ByPhone()
    by_request = ByRequest()
    due = Due()
