"""Lists of calls, newest first: each by an index, never by a scan."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import and_, or_

from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.calls.model.call import Call
from chalicelib.calls.model.views import CallsQuery
from chalicelib.calls.repository.calls import call_of
from chalicelib.calls.repository.rows import CallRow
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging

LONGEST_FILTER = 100
"""Buildings of a scope that a filter names."""

Choice = tuple[GlobalSecondaryIndex[CallRow], Condition, str]


def list_calls(query: CallsQuery, since: datetime | None, before: datetime | None, by: Caller) -> Page[Call]:
    """One page of the calls that fit, newest first: one query, up to four where several filters are given."""
    organisation = by.organisation
    chosen = list(_choices(query, organisation))
    index, _, key = chosen[0] if chosen else (CallRow.by_time, None, organisation)
    filters = [condition for _, condition, _ in chosen[1:]]
    if (within := _within(by)) is not None:
        filters.append(within)
    asked = query.model_dump(mode='json', exclude={'limit', 'cursor'})
    return page(
        CallRow,
        call_of,
        key,
        paging=query,
        binding=(organisation, 'calls', *(str(value) for value in asked.values())),
        index=index,
        condition=_period(since, before),
        filters=reduce(and_, filters) if filters else None,
    )


def list_about_request(organisation: str, number: int, paging: Paging) -> Page[Call]:
    """One page of the calls about the request, newest first. Index `by_request`."""
    return page(
        CallRow,
        call_of,
        f'{organisation}#{number}',
        paging=paging,
        binding=(organisation, 'calls.request', str(number)),
        index=CallRow.by_request,
    )


def _choices(query: CallsQuery, organisation: str) -> Iterator[Choice]:
    """The index, the condition and the key of each filter that is given, the rarest first."""
    for value, index in (
        (query.phone, CallRow.by_phone),
        (query.employee_id, CallRow.by_employee),
        (query.is_missed, CallRow.by_missed),
        (query.is_linked, CallRow.by_linked),
        (query.direction, CallRow.by_direction),
    ):
        if value is not None:
            key = f'{organisation}#{value}'
            attribute = getattr(CallRow, index.Meta.index_name.removeprefix('by_') + '_key')
            yield index, attribute == key, key


def _period(since: datetime | None, before: datetime | None) -> Condition | None:
    # A place in the list is an instant and an id: what begins so sorts after the instant alone.
    if since is not None and before is not None:
        return CallRow.list_at.between(clock.text(since), clock.text(before))
    if since is not None:
        return CallRow.list_at >= clock.text(since)
    return CallRow.list_at < clock.text(before) if before is not None else None


def _within(by: Caller) -> Condition | None:
    """Fills pages with what the caller may see; the service still judges each call by itself."""
    if by.scope.places is None or len(by.scope.places) > LONGEST_FILTER:
        return None
    seen = [CallRow.places.contains(place) for place in sorted(by.scope.places)]
    own = CallRow.people.contains(by.id)
    return reduce(or_, [*seen, own], CallRow.places.does_not_exist())
