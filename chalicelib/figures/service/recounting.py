"""The figures counted anew from the requests, and compared with them, while work goes on.

Counters that somebody damaged cannot be told from right ones by their ledgers, and cannot be set while they
change. So another generation of ledgers and counters is made beside the one that is looked at: it is named as
the one in building, then every request there is gets counted in it, then it takes the other's place.

Nothing that happens meanwhile is missed. Who counts an event has read which generations there are after the
event: either he counts it in both, or he read before the building was named, and then the walk, which began
later, meets the request as the event left it or later. To count a request twice in a generation adds nothing,
so it does not matter who of them comes first, nor whether two recount at once, nor where a recounting stops:
the next goes on with the same generation.

The one before the present one stays for who still has its number in hand; the next recounting removes it.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator

from chalicelib.figures import repository
from chalicelib.figures.model import Difference, Sums
from chalicelib.figures.rules.contributing import contributions, difference
from chalicelib.figures.service.counting import count_in
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as requests


def recount(organisation: str) -> Iterator[int]:
    """Every counter and every ledger is made anew from the requests; tells each number when it is counted.

    The dashboard shows the figures as they were until the last number has been told, and the new ones then.
    """
    building = _begun(organisation)
    for request in requests.everything(organisation):
        count_in(organisation, request.number, building)
        yield request.number
    _ended(organisation, building)
    _tidied(organisation)


def check(organisation: str) -> list[Difference]:
    """Every number among the counters that is not what the requests add up to, by name.

    Requests change while they are walked through, and what was announced is counted a moment later: a number
    is a difference where a second walk finds the same amounts. An empty list costs one walk.
    """
    found = _differences(organisation)
    if not found:
        return []
    again = set(_differences(organisation))
    return [one for one in found if one in again]


def _begun(organisation: str) -> int:
    while True:
        generations = repository.generations(organisation)
        if generations.building is not None:
            return generations.building
        with contextlib.suppress(ChangedMeanwhile):  # another recounting began, or ended
            repository.keep_generations(organisation, generations, building=generations.standing + 1)


def _ended(organisation: str, building: int) -> None:
    while True:
        generations = repository.generations(organisation)
        if generations.building != building:  # another recounting of the same generation ended first
            return
        with contextlib.suppress(ChangedMeanwhile):
            repository.keep_generations(organisation, generations, standing=building, building=None)


def _tidied(organisation: str) -> None:
    generations = repository.generations(organisation)
    last = requests.last_number(organisation)
    for generation in range(generations.wiped + 1, generations.standing - 1):
        repository.wipe(organisation, generation, last)
        with contextlib.suppress(ChangedMeanwhile):  # what is gone is taken away again by the next
            generations = repository.keep_generations(organisation, generations, wiped=generation)


def _differences(organisation: str) -> list[Difference]:
    true: Sums = Counter()
    for request in requests.everything(organisation):
        true.update(contributions(request))
    places = {cell.slot.place for cell in true}
    generations = repository.generations(organisation)
    counted = repository.counted(organisation, generations.standing, places)
    return [Difference(cell, counted[cell], true[cell]) for cell in sorted(difference(counted, true))]
