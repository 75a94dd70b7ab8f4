"""Requests become part of an incident, and cease to be: many at a time, each with an answer of its own."""

from chalicelib.incidents.model.doors import Numbers
from chalicelib.incidents.rules import course
from chalicelib.incidents.service.looking import seen
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests
from chalicelib.requests.model.incidents import Attachments
from chalicelib.requests.model.views import RequestBrief


def attach(incident_id: str, chosen: Numbers, *, by: Caller) -> Attachments:
    """Those of the requests that can be attached are; asked again, the answer is the same (INC-002, INC-008).

    Raises IncidentNotFound, IncidentOver.
    """
    course.may_change(by)
    incident = seen(incident_id, by=by).incident
    dynamo.agree(incident.version)
    course.must_be_open(incident)
    return Attachments(items=requests.attach_all(chosen.numbers, incident_id, by=by))


def list_attached(incident_id: str, paging: Paging, *, by: Caller) -> Page[RequestBrief]:
    """A page of the requests that are attached, by number. Raises IncidentNotFound."""
    seen(incident_id, by=by)
    return requests.list_attached(incident_id, paging, by=by)


def suggest(incident_id: str, paging: Paging, *, by: Caller) -> Page[RequestBrief]:
    """A page of the open requests of the same buildings and services that are attached to none (INC-003).

    Raises IncidentNotFound.
    """
    incident = seen(incident_id, by=by).incident
    return requests.similar(incident.offering_ids, incident.places, paging, by=by)


def detach(incident_id: str, chosen: Numbers, *, by: Caller) -> Attachments:
    """Those of the requests that are attached are not any more; also when the incident is over (INC-002)."""
    course.may_change(by)
    dynamo.agree(seen(incident_id, by=by).incident.version)
    return Attachments(items=requests.detach_all(chosen.numbers, incident_id, by=by))
