"""What this house announces."""

from typing import ClassVar

from chalicelib.kit.outbox import Event
from chalicelib.messaging.model import SmsTrouble


class _MessagingEvent(Event):
    source: ClassVar[str] = 'messaging'


class SmsSettingsChanged(_MessagingEvent):
    """Staff changed the account at the SMS centre; `changed` names the fields, never their values."""

    changed: tuple[str, ...]
    is_configured: bool


class SmsAccountRefused(_MessagingEvent):
    """The SMS centre refused the organisation's account: an administrator has to look at it."""

    trouble: SmsTrouble
