"""Checklist templates are kept by who keeps the settings, and used by whoever adds a checklist."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.tasks import repository
from chalicelib.tasks.events import (
    ChecklistTemplateAdded,
    ChecklistTemplateChanged,
    ChecklistTemplateRemoved,
)
from chalicelib.tasks.model.checklists import (
    ChecklistTemplate,
    ChecklistTemplateCard,
    ChecklistTemplateChanges,
    NewChecklistTemplate,
)
from chalicelib.tasks.model.refusals import TooManyChecklistTemplates

MOST_TEMPLATES = 200


def add_template(new: NewChecklistTemplate, *, by: Caller) -> ChecklistTemplateCard:
    """The organisation has the template. Raises TooManyChecklistTemplates."""
    if repository.templates.count(by.organisation, MOST_TEMPLATES) >= MOST_TEMPLATES:
        raise TooManyChecklistTemplates(limit=MOST_TEMPLATES)
    made = ChecklistTemplate(id=new_id(), organisation=by.organisation, name=new.name, items=new.items)
    dynamo.commit(*repository.templates.saving(made, ChecklistTemplateAdded(**_about(made, by))))
    return ChecklistTemplateCard.of(made)


def change_template(
    template_id: str, wanted: ChecklistTemplateChanges, *, by: Caller
) -> ChecklistTemplateCard:
    """The template is as wanted; checklists made from it stay. Raises ChecklistTemplateNotFound."""
    before = _opened(template_id, by)
    after = before.model_copy(update=wanted.model_dump(exclude_none=True))
    if after == before:
        return ChecklistTemplateCard.of(before)
    after = after.model_copy(update={'version': before.version + 1})
    dynamo.commit(*repository.templates.saving(after, ChecklistTemplateChanged(**_about(after, by))))
    return ChecklistTemplateCard.of(after)


def remove_template(template_id: str, *, by: Caller) -> None:
    """The template is gone; checklists made from it stay. Raises ChecklistTemplateNotFound."""
    template = _opened(template_id, by)
    dynamo.commit(*repository.templates.removing(template, ChecklistTemplateRemoved(**_about(template, by))))


def list_templates(paging: Paging, *, by: Caller) -> Page[ChecklistTemplateCard]:
    """One page of the organisation's templates, in the order they were made."""
    return repository.templates.listed(by.organisation, paging).shown_as(ChecklistTemplateCard.of)


def template(template_id: str, *, by: Caller) -> ChecklistTemplateCard:
    """The template. Raises ChecklistTemplateNotFound."""
    return ChecklistTemplateCard.of(dynamo.get(repository.templates.reading(by.organisation, template_id)))


def _opened(template_id: str, by: Caller) -> ChecklistTemplate:
    found = dynamo.get(repository.templates.reading(by.organisation, template_id))
    dynamo.agree(found.version)
    return found


def _about(template: ChecklistTemplate, by: Caller) -> dict[str, object]:
    return {
        'organisation': template.organisation,
        'at': clock.now(),
        'by': Actor.of(by),
        'template_id': template.id,
        'name': template.name,
    }
