"""The checklists of a request, all in one row, and the templates of an organisation."""

from chalicelib.kit.dynamo import Read, Write, creating, removing, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.tasks.events import ChecklistEvent, ChecklistTemplateEvent
from chalicelib.tasks.model.checklists import Checklists, ChecklistTemplate
from chalicelib.tasks.model.refusals import ChecklistTemplateNotFound
from chalicelib.tasks.repository.rows import CHECKLISTS, TEMPLATE, TaskRow, templates_pk


def reading_checklists(organisation: str, number: int) -> Read[Checklists]:
    """A look at the checklists of the request; nothing to be seen where it never had any."""
    return Read(TaskRow, (f'{organisation}#{number}', CHECKLISTS), _checklists_of)


def saving_checklists(lists: Checklists, event: ChecklistEvent) -> list[Write]:
    """The checklists will be so, in the version they say: whoever changes them at once is judged again."""
    pk = f'{lists.organisation}#{lists.number}'
    row = TaskRow(pk=pk, sk=CHECKLISTS, version=lists.version, body=lists.model_dump_json())
    write = creating(row) if lists.version == 1 else replacing(row, lists.version - 1)
    return [write, *announcing(TaskRow, pk, lists.version, event)]


def reading_template(organisation: str, template_id: str) -> Read[ChecklistTemplate]:
    """The template of that id."""
    key = (templates_pk(organisation), TEMPLATE + template_id)
    return Read(TaskRow, key, _template_of, ChecklistTemplateNotFound)


def list_templates(organisation: str, paging: Paging) -> Page[ChecklistTemplate]:
    """One page of the templates in the order they were made: one query."""
    return page(
        TaskRow,
        _template_of,
        templates_pk(organisation),
        paging=paging,
        binding=(organisation, 'checklist-templates'),
        condition=TaskRow.sk.startswith(TEMPLATE),
        forward=True,
    )


def count_templates(organisation: str, most: int) -> int:
    """How many templates there are, counted up to `most`: one query."""
    in_all = TaskRow.count(
        templates_pk(organisation), TaskRow.sk.startswith(TEMPLATE), limit=most, consistent_read=True
    )
    return int(in_all)


def saving_template(template: ChecklistTemplate, event: ChecklistTemplateEvent) -> list[Write]:
    """The template will be so, in the version it says."""
    row = TaskRow(
        pk=templates_pk(template.organisation),
        sk=TEMPLATE + template.id,
        version=template.version,
        body=template.model_dump_json(),
    )
    write = creating(row) if template.version == 1 else replacing(row, template.version - 1)
    return [write, *_announcing(template, template.version, event)]


def removing_template(template: ChecklistTemplate, event: ChecklistTemplateEvent) -> list[Write]:
    """The template will be gone."""
    row = TaskRow(pk=templates_pk(template.organisation), sk=TEMPLATE + template.id)
    gone = removing(row, TaskRow.version == template.version)
    return [gone, *_announcing(template, template.version + 1, event)]


def _announcing(template: ChecklistTemplate, version: int, event: ChecklistTemplateEvent) -> list[Write]:
    return announcing(TaskRow, f'{templates_pk(template.organisation)}#{template.id}', version, event)


def _checklists_of(row: TaskRow) -> Checklists:
    return Checklists.model_validate_json(row.body or '')


def _template_of(row: TaskRow) -> ChecklistTemplate:
    return ChecklistTemplate.model_validate_json(row.body or '')
