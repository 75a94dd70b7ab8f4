"""The rows of the register and the indexes they stand in.

    pk                          sk                     what
    <org>#<number>              entry#<at>#<id>        a payment of the request, or what goes back of one
    <org>#reconciliation#<id>   reconciliation         how far the comparison of a day is
    <org>#reconciliation#<id>   seen#<step>            which of ours a step met there
    <org>#reconciliation#<id>   difference#<name>      what is not the same here and there
    <org>#reconciliation#<id>   event#<v>.<n>          what happened at version v: audit and outbox
    <org>#days                  <shop>#<day>           which reconciliation is comparing that day now
    <org>#returned#<shop>       <at>#<payment>         that money of it went back elsewhere, as was told then
    <org>#shops                 <shop>                 that it is compared every night, and which day is next

A list is chosen by the rarest of what is asked for; the rest is a filter over its newest rows. An entry never
moves in a list: it stands at the instant its payment or refund began.
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta

ENTRY = 'entry#'


class ByTime(GlobalSecondaryIndex['RegisterRow']):
    """The whole register of an organisation."""

    class Meta(TableMeta):
        index_name = 'by_time'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByPlain(GlobalSecondaryIndex['RegisterRow']):
    """All of it but what was paid for on the marketplace."""

    class Meta(TableMeta):
        index_name = 'by_plain'
        projection = AllProjection()

    plain_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByClient(GlobalSecondaryIndex['RegisterRow']):
    """What a client paid, and what he got back."""

    class Meta(TableMeta):
        index_name = 'by_client'
        projection = AllProjection()

    client_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByPremises(GlobalSecondaryIndex['RegisterRow']):
    """What was paid for work in some premises."""

    class Meta(TableMeta):
        index_name = 'by_premises'
        projection = AllProjection()

    premises_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByBuilding(GlobalSecondaryIndex['RegisterRow']):
    """What was paid for work in a building."""

    class Meta(TableMeta):
        index_name = 'by_building'
        projection = AllProjection()

    building_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByState(GlobalSecondaryIndex['RegisterRow']):
    """What stands so."""

    class Meta(TableMeta):
        index_name = 'by_state'
        projection = AllProjection()

    state_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByKind(GlobalSecondaryIndex['RegisterRow']):
    """Payments alone, or refunds."""

    class Meta(TableMeta):
        index_name = 'by_kind'
        projection = AllProjection()

    kind_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByEntity(GlobalSecondaryIndex['RegisterRow']):
    """What a legal entity was paid."""

    class Meta(TableMeta):
        index_name = 'by_entity'
        projection = AllProjection()

    entity_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class ByAttention(GlobalSecondaryIndex['RegisterRow']):
    """What is stuck until an employee sees to it: a short list, by itself."""

    class Meta(TableMeta):
        index_name = 'by_attention'
        projection = AllProjection()

    attention_key = UnicodeAttribute(hash_key=True)
    list_at = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex['RegisterRow']):
    """The shops whose next day is over, and reconciliations that are not over, by when they were last at."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class RegisterRow(Row):
    """A row of the table of registers; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('registers')

    list_key = UnicodeAttribute(null=True)
    list_at = UnicodeAttribute(null=True)
    plain_key = UnicodeAttribute(null=True)
    client_key = UnicodeAttribute(null=True)
    premises_key = UnicodeAttribute(null=True)
    building_key = UnicodeAttribute(null=True)
    state_key = UnicodeAttribute(null=True)
    kind_key = UnicodeAttribute(null=True)
    entity_key = UnicodeAttribute(null=True)
    attention_key = UnicodeAttribute(null=True)
    provider = UnicodeAttribute(null=True)
    method = UnicodeAttribute(null=True)
    minor = NumberAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)

    by_time = ByTime()
    by_plain = ByPlain()
    by_client = ByClient()
    by_premises = ByPremises()
    by_building = ByBuilding()
    by_state = ByState()
    by_kind = ByKind()
    by_entity = ByEntity()
    by_attention = ByAttention()
    due = Due()
