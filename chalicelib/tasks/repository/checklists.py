"""The checklists of a request, all in one row."""

from chalicelib.kit.dynamo import Read, Write, creating, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.tasks.events import ChecklistEvent
from chalicelib.tasks.model.checklists import Checklists
from chalicelib.tasks.repository.rows import CHECKLISTS, TaskRow


def reading_checklists(organisation: str, number: int) -> Read[Checklists]:
    """A look at the checklists of the request; nothing to be seen where it never had any."""
    return Read(TaskRow, (f'{organisation}#{number}', CHECKLISTS), _checklists_of)


def saving_checklists(lists: Checklists, event: ChecklistEvent) -> list[Write]:
    """The checklists will be so, in the version they say: whoever changes them at once is judged again."""
    pk = f'{lists.organisation}#{lists.number}'
    row = TaskRow(pk=pk, sk=CHECKLISTS, version=lists.version, body=lists.model_dump_json())
    write = creating(row) if lists.version == 1 else replacing(row, lists.version - 1)
    return [write, *announcing(TaskRow, pk, lists.version, event)]


def _checklists_of(row: TaskRow) -> Checklists:
    return Checklists.model_validate_json(row.body or '')
