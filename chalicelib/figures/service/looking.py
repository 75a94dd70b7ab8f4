"""Staff look at the figures: counters of the buildings they may see are read, never a request.

A caller has every building, or a hundred at most; calls grow with those, and with nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from chalicelib.catalogue import service as catalogue
from chalicelib.figures import repository
from chalicelib.figures.model import BreakdownLine, BreakdownQuery, By, Dashboard, Kind, Period
from chalicelib.figures.rules import periods, telling
from chalicelib.figures.rules.periods import Grain, Segment
from chalicelib.figures.rules.telling import Counted
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.pages import opened, sealed
from chalicelib.kit.values import Page
from chalicelib.premises import service as premises
from chalicelib.staff import service as staff


def dashboard(period: Period, *, by: Caller) -> Dashboard:
    """How it stands now, what happened in the period and on each of its days, where the caller may look.

    Costs a read, a batch read, and one query a place (the whole organisation is one) of as many small rows as
    the period has days: for two years about 30 read units a place.
    """
    organisation = by.organisation
    generation = repository.generations(organisation).standing
    places = telling.places_of(by.scope)
    days = Segment(Grain.DAY, period.since.isoformat(), period.until.isoformat())
    by_day: dict[str, Counter[str]] = defaultdict(Counter)
    for place in places:
        for slot, numbers in repository.list_segment(organisation, generation, place, Kind.TOTAL, days):
            by_day[slot.period].update(numbers)
    standing = dynamo.fetch_all(repository.reading_now(organisation, generation, place) for place in places)
    return Dashboard(
        since=period.since,
        until=period.until,
        now=telling.present(_sum(standing)),
        totals=telling.figures(_sum(by_day.values())),
        days=telling.series(period.since, period.until, by_day),
    )


def breakdown(query: BreakdownQuery, *, by: Caller) -> Page[BreakdownLine]:
    """One page of the figures by offering, building or executor: what came most often in the period first.

    Costs a read, a batch read of the names, and two to four queries a place: of now, and of at most three
    segments of the period. They read a row for each offering, building or executor and each day or month on
    which it had anything: 60 days and 24 months in two years at most, however many requests there are.
    """
    binding = (by.organisation, 'figures.breakdown', query.by, str(query.since), str(query.until))
    after = opened(query.cursor, binding)
    counted = _counted(query, by)
    lines, last = telling.page(counted, query.limit, (*after['rank'],) if after else None)
    names = _names(query.by, by.organisation, [one.id for one in lines])
    return Page(
        items=[
            BreakdownLine(
                id=one.id,
                name=names.get(one.id),
                now=telling.present(one.now),
                figures=telling.figures(one.sums),
            )
            for one in lines
        ],
        next_cursor=sealed({'rank': list(last)}, binding) if last else None,
    )


def _counted(query: BreakdownQuery, by: Caller) -> list[Counted]:
    organisation = by.organisation
    generation = repository.generations(organisation).standing
    now: dict[str, Counter[str]] = defaultdict(Counter)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for place, kind in telling.sources(by.scope, query.by):
        for slot, numbers in repository.list_now(organisation, generation, place, kind):
            now[slot.value].update(numbers)
        for segment in periods.segments(query.since, query.until):
            for slot, numbers in repository.list_segment(organisation, generation, place, kind, segment):
                sums[slot.value].update(numbers)
    return [Counted(value, now[value], sums[value]) for value in {*now, *sums}]


def _names(by: By, organisation: str, ids: list[str]) -> dict[str, str]:
    reading: dict[By, Any] = {
        By.OFFERING: catalogue.reading_offering,
        By.BUILDING: premises.reading_building,
        By.EXECUTOR: staff.reading_employee,
    }
    reads: list[Read[Any]] = [reading[by](organisation, id_) for id_ in ids]
    return {found.id: found.name for found in dynamo.fetch_all(reads)}


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for one in counters:
        whole.update(one)
    return whole
