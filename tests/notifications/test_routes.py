"""A person's own list: pages, the number of unread notices, marking as read."""

from datetime import timedelta

import pytest

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import commit
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.notifications import repository
from tests.conftest import NOON
from tests.make import notifications as make
from tests.notifications.conftest import inbox, unread_of

pytestmark = pytest.mark.usefixtures('world', 'time')

STAFF, RESIDENT = '/v1/staff/notifications', '/v1/resident/notifications'
IVAN = Caller('demo', Audience.STAFF, 'e1')
ANNA = Caller('demo', Audience.RESIDENT, 'e1')


def _made(count, recipient='staff:e1', **changes):
    return [
        make.notification(recipient, at=NOON + timedelta(seconds=second), **changes)
        for second in range(count)
    ]


@pytest.mark.proves('NTF-020')
def test_the_list_is_newest_first_with_the_number_of_unread(call):
    made = _made(3)
    page = call('GET', f'{STAFF}?limit=2', by=IVAN)
    assert page.status_code == 200
    assert [one['id'] for one in page.json_body['items']] == [made[2].id, made[1].id]
    assert page.json_body['unread'] == 3
    assert page.json_body['items'][0] == {
        'id': made[2].id,
        'kind': 'assigned',
        'number': 17,
        'title': 'Заявка № 17',
        'text': 'Вас назначили.',
        'at': '2026-11-23T09:00:02.000Z',
        'is_read': False,
    }
    rest = call('GET', f'{STAFF}?limit=2&cursor={page.json_body["next_cursor"]}', by=IVAN).json_body
    assert [one['id'] for one in rest['items']] == [made[0].id]
    assert (rest['next_cursor'], rest['unread']) == (None, 3)


def test_a_list_is_the_callers_own(call):
    _made(1)
    make.notification('resident:e1')
    make.notification('resident:e1')
    elsewhere = Caller('other', Audience.STAFF, 'e1')
    assert call('GET', STAFF, by=IVAN).json_body['unread'] == 1
    assert call('GET', RESIDENT, by=ANNA).json_body['unread'] == 2
    assert call('GET', STAFF, by=elsewhere).json_body == {'items': [], 'next_cursor': None, 'unread': 0}
    assert call('GET', STAFF, by=ANNA).status_code == 401
    assert call('GET', RESIDENT, by=IVAN).status_code == 401


def test_a_cursor_of_another_list_is_refused(call):
    _made(2)
    cursor = call('GET', f'{STAFF}?limit=1', by=IVAN).json_body['next_cursor']
    other = Caller('demo', Audience.STAFF, 'e2')
    answer = call('GET', f'{STAFF}?limit=1&cursor={cursor}', by=other)
    assert (answer.status_code, answer.json_body['code']) == (400, 'CursorInvalid')


@pytest.mark.parametrize('path, by, recipient', [(STAFF, IVAN, 'staff:e1'), (RESIDENT, ANNA, 'resident:e1')])
def test_named_notices_are_read_and_counted_once(call, path, by, recipient):
    made = _made(3, recipient)
    body = {'ids': [made[0].id, made[2].id, made[0].id]}
    for _ in range(2):
        answer = call('POST', f'{path}/read', body, by=by)
        assert (answer.status_code, answer.json_body) == (200, {'unread': 1})
    page = call('GET', path, by=by).json_body
    assert [one['is_read'] for one in page['items']] == [True, False, True]
    assert page['unread'] == 1


@pytest.mark.parametrize('path, by, recipient', [(STAFF, IVAN, 'staff:e1'), (RESIDENT, ANNA, 'resident:e1')])
def test_all_are_read_at_once_and_later_ones_are_not(call, path, by, recipient):
    made = _made(60, recipient)
    call('POST', f'{path}/read', {'ids': [made[3].id]}, by=by)
    for _ in range(2):
        assert call('POST', f'{path}/read', {'all': True}, by=by).json_body == {'unread': 0}
    page = call('GET', f'{path}?limit=100', by=by).json_body
    assert (page['unread'], {one['is_read'] for one in page['items']}) == (0, {True})
    # An event that was late on its way: older than what was read, and unread all the same.
    late = make.notification(recipient, at=NOON - timedelta(hours=1))
    page = call('GET', f'{path}?limit=100', by=by).json_body
    assert page['unread'] == 1
    assert [one['id'] for one in page['items'] if not one['is_read']] == [late.id]
    assert call('POST', f'{path}/read', {'ids': [late.id, made[5].id]}, by=by).json_body == {'unread': 0}


def test_other_peoples_notices_and_unknown_ones_change_nothing(call):
    mine, foreign = make.notification(), make.notification('staff:e2')
    answer = call('POST', f'{STAFF}/read', {'ids': [foreign.id, 'no-such-notice']}, by=IVAN)
    assert answer.json_body == {'unread': 1}
    assert (unread_of('e1'), unread_of('e2')) == (1, 1)
    assert inbox('e1').items[0].id == mine.id


def test_fifty_are_marked_by_one_call(call):
    made = _made(50)
    body = {'ids': [one.id for one in made]}
    first = call('POST', f'{STAFF}/read', body, by=IVAN, idempotency_key='k1')
    again = call('POST', f'{STAFF}/read', body, by=IVAN, idempotency_key='k1')
    assert (first.json_body, again.json_body) == ({'unread': 0}, {'unread': 0})
    assert unread_of('e1') == 0


@pytest.mark.parametrize(
    'body, path',
    [
        ({}, 'body'),
        ({'ids': ['a'], 'all': True}, 'body'),
        ({'ids': None}, 'body'),
        ({'all': False}, 'body.all'),
        ({'all': 'yes'}, 'body.all'),
        ({'ids': []}, 'body.ids'),
        ({'ids': 'a'}, 'body.ids'),
        ({'ids': [1]}, 'body.ids[0]'),
        ({'ids': ['a b']}, 'body.ids[0]'),
        ({'ids': ['x' * 65]}, 'body.ids[0]'),
        ({'ids': ['a#b']}, 'body.ids[0]'),
        ({'ids': [f'n{number}' for number in range(51)]}, 'body.ids'),
        ({'ids': ['a'], 'until': 'now'}, 'body.until'),
        ([], 'body'),
    ],
)
def test_bad_marks_are_refused_and_nothing_is_read(call, body, path):
    make.notification()
    for door, by in ((STAFF, IVAN), (RESIDENT, ANNA)):
        answer = call('POST', f'{door}/read', body, by=by)
        assert (answer.status_code, answer.json_body['code']) == (400, 'NotDecent')
        assert [problem['path'] for problem in answer.json_body['errors']] == [path]
    assert unread_of('e1') == 1


def test_the_refusal_is_said_in_words(call):
    answer = call('POST', f'{STAFF}/read', {}, by=IVAN)
    assert answer.json_body['errors'][0]['message'] == 'Укажите либо ids, либо all: true.'


# Two hands at once


def _known():
    tallies = repository.tallies('demo', 'staff:e1', NOON)
    return tallies, repository.unread_among(
        'demo', 'staff:e1', [one.id for one in inbox('e1').items], tallies
    )


def test_of_two_hands_that_mark_the_same_notice_one_counts():
    make.notification()
    make.notification()
    tallies, fresh = _known()
    one, other = repository.marking(fresh[:1], tallies), repository.marking(fresh, tallies)
    commit(*one)
    with pytest.raises(ChangedMeanwhile):
        commit(*other)
    assert unread_of('e1') == 1


def test_marking_some_after_somebody_marked_all_counts_nothing_down():
    make.notification()
    tallies, fresh = _known()
    commit(*repository.marking_all(tallies))
    with pytest.raises(ChangedMeanwhile):
        commit(*repository.marking(fresh, tallies))
    assert unread_of('e1') == 0


def test_a_notice_that_was_on_its_way_when_all_were_read_is_either_read_or_counted():
    make.notification()
    tallies, _ = _known()
    commit(*repository.marking_all(tallies))
    make.notification()
    commit(*repository.marking_all(tallies))  # the same wish again, judged by what was known before
    page = inbox('e1')
    assert (page.unread, [one.is_read for one in page.items]) == (0, [True, True])
    make.notification()
    page = inbox('e1')
    assert (page.unread, [one.is_read for one in page.items].count(False)) == (1, 1)


# What is forgotten


def test_a_forgotten_month_leaves_no_count_behind(call, time):
    make.notification()
    time.move(NOON + timedelta(days=100))
    make.notification()
    assert call('GET', STAFF, by=IVAN).json_body['unread'] == 2
    time.move(NOON + timedelta(days=180 + 8))
    page = call('GET', STAFF, by=IVAN).json_body
    assert (page['unread'], len(page['items'])) == (1, 1)
    assert call('POST', f'{STAFF}/read', {'all': True}, by=IVAN).json_body == {'unread': 0}


def test_how_long_is_a_setting(call, time, monkeypatch):
    monkeypatch.setenv('NOTIFICATIONS_KEPT_DAYS', '30')
    make.notification()
    time.move(NOON + timedelta(days=45))
    assert call('GET', STAFF, by=IVAN).json_body == {'items': [], 'next_cursor': None, 'unread': 0}
