"""Pure decisions of the transport: what a push looks like, how long to wait, what fits into one batch."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from chalicelib.messaging.model import Message

LARGEST_PUSH = 4000
"""Bytes: the push services take 4,096."""

DAY = timedelta(days=1)
BATCH = 10
BATCH_BYTES = 200_000
"""SNS takes ten messages and 256 KB, attributes and all, at once."""



def lifetime(message: Message, now: datetime) -> timedelta:
    """How long the message is worth delivering: a day, or until it expires."""
    return DAY if message.expires_at is None else min(DAY, message.expires_at - now)


def push_payload(message: Message, now: datetime, apple: str = 'APNS') -> str:
    """The message as SNS gives it to Firebase and Apple; a text too long for them is cut with an ellipsis.

    `apple` is the platform's name in SNS: `APNS`, or `APNS_SANDBOX` for builds of developers.
    """
    text = message.text
    while True:
        parts = {'GCM': _google(message, text, now), apple: _apple(message, text)}
        if len(text) <= 1 or max(len(part.encode()) for part in parts.values()) <= LARGEST_PUSH:
            return json.dumps({'default': text, **parts}, ensure_ascii=False)
        text = text[: len(text) * 2 // 3].rstrip() + '…'


def _google(message: Message, text: str, now: datetime) -> str:
    seconds = max(1, int(lifetime(message, now).total_seconds()))
    told: dict[str, Any] = {
        'notification': {'title': message.title, 'body': text},
        'data': message.data,
        'android': {'priority': 'high', 'ttl': f'{seconds}s'},
    }
    return json.dumps({'fcmV1Message': {'message': told}}, ensure_ascii=False)


def _apple(message: Message, text: str) -> str:
    aps = {'alert': {'title': message.title, 'body': text}, 'sound': 'default', 'mutable-content': 1}
    return json.dumps({**message.data, 'aps': aps}, ensure_ascii=False)


def hours_valid(message: Message, now: datetime) -> int:
    """For how many hours an SMS centre should try, 1 to 24."""
    return max(1, ceil(lifetime(message, now) / timedelta(hours=1)))


def batches(bodies: Iterable[str]) -> Iterator[list[str]]:
    """The bodies in their order, in batches that SNS takes."""
    batch: list[str] = []
    size = 0
    for body in bodies:
        weight = len(body.encode())
        if batch and (len(batch) == BATCH or size + weight > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += weight
    if batch:
        yield batch
