"""Messages, phones, SMS accounts and the neighbours they need, each with every argument optional."""

import boto3

from chalicelib.kit import settings
from chalicelib.kit.ids import new_id
from chalicelib.messaging import service
from chalicelib.messaging.model import (
    Channel,
    Device,
    Message,
    Platform,
    SmsProvider,
    SmsSettingsChange,
    SmsSettingsView,
)

TO = {
    Channel.PUSH: 'resident:c1',
    Channel.EMAIL: 'anna@example.ru',
    Channel.SMS: '+79161234567',
}


def message(channel=Channel.SMS, **changes) -> Message:
    """A message that nobody sent yet."""
    given = {
        'id': new_id(),
        'organisation': 'demo',
        'channel': channel,
        'to': TO[channel],
        'title': 'Заявка № 12',
        'text': 'Заявка принята в работу.',
    }
    return Message(**{**given, **changes})


def device(organisation='demo', recipient='resident:c1', **changes) -> Device:
    """A phone that listens; the world needs `push_applications` first."""
    phone = {'device_id': 'phone-1', 'platform': Platform.ANDROID, 'token': 'token-0001'}
    return service.register_device(organisation, recipient, **{**phone, **changes})


def push_applications(monkeypatch) -> None:
    """SNS makes its platform applications as the local runtime does."""
    monkeypatch.setenv('PUSH_AUTOCREATE', 'on')


def sms_key() -> str:
    """The key that seals passwords of SMS centres is in KMS; its id."""
    kms = boto3.client('kms', region_name='eu-central-1')
    key = kms.create_key()['KeyMetadata']['KeyId']
    kms.create_alias(AliasName=f'alias/{settings.stack()}-sms', TargetKeyId=key)
    return str(key)


def sms_account(organisation='demo', **changes) -> SmsSettingsView:
    """The organisation's SMS centre is configured; the world needs `sms_key` first."""
    given = {'provider': SmsProvider.SMSC, 'user': 'uk', 'password': 'pa55', 'sender': 'MYUK', **changes}
    return service.configure_sms(organisation, SmsSettingsChange(**given))
