"""What may be refused about a request. The class name is the code, the sentence is in the catalogue."""

from chalicelib.kit.errors import Conflict, Forbidden, Malformed, NotFound, Refused


class RequestNotFound(NotFound):
    """There is no such request, or none the caller may see (AMB-94)."""


class MoveNotAllowed(Conflict):
    """The life-cycle has no such move from the present status."""


class AssigneeNeeded(Refused):
    """Work needs somebody who does it (REQ-093)."""

    field = 'body.assignee_ids'


class LastAssigneeNeeded(Refused):
    """The last assignee of a request in work cannot be taken off (AMB-04)."""

    field = 'body.assignee_ids'


class TooManyAssignees(Refused):
    """More assignees than the offering allows, or than four (REQ-118)."""

    field = 'body.assignee_ids'


class DepartmentNeeded(Refused):
    """Assignees are chosen from a department (REQ-115)."""

    field = 'body.department_id'


class EmployeeOutsideDepartment(Refused):
    """The employee is not of the chosen department (REQ-116)."""


class EmployeeDismissed(Refused):
    """The employee does not work here any more."""


class StatusCommentNeeded(Refused):
    """Suspending and cancelling say why (REQ-105)."""

    field = 'body.comment'


class ResumptionDateNeeded(Malformed):
    """Suspending says until when (REQ-095)."""

    field = 'body.resume_until'


class ResumptionDateInPast(Refused):
    """A suspension ends in the future (AMB-05)."""

    field = 'body.resume_until'


class ChecklistOpen(Refused):
    """An item of a checklist is open, and the offering is strict about them."""


class DocumentNeeded(Refused):
    """The offering wants a document before completion (REQ-099)."""


class ControllerMustCheck(Refused):
    """A controller is named: he completes, others send to quality control (AMB-13)."""


class ControllerNeeded(Refused):
    """Quality control needs a controller (AMB-02)."""


class NotTheController(Forbidden):
    """Only the controller of the request does this (R14, R15)."""


class RefundPending(Refused):
    """A refund request waits for its answer; it is settled first (AMB-65)."""


class ReopeningForbidden(Refused):
    """The offering does not let residents reopen (REQ-101)."""


class ReopeningTooLate(Refused):
    """The organisation lets residents reopen for some days only (AMB-10)."""


class ClientBlocked(Forbidden):
    """A blocked client may read and pay, not order, reopen or rate (AMB-78)."""


class EditingLocked(Conflict):
    """Basic data stand fast: an invoice was issued, or the request is over (REQ-081, REQ-082)."""


class ChannelNotForStaff(Refused):
    """Residents' channels are not chosen by staff (REQ-053)."""

    field = 'body.channel'


class PremisesNotInBuilding(Refused):
    """The premises are in another building (REQ-054)."""

    field = 'body.premises_id'


class PremisesNeeded(Refused):
    """A client's request is about premises (AMB-17)."""

    field = 'body.premises_id'


class CustomerNeeded(Refused):
    """Every request but an internal one is somebody's (AMB-17)."""

    field = 'body.client_id'


class CustomerAmbiguous(Malformed):
    """A request has a registered client or an unregistered one, not both."""

    field = 'body.unregistered'


class OfferingNotAvailable(Refused):
    """The offering is archived, or not offered in this building or to residents."""

    field = 'body.offering_id'


class RatingCommentNeeded(Refused):
    """Fewer than three points are explained (REQ-135)."""

    field = 'body.comment'


class IncidentNotFound(NotFound):
    """There is no such incident, or none the caller may know of."""


class IncidentOver(Conflict):
    """An incident that is completed or cancelled takes no more requests, and does not change."""


class AttachedToAnother(Conflict):
    """A request belongs to at most one incident: it is detached from the other first (INC-008)."""


class RequestOver(Conflict):
    """What is done or cancelled has no part in an incident any more."""


class NotAttached(Conflict):
    """The request is not attached to this incident."""


class NotRateable(Conflict):
    """A rating is given to completed work (REQ-140)."""
