"""The rows of tasks and checklists.

    pk                    sk               what
    <org>#task#<id>       task             a task
                          event#<v>.<n>    what became of it at version v: audit and outbox
    <org>#<number>        checklists       all checklists of a request
                          event#<v>.<n>    what became of them
    <org>#templates...                     checklist templates, as `kit.templates` keeps them
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta
from chalicelib.kit.templates import Templates
from chalicelib.tasks.model.checklists import ChecklistTemplate
from chalicelib.tasks.model.refusals import ChecklistTemplateNotFound

TASK, CHECKLISTS = 'task', 'checklists'

SHARDS = 8
"""Over how many partitions the due index is spread."""


class ByState(GlobalSecondaryIndex['TaskRow']):
    """Everybody's tasks of one state, by the time they are due."""

    class Meta(TableMeta):
        index_name = 'by_state'
        projection = AllProjection()

    state_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class ByExecutor(GlobalSecondaryIndex['TaskRow']):
    """The tasks of one state that one employee is to do, by the time they are due."""

    class Meta(TableMeta):
        index_name = 'by_executor'
        projection = AllProjection()

    executor_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class ByRequest(GlobalSecondaryIndex['TaskRow']):
    """The tasks about one request, by the time they are due."""

    class Meta(TableMeta):
        index_name = 'by_request'
        projection = AllProjection()

    request_key = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex['TaskRow']):
    """Tasks whose executor is to be reminded; the clock's sweep reads it for all organisations."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = KeysOnlyProjection()

    due_key = UnicodeAttribute(hash_key=True)
    remind_at = UnicodeAttribute(range_key=True)


class TaskRow(Row):
    """A row of the table of tasks; what it holds depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('tasks')

    state_key = UnicodeAttribute(null=True)
    executor_key = UnicodeAttribute(null=True)
    request_key = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    remind_at = UnicodeAttribute(null=True)

    by_state = ByState()
    by_executor = ByExecutor()
    by_request = ByRequest()
    due = Due()


def task_pk(organisation: str, task_id: str) -> str:
    """The partition of one task."""
    return f'{organisation}#task#{task_id}'


templates = Templates(TaskRow, ChecklistTemplate, ChecklistTemplateNotFound, 'checklist-templates')
