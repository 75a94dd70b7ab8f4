"""A client calls, the operator sees who it is and makes a request while they talk; it finds its call."""

from typing import Any

import httpx
import pytest

from tests.journeys.company import PROBLEM, Company
from tests.journeys.patience import eventually
from tests.journeys.people import Employee, refused

pytestmark = pytest.mark.journey

TELEPHONY, CALLS = '/v1/staff/settings/telephony', '/v1/staff/calls'


def connected(company: Company, operator: Employee) -> None:
    """The exchange of the company is connected, and the operator sits at its telephone 7."""
    administrator = company.administrator
    administrator.call('PATCH', TELEPHONY, {'recording_hosts': ['records.example']})
    administrator.call('PUT', f'{TELEPHONY}/secret', {})
    administrator.call('PUT', f'{TELEPHONY}/extensions/7', {'employee_id': operator.id})


def told(company: Company, **news: Any) -> dict[str, Any]:
    """The exchange tells of an incoming call at the telephone 7; what it told and was answered."""
    return company.runtime.rings(organisation=company.id, extension='7', **news)


@pytest.mark.proves(
    'CALL-001', 'CALL-002', 'CALL-003', 'CALL-004', 'CALL-006', 'CALL-008', 'SET-005', 'REQ-069'
)
def test_a_request_made_while_they_talk_finds_its_call_and_the_client_his_activity(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr = company.resident('Петров', 'Пётр')
    with refused('PermissionMissing'):
        darya.call('PUT', f'{TELEPHONY}/secret', {})
    connected(company, darya)

    rang = told(company, client_phone=pyotr.phone)
    name, call_id = rang['told']['call_id'], rang['call_id']
    (current,) = darya.call('GET', f'{CALLS}/current')['items']
    assert (current['id'], current['status'], current['client']['name']) == (
        call_id,
        'ringing',
        'Петров Пётр',
    )
    caller = darya.call('GET', f'/v1/staff/callers?phone=%2B{pyotr.phone[1:]}')['items'][0]
    assert (caller['homes'][0]['premises_number'], caller['requests']) == ('12', [])

    told(company, call_id=name, event='answered')
    number = company_request(company, darya, plumbing, caller)
    eventually(lambda: darya.call('GET', f'{CALLS}/{call_id}')['number'] == number)
    assert [one['details']['is_automatic'] for one in darya.happened(number, 'CallAttached')] == [True]
    company.passes(seconds=192)
    told(company, call_id=name, event='ended')
    told(company, call_id=name, event='recorded', recording_url='https://records.example/1.mp3')
    (line,) = darya.call('GET', f'/v1/staff/requests/{number}/calls')['items']
    assert (line['status'], line['is_recorded']) == ('ended', True)
    assert 192 <= line['duration_seconds'] <= 222
    with refused('PermissionMissing'):
        darya.call('GET', f'{CALLS}/{call_id}/recording')
    recording = company.administrator.call('GET', f'{CALLS}/{call_id}/recording')
    assert recording == {'url': 'https://records.example/1.mp3'}

    activity = f'/v1/staff/clients/{pyotr.id}/activity'
    talk = eventually(
        lambda: [one for one in darya.call('GET', activity)['items'] if one['kind'] == 'called']
    )
    assert 'разговор 3:' in talk[0]['title']

    darya.call('POST', f'{CALLS}/{call_id}/detach', {})
    company.settles()
    assert darya.call('GET', f'{CALLS}/{call_id}')['number'] is None
    assert darya.happened(number, 'CallDetached')[0]['author'] == 'Дмитриева Дарья'


def company_request(company: Company, by: Employee, offering: str, caller: dict[str, Any]) -> int:
    """The operator enters a request for the client who calls; its number."""
    home = caller['homes'][0]
    wanted = {
        'channel': 'incoming_call', 'offering_id': offering, 'client_id': caller['id'],
        'building_id': home['building_id'], 'premises_id': home['premises_id'],
        'form': {PROBLEM['code']: 'Течёт кран'},
    }  # fmt: skip
    number: int = by.call('POST', '/v1/staff/requests', wanted)['number']
    return number


def test_a_forged_message_is_refused_and_a_call_without_an_end_is_closed(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    connected(company, darya)
    forged = httpx.post(
        f'{company.runtime.api}/v1/hooks/telephony/{company.id}',
        json={
            'event_id': 'e', 'call_id': 'c', 'event': 'ringing', 'at': company.now().isoformat(),
            'direction': 'incoming',
        },
        headers={'X-Telephony-Timestamp': '1', 'X-Telephony-Signature': 'sha256=0'},
    )  # fmt: skip
    assert (forged.status_code, forged.json()['code']) == (401, 'CallSignatureForged')
    assert darya.call('GET', CALLS)['items'] == []

    answered = told(company, event='answered', client_phone='+79031112233')
    company.passes(hours=4)
    closed = eventually(
        lambda: [one for one in darya.call('GET', CALLS)['items'] if one['status'] == 'ended']
    )
    assert (closed[0]['id'], closed[0]['is_end_unknown'], closed[0]['client']) == (
        answered['call_id'], True, None,
    )  # fmt: skip
    assert darya.call('GET', f'{CALLS}/current')['items'] == []
