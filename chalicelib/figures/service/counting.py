"""Counting: what a request adds to the counters is what it says now, whatever was announced of it.

The event only names the request. What it adds is worked out from its row, and the difference from its ledger
is added in one transaction with the ledger, on the ledger's revision. So an event that comes twice finds
nothing to do, one that comes late finds more done than it tells, and one that was lost is made good by the
next one of the same request, or by `recount`.
"""

import contextlib

from chalicelib.figures import repository
from chalicelib.figures.model import Generations, Ledger
from chalicelib.figures.rules.contributing import contributions, steps
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

TRIES = 4


def count(organisation: str, number: int) -> bool:
    """The counters hold what the request says now, or what a later version does; whether they changed.

    Two reads where nothing changes; where something does, a transaction for each generation and each hundred
    counters. Every transaction of an organisation meets the counters of the whole of it: those that come at
    the same moment are made one after another, some fifty a second at 20 ms each, and a company of ten
    thousand flats announces one a minute. What is refused for that comes again by the queue.

    Which generations there are is read for each event, after it was announced: `recount` relies on it.
    """
    return _again(organisation, number, None)


def count_in(organisation: str, number: int, generation: int) -> bool:
    """The same in one generation alone."""
    return _again(organisation, number, generation)


def _again(organisation: str, number: int, generation: int | None) -> bool:
    for _ in range(TRIES - 1):
        with contextlib.suppress(ChangedMeanwhile):  # another hand counted another version
            return _count(organisation, number, generation)
    return _count(organisation, number, generation)


def _count(organisation: str, number: int, generation: int | None) -> bool:
    generations, request = dynamo.fetch(
        repository.reading_generations(organisation), requests.reading(organisation, number)
    )
    chosen = (generations or Generations()).kept if generation is None else (generation,)
    ledgers = dynamo.fetch(*(repository.reading_ledger(organisation, one, number) for one in chosen))
    changed = [
        _settle(request, one, ledger or Ledger()) for one, ledger in zip(chosen, ledgers, strict=True)
    ]
    return any(changed)


def _settle(request: Request, generation: int, ledger: Ledger) -> bool:
    if ledger.version > request.version:  # the row was read before another hand's, and counts no more
        return False
    left = steps(ledger.sums, contributions(request))
    for position, step in enumerate(left, 1):
        # Until the last step the ledger is not yet of this version.
        version = request.version if position == len(left) else ledger.version
        ledger = repository.count(
            request.organisation, generation, request.number, ledger, step, version
        )
    return bool(left)
