# Incidents: refusals.

IncidentAboutNothing = Choose the buildings, groups of buildings or services that the incident affects.
IncidentTooWide = { $limit ->
    [one] An incident affects no more than { $limit } building.
   *[other] An incident affects no more than { $limit } buildings.
}
WorksEndTooEarly = Works must end later than they begin.
IncidentBeyondScope = The incident affects buildings that you do not see. Ask an employee who sees all of them.
IncidentMoveNotAllowed = The incident is in another status now: this cannot be done.
IncidentCommentNeeded = Give a comment: it will appear in the attached requests too.
IncidentDateNeeded = Say until when the incident is suspended.
IncidentDateInPast = The date of resumption must be in the future.
