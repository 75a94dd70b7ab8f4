"""An offering brings a checklist to each request of it, once (REQ-145)."""


from chalicelib.catalogue import service as catalogue
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import SYSTEM, Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.events import ChecklistAwaited
from chalicelib.requests.model.request import Request
from chalicelib.tasks import repository
from chalicelib.tasks.events import ChecklistAdded
from chalicelib.tasks.model.checklists import Checklists, OfferingChecklist, OfferingChecklistView
from chalicelib.tasks.rules import checking


def choose(offering_id: str, wanted: OfferingChecklist, *, by: Caller) -> OfferingChecklistView:
    """Requests made from now on bring a checklist of that template, or none.

    Raises ChecklistTemplateNotFound, OfferingNotFound, OfferingNotActive.
    """
    template_id = wanted.checklist_template_id
    if template_id is not None:
        reading = repository.templates.reading(by.organisation, template_id)
        dynamo.get(dynamo.naming('body.checklist_template_id', reading))
    offering = catalogue.set_checklist(offering_id, template_id, by=by)
    return OfferingChecklistView(
        offering_id=offering.id,
        checklist_template_id=offering.checklist_template_id,
        version=offering.version,
    )


def follow(delivered: Delivered) -> None:
    """The checklist that the request awaits is there, however often it is told."""
    event = ChecklistAwaited.model_validate(delivered.event)
    bring(event.organisation, event.number)


def bring(organisation: str, number: int) -> None:
    """The request awaits no checklist any more: it has it, or its history says why not.

    All of it is one transaction with the request, so what was brought, and removed since, never comes again.
    """
    request: Request = dynamo.get(requests.reading(organisation, number))
    template_id = request.terms.checklist_template_id
    if request.checklist_asked_at is None or template_id is None:
        return
    template = dynamo.find(repository.templates.reading(organisation, template_id))
    found = dynamo.find(repository.reading_checklists(organisation, number))
    before = found or Checklists(organisation=organisation, number=number)
    now = clock.now()
    after, brought = checking.brought(before, template_id, template, now)
    saved = []
    if brought.one is not None:
        saved = repository.saving_checklists(after, ChecklistAdded.of(brought.one, request, SYSTEM, now))
    noted = requests.noting_checklist(
        request,
        template_id,
        name=brought.name,
        what=brought.what,
        is_open=after.is_open,
        by=SYSTEM,
        is_brought=True,
    )
    dynamo.commit(*saved, *noted)
