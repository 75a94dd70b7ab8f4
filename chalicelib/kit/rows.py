"""What a row of any house is."""

import contextlib

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection.table import TableConnection
from pynamodb.models import Model

from chalicelib.kit.connection import connection


class Row(Model):
    """One item of a house's table. Subclasses add the attributes that an index or a filter must see.

    `body` holds the entity as JSON; whatever else stands beside it is a copy made for an index.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)

    @classmethod
    def _get_connection(cls) -> TableConnection:
        # One client for all tables of the process: a client costs 25-50 ms of a cold start.
        table, shared = super()._get_connection(), connection()
        if table.connection is not shared:
            with contextlib.suppress(ValueError):  # another class of the same table was here first
                shared.add_meta_table(table.connection.get_meta_table(table.table_name))
            table.connection = shared
        return table
