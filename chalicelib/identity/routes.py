"""The doors of sign-in. Only the first names an organisation; afterwards the token alone says whose it is."""

from chalicelib.identity import service
from chalicelib.identity.model import (
    CodeEntered,
    CodeOnItsWay,
    CodeWanted,
    Me,
    RefreshTokenGiven,
    SessionCard,
    Tokens,
)
from chalicelib.kit.caller import Caller
from chalicelib.kit.http import ANY_AUDIENCE, Api
from chalicelib.kit.operations import Raw
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.messaging.model import DeviceRegistration

PREFIX = '/v1/auth'
public = Api(__name__, PREFIX)
own = Api(__name__, PREFIX, ANY_AUDIENCE)
doors = [public, own]


@public.post('/otp', status=202)
def send_code(body: CodeWanted, raw: Raw) -> CodeOnItsWay:
    """Send a one-time code.

    Residents give a phone, staff a phone or an e-mail address. The answer is the same whether or not the
    address is known. `organisation` says only where to sign in: every later call belongs to the organisation
    of its token, whatever the body says.
    """
    return service.send_code(body, source_ip=raw.source_ip)


@public.post('/otp/verify')
def verify(body: CodeEntered) -> Tokens:
    """Sign in with the code.

    A code is taken once, within five minutes, with at most five tries.
    """
    return service.verify(body)


@public.post('/refresh')
def refresh(body: RefreshTokenGiven) -> Tokens:
    """Go on with a new pair of tokens.

    The token given is spent by this. If the answer was lost, the same call within 20 seconds gives the same
    successor; later it ends the session, because a token that comes twice may have been stolen.
    """
    return service.refresh(body.refresh_token)


@own.post('/sign-out')
def sign_out(caller: Caller) -> None:
    """End this session."""
    service.sign_out(by=caller)


@own.post('/sign-out-everywhere')
def sign_out_everywhere(caller: Caller) -> None:
    """End all sessions of the caller, this one included."""
    service.sign_out_everywhere(by=caller)


@own.get('/me')
def me(caller: Caller) -> Me:
    """Who the caller is and what the caller may do."""
    return Me.of(caller)


@own.get('/sessions')
def list_sessions(query: Paging, caller: Caller) -> Page[SessionCard]:
    """The caller's sessions that are still open."""
    return service.list_sessions(query, by=caller)


@own.delete('/sessions/{session_id}')
def end_session(session_id: Id, caller: Caller) -> None:
    """End one of the caller's own sessions."""
    service.end_session(session_id, by=caller)


@own.put('/devices/{device_id}')
def register_device(device_id: Id, body: DeviceRegistration, caller: Caller) -> None:
    """Take push notifications on this phone."""
    service.register_device(device_id, body, by=caller)


@own.delete('/devices/{device_id}')
def forget_device(device_id: Id, caller: Caller) -> None:
    """Take no more push notifications on this phone."""
    service.forget_device(device_id, by=caller)
