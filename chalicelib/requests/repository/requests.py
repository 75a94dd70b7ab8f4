"""Reading and saving one request. A change is one transaction that leaves lists and counters in agreement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write, creating, putting, removing, replacing, updating
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import EVENT_PREFIX, Delivered, announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.requests.events import RequestEvent
from chalicelib.requests.model.refusals import RequestNotFound
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.views import RequestBrief
from chalicelib.requests.repository.incidents import attachment_writes
from chalicelib.requests.repository.index import rank_text
from chalicelib.requests.repository.rows import SHARDS, RequestRow, pk_of
from chalicelib.requests.rules import listing, sla


def next_number(organisation: str) -> int:
    """The organisation's next number, given to nobody else; an unused one leaves a gap (REQ-003)."""
    row = RequestRow(pk=f'{organisation}#numbers', sk='last')
    row.update(actions=[RequestRow.tally.add(1)])
    return int(row.tally)


def last_number(organisation: str) -> int:
    """The last number given, 0 before the first."""
    read = Read(RequestRow, (f'{organisation}#numbers', 'last'), lambda row: int(row.tally or 0))
    return dynamo.find(read) or 0


def find_all(organisation: str, numbers: Iterable[int]) -> list[Request]:
    """Those of the numbers that there are, in their order: a round trip for each hundred."""
    return dynamo.fetch_all(reading(organisation, number) for number in numbers)


def reading(organisation: str, number: int) -> Read[Request]:
    """The request of that number."""
    return Read(RequestRow, (pk_of(organisation, number), 'request'), request_of, RequestNotFound)


def saving(
    before: Request | None, after: Request, events: Sequence[RequestEvent], *, is_touched: bool = True
) -> tuple[Request, list[Write]]:
    """The request in its next version, and the writes that make it so; `before` None for a new one.

    With `is_touched` false «обновлено» stays: being looked at is no change of a request (REQ-026).
    """
    at = max(clock.now(), after.updated_at) if is_touched else after.updated_at
    saved = after.model_copy(update={'version': after.version + 1, 'updated_at': at})
    row = _row_of(saved)
    writes = [creating(row) if before is None else replacing(row, after.version)]
    writes += announcing(RequestRow, row.pk, saved.version, *events)
    writes += _assignee_writes(before, saved, row)
    writes += _counting(before, saved)
    writes += attachment_writes(before, saved)
    return saved, writes


def holding(request: Request) -> Write:
    """Nothing changes about the request; ChangedMeanwhile if anything has since it was read."""
    key = pk_of(request.organisation, request.number), 'request'
    return dynamo.checking(RequestRow, key, RequestRow.version == request.version, ChangedMeanwhile)


def save(
    before: Request | None, after: Request, *events: RequestEvent, also: Sequence[Write] = ()
) -> Request:
    """The request is in its next version, its events beside it, its lists and counters agree.

    What is to be written `also` is written with it or not at all.
    """
    saved, writes = saving(before, after, events)
    dynamo.commit(*writes, *also)
    return saved


def card(organisation: str, number: int, history_limit: int) -> tuple[Request, list[Delivered]]:
    """The request with the newest entries of its history, in one query."""
    answer = RequestRow._get_connection().query(
        pk_of(organisation, number),
        RequestRow.sk.between(EVENT_PREFIX, 'request'),
        limit=1 + history_limit,
        scan_index_forward=False,
        consistent_read=True,
    )
    rows = [RequestRow.from_raw_data(item) for item in answer['Items']]
    if not rows or rows[0].sk != 'request':
        raise RequestNotFound()
    return request_of(rows[0]), [_event(row) for row in rows[1:]]


def history(organisation: str, number: int, paging: Paging) -> Page[Delivered]:
    """What happened to the request, newest first (REQ-127)."""
    return page(
        RequestRow,
        _event,
        pk_of(organisation, number),
        paging=paging,
        binding=(organisation, 'requests.history', str(number)),
        condition=RequestRow.sk.startswith(EVENT_PREFIX),
    )


def request_of(row: RequestRow) -> Request:
    """The request a row holds."""
    return Request.model_validate_json(row.body or '')


def _event(row: RequestRow) -> Delivered:
    return Delivered.model_validate_json(row.body or '')


def _row_of(request: Request) -> RequestRow:
    due = sla.due_at(request)
    client_id = request.customer.id if request.customer else None
    # What is attached to an incident is left out of the plain lists and counters (REQ-047, AMB-31).
    listed = None if request.incident_id else request.organisation
    return RequestRow(
        pk=pk_of(request.organisation, request.number),
        sk='request',
        version=request.version,
        body=request.model_dump_json(),
        brief=RequestBrief.of(request).model_dump_json(),
        building_id=request.place.building_id,
        list_key=listed,
        list_at=rank_text(listing.rank(request)),
        new_key=listed if request.standing.is_new else None,
        client_key=f'{request.organisation}#{client_id}' if client_id else None,
        client_at=f'{clock.text(request.updated_at)}#{request.number:010d}',
        due_key=f'due#{request.number % SHARDS}' if due else None,
        due_at=clock.text(due) if due else None,
    )


def _assignee_writes(before: Request | None, after: Request, row: RequestRow) -> list[Write]:
    writes: list[Write] = []
    for employee_id in after.assignee_ids:
        mirrored = RequestRow(
            pk=row.pk,
            sk=f'assignee#{employee_id}',
            assignee_key=None if after.incident_id else f'{after.organisation}#{employee_id}',
            brief=row.brief,
            building_id=row.building_id,
            version=row.version,
            list_at=row.list_at,
        )
        writes.append(putting(mirrored))
    gone = set(before.assignee_ids if before else ()) - set(after.assignee_ids)
    writes += [removing(RequestRow(pk=row.pk, sk=f'assignee#{employee_id}')) for employee_id in sorted(gone)]
    return writes


def _counting(before: Request | None, after: Request) -> list[Write]:
    moved = Counter(counted(after))
    moved.subtract(Counter(counted(before) if before else ()))
    return [
        updating(RequestRow(pk=pk, sk=sk), [RequestRow.tally.add(difference), RequestRow.moves.add(1)])
        for (pk, sk), difference in sorted(moved.items())
        if difference
    ]


def counted(request: Request) -> Iterator[tuple[str, str]]:
    """The keys of the counters that the request is counted in, once each."""
    if request.standing.is_new and not request.incident_id:
        yield f'{request.organisation}#new', f'total#{request.number % SHARDS}'
        yield f'{request.organisation}#new', request.place.building_id
    if request.is_open:
        for employee_id in request.assignee_ids:
            yield f'{request.organisation}#load', employee_id
