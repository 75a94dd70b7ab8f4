"""The doors of incidents: staff's alone."""

from chalicelib.incidents import service
from chalicelib.incidents.model.doors import (
    CourseChanges,
    CourseView,
    IncidentCard,
    IncidentChanges,
    IncidentEntry,
    IncidentLine,
    IncidentMove,
    IncidentsQuery,
    IncidentSuspension,
    NewIncident,
    Numbers,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.requests.model.incidents import Attachments
from chalicelib.requests.model.views import RequestBrief
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/incidents', Audience.STAFF)
settings = Api(__name__, '/v1/staff/settings/incidents', Audience.STAFF)
doors = [staff, settings]


@staff.get(permission=Permission.REQUESTS_VIEW)
def list_incidents(query: IncidentsQuery, caller: Caller) -> Page[IncidentLine]:
    """List incidents, newest first."""
    return service.list_incidents(query, by=caller)


@staff.post(status=201, permission=Permission.REQUESTS_EDIT)
def enter(body: NewIncident, caller: Caller) -> IncidentCard:
    """Enter an incident: in some buildings or groups of them, or with some services anywhere."""
    return service.enter(body, by=caller)


@staff.get('/{incident_id}', permission=Permission.REQUESTS_VIEW)
def read(incident_id: Id, caller: Caller) -> IncidentCard:
    """Open the card of an incident."""
    return service.read(incident_id, by=caller)


@staff.patch('/{incident_id}', permission=Permission.REQUESTS_EDIT)
def change(incident_id: Id, body: IncidentChanges, caller: Caller) -> IncidentCard:
    """Change what is said of an incident while it is open."""
    return service.change(incident_id, body, by=caller)


@staff.get('/{incident_id}/history', permission=Permission.REQUESTS_VIEW)
def read_history(incident_id: Id, query: Paging, caller: Caller) -> Page[IncidentEntry]:
    """Read what happened to an incident, newest first."""
    return service.history(incident_id, query, by=caller)


@staff.get('/{incident_id}/requests', permission=Permission.REQUESTS_VIEW)
def list_attached(incident_id: Id, query: Paging, caller: Caller) -> Page[RequestBrief]:
    """List the requests that are attached to an incident, by number."""
    return service.list_attached(incident_id, query, by=caller)


@staff.get('/{incident_id}/suggestions', permission=Permission.REQUESTS_VIEW)
def list_suggestions(incident_id: Id, query: Paging, caller: Caller) -> Page[RequestBrief]:
    """List open requests of the same buildings and services that are attached to no incident.

    A page may be short, or even empty, and still have a next one.
    """
    return service.suggest(incident_id, query, by=caller)


@staff.post('/{incident_id}/requests/attach', permission=Permission.REQUESTS_EDIT)
def attach(incident_id: Id, body: Numbers, caller: Caller) -> Attachments:
    """Attach requests to an incident, up to a hundred; each has an answer of its own."""
    return service.attach(incident_id, body, by=caller)


@staff.post('/{incident_id}/requests/detach', permission=Permission.REQUESTS_EDIT)
def detach(incident_id: Id, body: Numbers, caller: Caller) -> Attachments:
    """Detach requests from an incident, up to a hundred; each has an answer of its own."""
    return service.detach(incident_id, body, by=caller)


@staff.post('/{incident_id}/start', permission=Permission.REQUESTS_EDIT)
def start(incident_id: Id, body: IncidentMove, caller: Caller) -> IncidentCard:
    """Say that work on an incident goes on."""
    return service.start(incident_id, body, by=caller)


@staff.post('/{incident_id}/suspend', permission=Permission.REQUESTS_EDIT)
def suspend(incident_id: Id, body: IncidentSuspension, caller: Caller) -> IncidentCard:
    """Say that work on an incident rests until a date, or move the date."""
    return service.suspend(incident_id, body, by=caller)


@staff.post('/{incident_id}/complete', permission=Permission.REQUESTS_COMPLETE)
def complete(incident_id: Id, body: IncidentMove, caller: Caller) -> IncidentCard:
    """Complete an incident: its requests will be done too, and `cascade` shows how far that is."""
    return service.complete(incident_id, body, by=caller)


@staff.post('/{incident_id}/cancel', permission=Permission.REQUESTS_CANCEL)
def cancel(incident_id: Id, body: IncidentMove, caller: Caller) -> IncidentCard:
    """Cancel an incident; what is attached goes on by itself, unless the settings say that it follows."""
    return service.cancel(incident_id, body, by=caller)


@settings.get(permission=Permission.SETTINGS_EDIT)
def read_settings(caller: Caller) -> CourseView:
    """Read which changes of incidents their requests follow besides the completion."""
    return service.read_course(by=caller)


@settings.patch(permission=Permission.SETTINGS_EDIT)
def change_settings(body: CourseChanges, caller: Caller) -> CourseView:
    """Say which changes of incidents their requests follow besides the completion."""
    return service.change_course(body, by=caller)
