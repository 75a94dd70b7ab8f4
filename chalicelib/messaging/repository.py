"""The rows of this house: the ledger of deliveries, phones by their token, the account at the SMS centre.

A delivery    pk `<organisation>#delivery#<message id>`  sk `delivery`, gone a month later.
A phone       pk `<organisation>#device#<token hash>`    sk `device`; index `by_recipient`. A token has one
              row: a phone that changed hands tells its new owner nothing of the old one.
The account   pk `<organisation>#sms`                    sk `settings`; beside it events, and answers of the
              centre kept for minutes.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write
from chalicelib.kit.outbox import announcing
from chalicelib.messaging.events import SmsAccountRefused, SmsSettingsChanged
from chalicelib.messaging.model import BeingDelivered, Delivery, Device, Message, SmsSettings

LEDGER_DAYS = timedelta(days=30)
"""Longer than a queue and its dead letters keep a message."""

FORGOTTEN_AFTER = timedelta(days=270)
"""Firebase drops a token nobody used for so long."""

PHONES_READ = 50


class ByRecipient(GlobalSecondaryIndex['MessagingRow']):
    """Phones of a recipient, by the app's id of the phone."""

    class Meta(TableMeta):
        index_name = 'by_recipient'
        projection = AllProjection()

    recipient = UnicodeAttribute(hash_key=True)
    device = UnicodeAttribute(range_key=True)


class MessagingRow(Row):
    """One row of this house."""

    class Meta(TableMeta):
        table_name = settings.table('messaging')

    recipient = UnicodeAttribute(null=True)
    device = UnicodeAttribute(null=True)
    seen_at = UnicodeAttribute(null=True)
    by_recipient = ByRecipient()


class AlreadyKnown(Exception):
    """The ledger has this message."""


def _delivery_pk(organisation: str, message: str) -> str:
    return f'{organisation}#delivery#{message}'


def _delivery_row(delivery: Delivery) -> MessagingRow:
    return MessagingRow(
        pk=_delivery_pk(delivery.organisation, delivery.message),
        sk='delivery',
        version=delivery.version,
        body=delivery.model_dump_json(),
        ttl=int((delivery.at + LEDGER_DAYS).timestamp()),
    )


def open_delivery(delivery: Delivery) -> None:
    """The ledger knows that the message is being sent. Raises AlreadyKnown."""
    dynamo.write_now(_delivery_row(delivery), MessagingRow.pk.does_not_exist(), AlreadyKnown)


def reopen(delivery: Delivery) -> None:
    """The next try is the caller's alone. Raises BeingDelivered when another was quicker."""
    before = MessagingRow.version == delivery.version - 1
    dynamo.write_now(_delivery_row(delivery), before, BeingDelivered)


def close_delivery(delivery: Delivery) -> None:
    """The ledger knows how the try ended: whoever sent says the last word."""
    dynamo.write_now(_delivery_row(delivery))


def find_delivery(message: Message) -> Delivery | None:
    """What the ledger knows of the message."""
    key = (_delivery_pk(message.organisation, message.id), 'delivery')
    return dynamo.find(Read(MessagingRow, key, lambda row: Delivery.model_validate_json(row.body)))


def deliveries(organisation: str, messages: Iterable[str]) -> list[Delivery]:
    """What the ledger knows of the messages, without those it does not know: one round trip."""
    keys = ((_delivery_pk(organisation, one), 'delivery') for one in messages)
    return dynamo.fetch_all(
        Read(MessagingRow, key, lambda row: Delivery.model_validate_json(row.body)) for key in keys
    )


def hash_of(token: str) -> str:
    """What a token is known by in our rows: the token itself stands in none."""
    return hashlib.sha256(token.encode()).hexdigest()


def _device(row: Any) -> Device:
    return Device.model_validate_json(row.body)


def _device_key(organisation: str, token_hash: str) -> tuple[str, str]:
    return f'{organisation}#device#{token_hash}', 'device'


def _device_row(device: Device) -> MessagingRow:
    pk, sk = _device_key(device.organisation, device.token_hash)
    return MessagingRow(
        pk=pk,
        sk=sk,
        body=device.model_dump_json(),
        recipient=f'{device.organisation}#{device.recipient}',
        device=device.id,
        seen_at=clock.text(device.seen_at),
        ttl=int((device.seen_at + FORGOTTEN_AFTER).timestamp()),
    )


def find_device(organisation: str, token_hash: str) -> Device | None:
    """The phone that has the token, whoever holds it."""
    return dynamo.find(Read(MessagingRow, _device_key(organisation, token_hash), _device))


def devices(organisation: str, recipient: str, device_id: str | None = None) -> list[Device]:
    """The phones of a recipient, or those rows of one phone of his."""
    condition = None if device_id is None else ByRecipient.device == device_id
    rows = MessagingRow.by_recipient.query(f'{organisation}#{recipient}', condition, limit=PHONES_READ)
    return [_device(row) for row in rows]


def keeping(device: Device) -> Write:
    """The phone listens for its recipient and for nobody else."""
    return dynamo.putting(_device_row(device))


def dropping(organisation: str, token_hash: str) -> Write:
    """The phone listens for nobody."""
    pk, sk = _device_key(organisation, token_hash)
    return dynamo.removing(MessagingRow(pk=pk, sk=sk))


def drop_unless_seen_again(device: Device) -> None:
    """The push service forgot the phone: its row is gone. Raises ChangedMeanwhile when it registered anew."""
    dynamo.commit(dynamo.removing(_device_row(device), MessagingRow.seen_at == clock.text(device.seen_at)))


def keep_unless_seen_again(device: Device) -> None:
    """The phone's row is as given. Raises ChangedMeanwhile when it registered anew."""
    dynamo.commit(dynamo.putting(_device_row(device), MessagingRow.seen_at == clock.text(device.seen_at)))


def _sms_pk(organisation: str) -> str:
    return f'{organisation}#sms'


def sms_settings(organisation: str) -> SmsSettings:
    """The organisation's account at its SMS centre; an empty one of version 0 where nobody filled it in."""
    key = (_sms_pk(organisation), 'settings')
    found = dynamo.find(Read(MessagingRow, key, lambda row: SmsSettings.model_validate_json(row.body)))
    return found or SmsSettings(organisation=organisation)


def save_sms_settings(changed: SmsSettings, event: SmsSettingsChanged | SmsAccountRefused) -> None:
    """The account is as given, one version on, and the event stands beside it. Raises ChangedMeanwhile."""
    pk = _sms_pk(changed.organisation)
    row = MessagingRow(pk=pk, sk='settings', version=changed.version, body=changed.model_dump_json())
    was = changed.version - 1
    write = dynamo.creating(row) if was == 0 else dynamo.replacing(row, was)
    dynamo.commit(write, *announcing(MessagingRow, pk, changed.version, event))


def recall(organisation: str, name: str, now: datetime) -> str | None:
    """What was kept under the name, while it is good."""
    key = (_sms_pk(organisation), f'kept#{name}')
    row = dynamo.find(Read(MessagingRow, key, lambda row: row))
    return str(row.body) if row is not None and row.seen_at > clock.text(now) else None


def keep(organisation: str, name: str, text: str, until: datetime) -> None:
    """The text is known by the name until then."""
    row = MessagingRow(
        pk=_sms_pk(organisation),
        sk=f'kept#{name}',
        body=text,
        seen_at=clock.text(until),
        ttl=int(until.timestamp()),
    )
    dynamo.write_now(row)
