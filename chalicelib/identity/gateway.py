"""The keys everything here is signed with, as Secrets Manager keeps them.

The secret is `{"current": "...", "previous": "..."}`. What `current` makes is taken under both, so that
a rotation (current becomes previous, a new current) signs nobody out. Every use has a key of its own.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from chalicelib.kit import settings

SHORTEST_SECRET = 32
KEPT_SECONDS = 300
"""The process's copy of the keys may be so old."""

FRESH_SECONDS = 15
"""A key nobody knows is not looked for again so soon: anybody may make up the name of one."""


class KeysUnfit(RuntimeError):
    """The secret does not hold keys; its contents are never told."""


@dataclass(frozen=True, slots=True)
class Key:
    """The keys made from one secret, under their public name."""

    kid: str
    access: bytes = field(repr=False)  # signs access tokens
    codes: bytes = field(repr=False)  # the pepper of the digests of one-time codes
    refresh: bytes = field(repr=False)  # makes refresh tokens

    @classmethod
    def of(cls, secret: str) -> 'Key':
        """The keys a secret text makes. Raises KeysUnfit for a short one."""
        if len(secret) < SHORTEST_SECRET:
            raise KeysUnfit('shorter than 32 characters')

        def derived(use: str) -> bytes:
            return hmac.new(secret.encode(), f'domovoy {use}'.encode(), hashlib.sha256).digest()

        return cls(derived('key id').hex()[:12], derived('access'), derived('codes'), derived('refresh'))


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The active keys; the first signs."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """What new things are signed with."""
        return self.keys[0]

    def find(self, kid: str) -> Key | None:
        """The active key of that name."""
        return next((key for key in self.keys if key.kid == kid), None)


_kept: list[tuple[float, KeyRing]] = []


def key_ring() -> KeyRing:
    """The active keys, at most five minutes old."""
    given = settings.optional('TOKEN_KEYS')
    if given:
        return _read(given)
    if not _kept or time.monotonic() - _kept[0][0] > KEPT_SECONDS:
        _kept[:] = [(time.monotonic(), _read(_fetched(settings.required('TOKEN_KEYS_SECRET'))))]
    return _kept[0][1]


def find_key(kid: str) -> Key | None:
    """The active key of that name; one made since we looked last is found too."""
    found = key_ring().find(kid)
    if found is None and _kept and time.monotonic() - _kept[0][0] > FRESH_SECONDS:
        forget_keys()
        found = key_ring().find(kid)
    return found


def forget_keys() -> None:
    """The next look goes to Secrets Manager."""
    _kept.clear()


@lru_cache(maxsize=4)
def _read(text: str) -> KeyRing:
    try:
        secrets = json.loads(text)
        ordered = [str(secrets['current']), str(secrets.get('previous') or '')]
    except (ValueError, KeyError, TypeError):
        raise KeysUnfit('not {"current": ..., "previous": ...}') from None
    return KeyRing(tuple(Key.of(secret) for number, secret in enumerate(ordered) if secret or number == 0))


def _fetched(secret_id: str) -> str:
    import boto3  # a process whose keys are in its environment never needs the client

    client: Any = boto3.client('secretsmanager', region_name=settings.region())
    return str(client.get_secret_value(SecretId=secret_id)['SecretString'])
