"""Lists of requests: by tab, narrowed by filters and words, a page at a time or as a whole."""

import hashlib
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.pages import opened, sealed
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import asked
from chalicelib.requests import repository
from chalicelib.requests.model.filters import Filters, RequestsQuery, Selection, Tab
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import STANDINGS
from chalicelib.requests.model.views import RequestBrief
from chalicelib.requests.rules import listing, narrowing, planning
from chalicelib.requests.rules.listing import Facet
from chalicelib.requests.rules.narrowing import Condition, Wanted
from chalicelib.requests.service.preferences import saved_filters
from chalicelib.staff.model import Permission

MOST_FOUND = 100
"""Requests found by words that a page looks at: one batch read."""

LONGEST_NUMBER = 9
"""Digits of a request's number."""

OPEN = [status for status, standing in STANDINGS.items() if standing.is_open]

CATCHING_UP = 3
"""How often a walk looks again for what was changed, and so moved up behind it, meanwhile."""


def list_requests(query: RequestsQuery, *, by: Caller) -> Page[RequestBrief]:
    """A page of the tab's requests that fit, pinned ones first, then the latest change (REQ-010..050).

    One call where the tab is asked for as it is. With filters one call for each list that is merged and one
    batch read, and one for the sizes of the lists where there is a choice and they are not known; with words
    one or two calls and one batch read. A short page says by its cursor whether more may follow.
    """
    selection = _selection(query, by)
    what = _wanted(selection, by)
    paging = Paging(limit=query.limit, cursor=query.cursor)
    if what.is_impossible:
        return Page(items=[])
    if query.search:
        return _found(what, query.search, paging, _binding(selection, what, by), by)
    if _is_plain(selection, by):
        return _whole_tab(query.tab, paging, by)
    return _narrowed(what, paging, _binding(selection, what, by), by)


@dataclass(frozen=True, slots=True)
class Chosen:
    """All requests that fitted a selection when they were chosen, by number and in the order of the list."""

    what: Wanted
    numbers: 'array[int]' = field(default_factory=lambda: array('L'))

    def __len__(self) -> int:
        """How many were chosen."""
        return len(self.numbers)


def similar(
    offering_ids: Collection[str], building_ids: Collection[str] | None, paging: Paging, *, by: Caller
) -> Page[RequestBrief]:
    """A page of the open requests for these offerings in these buildings that are attached to no incident.

    Where no offerings are named any will do, where `building_ids` is None any building the caller sees. Costs
    what a narrowed list costs.
    """
    by.needs(Permission.REQUESTS_VIEW)
    places = by.scope.places
    if building_ids is not None:
        places = frozenset(building_ids) & (places if places is not None else frozenset(building_ids))
    conditions = [Condition(Facet.STATUS, frozenset(OPEN))]
    if offering_ids:
        conditions.append(Condition(Facet.OFFERING, frozenset(offering_ids)))
    if places is not None:
        conditions.append(Condition(Facet.BUILDING, places))
    what = Wanted(tuple(conditions))
    if what.is_impossible:
        return Page(items=[])
    told = '\x1f'.join([*sorted(offering_ids), '', *sorted(places or ())])
    binding = (by.organisation, 'requests.similar', by.id, hashlib.sha256(told.encode()).hexdigest())
    return _narrowed(what, paging, binding, by)


def select(selection: Selection, *, by: Caller) -> Chosen:
    """Every request that fits, however many; one call for some thousand of them, eight bytes for each.

    A request that is changed during the walk moves to the top: the walk looks there again before it ends.
    """
    what = _wanted(selection, by)
    chosen = Chosen(what)
    if what.is_impossible:
        return chosen
    if selection.search:
        chosen.numbers.extend(sorted(_all_found(what, selection.search, by), reverse=True))
        return chosen
    plan, seen, top = _plan(what, MOST_FOUND, by), _NumberSet(), ''
    for _ in range(1 + CATCHING_UP):
        above, is_new = top, False
        for rank in repository.walk(by.organisation, plan, is_attached=what.is_attached, above=above):
            top = max(top, rank)
            if seen.add(number := repository.number_at(rank)):
                chosen.numbers.append(number)
                is_new = True
        if not is_new:
            break
    return chosen


def each_chosen(chosen: Chosen, *, by: Caller) -> Iterator[Request]:
    """Each chosen request that still fits, as it is now: a batch read for each hundred."""
    for start in range(0, len(chosen), dynamo.BATCH_READ_LIMIT):
        numbers = chosen.numbers[start : start + dynamo.BATCH_READ_LIMIT]
        yield from _fitting(chosen.what, numbers, by)


def _selection(query: RequestsQuery, by: Caller) -> Selection:
    filters = query.filters
    if query.is_saved:
        given = query.model_fields_set & set(Filters.model_fields)
        explicit = {name: getattr(query, name) for name in given}
        filters = saved_filters(query.page, by=by).model_copy(update=explicit)
    return Selection(tab=query.tab, filters=filters, search=query.search)


def _wanted(selection: Selection, by: Caller) -> Wanted:
    if selection.tab is not Tab.MINE:
        by.needs(Permission.REQUESTS_VIEW)
    return narrowing.wanted(
        selection.filters, selection.tab, employee_id=by.id, scope=by.scope, zone=by.zoneinfo
    )


def _binding(selection: Selection, what: Wanted, by: Caller) -> tuple[str, ...]:
    """What a cursor belongs to: another employee's, scope's, filter's or search's is refused."""
    places = sorted(by.scope.places) if by.scope.places is not None else ['*']
    told = '\x1f'.join([selection.model_dump_json(), by.id, *places])
    return by.organisation, 'requests.list', hashlib.sha256(told.encode()).hexdigest()


def _is_plain(selection: Selection, by: Caller) -> bool:
    is_unfiltered = not selection.filters.count
    return is_unfiltered and (selection.tab is Tab.MINE or by.scope.places is None)


def _whole_tab(tab: Tab, paging: Paging, by: Caller) -> Page[RequestBrief]:
    if tab is Tab.MINE:
        return repository.list_mine(by.organisation, by.id, paging)
    listed = repository.list_new if tab is Tab.NEW else repository.list_all
    return listed(by.organisation, paging)


def _narrowed(what: Wanted, paging: Paging, binding: tuple[str, ...], by: Caller) -> Page[RequestBrief]:
    place = opened(paging.cursor, binding)
    entries = repository.page(
        by.organisation,
        _plan(what, paging.limit, by),
        is_attached=what.is_attached,
        limit=paging.limit,
        below=place['below'] if place else None,
    )
    requests = _fitting(what, entries.numbers, by)
    cursor = sealed({'below': entries.below}, binding) if entries.below else None
    return Page(items=[RequestBrief.of(request) for request in requests], next_cursor=cursor)


def _plan(what: Wanted, page: int, by: Caller) -> planning.Plan:
    if plan := planning.obvious(what):
        return plan
    now = clock.now()
    names = planning.lists_to_weigh(what, now)
    sizes = repository.sizes_lately(by.organisation, names, what.is_attached)
    return planning.weighed(what, sizes, now, page)


def _found(
    what: Wanted, search: str, paging: Paging, binding: tuple[str, ...], by: Caller
) -> Page[RequestBrief]:
    place = opened(paging.cursor, binding)
    if place is None and (one := _by_number(what, search, by)):
        return Page(items=[RequestBrief.of(one)])
    words = asked(search)
    if not words:
        return Page(items=[])
    after = place['after'] if place else None
    candidates = repository.by_words(by.organisation, words, after, MOST_FOUND)
    places = {repository.number_found(one): one.place for one in candidates.found}
    fitting = _fitting(what, list(places), by)
    shown = sorted(fitting[: paging.limit], key=listing.rank, reverse=True)
    has_more = len(fitting) > paging.limit
    after = places[fitting[paging.limit - 1].number] if has_more else candidates.after
    cursor = sealed({'after': after}, binding) if after else None
    return Page(items=[RequestBrief.of(request) for request in shown], next_cursor=cursor)


def _all_found(what: Wanted, search: str, by: Caller) -> Iterator[int]:
    if one := _by_number(what, search, by):
        yield one.number
        return
    words = asked(search)
    after: str | None = None
    while words:
        candidates = repository.by_words(by.organisation, words, after, MOST_FOUND)
        numbers = [repository.number_found(one) for one in candidates.found]
        yield from (request.number for request in _fitting(what, numbers, by))
        after = candidates.after
        if after is None:
            return


def _by_number(what: Wanted, search: str, by: Caller) -> Request | None:
    """The one request of that number, if the text is a number and the request may be shown (REQ-003)."""
    digits = search.strip().lstrip('№#').strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        return None
    return next(iter(_fitting(what, [int(digits)], by)), None)


def _fitting(what: Wanted, numbers: 'list[int] | array[int]', by: Caller) -> list[Request]:
    """Those of the requests that fit now, whatever the index said a moment ago."""
    if not numbers:
        return []
    found = repository.find_all(by.organisation, numbers)
    return [request for request in found if narrowing.fits(request, what)]


class _NumberSet:
    """Numbers seen so far, a bit each: a million of them take 125 kB."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> bool:
        """Whether the number is seen for the first time."""
        place, bit = divmod(number, 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        is_new = not self._bits[place] >> bit & 1
        self._bits[place] |= 1 << bit
        return is_new
