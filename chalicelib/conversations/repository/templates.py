"""The reply templates of an organisation, in the order they were made."""

from chalicelib.conversations.events import TemplateEvent
from chalicelib.conversations.model.refusals import ReplyTemplateNotFound
from chalicelib.conversations.model.templates import ReplyTemplate
from chalicelib.conversations.repository.rows import TEMPLATE, ConversationRow, templates_pk
from chalicelib.kit.dynamo import Read, Write, creating, removing, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging


def reading_template(organisation: str, template_id: str) -> Read[ReplyTemplate]:
    """The template of that id."""
    key = (templates_pk(organisation), TEMPLATE + template_id)
    return Read(ConversationRow, key, _template_of, ReplyTemplateNotFound)


def list_templates(organisation: str, paging: Paging) -> Page[ReplyTemplate]:
    """One page of the templates: one query."""
    return page(
        ConversationRow,
        _template_of,
        templates_pk(organisation),
        paging=paging,
        binding=(organisation, 'reply-templates'),
        condition=ConversationRow.sk.startswith(TEMPLATE),
        forward=True,
    )


def count_templates(organisation: str, most: int) -> int:
    """How many templates there are, counted up to `most`: one query."""
    in_all = ConversationRow.count(
        templates_pk(organisation), ConversationRow.sk.startswith(TEMPLATE), limit=most, consistent_read=True
    )
    return int(in_all)


def saving_template(template: ReplyTemplate, event: TemplateEvent) -> list[Write]:
    """The template will be so, in the version it says."""
    row = ConversationRow(
        pk=templates_pk(template.organisation),
        sk=TEMPLATE + template.id,
        version=template.version,
        body=template.model_dump_json(),
    )
    write = creating(row) if template.version == 1 else replacing(row, template.version - 1)
    return [write, *_announcing(template, template.version, event)]


def removing_template(template: ReplyTemplate, event: TemplateEvent) -> list[Write]:
    """The template will be gone."""
    row = ConversationRow(pk=templates_pk(template.organisation), sk=TEMPLATE + template.id)
    same = ConversationRow.version == template.version
    return [removing(row, same), *_announcing(template, template.version + 1, event)]


def _announcing(template: ReplyTemplate, version: int, event: TemplateEvent) -> list[Write]:
    pk = f'{templates_pk(template.organisation)}#{template.id}'
    return announcing(ConversationRow, pk, version, event)


def _template_of(row: ConversationRow) -> ReplyTemplate:
    return ReplyTemplate.model_validate_json(row.body or '')
