"""The secret of the exchange, the hosts of recordings and the internal numbers."""

import json
from dataclasses import replace

import pytest

from chalicelib.calls.repository.rows import CallRow
from chalicelib.calls.rules import signing
from chalicelib.kit import clock
from chalicelib.staff import service as staff
from tests.calls.conftest import CALLS, HOOK, TELEPHONY
from tests.make import calls as make


@pytest.mark.proves('SET-005')
def test_the_secret_is_told_once_and_stands_nowhere(house, call, operator):
    made = call('PUT', f'{TELEPHONY}/secret', by=operator)
    assert made.status_code == 200
    secret = made.json_body['plain']
    shown = call('GET', TELEPHONY, by=operator)
    assert secret not in shown.body.decode()
    assert shown.json_body['secret'] == f'••••{secret[-4:]}'
    assert (shown.json_body['is_connected'], shown.json_body['webhook']) == (True, '/v1/hooks/telephony/demo')
    assert shown.headers['ETag'] == made.headers['ETag']
    assert secret not in str([row.attribute_values for row in CallRow.scan()])


def test_each_secret_is_another_one_and_only_the_last_opens(house, call, operator):
    first = call('PUT', f'{TELEPHONY}/secret', by=operator).json_body['plain']
    second = call('PUT', f'{TELEPHONY}/secret', by=operator).json_body['plain']
    assert first != second
    for secret, status in ((second, 200), (first, 401)):
        body = json.dumps(make.news()).encode()
        headers = signing.signed(secret, body, clock.now())
        spelled = {name.replace('-', '_'): value for name, value in headers.items()}
        assert call('POST', HOOK, body, **spelled).status_code == status


def test_an_idempotency_key_keeps_no_secret(house, call, operator):
    first = call('PUT', f'{TELEPHONY}/secret', by=operator, idempotency_key='k')
    again = call('PUT', f'{TELEPHONY}/secret', by=operator, idempotency_key='k')
    assert 'Idempotency-Replayed' not in again.headers
    assert first.json_body['plain'] != again.json_body['plain']


@pytest.mark.proves('SET-005')
def test_the_hosts_of_recordings_are_changed(house, call, operator):
    said = call('PATCH', TELEPHONY, {'recording_hosts': ['a.example', 'b.example', 'a.example']}, by=operator)
    assert said.json_body['recording_hosts'] == ['a.example', 'b.example']
    assert call('PATCH', TELEPHONY, {}, by=operator).json_body == said.json_body
    for host in ('http://a.example', 'localhost', '*.example', '10.0.0.1', 'A.example', '', 'a..example'):
        refused = call('PATCH', TELEPHONY, {'recording_hosts': [host]}, by=operator)
        assert refused.status_code == 400, host
    kept = make.tell(call_id='c')
    assert make.tell(call_id='c', event='recorded', recording_url='https://x.b.example/').id == kept.id


def test_an_organisation_without_telephony_is_told_so(house, call, operator):
    stranger = replace(operator, organisation='other')
    shown = call('GET', TELEPHONY, by=stranger).json_body
    assert (shown['is_connected'], shown['secret'], shown['version']) == (False, None, 0)
    said = call('DELETE', f'{TELEPHONY}/secret', by=stranger)
    assert (said.status_code, said.json_body['code']) == (404, 'TelephonyNotConnected')


@pytest.mark.proves('SET-005')
def test_internal_numbers_are_given_passed_on_and_taken(house, call, operator):
    path, crew = f'{TELEPHONY}/extensions', house.crew
    for extension, employee in (('105', crew[0]), ('104', crew[0]), ('105', crew[1])):
        said = call('PUT', f'{path}/{extension}', {'employee_id': employee.id}, by=operator)
        assert said.status_code == 200, said.json_body
    lines = call('GET', path, by=operator).json_body['items']
    assert [(line['extension'], line['employee']) for line in lines] == [
        ('101', operator.name), ('104', crew[0].name), ('105', crew[1].name),
    ]  # fmt: skip
    before = make.tell(extension='105')
    assert call('DELETE', f'{path}/105', by=operator).status_code == 204
    gone = call('DELETE', f'{path}/105', by=operator)
    assert (gone.status_code, gone.json_body['code']) == (404, 'LineNotFound')
    assert call('GET', f'{CALLS}/{before.id}', by=operator).json_body['employee']['id'] == crew[1].id


def test_who_does_not_work_here_sits_at_no_number(house, call, operator):
    staff.employees.dismiss(house.crew[0].id, by=operator)
    for employee, status, code in (
        (house.crew[0].id, 409, 'SeatedIsDismissed'),
        ('nobody', 404, 'EmployeeNotFound'),
    ):
        said = call('PUT', f'{TELEPHONY}/extensions/109', {'employee_id': employee}, by=operator)
        assert (said.status_code, said.json_body['code']) == (status, code)


def test_changes_are_announced_without_the_secret(house):
    rows = [row for row in CallRow.scan() if row.sk.startswith('event#')]
    told = ' '.join(row.body for row in rows)
    assert '"TelephonyChanged"' in told and '"LineSeated"' in told
    secrets = [row.body for row in CallRow.scan() if row.sk == 'settings']
    assert 'sealed_secret' in secrets[0] and 'sealed_secret' not in told
