"""The doors of the tab «Чек-листы», and of the templates it is filled from."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission
from chalicelib.tasks import service
from chalicelib.tasks.model.checklists import (
    ChecklistsView,
    ChecklistTemplateCard,
    ChecklistTemplateChanges,
    ItemChanges,
    NewChecklist,
    NewChecklistTemplate,
    OfferingChecklist,
    OfferingChecklistView,
)

staff_requests = Api(__name__, '/v1/staff/requests', Audience.STAFF)
staff = Api(__name__, '/v1/staff/checklist-templates', Audience.STAFF)
staff_offerings = Api(__name__, '/v1/staff/offerings', Audience.STAFF)


@staff_requests.get('/{number}/checklists')
def read_checklists(number: int, caller: Caller) -> ChecklistsView:
    """Read the checklists of a request, with who has ticked what and how far they are."""
    return service.list_checklists(number, by=caller)


@staff_requests.post('/{number}/checklists', status=201, permission=Permission.REQUESTS_EDIT)
def add_checklist(number: int, body: NewChecklist, caller: Caller) -> ChecklistsView:
    """Add a checklist from a template, or with a name and items of its own; ten are the most."""
    return service.add_checklist(number, body, by=caller)


@staff_requests.patch(
    '/{number}/checklists/{checklist_id}/items/{item_id}', permission=Permission.REQUESTS_EDIT
)
def tick_item(
    number: int, checklist_id: Id, item_id: Id, body: ItemChanges, caller: Caller
) -> ChecklistsView:
    """Tick an item, or take the tick back."""
    return service.tick(number, checklist_id, item_id, body, by=caller)


@staff_requests.delete('/{number}/checklists/{checklist_id}', permission=Permission.REQUESTS_EDIT)
def remove_checklist(number: int, checklist_id: Id, caller: Caller) -> None:
    """Remove a checklist, whatever was ticked in it."""
    service.remove_checklist(number, checklist_id, by=caller)


@staff_offerings.put('/{offering_id}/checklist', permission=Permission.OFFERINGS_EDIT)
def choose_checklist(offering_id: Id, body: OfferingChecklist, caller: Caller) -> OfferingChecklistView:
    """Say which prepared checklist requests of an offering bring from now on, null for none."""
    return service.choose(offering_id, body, by=caller)


@staff.get()
def list_templates(query: Paging, caller: Caller) -> Page[ChecklistTemplateCard]:
    """List the prepared checklists of the organisation."""
    return service.list_templates(query, by=caller)


@staff.post(status=201, permission=Permission.SETTINGS_EDIT)
def add_template(body: NewChecklistTemplate, caller: Caller) -> ChecklistTemplateCard:
    """Prepare a checklist."""
    return service.add_template(body, by=caller)


@staff.get('/{checklist_template_id}')
def read_template(checklist_template_id: Id, caller: Caller) -> ChecklistTemplateCard:
    """Read a prepared checklist."""
    return service.template(checklist_template_id, by=caller)


@staff.patch('/{checklist_template_id}', permission=Permission.SETTINGS_EDIT)
def change_template(
    checklist_template_id: Id, body: ChecklistTemplateChanges, caller: Caller
) -> ChecklistTemplateCard:
    """Prepare it otherwise; checklists made from it stay."""
    return service.change_template(checklist_template_id, body, by=caller)


@staff.delete('/{checklist_template_id}', permission=Permission.SETTINGS_EDIT)
def remove_template(checklist_template_id: Id, caller: Caller) -> None:
    """Throw a prepared checklist away; checklists made from it stay."""
    service.remove_template(checklist_template_id, by=caller)
