"""Signed notices to a terminal's address, sent until they are answered with `OK`.

Hourly for a day, then daily for a month.
"""

from typing import Any

from infra.local.tbank.signing import signed
from infra.local.yookassa.books import Thing
from infra.local.yookassa.notices import Notices as Common

HOUR, DAY = 3600, 24 * 3600
EVENTS = (
    'AUTHORIZED', 'CONFIRMED', 'REJECTED', 'AUTH_FAIL', 'CANCELED', 'DEADLINE_EXPIRED', 'REVERSED',
    'REFUNDED', 'PARTIAL_REFUNDED',
)  # fmt: skip


class Notices(Common):
    """What terminals are told, waiting and told."""

    RETRY_SECONDS = (*(HOUR,) * 24, DAY)
    GIVEN_UP_SECONDS = 31 * DAY

    def spelled(self, shop: Thing, event: str, thing: Any) -> Thing:
        """What is sent: plain fields and their token."""
        return signed({'TerminalKey': shop['id'], 'Status': event, **thing}, shop['password'])

    def is_taken(self, status: int, body: bytes) -> bool:
        """Whether the answer is the word the bank waits for."""
        return (status, body) == (200, b'OK')
