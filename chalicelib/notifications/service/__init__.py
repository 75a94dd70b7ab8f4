"""The desk of notifications: events are told to people, people read what they were told."""

from chalicelib.notifications.service.reading import list_newest, mark_read
from chalicelib.notifications.service.telling import tell

__all__ = ['list_newest', 'mark_read', 'tell']
