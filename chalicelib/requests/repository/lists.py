"""Lists, counters and what is due: each names its index, none costs more as the table grows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.dynamo import Read
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.views import RequestBrief
from chalicelib.requests.repository.requests import request_of
from chalicelib.requests.repository.rows import RequestRow


def list_all(organisation: str, paging: Paging) -> Page[RequestBrief]:
    """All requests attached to no incident; index `by_update` (REQ-014, REQ-047)."""
    return _listed(RequestRow.by_update, organisation, paging, organisation, 'requests.all')


def list_new(organisation: str, paging: Paging) -> Page[RequestBrief]:
    """Those of them nobody has begun; index `new_by_update` (REQ-011)."""
    return _listed(RequestRow.new_by_update, organisation, paging, organisation, 'requests.new')


def list_mine(organisation: str, employee_id: str, paging: Paging) -> Page[RequestBrief]:
    """Those of them the employee is assigned to; index `by_assignee` (REQ-016)."""
    key = f'{organisation}#{employee_id}'
    return _listed(RequestRow.by_assignee, key, paging, organisation, 'requests.mine', employee_id)


def list_by_client(organisation: str, client_id: str, paging: Paging) -> Page[Request]:
    """A client's requests, the latest change first; index `by_client`."""
    return page(
        RequestRow,
        request_of,
        f'{organisation}#{client_id}',
        paging=paging,
        binding=(organisation, 'requests.client', client_id),
        index=RequestRow.by_client,
    )


def count_new(organisation: str, scope: Scope) -> int:
    """How many requests in the scope are new: one call, whatever their number (REQ-012)."""
    if scope.places is None:
        rows = RequestRow.query(
            f'{organisation}#new', RequestRow.sk.startswith('total#'), consistent_read=True
        )
        return sum(map(_tally, rows))
    reads = [Read(RequestRow, (f'{organisation}#new', place), _tally) for place in sorted(scope.places)]
    return sum(count or 0 for count in dynamo.fetch(*reads)) if reads else 0


def loads(organisation: str, employee_ids: Sequence[str]) -> dict[str, int]:
    """How many open requests each employee has (REQ-120); one call for up to 100 employees."""
    if not employee_ids:
        return {}
    reads = [Read(RequestRow, (f'{organisation}#load', employee), _tally) for employee in employee_ids]
    return {employee: count or 0 for employee, count in zip(employee_ids, dynamo.fetch(*reads), strict=True)}


def due_by(now: datetime, shard: int) -> Iterator[tuple[str, int]]:
    """Organisation and number of each request of the shard with something due, oldest first."""
    until = RequestRow.due_at <= clock.text(now)
    for row in RequestRow.due.query(f'due#{shard}', until, page_size=100):
        organisation, _, number = row.pk.rpartition('#')
        yield organisation, int(number)


def _listed(
    index: GlobalSecondaryIndex[RequestRow], key: str, paging: Paging, *binding: str
) -> Page[RequestBrief]:
    return page(
        RequestRow,
        lambda row: RequestBrief.model_validate_json(row.brief or ''),
        key,
        paging=paging,
        binding=binding,
        index=index,
    )


def _tally(row: RequestRow) -> int:
    return int(row.tally or 0)
