"""The desk of calls: news is heard, calls are looked at and linked, telephony is settled."""

from chalicelib.calls.service.following import follow
from chalicelib.calls.service.hearing import hear
from chalicelib.calls.service.linking import attach, detach
from chalicelib.calls.service.looking import (
    callers,
    list_about_request,
    list_calls,
    list_open_at_own_desk,
    listen,
    read,
)
from chalicelib.calls.service.settling import (
    change_settings,
    disconnect,
    free,
    list_lines,
    make_secret,
    seat,
    settings,
    sign,
)
from chalicelib.calls.service.sweeping import sweep

__all__ = [
    'attach',
    'callers',
    'change_settings',
    'detach',
    'disconnect',
    'follow',
    'free',
    'hear',
    'list_about_request',
    'list_calls',
    'list_lines',
    'list_open_at_own_desk',
    'listen',
    'make_secret',
    'read',
    'seat',
    'settings',
    'sign',
    'sweep',
]
