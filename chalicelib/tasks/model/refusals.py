"""What tasks refuse, each by a name of its own."""

from chalicelib.kit.errors import Conflict, NotFound, Refused


class TaskNotFound(NotFound):
    """There is no such task, or none that this employee may see."""


class TaskOver(Conflict):
    """The task is done or cancelled already: `state`."""


class ExecutorUnknown(Refused):
    """Nobody of that id works here now."""

    field = 'body.executor_id'


class DueTimePast(Refused):
    """A task is due at a time ahead."""

    field = 'body.due_at'


class ChecklistNotFound(NotFound):
    """The request has no such checklist, or the checklist no such item."""


class TooManyChecklists(Conflict):
    """A request has at most `limit` checklists."""


class ChecklistTemplateNotFound(NotFound):
    """The organisation has no such template."""


class TooManyChecklistTemplates(Refused):
    """An organisation has at most `limit` templates."""
