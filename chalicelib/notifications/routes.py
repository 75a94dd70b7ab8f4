"""The doors of people's own lists."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Paging
from chalicelib.notifications import service
from chalicelib.notifications.model import NotificationsPage, ReadMarks, UnreadNotifications

staff = Api(__name__, '/v1/staff/notifications', Audience.STAFF)
resident = Api(__name__, '/v1/resident/notifications', Audience.RESIDENT)
doors = [staff, resident]


@staff.get()
def list_notifications(query: Paging, caller: Caller) -> NotificationsPage:
    """List the caller's notifications, newest first, with the number of unread ones."""
    return service.list_newest(query, by=caller)


@staff.post('/read')
def read_notifications(body: ReadMarks, caller: Caller) -> UnreadNotifications:
    """Mark notifications as read: some, or all."""
    return UnreadNotifications(unread=service.mark_read(body, by=caller))


@resident.get()
def list_own(query: Paging, caller: Caller) -> NotificationsPage:
    """List the resident's notifications, newest first, with the number of unread ones."""
    return service.list_newest(query, by=caller)


@resident.post('/read')
def read_own(body: ReadMarks, caller: Caller) -> UnreadNotifications:
    """Mark the resident's notifications as read: some, or all."""
    return UnreadNotifications(unread=service.mark_read(body, by=caller))
