"""Phones that listen and the account at the SMS centre."""

import boto3
import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.errors import StaleVersion
from chalicelib.messaging import repository, service
from chalicelib.messaging.events import SmsSettingsChanged
from chalicelib.messaging.model import (
    Amount,
    Platform,
    PushAway,
    PushNotConfigured,
    SmsCentreBusy,
    SmsLoginWrong,
    SmsNotConfigured,
    SmsSettingsChange,
)
from tests.make import messaging as make

pytestmark = pytest.mark.usefixtures('world', 'time')


@pytest.fixture
def push(monkeypatch):
    make.push_applications(monkeypatch)
    return boto3.client('sns', region_name='eu-central-1')


def attributes(push, device):
    return push.get_endpoint_attributes(EndpointArn=device.endpoint)['Attributes']


def rows():
    answer = boto3.client('dynamodb', region_name='eu-central-1').scan(TableName='test-messaging')
    return {(item['pk']['S'], item['sk']['S']): item for item in answer['Items']}


def test_a_registered_phone_listens_and_its_token_stands_in_no_row(push):
    device = make.device(token='token-secret')
    assert attributes(push, device)['Token'] == 'token-secret'
    assert [phone.id for phone in repository.devices('demo', 'resident:c1')] == ['phone-1']
    assert 'token-secret' not in str(rows())


def test_registering_again_changes_nothing_but_when_it_was_seen(push, time):
    first = make.device()
    time.advance(days=1)
    again = make.device()
    assert again.endpoint == first.endpoint
    assert repository.devices('demo', 'resident:c1') == [again]
    assert again.seen_at > first.seen_at


def test_a_disabled_endpoint_is_enabled_by_the_next_start_of_the_app(push):
    device = make.device()
    push.set_endpoint_attributes(EndpointArn=device.endpoint, Attributes={'Enabled': 'false'})
    make.device()
    assert attributes(push, device)['Enabled'].lower() == 'true'


def test_an_endpoint_that_is_gone_is_made_anew(push):
    device = make.device()
    push.delete_endpoint(EndpointArn=device.endpoint)
    again = make.device()
    assert attributes(push, again)['Token'] == 'token-0001'
    assert repository.devices('demo', 'resident:c1') == [again]


def test_a_phone_that_changes_hands_listens_for_its_new_owner_only(push):
    first = make.device(recipient='resident:c1')
    second = make.device(recipient='resident:c2')
    assert repository.devices('demo', 'resident:c1') == []
    assert repository.devices('demo', 'resident:c2') == [second]
    assert second.endpoint == first.endpoint


def test_a_phone_that_signs_in_to_another_organisation_leaves_the_first(push):
    make.device(organisation='demo')
    moved = make.device(organisation='other')
    assert repository.devices('demo', 'resident:c1') == []
    assert repository.devices('other', 'resident:c1') == [moved]


def test_a_new_token_of_a_phone_replaces_the_old_one(push):
    make.device(token='token-0001')
    fresh = make.device(token='token-0002')
    assert repository.devices('demo', 'resident:c1') == [fresh]


def test_the_phone_seen_longest_ago_makes_room(push, time):
    for number in range(21):
        make.device(device_id=f'phone-{number}', token=f'token-{number:04}')
        time.advance(minutes=1)
    kept = {phone.id for phone in repository.devices('demo', 'resident:c1')}
    assert len(kept) == 20
    assert 'phone-0' not in kept


def test_a_forgotten_phone_listens_no_more_and_the_others_do(push):
    make.device()
    other = make.device(device_id='phone-2', token='token-0002', platform=Platform.IOS)
    service.forget_device('demo', 'resident:c1', 'phone-1')
    service.forget_device('demo', 'resident:c1', 'never-seen')
    assert repository.devices('demo', 'resident:c1') == [other]


def test_one_recipient_cannot_forget_the_phone_of_another(push):
    device = make.device()
    service.forget_device('demo', 'resident:c2', 'phone-1')
    service.forget_device('other', 'resident:c1', 'phone-1')
    assert repository.devices('demo', 'resident:c1') == [device]


def test_all_phones_are_forgotten_in_the_transaction_of_another_house(push):
    make.device()
    make.device(device_id='phone-2', token='token-0002')
    writes = service.forget_devices('demo', 'resident:c1')
    assert len(repository.devices('demo', 'resident:c1')) == 2
    dynamo.commit(*writes)
    assert repository.devices('demo', 'resident:c1') == []


def test_without_a_platform_application_a_phone_is_refused_and_nothing_is_stored():
    with pytest.raises(PushNotConfigured):
        make.device()
    assert rows() == {}


def test_an_application_that_sns_does_not_know_is_said_to_be_away(monkeypatch):
    monkeypatch.setenv('PUSH_ANDROID_APPLICATION', 'arn:aws:sns:eu-central-1:123456789012:app/GCM/none')
    with pytest.raises(PushAway):
        make.device()


@pytest.mark.proves('SET-004', 'SMS-002')
def test_the_account_is_configured_when_all_fields_are_filled_and_its_password_is_never_shown(sms_key):
    assert service.sms_settings('demo').version == 0
    partly = make.sms_account(sender=None)
    assert (partly.is_configured, partly.password_set) == (False, True)
    whole = service.configure_sms('demo', SmsSettingsChange(sender='MYUK'))
    assert (whole.is_configured, whole.user, whole.version) == (True, 'uk', 2)
    assert service.sms_settings('demo') == whole
    assert service.sms_settings('other').is_configured is False
    assert 'pa55' not in whole.model_dump_json()
    assert 'pa55' not in str(rows())


def test_a_change_is_announced_by_the_names_of_its_fields(sms_key):
    make.sms_account()
    body = rows()['demo#sms', 'event#000000001.00']['body']['S']
    assert SmsSettingsChanged.__name__ in body
    assert 'password' in body
    assert 'pa55' not in body


def test_a_change_without_fields_is_no_change(sms_key):
    make.sms_account()
    assert service.configure_sms('demo', SmsSettingsChange()).version == 1


def test_null_empties_a_field(sms_key):
    make.sms_account()
    emptied = service.configure_sms('demo', SmsSettingsChange(password=None))
    assert (emptied.password_set, emptied.is_configured) == (False, False)


def test_a_stale_change_is_refused(sms_key):
    make.sms_account()
    with dynamo.unit_of_work(if_match=7), pytest.raises(StaleVersion):
        service.configure_sms('demo', SmsSettingsChange(sender='OTHER'))
    assert service.sms_settings('demo').sender == 'MYUK'


@pytest.mark.proves('SMS-013')
def test_without_a_configured_centre_sms_is_refused_clearly(sms_key):
    for deed in (
        service.need_sms,
        service.check_sms,
        lambda organisation: service.estimate_sms(organisation, '+79161234567', 'Счёт'),
    ):
        with pytest.raises(SmsNotConfigured):
            deed('demo')
    make.sms_account(is_enabled=False)
    with pytest.raises(SmsNotConfigured):
        service.need_sms('demo')
    make.sms_account(is_enabled=True)
    service.need_sms('demo')


def test_a_check_tells_the_balance_of_the_organisations_own_account(sms_centre):
    make.sms_account(user='ours', password='our pa55')
    assert service.check_sms('demo').balance == Amount(minor=8475)
    [(page, form)] = sms_centre.forms
    assert (page, form['login'], form['psw']) == ('/sys/balance.php', 'ours', 'our pa55')


def test_a_check_of_a_wrong_password_says_so(sms_centre):
    make.sms_account()
    sms_centre.fails(2)
    with pytest.raises(SmsLoginWrong):
        service.check_sms('demo')


def test_a_password_whose_key_is_lost_has_to_be_given_again(sms_centre):
    make.sms_account()
    lost = repository.sms_settings('demo').model_copy(update={'sealed_password': 'AAAA', 'version': 2})
    event = SmsSettingsChanged.model_validate(
        {
            'organisation': 'demo',
            'at': '2026-11-23T09:00:00Z',
            'by': {'kind': 'system'},
            'changed': [],
            'is_configured': True,
        }
    )
    repository.save_sms_settings(lost, event)
    with pytest.raises(SmsLoginWrong):
        service.check_sms('demo')


@pytest.mark.proves('SMS-004')
def test_cost_and_balance_come_from_the_centre_and_are_not_asked_twice_in_a_hurry(sms_centre, time):
    make.sms_account()
    first = service.estimate_sms('demo', '+79161234567', 'Счёт 12')
    assert (first.segments, first.cost, first.balance) == (2, Amount(minor=980), Amount(minor=8475))
    assert first.is_enough
    assert service.estimate_sms('demo', '+79161234567', 'Счёт 12') == first
    assert len(sms_centre.forms) == 2
    time.advance(minutes=1)
    service.estimate_sms('demo', '+79161234567', 'Счёт 12')
    assert [page for page, _ in sms_centre.forms[2:]] == ['/sys/balance.php']
    time.advance(minutes=5)
    service.estimate_sms('demo', '+79161234567', 'Счёт 12')
    assert len(sms_centre.forms) == 5
    assert sms_centre.sent == []


def test_a_balance_that_does_not_pay_is_told(sms_centre):
    make.sms_account()
    sms_centre.script += [(200, {'cost': '100.00', 'cnt': 1}), (200, {'balance': '99.99', 'currency': 'RUB'})]
    assert not service.estimate_sms('demo', '+79161234567', 'Счёт 12').is_enough


def test_a_busy_centre_says_when_to_ask_again(sms_centre):
    make.sms_account()
    sms_centre.fails(9)
    with pytest.raises(SmsCentreBusy) as busy:
        service.estimate_sms('demo', '+79161234567', 'Счёт 12')
    assert busy.value.retry_after == 60
