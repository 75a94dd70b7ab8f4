"""What may be refused about an incident. `IncidentNotFound` and `IncidentOver` are those of requests."""

from chalicelib.kit.errors import Conflict, Forbidden, Malformed, Refused


class IncidentAboutNothing(Malformed):
    """An incident is about buildings, groups of them, or services."""

    field = 'body.building_ids'


class IncidentTooWide(Refused):
    """An incident is about no more than so many buildings."""

    field = 'body.group_ids'


class WorksEndTooEarly(Refused):
    """Works end after they begin."""

    field = 'body.works_until'


class IncidentBeyondScope(Forbidden):
    """Who changes an incident sees all buildings that it is about."""


class IncidentMoveNotAllowed(Conflict):
    """An incident does not go that way from where it stands."""


class IncidentCommentNeeded(Refused):
    """Suspending and cancelling say why: the requests that follow say so too (REQ-105)."""

    field = 'body.comment'


class IncidentDateNeeded(Malformed):
    """Suspending says until when (REQ-095)."""

    field = 'body.resume_until'


class IncidentDateInPast(Refused):
    """A suspension ends in the future (AMB-05)."""

    field = 'body.resume_until'
