"""The rows of activity, all of one client in `<organisation>#<client>`, sorted by the time of their events.

An entry   sk `entry#<id>`

Index `by_request` is sparse: only what concerns a request stands in it, under the client and the request, so
that another client of the same request finds nothing of his. An entry is one row and one write; a second
row would be two writes of the same capacity, and could be there without the first.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.activity.model import Entry
from chalicelib.kit import dynamo, settings
from chalicelib.kit.dynamo import Row, TableMeta
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging

ENTRY = 'entry#'


class ByRequest(GlobalSecondaryIndex['ActivityRow']):
    """What one client did about one request."""

    class Meta(TableMeta):
        index_name = 'by_request'
        projection = AllProjection()

    request_key = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class ActivityRow(Row):
    """An entry; `request_key` where it concerns a request."""

    class Meta(TableMeta):
        table_name = settings.table('activity')

    request_key = UnicodeAttribute(null=True)

    by_request = ByRequest()


def keep(entry: Entry) -> None:
    """The entry stands in its client's activity, once however often it is kept."""
    owner = (entry.organisation, entry.client_id)
    row = ActivityRow(
        pk=_pk(*owner),
        sk=ENTRY + entry.id,
        body=entry.model_dump_json(),
        request_key=None if entry.number is None else _request_key(*owner, entry.number),
    )
    dynamo.write_now(row)


def list_newest(organisation: str, client_id: str, paging: Paging) -> Page[Entry]:
    """One page of all the client did, newest first: one query."""
    return page(
        ActivityRow,
        _entry_of,
        _pk(organisation, client_id),
        paging=paging,
        binding=(organisation, 'activity', client_id),
        condition=ActivityRow.sk.startswith(ENTRY),
    )


def list_about_request(organisation: str, client_id: str, number: int, paging: Paging) -> Page[Entry]:
    """One page of what the client did about the request, newest first: one query. Index `by_request`."""
    return page(
        ActivityRow,
        _entry_of,
        _request_key(organisation, client_id, number),
        paging=paging,
        binding=(organisation, 'activity', client_id, str(number)),
        index=ActivityRow.by_request,
    )


def _pk(organisation: str, client_id: str) -> str:
    return f'{organisation}#{client_id}'


def _request_key(organisation: str, client_id: str, number: int) -> str:
    return f'{organisation}#{client_id}#{number}'


def _entry_of(row: ActivityRow) -> Entry:
    return Entry.model_validate_json(row.body or '')
