"""Reading the lists of the index: bounded pages merged from several lists, and walks through all of it.

All lists are in the same order, so a place in one is a place in every other: a page ends at a rank, and the
next one begins below it, whichever lists are merged then.
"""

import heapq
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition as Filter

from chalicelib.kit import clock, finding
from chalicelib.requests.repository.index import (
    IndexRow,
    list_pk,
    number_at,
    number_of_word,
    words_shelf,
)
from chalicelib.requests.rules.listing import spelled
from chalicelib.requests.rules.narrowing import Condition, Period
from chalicelib.requests.rules.planning import Plan

MOST_EVALUATED = 1000
"""Entries of a list that a page with filters looks at, found or not: about 80 read units."""

_AT_FIRST = 100
"""Entries looked at first where filters are: as a rule that is enough."""

_FILTERED_VALUES = 100
_WALKED_AT_ONCE = 1000


class Entries(NamedTuple):
    """Numbers in the order of their ranks; `below` is where the next page begins, None where none follows."""

    numbers: list[int]
    below: str | None


class _Part(NamedTuple):
    """What was read of one list: its ranks, and how far down it was read if more follow."""

    ranks: list[str]
    until: str | None


def page(organisation: str, plan: Plan, *, is_attached: bool, limit: int, below: str | None) -> Entries:
    """At most `limit` requests of the plan's lists, below a rank; one call a list, two where filters are.

    What a filter of the plan cannot say to DynamoDB stands among them: whoever shows them judges again.
    """
    filters = _filters(plan)
    parts = [
        _part(list_pk(organisation, name, is_attached), plan, filters, limit, below)
        for name in plan.lists
    ]
    # A list that was not read to its end says nothing of what lies below: the page ends there at the latest.
    known_down_to = max((part.until for part in parts if part.until is not None), default=None)
    ranks = sorted({rank for part in parts for rank in part.ranks}, reverse=True)
    complete = [rank for rank in ranks if known_down_to is None or rank >= known_down_to]
    shown = complete[:limit]
    if len(complete) > limit:
        return Entries([number_at(rank) for rank in shown], shown[-1])
    return Entries([number_at(rank) for rank in shown], known_down_to)


def walk(organisation: str, plan: Plan, *, is_attached: bool, above: str = '') -> Iterator[str]:
    """The rank of every request of the plan's lists down to `above`, the greatest first, each once."""
    filters = _filters(plan)
    lists = [
        _walk(list_pk(organisation, name, is_attached), plan, filters, above)
        for name in plan.lists
    ]
    last = ''
    for rank in heapq.merge(*lists, reverse=True):
        if rank != last:
            yield rank
        last = rank


def by_words(organisation: str, words: Sequence[str], after: str | None, most: int) -> finding.Candidates:
    """Up to `most` requests with a word beginning with each of `words`, from a place in their order on."""
    return finding.candidates(IndexRow, words_shelf(organisation), words, after=after, most=most)


def number_found(candidate: finding.Candidate) -> int:
    """The number of a request that was found by its words."""
    return number_of_word(candidate.id)


def list_names(organisation: str) -> Iterator[tuple[str, int, int]]:
    """Every list that ever had an entry: its name, its size, and how often the size was changed."""
    for row in IndexRow.query(f'{organisation}#sizes', consistent_read=True):
        yield row.sk, int(row.tally or 0), int(row.moves or 0)


def _part(pk: str, plan: Plan, filters: Filter | None, limit: int, below: str | None) -> _Part:
    found: list[str] = []
    # A place need not be there to begin below it: every list is entered at the same rank.
    start: dict[str, Any] | None = {'pk': {'S': pk}, 'sk': {'S': below}} if below else None
    evaluated = 0
    while True:
        wanted = _to_look_at(limit, evaluated, filters is not None)
        answer = _query(pk, plan, filters, start, wanted)
        found += [item['sk']['S'] for item in answer['Items']]
        evaluated += wanted
        start = answer.get('LastEvaluatedKey')
        if start is None or len(found) > limit or filters is None or evaluated >= MOST_EVALUATED:
            return _Part(found, start and start['sk']['S'])


def _to_look_at(limit: int, evaluated: int, has_filters: bool) -> int:
    if not has_filters:
        return limit + 1
    return MOST_EVALUATED - evaluated if evaluated else max(_AT_FIRST, limit + 1)


def _walk(pk: str, plan: Plan, filters: Filter | None, above: str) -> Iterator[str]:
    start: dict[str, Any] | None = None
    while True:
        answer = _query(pk, plan, filters, start, _WALKED_AT_ONCE, above, is_consistent=True)
        yield from (item['sk']['S'] for item in answer['Items'])
        start = answer.get('LastEvaluatedKey')
        if start is None:
            return


def _query(
    pk: str,
    plan: Plan,
    filters: Filter | None,
    start: dict[str, Any] | None,
    limit: int,
    above: str = '',
    is_consistent: bool = False,
) -> dict[str, Any]:
    least = max(above, f'0#{clock.text(plan.since)}' if plan.since else '')
    answer: dict[str, Any] = IndexRow._get_connection().query(
        pk,
        range_key_condition=IndexRow.sk >= least if least else None,
        filter_condition=filters,
        exclusive_start_key=start,
        limit=limit,
        scan_index_forward=False,
        consistent_read=is_consistent,
    )
    return answer


def _filters(plan: Plan) -> Filter | None:
    """The plan's filters as far as DynamoDB takes them: an expression has its limits."""
    told: list[Filter] = []
    left = _FILTERED_VALUES
    for condition in sorted(plan.rest, key=lambda one: len(one.values)):
        if len(condition.values) <= left:
            told.append(_any_of(condition))
            left -= len(condition.values)
    told += _within(plan.created, IndexRow.created_at) + _within(plan.done, IndexRow.done_at)
    return reduce(and_, told) if told else None


def _any_of(condition: Condition) -> Filter:
    values = sorted(condition.values)
    return reduce(or_, [IndexRow.facets.contains(f' {spelled(condition.facet, one)} ') for one in values])


def _within(period: Period, attribute: Any) -> list[Filter]:
    told = [attribute >= clock.text(period.since)] if period.since else []
    return told + ([attribute < clock.text(period.before)] if period.before else [])
