"""What identity announces."""

from enum import StrEnum
from typing import ClassVar

from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.outbox import Event


class EndReason(StrEnum):
    """Why sessions ended."""

    SIGNED_OUT = 'signed_out'  # the person left this session
    SIGNED_OUT_EVERYWHERE = 'signed_out_everywhere'  # the person left all sessions
    BLOCKED = 'blocked'  # the login was blocked; it may sign in again, and read (AMB-78)
    CLOSED = 'closed'  # the login was closed
    ADDRESS_CHANGED = 'address_changed'  # the login's phone or e-mail address is another
    TOKEN_REUSED = 'token_reused'  # noqa: S105 - a spent refresh token came again: two hold it


class _OfLogin(Event):
    source: ClassVar[str] = 'identity'

    audience: Audience
    subject_id: str


class SignedIn(_OfLogin):
    """A person opened a session: the time of the last login (CLI-025)."""

    session_id: str
    client: ClientKind


class SessionsEnded(_OfLogin):
    """One session, or with `session_id` None all sessions of a login, opens nothing any more."""

    session_id: str | None
    reason: EndReason


class RefreshTokenReused(_OfLogin):
    """A spent refresh token was shown again after its grace: it may have been stolen."""

    session_id: str
    client: ClientKind
