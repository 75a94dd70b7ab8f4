"""The phones that listen for a recipient."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.kit.errors import Refused, Unavailable
from chalicelib.kit.values import Instant, Stored, Value


class Platform(StrEnum):
    """Whose push service reaches a phone."""

    ANDROID = 'android'  # Firebase Cloud Messaging
    IOS = 'ios'  # Apple Push Notification service


class Device(Stored):
    """A phone that listens for one recipient."""

    organisation: str
    recipient: str
    id: str
    platform: Platform
    token_hash: str
    endpoint: str
    seen_at: Instant
    is_active: bool = True
    """Whether the push service still knows its token."""


class DeviceRegistration(Value):
    """What an app tells of its phone at every start."""

    platform: Platform
    token: Annotated[str, StringConstraints(pattern=r'^[!-~]{8,2048}$')] = Field(repr=False)
    """The push token the platform gave the app."""


class PushTokenInvalid(Refused):
    """The push service does not know such a token."""

    field = 'body.token'


class PushNotConfigured(Refused):
    """This deployment sends no push to phones of that platform."""

    field = 'body.platform'


class PushAway(Unavailable):
    """The push service did not answer, or not as it should; registering again is harmless."""
