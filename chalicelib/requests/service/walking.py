"""Walking through requests: all of an organisation, whatever their number, for what is rebuilt or checked."""

from collections.abc import Iterator

from chalicelib.kit import dynamo
from chalicelib.requests import repository
from chalicelib.requests.model.request import Request


def everything(organisation: str, *, after: int = 0) -> Iterator[Request]:
    """Every request of the organisation with a number above `after`, by number, strongly consistent.

    One batch read for each hundred numbers; requests made meanwhile are met too.
    """
    last = repository.last_number(organisation)
    while after < last:
        until = min(after + dynamo.BATCH_READ_LIMIT, last)
        yield from repository.find_all(organisation, range(after + 1, until + 1))
        after = until
        if after == last:
            last = repository.last_number(organisation)


def last_number(organisation: str) -> int:
    """The number of the organisation's newest request, 0 before the first: how far a walk will go."""
    return repository.last_number(organisation)
