"""Keeping the index of requests: by the stream, and anew where it must be."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import repository
from chalicelib.requests.model.request import Request
from chalicelib.requests.rules import listing
from chalicelib.requests.service.walking import everything

TRIES = 4


def index(request: Request) -> bool:
    """Lists and search show the request as it stands in this version or a later one; whether they changed."""
    return _again(partial(_index, request))


def reindex(organisation: str) -> Iterator[int]:
    """Every row that is to stand in the index does, whatever was lost; tells each number when it is done.

    What changes meanwhile is brought by the stream as ever.
    """
    for request in everything(organisation):
        index(request)
        _again(partial(_rewrite, request))
        yield request.number


def _index(request: Request) -> bool:
    kept = dynamo.find(repository.reading_kept(request.organisation, request.number))
    standing = listing.standing(request)
    if kept is not None and (kept.standing.version > request.version or kept.standing == standing):
        return False
    repository.settle(request.organisation, kept, standing)
    return True


def _rewrite(request: Request) -> bool:
    kept = dynamo.get(repository.reading_kept(request.organisation, request.number))
    repository.rewrite(request.organisation, kept)
    return True


def _again(act: Callable[[], bool]) -> bool:
    for _ in range(TRIES - 1):
        with contextlib.suppress(ChangedMeanwhile):  # another hand brought another version
            return act()
    return act()
