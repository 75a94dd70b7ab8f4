"""Checklists are added, ticked and removed; their request knows whether an item is open (REQ-145)."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.tasks import repository
from chalicelib.tasks.events import (
    ChecklistAdded,
    ChecklistItemTicked,
    ChecklistItemUnticked,
    ChecklistRemoved,
)
from chalicelib.tasks.model.checklists import (
    Checklist,
    Checklists,
    ChecklistsView,
    ChecklistView,
    ItemChanges,
    ItemView,
    NewChecklist,
)
from chalicelib.tasks.rules import checking


def list_checklists(number: int, *, by: Caller) -> ChecklistsView:
    """All checklists of the request with their progress (REQ-071, REQ-145). Raises RequestNotFound."""
    return _shown(*_opened(number, by))


def add_checklist(number: int, new: NewChecklist, *, by: Caller) -> ChecklistsView:
    """The request has the checklist beside those it had, of the template as it is now or of its own.

    Raises RequestNotFound, ChecklistTemplateNotFound, TooManyChecklists.
    """
    request, before = _opened(number, by)
    name, lines = new.name or '', new.items or ()
    if new.checklist_template_id is not None:
        reading = repository.templates.reading(by.organisation, new.checklist_template_id)
        template = dynamo.get(dynamo.naming('body.checklist_template_id', reading))
        name, lines = template.name, template.items
    now, actor = clock.now(), Actor.of(by)
    one = checking.made(new_id(), name, lines, now, by)
    after = checking.added(before, one)
    event = ChecklistAdded.of(one, request, actor, now)
    dynamo.commit(*repository.saving_checklists(after, event), *_noting(request, after, one, 'added', actor))
    return _shown(request, after)


def tick(number: int, checklist_id: str, item_id: str, wanted: ItemChanges, *, by: Caller) -> ChecklistsView:
    """The item is ticked, or no longer. Raises RequestNotFound, ChecklistNotFound.

    The request is told only where a checklist is finished by it or is finished no longer: every other tick
    leaves an open item, so that the mark of the request stays true without it.
    """
    request, before = _opened(number, by)
    one = checking.found(before, checklist_id)
    was = checking.item_of(one, item_id)
    now, actor = clock.now(), Actor.of(by)
    item = was if wanted.is_done is None else checking.ticked(was, wanted.is_done, by, now)
    if item == was:
        return _shown(request, before)
    after, changed = checking.with_item(before, one, item)
    kind = ChecklistItemTicked if item.is_done else ChecklistItemUnticked
    noted: list[Write] = []
    if changed.is_finished is not one.is_finished:
        what = 'finished' if changed.is_finished else 'reopened'
        noted = _noting(request, after, one, what, actor)
    event = kind.about(item, changed, request, actor, now)
    dynamo.commit(*repository.saving_checklists(after, event), *noted)
    return _shown(request, after)


def remove_checklist(number: int, checklist_id: str, *, by: Caller) -> None:
    """The checklist is gone, whatever was ticked in it. Raises RequestNotFound, ChecklistNotFound."""
    request, before = _opened(number, by)
    one = checking.found(before, checklist_id)
    after, actor = checking.removed(before, one), Actor.of(by)
    event = ChecklistRemoved.of(one, request, actor, clock.now())
    dynamo.commit(
        *repository.saving_checklists(after, event), *_noting(request, after, one, 'removed', actor)
    )


def _opened(number: int, by: Caller) -> tuple[Request, Checklists]:
    request = requests.seen(number, by=by)
    found = dynamo.find(repository.reading_checklists(by.organisation, number))
    lists = found or Checklists(organisation=by.organisation, number=number)
    dynamo.agree(lists.version)
    return request, lists


def _noting(request: Request, after: Checklists, one: Checklist, what: str, by: Actor) -> list[Write]:
    return requests.noting_checklist(request, one.id, name=one.name, what=what, is_open=after.is_open, by=by)


def _shown(request: Request, lists: Checklists) -> ChecklistsView:
    items = [_view(one) for one in lists.lists]
    return ChecklistsView(
        items=items,
        done=sum(one.done for one in items),
        total=sum(one.total for one in items),
        is_awaited=request.checklist_asked_at is not None,
        version=lists.version,
    )


def _view(one: Checklist) -> ChecklistView:
    items = [ItemView(**item.model_dump(), is_done=item.is_done) for item in one.items]
    told = one.model_dump(exclude={'items'})
    return ChecklistView(**told, items=items, done=one.done, total=len(items))
