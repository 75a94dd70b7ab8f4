# Requests: why not, and what is called what.

RequestNotFound = The request was not found.
MoveNotAllowed = { $status ->
    [waiting] The request is waiting: this cannot be done now.
    [in_progress] The request is in progress: this cannot be done now.
    [done] The request is done: this cannot be done now.
    [suspended] The request is suspended: this cannot be done now.
    [cancelled] The request is cancelled, and that is final.
    [reopened] The request is reopened: this cannot be done now.
    [approval] The request is waiting for approval: this cannot be done now.
    [clarification] The request is waiting for clarification: this cannot be done now.
   *[quality_control] The request is in quality control: this cannot be done now.
}
AssigneeNeeded = Name an assignee.
LastAssigneeNeeded = A request in work must keep at least one assignee.
TooManyAssignees = { $limit ->
    [one] This service takes at most { $limit } assignee.
   *[other] This service takes at most { $limit } assignees.
}
DepartmentNeeded = Choose the department of the assignees.
EmployeeOutsideDepartment = { $name } does not work in the chosen department.
EmployeeDismissed = { $name } no longer works in the organisation.
StatusCommentNeeded = Give a comment on the status.
ResumptionDateNeeded = Say until when the request is suspended.
ResumptionDateInPast = The date of resumption must be in the future.
ChecklistOpen = Some items in the checklists of the request are not done.
DocumentNeeded = Attach a document: a request for this service cannot be completed without one.
ControllerMustCheck = The request has a controller: send it to quality control.
ControllerNeeded = Name a controller to send the request to quality control.
NotTheController = Only the controller of the request can do this.
RefundPending = A refund has been asked for. Decide on it first.
ReopeningForbidden = Requests for this service cannot be reopened. Create a new one.
ReopeningTooLate = { $days ->
    [one] A request can be reopened for { $days } day after completion.
   *[other] A request can be reopened for { $days } days after completion.
}
ClientBlocked = Your access is limited. Please contact the management company.
EditingLocked = The data can no longer be changed: an invoice has been issued, or the request is over.
ChannelNotForStaff = Only residents choose this channel.
PremisesNotInBuilding = The premises are in another building.
PremisesNeeded = Choose the client's premises.
CustomerNeeded = Choose a client or give the name of an unregistered client.
CustomerAmbiguous = Give either a client or the name of an unregistered one, not both.
OfferingNotAvailable = This service is not available for this building now.
RatingCommentNeeded = If you give less than three points, please say what was wrong.
NotRateable = Only completed requests can be rated.
IncidentNotFound = The incident was not found.
IncidentOver = The incident is over: it cannot be changed, and no more requests can be attached to it.
AttachedToAnother = The request is attached to another incident. Detach it first.
RequestOver = The request is over and cannot be attached to an incident.
NotAttached = The request is not attached to this incident.
input-instant-or-day = A date YYYY-MM-DD, or a date and time by RFC 3339, is needed.
input-period-reversed = The period ends before it begins.
input-column-twice = A column is named twice.
