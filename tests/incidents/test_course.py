"""The course of an incident: what is refused, and what an organisation settles about it."""

import pytest

from tests.incidents.conftest import SETTINGS, announced, card


@pytest.mark.parametrize(
    'action, body, expected',
    [
        ('suspend', {'comment': 'ждём', 'resume_until': '2026-11-25'}, (409, 'IncidentMoveNotAllowed')),
        ('cancel', {}, (422, 'IncidentCommentNeeded')),
        ('cancel', {'comment': ' '}, (422, 'IncidentCommentNeeded')),
    ],
)
def test_a_move_that_is_not_allowed_changes_nothing(do, water, action, body, expected):
    refused = do(action, body)
    assert (refused.status_code, refused.json_body['code']) == expected
    assert card(do)['version'] == 1


@pytest.mark.parametrize(
    'body, expected',
    [
        ({'comment': 'ждём'}, (400, 'IncidentDateNeeded')),
        ({'comment': 'ждём', 'resume_until': '2026-11-22'}, (422, 'IncidentDateInPast')),
        ({'resume_until': '2026-11-25'}, (422, 'IncidentCommentNeeded')),
    ],
)
def test_a_suspension_says_why_and_until_when(do, body, expected):
    do('start')
    refused = do('suspend', body)
    assert (refused.status_code, refused.json_body['code']) == expected


def test_an_incident_that_is_over_does_not_change(do):
    assert do('complete').status_code == 200
    for action, body in (('start', {}), ('complete', {}), ('cancel', {'comment': 'поздно'})):
        assert do(action, body).json_body['code'] == 'IncidentOver'
    assert do('', {'title': 'Другое'}, method='PATCH').json_body['code'] == 'IncidentOver'


def test_settings_are_an_organisations_own_and_off_at_first(call, dispatcher, do, followed):
    first = call('GET', SETTINGS, by=dispatcher).json_body
    assert first == {
        'version': 0, 'is_start_followed': False, 'is_suspension_followed': False,
        'is_cancelling_followed': False,
    }  # fmt: skip
    followed(is_start_followed=True)
    assert call('GET', SETTINGS, by=dispatcher).json_body == {
        **first,
        'version': 1,
        'is_start_followed': True,
    }
    followed()
    assert call('GET', SETTINGS, by=dispatcher).json_body['version'] == 1
    assert [one.event['fields'] for one in announced('CourseChanged')] == [['is_start_followed']]


def test_the_history_of_an_incident_says_who_did_what(do, water, dispatcher):
    do('', {'title': 'Нет горячей воды'}, method='PATCH')
    do('start')
    do('suspend', {'comment': 'ждём деталь', 'resume_until': '2026-11-25'})
    told = do('history?limit=3', method='GET').json_body
    assert [(one['type'], one['was'], one['status'], one['comment']) for one in told['items']] == [
        ('IncidentSuspended', 'in_progress', 'suspended', 'ждём деталь'),
        ('IncidentStarted', 'planned', 'in_progress', ''),
        ('IncidentChanged', None, 'planned', None),
    ]
    assert {one['author'] for one in told['items']} == {dispatcher.name}
    assert told['items'][2]['fields'] == ['title']
    (first,) = do(f'history?limit=3&cursor={told["next_cursor"]}', method='GET').json_body['items']
    assert first['type'] == 'IncidentOpened'
