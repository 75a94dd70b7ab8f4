"""Any request there could be, and any number of them one after another."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as some

from chalicelib.requests.model.request import Clock, Person, Place, Rating, Request
from chalicelib.requests.model.status import Status, Verdict
from tests.conftest import NOON
from tests.make import requests as make

MOMENTS = some.integers(0, 90 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))
ZONES = ('Europe/Moscow', 'Asia/Vladivostok', 'America/New_York')


def clocks() -> some.SearchStrategy[Clock]:
    """A promise that was kept, broken, is still open, or was never made."""
    made = some.builds(Clock, until=MOMENTS, verdict=some.sampled_from(Verdict))
    return some.just(Clock()) | made


def crews() -> some.SearchStrategy[tuple[Person, ...]]:
    """Nobody, or up to four of five people."""
    ids = some.lists(some.sampled_from('abcde'), max_size=4, unique=True)
    return ids.map(lambda chosen: tuple(Person(id=one, name=one) for one in chosen))


@some.composite
def requests(draw: Any, number: int = 17, version: int = 1) -> Request:
    """A request that stands somehow: what a life cannot bring about together must be counted too."""
    created, *later = sorted(draw(some.lists(MOMENTS, min_size=3, max_size=3)))
    terms = make.terms(zone=draw(some.sampled_from(ZONES)))
    return make.request(
        draw(some.sampled_from(Status)),
        number=number,
        version=version,
        terms=terms.model_copy(update={'offering_id': draw(some.sampled_from(('plumbing', 'cleaning')))}),
        place=Place(building_id=draw(some.sampled_from(('b1', 'b2', 'b3'))), address='ул. Мира, 5'),
        assignees=draw(crews()),
        created_at=created,
        first_started_at=draw(some.none() | some.just(later[0])),
        done_at=draw(some.none() | some.just(later[1])),
        cancelled_at=draw(some.none() | some.just(later[1])),
        reaction=draw(clocks()),
        execution=draw(clocks()),
        rating=draw(some.none() | some.builds(Rating, points=some.integers(1, 5), at=MOMENTS)),
    )
