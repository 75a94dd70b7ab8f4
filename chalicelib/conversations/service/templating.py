"""Reply templates are kept by who keeps the settings, and filled in for whoever answers."""

from chalicelib.conversations import repository
from chalicelib.conversations.events import ReplyTemplateAdded, ReplyTemplateChanged, ReplyTemplateRemoved
from chalicelib.conversations.model.refusals import TooManyReplyTemplates
from chalicelib.conversations.model.templates import (
    NewReplyTemplate,
    Reply,
    ReplyTemplate,
    ReplyTemplateCard,
    ReplyTemplateChanges,
)
from chalicelib.conversations.rules import filling
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.requests import service as requests

MOST_TEMPLATES = 200


def add_template(new: NewReplyTemplate, *, by: Caller) -> ReplyTemplateCard:
    """The organisation has the template (SET-008). Raises PlaceholderUnknown, TooManyReplyTemplates."""
    filling.must_be_known(new.text)
    if repository.templates.count(by.organisation, MOST_TEMPLATES) >= MOST_TEMPLATES:
        raise TooManyReplyTemplates(limit=MOST_TEMPLATES)
    made = ReplyTemplate(id=new_id(), organisation=by.organisation, name=new.name, text=new.text)
    event = ReplyTemplateAdded(**_about(made, by))
    dynamo.commit(*repository.templates.saving(made, event))
    return ReplyTemplateCard.of(made)


def change_template(template_id: str, wanted: ReplyTemplateChanges, *, by: Caller) -> ReplyTemplateCard:
    """The template is as wanted. Raises ReplyTemplateNotFound, PlaceholderUnknown."""
    before = _opened(template_id, by)
    given = wanted.model_dump(exclude_none=True)
    filling.must_be_known(wanted.text or '')
    after = before.model_copy(update=given)
    if after == before:
        return ReplyTemplateCard.of(before)
    after = after.model_copy(update={'version': before.version + 1})
    event = ReplyTemplateChanged(**_about(after, by))
    dynamo.commit(*repository.templates.saving(after, event))
    return ReplyTemplateCard.of(after)


def remove_template(template_id: str, *, by: Caller) -> None:
    """The template is gone; what was sent from it stays. Raises ReplyTemplateNotFound."""
    template = _opened(template_id, by)
    event = ReplyTemplateRemoved(**_about(template, by))
    dynamo.commit(*repository.templates.removing(template, event))


def list_templates(paging: Paging, *, by: Caller) -> Page[ReplyTemplateCard]:
    """One page of the organisation's templates, in the order they were made."""
    return repository.templates.listed(by.organisation, paging).shown_as(ReplyTemplateCard.of)


def template(template_id: str, *, by: Caller) -> ReplyTemplateCard:
    """The template. Raises ReplyTemplateNotFound."""
    return ReplyTemplateCard.of(dynamo.get(repository.templates.reading(by.organisation, template_id)))


def reply(number: int, template_id: str, *, by: Caller) -> Reply:
    """The template with the words of the request in its braces (CHAT-008).

    Raises RequestNotFound, ReplyTemplateNotFound.
    """
    request = requests.seen(number, by=by)
    found = dynamo.get(repository.templates.reading(by.organisation, template_id))
    return Reply(text=filling.filled(found.text, request, by.name))


def _opened(template_id: str, by: Caller) -> ReplyTemplate:
    found = dynamo.get(repository.templates.reading(by.organisation, template_id))
    dynamo.agree(found.version)
    return found


def _about(template: ReplyTemplate, by: Caller) -> dict[str, object]:
    return {
        'organisation': template.organisation,
        'at': clock.now(),
        'by': Actor.of(by),
        'template_id': template.id,
        'name': template.name,
    }
