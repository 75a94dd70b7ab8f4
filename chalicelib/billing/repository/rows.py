"""The rows of money.

    pk                       sk                             what
    <org>#<number>           ledger                         the version of it all: every change is made on it
    <org>#<number>           invoice#<nn>                   an invoice, by its ordinal
    <org>#<number>           payment#<id>                   a try to pay; due while there is something to ask
    <org>#<number>           repayment#<id>                 what goes back of a payment; due like it
    <org>#<number>           refund                         the refund
    <org>#<number>#machine   token                          by what the machine of its refund is answered
    <org>#<number>#money     event#<v>.<n>                  what happened at version v: audit and outbox
    <org>#accounts           <entity>                       the shop a legal entity is paid through
    <org>#account#<entity>   event#<v>.<n>                  what was set
    <org>#keys               <entity>#<provider>#<shop>     how to speak for a shop, for ever
    <org>#cards#<client>     <card>                         a saved card
    <org>#texted#<digest>    texted                         when links were sent to a telephone, for a day
    link#<digest>            link                           whose a link is
    link#<digest>            <what>#<hour>                  how often it was seen or paid by in that hour
    visits#<network>         <what>#<minute>                how often somebody there saw or paid by links

The events stand apart, so that the ledger is read by one query of what is there now.
"""

from zlib import crc32

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta

SHARDS = 8
LEDGER, INVOICE, PAYMENT, REPAYMENT, REFUND = 'ledger', 'invoice#', 'payment#', 'repayment#', 'refund'


class Due(GlobalSecondaryIndex['MoneyRow']):
    """What the provider is to be asked about, the longest waiting first."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class MoneyRow(Row):
    """A row of the table of money; which attributes it has depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('billing')

    due_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    counted = NumberAttribute(null=True)
    due = Due()


def shard_of(pk: str) -> str:
    """The partition of the index that a ledger's rows are due in."""
    return f'due#{crc32(pk.encode()) % SHARDS}'
