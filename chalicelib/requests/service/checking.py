"""The index and the counters of requests compared with the truth, and put right where they differ.

A walk takes its time and requests change meanwhile: what differs is looked at once more, and what is put
right is put right only where nothing has changed it since it was read.
"""

import contextlib
from collections.abc import Iterator

from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import repository
from chalicelib.requests.repository import Counted, Truth
from chalicelib.requests.service.walking import everything


def check(organisation: str) -> list[str]:
    """What is wrong with lists, search and counters, a line each, named as rows are; empty if nothing is."""
    found = set(_wrong(organisation))
    return sorted(found & set(_wrong(organisation))) if found else []


def tidy(organisation: str) -> Iterator[int]:
    """Rows of no present request are gone and counters say what there is; tells how many rows it changed.

    Rows that are missing are made by `reindex`, which comes first.
    """
    changed = 0
    # Read before the walk: a counter that is as it was before it has missed nothing the walk met.
    counters = repository.counters(organisation)
    truth = _truth(organisation)
    for pk in _differing(organisation, truth):
        for key in repository.keys_in(pk):
            if not repository.is_wanted(organisation, key):
                repository.remove(key)
                changed += 1
                yield changed
    for key in {*counters, *truth.counters}:
        counted = counters.get(key, Counted())
        if counted.tally != truth.counters[key]:
            with contextlib.suppress(ChangedMeanwhile):  # the next run finds it at rest
                repository.set_counter(key, counted, truth.counters[key])
                changed += 1
                yield changed


def _wrong(organisation: str) -> Iterator[str]:
    counters = repository.counters(organisation)
    truth = _truth(organisation)
    for pk in _differing(organisation, truth):
        yield f'{pk}: its rows are not those of the requests'
    for key in {*counters, *truth.counters}:
        said, true = counters.get(key, Counted()).tally, truth.counters[key]
        if said != true:
            yield f'{key[0]} {key[1]}: says {said}, should say {true}'


def _truth(organisation: str) -> Truth:
    return repository.truth_of(organisation, everything(organisation))


def _differing(organisation: str, truth: Truth) -> Iterator[str]:
    for pk in sorted({*repository.partitions(organisation), *truth.rows}):
        if repository.rows_in(pk) != truth.rows.get(pk, repository.Rows()):
            yield pk
