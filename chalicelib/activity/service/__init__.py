"""The desk of activity: events become entries, staff read them, and the whole can be made anew."""

from chalicelib.activity.service.keeping import note, rebuild
from chalicelib.activity.service.reading import list_of_client, list_of_request

__all__ = ['list_of_client', 'list_of_request', 'note', 'rebuild']
