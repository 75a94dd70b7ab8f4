"""Pages of everybody's tasks for who does not see every place: filled as far as they may look, and honest."""

from collections import Counter
from dataclasses import replace

import pytest

from chalicelib.kit import clock, pages
from chalicelib.kit.caller import Scope
from chalicelib.tasks import service
from chalicelib.tasks.model.task import TasksQuery, TaskTab
from tests.engine.watching import watched
from tests.make import tasks as make


@pytest.fixture
def bounded(house):
    """Who sees all requests, of the other building alone."""
    return replace(house.dispatcher, id='bounded', scope=Scope(frozenset({house.other_building})))


def asked_for(bounded, **query):
    return service.list_tasks(TasksQuery(tab=TaskTab.ALL, **query), by=bounded)


def test_a_page_of_bounded_places_is_filled_from_the_tasks_that_follow(house, number, bounded):
    hidden = [make.task(house.dispatcher, house.crew[0].id, number) for _ in range(5)]
    alone = [
        make.task(house.dispatcher, house.crew[0].id, due_at=hidden[0].due_at + (n + 1) * make.DAY)
        for n in range(4)
    ]
    first = asked_for(bounded, limit=3)
    assert [one.id for one in first.items] == [one.id for one in alone[:3]]
    rest = asked_for(bounded, limit=3, cursor=first.next_cursor)
    assert ([one.id for one in rest.items], rest.next_cursor) == ([alone[3].id], None)


def test_an_empty_page_that_leads_on_has_passed_over_all_it_may_look_at(house, number, bounded, monkeypatch):
    monkeypatch.setattr(pages, 'EVALUATED_PER_QUERY', 3)
    monkeypatch.setattr(pages, 'QUERIES_PER_PAGE', 3)
    for _ in range(20):
        make.task(house.dispatcher, house.crew[0].id, number)
    last = make.task(house.dispatcher, house.crew[0].id, due_at=clock.now() + 9 * make.DAY)
    looked_at, found, cursor, empty = 1 + 1 + 2 * 3, [], None, 0
    while True:
        with watched() as seen:
            page = asked_for(bounded, limit=1, cursor=cursor)
        assert Counter(seen.calls)['Query'] <= pages.QUERIES_PER_PAGE
        found += [one.id for one in page.items]
        empty += not page.items and page.next_cursor is not None
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (found, empty) == ([last.id], 20 // looked_at)
