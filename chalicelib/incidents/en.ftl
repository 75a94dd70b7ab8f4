# Incidents: refusals.

IncidentAboutNothing = Name the buildings, groups of buildings or services the incident is about.
IncidentTooWide = { $limit ->
    [one] An incident is about no more than { $limit } building.
   *[other] An incident is about no more than { $limit } buildings.
}
WorksEndTooEarly = Works end later than they begin.
IncidentBeyondScope = The incident is about buildings that you do not see. Ask an employee who sees all of them.
IncidentMoveNotAllowed = The incident is in another status now: this cannot be done.
IncidentCommentNeeded = Give a comment: the attached requests will show it too.
IncidentDateNeeded = Say until when the incident is suspended.
IncidentDateInPast = The date of resumption must be in the future.
