# Tasks and checklists: why not.

input-overdue-and-over = Only open tasks are overdue.

TaskNotFound = There is no such task.
TaskOver = { $state ->
    [done] The task is done already.
   *[cancelled] The task is cancelled.
}
ExecutorUnknown = There is no such employee, or he does not work here any more.
DueTimePast = The time a task is due must be in the future.
input-template-or-items = Give either a template, or a name and items.
ChecklistNotFound = There is no such checklist, or no such item in it.
TooManyChecklists = A request can have at most { $limit } checklists.
ChecklistTemplateNotFound = There is no such checklist template.
TooManyChecklistTemplates = There can be at most { $limit } checklist templates.
