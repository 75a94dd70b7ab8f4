"""A request that is reopened leaves its incident at that very moment, and is dealt with on its own."""

import pytest

from tests.incidents.conftest import REQUESTS, happened, request_of, standing_of
from tests.requests.conftest import crew_of


@pytest.mark.proves('INC-006', 'AMB-16', 'REQ-131')
@pytest.mark.parametrize('by_resident', [True, False])
def test_a_reopened_request_leaves_its_incident_at_once(house, call, dispatcher, ordered, water, by_resident):
    number = ordered(incident_id=water)
    call('POST', f'{REQUESTS}/{number}/start', crew_of(house, 0), by=dispatcher)
    call('POST', f'{REQUESTS}/{number}/complete', {}, by=dispatcher)
    by, door = (house.resident, '/v1/resident/requests') if by_resident else (dispatcher, REQUESTS)
    answer = call('POST', f'{door}/{number}/reopen', {}, by=by)
    assert answer.json_body['status']['code'] == 'reopened'
    assert request_of(number).incident_id is None
    assert standing_of(water)[1] == []
    told = happened(call, dispatcher, number, 'RequestReopened', 'DetachedFromIncident')
    assert [(one['type'], one['author']) for one in told] == [
        ('RequestReopened', None if by_resident else dispatcher.name),
        ('DetachedFromIncident', None),
    ]
    assert told[1]['details'] == {'incident_id': water, 'is_automatic': True}
    assert call('GET', f'{REQUESTS}/counters', by=dispatcher).json_body == {'new': 1}
