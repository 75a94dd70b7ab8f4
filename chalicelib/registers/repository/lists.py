"""Lists of the register, newest first: each by an index, never by a scan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.kit import clock
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.registers.model.entry import Entry
from chalicelib.registers.model.views import PaymentFilters
from chalicelib.registers.repository.entries import entry_of, pk_of
from chalicelib.registers.repository.rows import ENTRY, RegisterRow

LONGEST_FILTER = 100
"""Values that DynamoDB takes in one list: a scope of more buildings is judged entry by entry."""

_WALKED_AT_ONCE = 500

Index = GlobalSecondaryIndex[RegisterRow]
Place = Attribute[Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show: the filters, the instants of their days, and what the caller may see."""

    organisation: str
    filters: PaymentFilters
    since: datetime | None
    before: datetime | None
    buildings: frozenset[str] | None
    """Those of the filter and of the caller's scope; None where neither bounds it."""
    has_marketplace: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    index: Index | None
    key: str
    condition: Condition | None
    filters: Condition | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """A condition, and the index where its one value is a key."""

    condition: Condition
    index: Index | None = None
    key: str = ''


def list_entries(wanted: Wanted, paging: Paging, binding: Sequence[str]) -> Page[Entry]:
    """One page of the entries that fit: one query, up to four where several filters are given."""
    plan = _planned(wanted)
    return page(
        RegisterRow,
        entry_of,
        plan.key,
        paging=paging,
        binding=binding,
        index=plan.index,
        condition=plan.condition,
        filters=plan.filters,
    )


def walk(wanted: Wanted) -> Iterator[Entry]:
    """Every entry that fits, newest first, however many; one call for some hundreds that are looked at."""
    for row in _rows(wanted, is_forward=False, at_once=_WALKED_AT_ONCE):
        yield entry_of(row)


def first(wanted: Wanted) -> Entry | None:
    """The oldest entry of the list that the walk goes through, whether it fits or not: one small call."""
    rows = _rows(wanted, is_forward=True, at_once=1, is_filtered=False)
    return next((entry_of(row) for row in rows), None)


def _rows(
    wanted: Wanted, *, is_forward: bool, at_once: int, is_filtered: bool = True
) -> Iterator[RegisterRow]:
    plan = _planned(wanted)
    start: dict[str, Any] | None = None
    while True:
        answer = RegisterRow._get_connection().query(
            plan.key,
            range_key_condition=plan.condition,
            filter_condition=plan.filters if is_filtered else None,
            exclusive_start_key=start,
            index_name=plan.index.Meta.index_name if plan.index else None,
            limit=at_once,
            scan_index_forward=is_forward,
        )
        yield from (RegisterRow.from_raw_data(item) for item in answer['Items'])
        start = answer.get('LastEvaluatedKey')
        if start is None:
            return


def _planned(wanted: Wanted) -> _Plan:
    rest = list(_conditions(wanted))
    if wanted.filters.number is not None:
        index, at, prefix = None, RegisterRow.sk, ENTRY
        key = pk_of(wanted.organisation, wanted.filters.number)
    else:
        chosen = next((one for one in rest if one.index is not None), None)
        rest = [one for one in rest if one is not chosen]
        whole = _Choice(RegisterRow.list_key == wanted.organisation, RegisterRow.by_time, wanted.organisation)
        at, prefix = RegisterRow.list_at, ''
        index, key = (chosen or whole).index, (chosen or whole).key
    told = [one.condition for one in rest]
    return _Plan(index, key, _period(wanted, at, prefix), reduce(and_, told) if told else None)


def _conditions(wanted: Wanted) -> Iterator[_Choice]:
    """What must hold, those with the shortest lists first as experience goes."""
    filters, organisation = wanted.filters, wanted.organisation

    def any_of(attribute: Any, values: Sequence[str], index: Index | None = None) -> Iterator[_Choice]:
        keys = [f'{organisation}#{one}' if index is not None else one for one in values]
        if len(keys) == 1:
            yield _Choice(attribute == keys[0], index, keys[0])
        elif keys and len(keys) <= LONGEST_FILTER:
            yield _Choice(attribute.is_in(*keys))

    row, buildings = RegisterRow, sorted(wanted.buildings or ())
    if filters.needs_attention is not None:
        yield _attention(organisation, is_needed=filters.needs_attention)
    yield from any_of(row.client_key, [filters.client_id] if filters.client_id else [], row.by_client)
    yield from any_of(row.premises_key, [filters.premises_id] if filters.premises_id else [], row.by_premises)
    yield from any_of(row.building_key, buildings, row.by_building)
    yield from any_of(row.state_key, filters.state, row.by_state)
    yield from any_of(row.entity_key, filters.legal_entity_id, row.by_entity)
    if not wanted.has_marketplace:
        plain = row.plain_key == organisation
        yield _Choice(plain, row.by_plain, organisation)
    yield from any_of(row.kind_key, [filters.kind] if filters.kind else [], row.by_kind)
    yield from any_of(row.provider, filters.provider)
    yield from any_of(row.method, filters.method)
    if filters.sum_from is not None:
        yield _Choice(row.minor >= filters.sum_from)
    if filters.sum_to is not None:
        yield _Choice(row.minor <= filters.sum_to)


def _attention(organisation: str, *, is_needed: bool) -> _Choice:
    if is_needed:
        return _Choice(RegisterRow.attention_key == organisation, RegisterRow.by_attention, organisation)
    return _Choice(RegisterRow.attention_key.does_not_exist())


def _period(wanted: Wanted, at: Any, prefix: str) -> Condition | None:
    # A place in the list is an instant and an id: what begins so sorts after the instant alone.
    since = prefix + clock.text(wanted.since) if wanted.since else prefix
    if wanted.before is not None:
        condition: Condition = at.between(since or '0', prefix + clock.text(wanted.before))
        return condition
    if prefix and not wanted.since:
        started: Condition = at.startswith(prefix)
        return started
    if wanted.since is None:
        return None
    return at.between(since, prefix + '~') if prefix else at >= since  # type: ignore[no-any-return]
