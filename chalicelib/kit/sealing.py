"""Secrets that must be read again, sealed by an envelope: rows, backups and logs hold nothing that opens.

Each secret is encrypted with a data key of its own, and the data key with ours in KMS. Both are bound to a
context, such as whose secret it is: what was sealed for one opens for no other.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any

from chalicelib.kit import settings
from chalicelib.kit.errors import Conflict, Unavailable

FORM = 'v1'
NONCE_BYTES = 12

_LOST = frozenset(
    {
        'DisabledException', 'IncorrectKeyException', 'InvalidCiphertextException',
        'KMSInvalidStateException', 'NotFoundException',
    }
)  # fmt: skip
"""The key is gone, or the seal is not ours: asking again does not help."""


class SealBroken(Conflict):
    """The seal cannot be opened any more: the secret must be set anew."""


class SealsAway(Unavailable):
    """KMS did not answer; nothing was sealed or opened."""


def seal(secret: str, **context: str) -> str:
    """The secret as it may stand in a row; `unseal` opens it in the same context. Raises SealsAway."""
    made = _asked(
        'generate_data_key',
        KeyId=f'alias/{settings.stack()}-seals',
        KeySpec='AES_256',
        EncryptionContext=context,
    )
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = _cipher(made['Plaintext']).encrypt(nonce, secret.encode(), _bound(context))
    return '.'.join(
        [FORM, *(urlsafe_b64encode(part).decode() for part in (made['CiphertextBlob'], nonce, closed))]
    )


def unseal(sealed: str, **context: str) -> str:
    """The secret that `seal` closed in this context. Raises SealBroken, SealsAway.

    A process asks KMS once for each seal.
    """
    return _opened(sealed, tuple(sorted(context.items())))


@lru_cache(maxsize=500)
def _opened(sealed: str, items: tuple[tuple[str, str], ...]) -> str:
    from cryptography.exceptions import InvalidTag

    context = dict(items)
    form, *parts = sealed.split('.')
    if form != FORM or len(parts) != len(('key', 'nonce', 'secret')):
        raise SealBroken()
    key, nonce, closed = (urlsafe_b64decode(part) for part in parts)
    given = _asked('decrypt', CiphertextBlob=key, EncryptionContext=context)
    try:
        opened: bytes = _cipher(given['Plaintext']).decrypt(nonce, closed, _bound(context))
    except InvalidTag:
        raise SealBroken() from None
    return opened.decode()


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # few processes ever open a seal

    return AESGCM(key)


def _bound(context: dict[str, str]) -> bytes:
    return json.dumps(context, sort_keys=True).encode()


def _asked(operation: str, **arguments: Any) -> Any:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return getattr(_keys(), operation)(**arguments)
    except ClientError as fault:
        if operation == 'decrypt' and fault.response['Error'].get('Code') in _LOST:
            raise SealBroken() from fault
        raise SealsAway() from fault
    except BotoCoreError as fault:
        raise SealsAway() from fault


_client: Any = None


def _keys() -> Any:
    global _client
    if _client is None:
        import boto3
        from botocore.config import Config

        patient = Config(
            connect_timeout=2, read_timeout=5, retries={'total_max_attempts': 3, 'mode': 'standard'}
        )
        _client = boto3.client('kms', region_name=settings.region(), config=patient)
    return _client
