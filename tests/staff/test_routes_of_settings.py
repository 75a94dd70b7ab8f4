"""The doors of roles, settings, departments, legal entities and the SMS centre."""

import boto3
import pytest

from chalicelib.staff.model import Permission
from tests.make import staff as make

pytestmark = pytest.mark.usefixtures('world', 'time')

NOBODY = make.caller(permissions=frozenset())


@pytest.fixture
def sealing_key(world):
    """The key SMS passwords are sealed with, which a deployment has from its templates."""
    kms = boto3.client('kms', region_name='eu-central-1')
    key = kms.create_key()['KeyMetadata']['KeyId']
    kms.create_alias(AliasName='alias/test-sms', TargetKeyId=key)


@pytest.mark.proves('IAM-002', 'SET-009', 'NTF-001')
def test_a_role_is_made_changed_and_archived(call):
    make.organisation()
    made = call(
        'POST',
        '/v1/staff/roles',
        {
            'name': 'Старший',
            'permissions': ['requests.edit', 'requests.chat'],
            'matrix': {'assigned': ['push', 'email']},
        },
    )
    assert made.status_code == 201
    role = made.json_body
    assert (role['permissions'], role['matrix']) == (
        ['requests.chat', 'requests.edit'],
        {'assigned': ['email', 'push']},
    )
    path = f'/v1/staff/roles/{role["id"]}'
    changed = call('PATCH', path, {'matrix': {'request_created': ['push']}}).json_body
    assert (changed['matrix'], changed['permissions']) == (
        {'request_created': ['push']},
        role['permissions'],
    )
    names = [listed['name'] for listed in call('GET', '/v1/staff/roles').json_body['items']]
    assert 'Старший' in names
    assert call('DELETE', path).status_code == 204
    assert call('GET', path).json_body['is_archived'] is True


@pytest.mark.parametrize(
    'body, path',
    [
        ({'permissions': ['everything']}, 'body.permissions[0]'),
        ({'matrix': {'nothing': ['push']}}, 'body.matrix.nothing.[key]'),
        ({'matrix': {'assigned': ['pigeon']}}, 'body.matrix.assigned[0]'),
    ],
)
def test_a_role_of_unknown_ticks_is_refused(call, body, path):
    make.organisation()
    answer = call('POST', '/v1/staff/roles', {'name': 'Роль', **body})
    assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, path)
    assert len(call('GET', '/v1/staff/roles').json_body['items']) == 4


@pytest.mark.proves('IAM-004', 'IAM-005', 'IAM-006', 'IAM-007', 'IAM-008', 'IAM-009', 'AMB-73')
def test_the_permissions_are_told_by_their_names(call):
    named = {c['code']: c['name'] for c in call('GET', '/v1/staff/permissions', by=NOBODY).json_body['items']}
    assert set(named) == set(Permission)
    assert named['requests.complete'].endswith('Перевод заявок в статус «Выполнено»')
    assert named['invoices.discount'] == 'Сервисы ЖКХ → Счета: Возможность выставления скидок'


@pytest.mark.proves(*(f'NTF-{line:03d}' for line in range(2, 20)))
def test_the_lines_of_the_matrix_are_told_by_their_names(call):
    items = call('GET', '/v1/staff/notification-kinds', by=NOBODY).json_body['items']
    assert len(items) == 20
    assert {'code': 'money_returned', 'name': 'Возврат денежных средств'} in items
    assert {'code': 'request_created', 'name': 'Новая заявка'} in items


@pytest.mark.proves('SET-012')
def test_settings_are_seen_by_all_and_changed_by_few(call):
    make.organisation()
    path = '/v1/staff/settings'
    assert call('PATCH', path, {'is_time_tracked': True}, by=NOBODY).status_code == 403
    changed = call('PATCH', path, {'is_time_tracked': True, 'reopening_days': 14, 'zone': 'Asia/Omsk'})
    assert changed.status_code == 200
    seen = call('GET', path, by=NOBODY).json_body
    assert (seen['is_time_tracked'], seen['reopening_days'], seen['zone']) == (True, 14, 'Asia/Omsk')
    assert (seen['resumption_reminder_at'], seen['version']) == ('09:00', 2)


@pytest.mark.parametrize(
    'body',
    [
        {'zone': 'Mars/Olympus'},
        {'resumption_reminder_at': '24:00'},
        {'execution_reminder_minutes': 0},
        {'reopening_days': -1},
        {'locale': 'de'},
        {'name': ''},
    ],
)
def test_a_bad_setting_is_refused(call, body):
    make.organisation()
    assert call('PATCH', '/v1/staff/settings', body).status_code == 400
    assert call('GET', '/v1/staff/settings').json_body['version'] == 1


def test_a_legal_entity_needs_requisites_that_can_be_real(call):
    make.organisation()
    path = '/v1/staff/legal-entities'
    bad = call('POST', path, {'name': 'ООО', 'inn': '7707083894'})
    assert (bad.status_code, bad.json_body['code']) == (400, 'InnInvalid')
    assert bad.json_body['errors'][0]['path'] == 'body.inn'
    made = call('POST', path, {'name': 'ООО «Дом»', 'inn': '7707083893', 'kpp': '773601001'})
    entity = made.json_body
    assert made.status_code == 201
    bank = {'bik': '044525225', 'account': '40702810938000000001'}
    changed = call('PATCH', f'{path}/{entity["id"]}', {'bank_account': bank})
    assert changed.json_body['bank_account']['account'] == bank['account']
    wrong = {**bank, 'account': '40702810038000000001'}
    refused = call('PATCH', f'{path}/{entity["id"]}', {'bank_account': wrong})
    assert (refused.status_code, refused.json_body['code']) == (400, 'BankAccountInvalid')
    assert call('GET', path, by=NOBODY).json_body['items'] == [
        {'id': entity['id'], 'name': 'ООО «Дом»', 'inn': '7707083893'}
    ]
    assert call('DELETE', f'{path}/{entity["id"]}').status_code == 204
    assert call('GET', path).json_body['items'] == []


def test_departments_are_renamed_and_archived(call):
    make.organisation()
    path = '/v1/staff/departments'
    made = call('POST', path, {'name': 'Сантехники'}).json_body
    assert call('PATCH', f'{path}/{made["id"]}', {'name': 'Электрики'}).json_body['version'] == 2
    assert [d['name'] for d in call('GET', path, by=NOBODY).json_body['items']] == ['Электрики']
    assert call('DELETE', f'{path}/{made["id"]}').status_code == 204
    assert call('GET', path).json_body['items'] == []
    archived = call('PATCH', f'{path}/{made["id"]}', {'name': 'Снова'})
    assert (archived.status_code, archived.json_body['code']) == (409, 'ArchivedForGood')


@pytest.mark.proves('SET-004')
@pytest.mark.usefixtures('sealing_key')
def test_the_sms_centre_is_set_up_without_ever_showing_the_password(call):
    make.organisation()
    path = '/v1/staff/settings/sms'
    body = {'provider': 'smsc', 'user': 'demo', 'password': 'тайна', 'sender': 'DOMOVOY'}
    assert call('PUT', path, body, by=NOBODY).status_code == 403
    answer = call('PUT', path, body)
    assert answer.status_code == 200
    seen = call('GET', path)
    assert (seen.json_body['is_configured'], seen.json_body['password_set']) == (True, True)
    assert 'тайна' not in seen.body.decode()


def test_the_sms_centre_that_was_not_set_up_cannot_be_checked(call):
    make.organisation()
    answer = call('POST', '/v1/staff/settings/sms/check')
    assert (answer.status_code, answer.json_body['code']) == (422, 'SmsNotConfigured')
