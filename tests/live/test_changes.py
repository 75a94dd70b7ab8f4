"""Who keeps no socket asks for the changes since, and hears what a socket would have told."""

from datetime import timedelta

import pytest

from chalicelib.kit.caller import Scope
from chalicelib.live import service
from chalicelib.requests import service as requests
from chalicelib.requests.repository.rows import RequestRow
from tests.engine.watching import watched
from tests.make import live as make
from tests.requests.conftest import acting

CHANGES = '/v1/live/changes'


@pytest.fixture
def changes(call, gateway):
    """`changes(by, since)`: the answer of the door."""

    def read(by, since='', query=''):
        answer = call('GET', CHANGES + (f'?since={since}{query}' if since else ''), by=by)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    return read


def tell(*kinds):
    for one in make.announced(RequestRow, *kinds):
        service.tell(one)


def test_what_a_socket_would_have_told_is_told_to_who_asks(
    house, dispatcher, resident, changes, number, time
):
    since = {by.audience: changes(by)['next'] for by in (dispatcher, resident)}
    time.advance(seconds=1)
    tell('RequestCreated')
    requests.cancel_own(number, by=house.resident)
    tell('RequestCancelled')
    for by in (dispatcher, resident):
        answer = changes(by, since[by.audience])
        assert [(one['type'], one['number']) for one in answer['items']] == [
            ('request', number),
            ('status', number),
        ]
        assert answer['has_more'] is False
        time.advance(seconds=1)
        again = changes(by, answer['next'])
        assert again['items'] == answer['items'], 'what was written just now comes again'
        time.advance(seconds=20)
        assert changes(by, changes(by, again['next'])['next'])['items'] == []
        time.move(time.at - timedelta(seconds=21))


def test_a_full_page_leads_on(dispatcher, changes, number, time):
    since = changes(dispatcher)['next']
    for _ in range(3):
        time.advance(seconds=1)
        tell('RequestCreated')
    with watched() as seen:
        first = changes(dispatcher, since, '&limit=2')
    assert len(seen.parameters) == 2, 'the news, and the requests it is about'
    assert (len(first['items']), first['has_more']) == (2, True)
    rest = changes(dispatcher, first['next'], '&limit=2')
    assert (len(rest['items']), rest['has_more']) == (1, False)


def test_another_building_is_not_told_of(house, dispatcher, changes, number, time):
    elsewhere = acting(house.cleaner, scope=Scope(frozenset({house.other_building})))
    since = changes(elsewhere)['next']
    time.advance(seconds=1)
    tell('RequestCreated')
    assert changes(elsewhere, since)['items'] == []


def test_a_place_of_somebody_else_or_of_last_week_is_refused(call, dispatcher, resident, changes, time):
    since = changes(dispatcher)['next']
    assert call('GET', f'{CHANGES}?since={since}', by=resident).json_body['code'] == 'SinceInvalid'
    assert call('GET', f'{CHANGES}?since=x', by=dispatcher).json_body['code'] == 'SinceInvalid'
    time.advance(days=1, seconds=1)
    assert call('GET', f'{CHANGES}?since={since}', by=dispatcher).json_body['code'] == 'SinceForgotten'
