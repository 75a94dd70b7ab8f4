"""What identity does: for houses above, in their transactions; for every call; at the doors of `/v1/auth`."""

from chalicelib.identity.service.admission import (
    admitting,
    finding_login,
    granting,
    reading_login,
    revoking,
    settling,
)
from chalicelib.identity.service.calls import authenticate, standing
from chalicelib.identity.service.codes import send_code, verify
from chalicelib.identity.service.devices import forget_device, register_device
from chalicelib.identity.service.sessions import (
    end_session,
    list_sessions,
    refresh,
    sign_out,
    sign_out_everywhere,
)

__all__ = [
    'admitting',
    'authenticate',
    'end_session',
    'finding_login',
    'forget_device',
    'granting',
    'list_sessions',
    'reading_login',
    'refresh',
    'register_device',
    'revoking',
    'send_code',
    'settling',
    'sign_out',
    'sign_out_everywhere',
    'standing',
    'verify',
]
