# Tasks and checklists: why not.

input-overdue-and-over = Only open tasks can be overdue.

TaskNotFound = The task was not found.
TaskOver = { $state ->
    [done] The task is already done.
   *[cancelled] The task is cancelled.
}
ExecutorUnknown = There is no such employee, or they no longer work in the organisation.
DueTimePast = The due time of a task must be in the future.
input-template-or-items = Give either a template, or a name and the items of the checklist.
ChecklistNotFound = The checklist or its item was not found.
TooManyChecklists = A request can have at most { $limit } checklists.
ChecklistTemplateNotFound = The checklist template was not found.
TooManyChecklistTemplates = There can be at most { $limit } checklist templates.
