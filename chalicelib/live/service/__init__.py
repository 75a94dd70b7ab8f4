"""Sockets are opened, heard, told and closed; who keeps none asks for the changes."""

from chalicelib.live.service.changes import list_changes
from chalicelib.live.service.hearing import hear
from chalicelib.live.service.opening import forget, give_ticket, open_socket
from chalicelib.live.service.sweeping import sweep
from chalicelib.live.service.telling import tell

__all__ = ['forget', 'give_ticket', 'hear', 'list_changes', 'open_socket', 'sweep', 'tell']
