"""Incidents for tests; every argument is optional."""

from typing import Any

from chalicelib.incidents import service
from chalicelib.incidents.model.doors import IncidentCard, NewIncident
from chalicelib.incidents.model.incident import Incident
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests.model.incidents import IncidentStanding
from chalicelib.requests.repository import incident_opening


def incident(by: Caller, **changes: Any) -> IncidentCard:
    """An incident an employee entered: in the buildings named, or with the services named anywhere."""
    return service.enter(NewIncident(**{'title': 'Нет воды', **changes}), by=by)


def kept(**changes: Any) -> Incident:
    """An incident as it is kept, of nowhere in particular."""
    at = clock.now()
    fields = {'id': 'water', 'organisation': 'demo', 'title': 'Нет воды', 'version': 1, 'created_by': SYSTEM}
    return Incident(**{**fields, 'created_at': at, 'updated_at': at, **changes})


def standing(incident_id: str = 'water', organisation: str = 'demo') -> IncidentStanding:
    """Requests can be attached to an incident, as far as requests know."""
    made = IncidentStanding(id=incident_id, organisation=organisation, title='Нет воды')
    dynamo.commit(incident_opening(made))
    return made
