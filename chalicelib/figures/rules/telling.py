"""What counters tell: figures of a period, the present, and the order and the pages of a breakdown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from chalicelib.figures.model import EVERYWHERE, By, DayFigures, Figures, Kind, Measure, Present
from chalicelib.figures.rules import periods
from chalicelib.kit.caller import Scope
from chalicelib.requests.model.status import STANDINGS, Status

M = Measure

Rank = tuple[int, int, int, str]


class Counted(NamedTuple):
    """What is counted of one offering, building or executor."""

    id: str
    now: Counter[str]
    sums: Counter[str]

    @property
    def rank(self) -> Rank:
        """Where it stands in a breakdown: what came most often in the period first."""
        return -self.sums[M.CREATED], -self.sums[M.DONE], -present(self.now).open, self.id

    @property
    def is_worth_telling(self) -> bool:
        """Whether there is anything of it, now or in the period."""
        return any(self.now.values()) or any(self.sums.values())


def places_of(scope: Scope) -> list[str]:
    """The places whose counters together are what the employee may see: a hundred buildings at most."""
    return [EVERYWHERE] if scope.places is None else sorted(scope.places)


def sources(scope: Scope, by: By) -> list[tuple[str, Kind]]:
    """The counters that a breakdown is made of; of a building all are of that building."""
    kind = Kind.TOTAL if by is By.BUILDING and scope.places is not None else Kind(by.value)
    return [(place, kind) for place in places_of(scope)]


def figures(sums: Mapping[str, int]) -> Figures:
    """The figures of a period."""
    return Figures(**_figures(sums))


def series(since: date, until: date, by_day: Mapping[str, Mapping[str, int]]) -> list[DayFigures]:
    """The figures of every day of the period, of those too on which nothing happened."""
    return [
        DayFigures(on=day, **_figures(by_day.get(day.isoformat(), {}))) for day in periods.days(since, until)
    ]


def present(statuses: Mapping[str, int]) -> Present:
    """How it stands, from how many are in each status."""
    each = {status: statuses.get(status, 0) for status in Status}
    opened = sum(count for status, count in each.items() if STANDINGS[status].is_open)
    return Present(open=opened, total=sum(each.values()), statuses=each)


def page(counted: Iterable[Counted], limit: int, after: Rank | None) -> tuple[list[Counted], Rank | None]:
    """So many lines after that rank, and the rank that the next page is after, None on the last."""
    told = sorted((one for one in counted if one.is_worth_telling), key=lambda one: one.rank)
    left = [one for one in told if after is None or one.rank > after]
    return left[:limit], left[limit - 1].rank if len(left) > limit else None


def _figures(sums: Mapping[str, int]) -> dict[str, Any]:
    named = (M.CREATED, M.DONE, M.CANCELLED, M.REACTION_KEPT, M.REACTION_BROKEN, M.EXECUTION_KEPT,
             M.EXECUTION_BROKEN, M.RATINGS)  # fmt: skip
    ratings = sums.get(M.RATINGS, 0)
    return {
        **{measure.value: sums.get(measure, 0) for measure in named},
        'mean_reaction': _mean(sums, M.REACTION_MS, M.REACTIONS),
        'mean_execution': _mean(sums, M.EXECUTION_MS, M.EXECUTIONS),
        'mean_rating': round(sums.get(M.POINTS, 0) / ratings, 2) if ratings else None,
    }


def _mean(sums: Mapping[str, int], whole: Measure, parts: Measure) -> timedelta | None:
    count = sums.get(parts, 0)
    return timedelta(seconds=round(sums.get(whole, 0) / count / 1000)) if count else None
