"""The doors of reply templates («Шаблоны ответов»)."""

from chalicelib.conversations import service
from chalicelib.conversations.model.templates import (
    NewReplyTemplate,
    Reply,
    ReplyTemplateCard,
    ReplyTemplateChanges,
)
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/reply-templates', Audience.STAFF)
staff_requests = Api(__name__, '/v1/staff/requests', Audience.STAFF)


@staff.get()
def list_templates(query: Paging, caller: Caller) -> Page[ReplyTemplateCard]:
    """List the prepared answers of the organisation."""
    return service.list_templates(query, by=caller)


@staff.post(status=201, permission=Permission.SETTINGS_EDIT)
def add_template(body: NewReplyTemplate, caller: Caller) -> ReplyTemplateCard:
    """Prepare an answer; unknown names in braces are refused."""
    return service.add_template(body, by=caller)


@staff.get('/{template_id}')
def read_template(template_id: Id, caller: Caller) -> ReplyTemplateCard:
    """Read a prepared answer as it was written."""
    return service.template(template_id, by=caller)


@staff.patch('/{template_id}', permission=Permission.SETTINGS_EDIT)
def change_template(template_id: Id, body: ReplyTemplateChanges, caller: Caller) -> ReplyTemplateCard:
    """Prepare it otherwise."""
    return service.change_template(template_id, body, by=caller)


@staff.delete('/{template_id}', permission=Permission.SETTINGS_EDIT)
def remove_template(template_id: Id, caller: Caller) -> None:
    """Throw a prepared answer away; what was sent from it stays."""
    service.remove_template(template_id, by=caller)


@staff_requests.get('/{number}/reply-templates/{template_id}', permission=Permission.REQUESTS_CHAT)
def fill_template(number: int, template_id: Id, caller: Caller) -> Reply:
    """Read a prepared answer with the words of the request in its braces; nothing is sent by this."""
    return service.reply(number, template_id, by=caller)
