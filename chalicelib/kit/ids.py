"""Identifiers: sortable by the time of birth, unguessable enough to be shown, never reused."""

import secrets

from ulid import ULID

from chalicelib.kit import clock


def new_id() -> str:
    """A new ULID in lower case, 26 characters, later ones sort after earlier ones."""
    return str(ULID.from_datetime(clock.now())).lower()


def new_secret() -> str:
    """256 bits nobody can guess, URL-safe, 43 characters."""
    return secrets.token_urlsafe(32)
