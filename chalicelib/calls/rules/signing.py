"""How an exchange proves that it speaks: an HMAC over the time of sending and the body as it was sent.

X-Telephony-Timestamp: 1795424400
X-Telephony-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp + '.' + body)>
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.calls.model.refusals import CallSignatureForged, CallSignatureStale

TIMESTAMP, SIGNATURE = 'x-telephony-timestamp', 'x-telephony-signature'
WINDOW = timedelta(minutes=5)
LONGEST_TIMESTAMP = 12
NOBODYS = 'a secret that nobody has'


def signed(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers under which an exchange that knows the secret sends the body at that instant."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: f'sha256={_digest(secret, timestamp, body)}'}


def must_be_signed(secret: str | None, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Refuses what this organisation's exchange did not sign, or not within five minutes.

    Without a secret the same is computed, so that neither words nor time tell whose exchange is connected.
    Raises CallSignatureForged, CallSignatureStale.
    """
    given = {name.lower(): value for name, value in headers.items() if name.lower() in (TIMESTAMP, SIGNATURE)}
    timestamp = given.get(TIMESTAMP, '')
    expected = f'sha256={_digest(secret or NOBODYS, timestamp, body)}'
    is_right = hmac.compare_digest(expected.encode(), given.get(SIGNATURE, '').encode())
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_TIMESTAMP
    if secret is None or not is_right or not is_number:
        raise CallSignatureForged()
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        raise CallSignatureStale()


def _digest(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()
