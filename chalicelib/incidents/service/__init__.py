"""The desk of incidents."""

from chalicelib.incidents.service.attaching import attach, detach, list_attached, suggest
from chalicelib.incidents.service.looking import history, list_incidents, read
from chalicelib.incidents.service.moving import cancel, complete, start, suspend
from chalicelib.incidents.service.settling import change_course, read_course
from chalicelib.incidents.service.telling import change, enter
from chalicelib.incidents.service.working import sweep, work

__all__ = [
    'attach', 'cancel', 'change', 'change_course', 'complete', 'detach', 'enter', 'history', 'list_attached',
    'list_incidents', 'read', 'read_course', 'start', 'suggest', 'suspend', 'sweep', 'work',
]  # fmt: skip
